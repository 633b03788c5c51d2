"""What every test has: a fixed day, and no mail sent by accident."""

from datetime import date

import pytest

from tizhi.base.kit import clock

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today():
    """Every test lives on 23 November 2026 unless it says otherwise (`clock.at`)."""
    with clock.at(TODAY):
        yield
