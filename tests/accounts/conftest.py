"""What tests of sign-in need: nobody's attempts are counted against the next test."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _nobody_was_here_before():
    cache.clear()
