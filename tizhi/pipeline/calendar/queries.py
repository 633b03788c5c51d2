"""工作日历的读取: one query for all marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from tizhi.base.audit.models import Entry
from tizhi.base.kit import memory

from .models import DayMark
from .rules import Deadline, Mark, Stretch, Workdays, stretches

_KEY = "workdays"


def workdays() -> Workdays:
    """The calendar as the office keeps it now; read once in a request (`kit.memory`)."""
    return memory.once(_KEY, _read)


def _read() -> Workdays:
    return Workdays({one.day: Mark(one.day, one.is_workday, one.name, by_office=True) for one in marks()})


def forget() -> None:
    """Read anew: a mark was changed."""
    memory.forget(_KEY)


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
