"""Numbers and addresses are recognised, not given away."""

import pytest

from tizhi.base.kit.privacy import masked


@pytest.mark.parametrize(
    "whole, shown",
    [
        ("13800001234", "138****1234"),
        ("0971-6307300", "097****7300"),
        ("58800000", "****"),
        ("wang.min@bnu.edu.cn", "w****@bnu.edu.cn"),
        ("", ""),
    ],
)
def test_what_is_shown_of_a_number_or_an_address(whole, shown):
    assert masked(whole) == shown
