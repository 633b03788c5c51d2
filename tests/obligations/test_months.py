"""按月计的期限: `months_from` against the calendar, counted day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizhi.base.kit.periods import months_from, period_of

DAYS = st.dates(date(1999, 1, 1), date(2040, 12, 31))
LENGTHS = {"quarter": 3, "half-year": 6, "year": 12}


def day_by_day(first: date, months: int) -> date:
    """Turns the calendar's pages until that many months lie behind; the last day before one comes too many."""
    day, turned = first, 0
    while True:
        following = day + timedelta(days=1)
        turned += following.month != day.month
        is_same_day = turned == months and following.day == first.day
        if is_same_day or turned > months:
            return day
        day = following


@given(DAYS, st.integers(1, 40))
def test_it_ends_on_the_eve_of_the_same_day_of_the_month_or_where_there_is_none_with_the_month(first, months):
    assert months_from(first, months) == day_by_day(first, months)


@given(DAYS, st.integers(1, 40), st.integers(1, 40))
def test_more_months_end_later(first, fewer, more):
    assert months_from(first, fewer) < months_from(first, fewer + more)


@given(DAYS, st.sampled_from(sorted(LENGTHS)))
def test_from_the_first_day_of_a_period_they_end_with_the_period(day, every):
    period = period_of(day, every)
    assert months_from(period.first, LENGTHS[every]) == period.last


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2022, 4, 1), 3, date(2022, 6, 30)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
    ],
)
def test_days_that_not_every_month_has(first, months, last):
    assert months_from(first, months) == last
