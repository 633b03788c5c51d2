"""工作日历的读取: one query for all marks; inside `remembered()` one for a whole request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from tizhi.base.audit.models import Entry

from .models import DayMark
from .rules import Deadline, Mark, Stretch, Workdays, stretches

_kept: ContextVar[list[Workdays] | None] = ContextVar("workdays", default=None)


def workdays() -> Workdays:
    """The calendar as the office keeps it now. Whoever counts for many rows asks once and uses its methods."""
    kept = _kept.get()
    if kept:
        return kept[0]
    calendar = Workdays({one.day: Mark(one.day, one.is_workday, one.name, by_office=True) for one in marks()})
    if kept is not None:
        kept.append(calendar)
    return calendar


@contextmanager
def remembered() -> Iterator[None]:
    """Let everything inside (a request, a job) read the calendar from the database once."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


def forget() -> None:
    """Read anew: a mark was changed."""
    if kept := _kept.get():
        kept.clear()


def is_workday(day: date) -> bool:
    """Whether `day` is worked."""
    return workdays().is_workday(day)


def add_workdays(day: date, count: int) -> Deadline:
    """The day `count` working days after `day`, and whether that is provisional."""
    return workdays().add(day, count)


def workdays_between(after: date, until: date) -> int:
    """Working days after the one day up to and with the other; negative when `until` lies before."""
    return workdays().between(after, until)


@dataclass(frozen=True)
class Month:
    """A month of the calendar: how many days are worked, and which are special."""

    first: date
    workdays: int
    stretches: list[Stretch]


def months(year: int) -> list[Month]:
    """The twelve months of `year`."""
    calendar = workdays()
    special = calendar.special(year)
    firsts = [date(year, number, 1) for number in range(1, 13)]
    lasts = [after - timedelta(days=1) for after in (*firsts[1:], date(year + 1, 1, 1))]
    return [
        Month(
            first,
            calendar.between(first - timedelta(days=1), last),
            stretches(mark for mark in special if first <= mark.day <= last),
        )
        for first, last in zip(firsts, lasts, strict=True)
    ]


def marks() -> QuerySet[DayMark]:
    """What the office entered; the calendar is everybody's, so nothing is narrowed."""
    return DayMark.objects.all()


def history() -> QuerySet[Entry]:
    """Who changed the calendar, newest first."""
    return Entry.objects.filter(code__startswith="calendar.")
