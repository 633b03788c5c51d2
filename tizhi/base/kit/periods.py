"""期间: quarters, half-years and years in which work is counted and reported."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {"quarter": 3, "half-year": 6, "year": 12}
_KEY = re.compile(r"(\d{4})(?:(Q)([1-4])|(H)([12]))?")


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole months; `key` is 2026Q3, 2026H2 or 2026."""

    first: date
    last: date
    key: str

    @property
    def words(self) -> str:
        """2026年第三季度, 2026年上半年, 2026年."""
        year = f"{self.first.year}年"
        if "Q" in self.key:
            return year + f"第{'一二三四'[int(self.key[-1]) - 1]}季度"
        if "H" in self.key:
            return year + ("上半年" if self.key.endswith("1") else "下半年")
        return year

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def every(self) -> str:
        """quarter, half-year or year."""
        return "quarter" if "Q" in self.key else "half-year" if "H" in self.key else "year"

    def shifted(self, by: int) -> Period:
        """The period `by` steps later (earlier when negative)."""
        month = self.first.year * 12 + self.first.month - 1 + by * _MONTHS[self.every]
        return period_of(date(month // 12, month % 12 + 1, 1), self.every)

    def __str__(self) -> str:
        return self.words


def _period(year: int, start: int, months: int, key: str) -> Period:
    after = date(year + (start + months - 1) // 12, (start + months - 1) % 12 + 1, 1)
    return Period(date(year, start, 1), after - timedelta(days=1), key)


def period_of(day: date, every: str = "quarter") -> Period:
    """The quarter, half-year or year that `day` lies in."""
    months = _MONTHS[every]
    number = (day.month - 1) // months + 1
    key = {"quarter": f"{day.year}Q{number}", "half-year": f"{day.year}H{number}", "year": f"{day.year}"}[every]
    return _period(day.year, (number - 1) * months + 1, months, key)


def parse(key: str) -> Period:
    """The period of a key such as 2026Q3; ValueError if it is none."""
    match = _KEY.fullmatch(key)
    if match is None:
        raise ValueError(key)
    year, _, quarter, _, half = match.groups()
    if quarter:
        return period_of(date(int(year), int(quarter) * 3, 1), "quarter")
    if half:
        return period_of(date(int(year), int(half) * 6, 1), "half-year")
    return period_of(date(int(year), 1, 1), "year")


def since(start: date, until: date, every: str = "quarter") -> list[Period]:
    """The full periods that begin on or after `start` and have begun by `until`, oldest first."""
    current = period_of(start, every)
    if current.first < start:
        current = current.shifted(1)
    found = []
    while current.first <= until:
        found.append(current)
        current = current.shifted(1)
    return found


def months_from(first: date, months: int) -> date:
    """The last day of so many months that begin with `first`: the eve of the same day of the month, 31 March for three
    months from 1 January; where that month has no such day, its last one (29 February + 12 months: 28 February).
    """
    number = first.year * 12 + first.month - 1 + months
    year, month = number // 12, number % 12 + 1
    last = monthrange(year, month)[1]
    return date(year, month, first.day) - timedelta(days=1) if first.day <= last else date(year, month, last)
