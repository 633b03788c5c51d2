"""计量: how much is asked of units – times and fields, by month, over the days that are counted [I4]."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.models import Cluster

_DAY = timedelta(days=1)
Month = tuple[int, int]  # year and month


@dataclass(frozen=True)
class Amount:
    """How often something was asked, in how many fields, and how many of these the platform filled in itself."""

    times: int = 0
    asked: int = 0
    held: int = 0

    @property
    def typed(self) -> int:
        """The fields left to a person."""
        return self.asked - self.held

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.times + other.times, self.asked + other.asked, self.held + other.held)


@dataclass(frozen=True)
class Stretch:
    """The days of one year that are counted: all of them, or as many as have passed."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """Its year; a stretch never reaches into another."""
        return self.first.year

    @property
    def months(self) -> list[Month]:
        """Its months in order."""
        return [(self.year, month) for month in range(self.first.month, self.last.month + 1)]

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Counting:
    """What is counted: a cluster, the stretches in order, and the day since which the platform has known it."""

    cluster: Cluster
    stretches: Sequence[Stretch]
    since: date

    @property
    def months(self) -> list[Month]:
        """All months counted, in order."""
        return [month for one in self.stretches for month in one.months]

    def month_of(self, day: date) -> Month | None:
        """The month a day is counted in; None for a day outside."""
        return (day.year, day.month) if any(day in one for one in self.stretches) else None

    def by_month(self, rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
        """`rows` whose `moment` is counted, annotated with its `slot` in `months`; -1 for a day between stretches."""
        slots = {month: slot for slot, month in enumerate(self.months)}
        edges: list[tuple[date, int]] = []
        for one in self.stretches:
            edges += [(max(date(*month, 1), one.first), slots[month]) for month in one.months]
            edges.append((one.last + _DAY, -1))
        # The latest first: a moment is of the first of these days that it does not come before.
        whens = [When(**{f"{moment}__gte": clock.midnight(day)}, then=Value(slot)) for day, slot in reversed(edges)]
        rows = rows.filter(
            **{f"{moment}__gte": clock.midnight(edges[0][0]), f"{moment}__lt": clock.midnight(edges[-1][0])}
        )
        return rows.order_by().annotate(slot=Case(*whens, default=Value(-1), output_field=IntegerField()))
