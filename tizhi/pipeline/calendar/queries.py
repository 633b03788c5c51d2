"""工作日历的读取: one query for all marks; inside `remembered()` one for a whole request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date

from django.db.models import QuerySet

from tizhi.base.audit.models import Entry

from .models import DayMark
from .rules import Deadline, Mark, Workdays

_kept: ContextVar[list[Workdays] | None] = ContextVar("workdays", default=None)


def workdays() -> Workdays:
    """The calendar as the office keeps it now. Whoever counts for many rows asks once and uses its methods."""
    kept = _kept.get()
    if kept:
        return kept[0]
    marks = {one.day: Mark(one.day, one.is_workday, one.name, by_office=True) for one in DayMark.objects.all()}
    calendar = Workdays(marks)
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


def marks_of(year: int) -> QuerySet[DayMark]:
    """What the office entered for `year`."""
    return DayMark.objects.filter(day__year=year)


def history() -> QuerySet[Entry]:
    """Who changed the calendar, newest first."""
    return Entry.objects.filter(code__startswith="calendar.")
