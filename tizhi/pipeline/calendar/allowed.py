"""限期: so many working days, as the scheme in force on a day says; one answers for any number of rows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.queries import in_force, versions_of

from .queries import workdays
from .rules import Deadline


class Allowed:
    """The working days that `count` reads from a scheme. A constant number of queries for any number of days asked.

    Computed, never stored: when next year's calendar is announced, what was counted provisionally counts anew.
    """

    def __init__(self, cluster: int, count: Callable[[Scheme], int | None]) -> None:
        self._cluster, self._count = cluster, count
        self._calendar = workdays()
        self._begins: list[date] = sorted({version.begins for version in versions_of(cluster)})
        self._counts: dict[date, int | None] = {}
        self._dues: dict[date, Deadline | None] = {}

    def due(self, day: date) -> Deadline | None:
        """The day so many working days after `day`, under the scheme of that day; None where it sets no limit."""
        if day not in self._dues:
            self._dues[day] = self.after(day, under=day)
        return self._dues[day]

    def after(self, day: date, under: date) -> Deadline | None:
        """The day so many working days after `day`, under the scheme of the day `under`."""
        count = self.workdays(under)
        return None if count is None else self._calendar.add(day, count)

    def workdays(self, under: date) -> int | None:
        """How many working days the scheme of that day allows."""
        version = self._begins[max(bisect_right(self._begins, under) - 1, 0)]
        if version not in self._counts:
            self._counts[version] = self._count(in_force(self._cluster, version))
        return self._counts[version]
