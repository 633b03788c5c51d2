"""Working days: make-up days, New Year, the year nobody announced yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizhi.pipeline.calendar.rules import PROVISIONAL, Mark, Workdays

CALENDAR = Workdays()
DAYS = st.dates(date(2003, 1, 1), date(2031, 12, 31))
COUNTS = st.integers(0, 60)


@st.composite
def calendars(draw):
    days = draw(st.lists(DAYS, max_size=20, unique=True))
    return Workdays({day: Mark(day, draw(st.booleans()), by_office=True) for day in days})


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 22), False),  # Sunday
        (date(2026, 2, 17), False),  # Spring Festival, a Tuesday
        (date(2026, 2, 14), True),  # Saturday, worked for Spring Festival
        (date(2026, 10, 10), True),  # Saturday, worked for National Day
        (date(2026, 10, 7), False),
        (date(2027, 1, 1), True),  # a Friday of a year not announced
        (date(2003, 1, 1), True),  # before the built-in calendar begins
    ],
)
def test_announced_days_outrank_the_weekday(day, worked):
    assert CALENDAR.is_workday(day) is worked


def test_the_offices_mark_outranks_what_was_announced():
    day = date(2026, 11, 23)
    assert not Workdays({day: Mark(day, False)}).is_workday(day)


def test_five_working_days_after_a_visit_pass_over_the_holiday_and_count_the_made_up_saturday():
    assert CALENDAR.add(date(2026, 2, 12), 3).day == date(2026, 2, 24)  # Fri 13, Sat 14 (worked), Tue 24
    assert CALENDAR.add(date(2026, 11, 20), 5).day == date(2026, 11, 27)
    assert CALENDAR.between(date(2026, 9, 30), date(2026, 10, 10)) == 3  # Thu 8, Fri 9, Sat 10 (worked)


def test_across_new_year_the_deadline_is_provisional_until_the_notice_is_entered():
    before = CALENDAR.add(date(2026, 12, 30), 1)
    assert (before.day, before.provisional, before.note) == (date(2026, 12, 31), False, "")
    after = CALENDAR.add(date(2026, 12, 30), 5)
    assert (after.day, after.provisional, after.note) == (date(2027, 1, 6), True, PROVISIONAL)

    marked = [date(2027, 1, 1), date(2027, 10, 1)]
    entered = Workdays({day: Mark(day, False, by_office=True) for day in marked})
    assert entered.is_announced(2027) and not entered.is_announced(2028)
    settled = entered.add(date(2026, 12, 30), 5)
    assert (settled.day, settled.provisional) == (date(2027, 1, 7), False)


def test_no_working_days_is_the_day_itself_and_none_are_counted_backwards():
    assert CALENDAR.add(date(2026, 11, 22), 0).day == date(2026, 11, 22)
    with pytest.raises(ValueError):
        CALENDAR.add(date(2026, 11, 22), -1)


def test_a_year_is_told_by_its_special_days():
    special = {mark.day: mark for mark in CALENDAR.special(2026)}
    assert (special[date(2026, 1, 1)].name, special[date(2026, 1, 1)].is_workday) == ("元旦", False)
    assert (special[date(2026, 2, 14)].name, special[date(2026, 2, 14)].is_workday) == ("春节调休", True)
    assert CALENDAR.special(2027) == []


@given(calendars(), DAYS, COUNTS)
def test_a_deadline_is_a_working_day_that_many_working_days_on(calendar, day, count):
    due = calendar.add(day, count).day
    assert calendar.between(day, due) == count
    assert count == 0 or calendar.is_workday(due)


@given(calendars(), DAYS, COUNTS, COUNTS)
def test_waiting_twice_is_waiting_once_for_the_sum(calendar, day, first, second):
    assert calendar.add(calendar.add(day, first).day, second).day == calendar.add(day, first + second).day


@given(calendars(), DAYS, DAYS, DAYS)
def test_spans_of_working_days_add_up(calendar, one, two, three):
    assert calendar.between(one, two) + calendar.between(two, three) == calendar.between(one, three)
    assert calendar.between(one, two) == -calendar.between(two, one)


@given(DAYS, COUNTS)
def test_more_days_never_come_earlier(day, count):
    assert CALENDAR.add(day, count + 1).day > CALENDAR.add(day, count).day


@given(DAYS)
def test_only_what_nobody_announced_is_provisional(day):
    assert CALENDAR.is_provisional(day) is not (2004 <= day.year <= 2026)
    assert CALENDAR.add(day, 1).day - day <= timedelta(days=12)
