"""工作日: which days are worked, and deadlines counted in working days or months. Pure: the marks are handed in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from chinese_calendar.constants import Holiday, holidays, workdays

from tizhi.base.kit.periods import Period, months_from
from tizhi.pipeline.scheme.entries import Due

PROVISIONAL = "暂按周一至周五计算"
FIRST_KNOWN, LAST_KNOWN = min(holidays).year, max(holidays).year
_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class Mark:
    """A day that does not follow its weekday, or is named: 元旦, 春节调休上班."""

    day: date
    is_workday: bool
    name: str = ""
    by_office: bool = False


@dataclass(frozen=True)
class Stretch:
    """Special days in a row that are alike."""

    first: date
    last: date
    is_workday: bool
    name: str
    by_office: bool


@dataclass(frozen=True)
class Deadline:
    """A day counted in working days; `provisional` where the calendar it was counted in is not announced yet."""

    day: date
    provisional: bool = False

    @property
    def note(self) -> str:
        """What to say beside the day; empty when it is certain."""
        return PROVISIONAL if self.provisional else ""


def announced(day: date) -> Mark | None:
    """What the State Council announced for `day`, as far as this release knows it."""
    if day in holidays:
        return Mark(day, False, Holiday(holidays[day]).chinese)
    if day in workdays:
        return Mark(day, True, f"{Holiday(workdays[day]).chinese}调休")
    return None


@dataclass(frozen=True)
class Workdays:
    """The calendar: the office's marks first, then what was announced, then Monday to Friday."""

    marks: Mapping[date, Mark] = field(default_factory=dict)

    def mark(self, day: date) -> Mark | None:
        """What makes `day` special; None when it follows its weekday."""
        return self.marks.get(day) or announced(day)

    def is_workday(self, day: date) -> bool:
        """Whether `day` is worked."""
        mark = self.mark(day)
        return mark.is_workday if mark else day.weekday() < _SATURDAY

    def is_announced(self, year: int) -> bool:
        """Whether the holidays of `year` are known: by this release, or because the office entered the notice.

        Every notice gives New Year's Day and National Day; a year in which the office marked both is entered.
        """
        if FIRST_KNOWN <= year <= LAST_KNOWN:
            return True
        return date(year, 1, 1) in self.marks and date(year, 10, 1) in self.marks

    def is_provisional(self, day: date) -> bool:
        """Whether nobody has said yet if `day` is worked."""
        return day not in self.marks and not self.is_announced(day.year)

    def add(self, day: date, count: int) -> Deadline:
        """The day on which the `count`th working day after `day` falls; `day` itself for 0.

        ValueError if `count` is negative.
        """
        if count < 0:
            raise ValueError("working days are counted forwards")
        provisional = False
        while count:
            day += _DAY
            provisional = provisional or self.is_provisional(day)
            count -= self.is_workday(day)
        return Deadline(day, provisional)

    def due(self, due: Due | None, period: Period | None, starts: date) -> Deadline:
        """The day an entry of the scheme sets for `period` (None: once, counted from `starts`).

        The day it counts from is the first of them: three months from 1 April end on 30 June. Left out, it is the last
        day of the period. ValueError where neither says a day.
        """
        if due is None:
            if period is None:
                raise ValueError("what is due once needs a day to count from")
            return Deadline(period.last)
        first = starts
        if period is not None and due.after != "start":
            first = period.first if due.after == "period-start" else period.last + _DAY
        if due.workdays is not None:
            return self.add(first - _DAY, due.workdays)
        return Deadline(months_from(first, due.months or 0))

    def between(self, after: date, until: date) -> int:
        """Working days after the one day up to and with the other; negative when `until` lies before `after`."""
        if until < after:
            return -self.between(until, after)
        return sum(self.is_workday(day) for day in _days(after + _DAY, until))

    def special(self, year: int) -> list[Mark]:
        """The marked and announced days of `year`, in order; an announced day off on a weekend too."""
        days = _days(date(year, 1, 1), date(year, 12, 31))
        return [mark for day in days if (mark := self.mark(day))]


def stretches(marks: Iterable[Mark]) -> list[Stretch]:
    """`marks`, which are in order, with neighbours that are alike put together; never across the end of a month."""
    found: list[Stretch] = []
    for mark in marks:
        last = found[-1] if found else None
        alike = last and (last.is_workday, last.name, last.by_office) == (mark.is_workday, mark.name, mark.by_office)
        if last and alike and mark.day - last.last == _DAY and mark.day.month == last.last.month:
            found[-1] = replace(last, last=mark.day)
        else:
            found.append(Stretch(mark.day, mark.day, mark.is_workday, mark.name, mark.by_office))
    return found


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY
