"""期间: quarters, half-years and years."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizhi.base.kit import clock, periods


@pytest.mark.parametrize(
    ("key", "first", "last", "words"),
    [
        ("2026Q1", date(2026, 1, 1), date(2026, 3, 31), "2026年第一季度"),
        ("2026Q4", date(2026, 10, 1), date(2026, 12, 31), "2026年第四季度"),
        ("2024H1", date(2024, 1, 1), date(2024, 6, 30), "2024年上半年"),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_key_names_its_days_and_its_words(key, first, last, words):
    period = periods.parse(key)
    assert (period.first, period.last, period.words, period.key) == (first, last, words, key)


@pytest.mark.parametrize("key", ["", "2026Q5", "2026H3", "26Q1", "2026Q", "2026-Q1", "x" * 1000])
def test_what_is_no_period_is_refused(key):
    with pytest.raises(ValueError):
        periods.parse(key)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["quarter", "half-year", "year"]))
def test_every_day_lies_in_exactly_one_period_of_each_length(day, every):
    period = periods.period_of(day, every)
    assert day in period and day not in period.shifted(1) and day not in period.shifted(-1)
    assert period.shifted(1).shifted(-1) == period
    assert periods.parse(period.key) == period


def test_the_first_period_is_the_first_full_one_after_the_start():
    keys = [period.key for period in periods.since(date(2022, 4, 2), date(2022, 12, 31))]
    assert keys == ["2022Q3", "2022Q4"]
    assert periods.since(date(2022, 4, 1), date(2022, 4, 1))[0].key == "2022Q2"


def test_the_clock_can_be_set_to_a_day():
    with clock.at(date(2027, 1, 4)):
        assert clock.today() == date(2027, 1, 4)
    assert clock.today() == date(2026, 11, 23)
