"""答复期限: by when cases are to be answered. One of these answers for any number with a constant number of queries."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime

from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.calendar.rules import Deadline
from tizhi.pipeline.scheme.queries import in_force, versions_of

from . import rules


class Deadlines:
    """So many working days after the day of asking, as the scheme in force on that day says [四(五)2].

    Computed, never stored, as the deadlines of briefs are.
    """

    def __init__(self, cluster: int) -> None:
        self._cluster = cluster
        self._calendar = workdays()
        self._begins: list[date] = sorted({version.begins for version in versions_of(cluster)})
        self._counts: dict[date, int | None] = {}
        self._dues: dict[date, Deadline | None] = {}

    def of(self, asked_at: datetime | None) -> Deadline | None:
        """The deadline of a case asked at that moment; None of a draft, and where the scheme sets no limit."""
        on = rules.day_of(asked_at)
        if on is None:
            return None
        if on not in self._dues:
            count = self.workdays(on)
            self._dues[on] = None if count is None else self._calendar.add(on, count)
        return self._dues[on]

    def day(self, asked_at: datetime | None) -> date | None:
        """The last day on which an answer is in time."""
        due = self.of(asked_at)
        return due.day if due else None

    def workdays(self, under: date) -> int | None:
        """How many working days the scheme of that day allows."""
        version = self._begins[max(bisect_right(self._begins, under) - 1, 0)]
        if version not in self._counts:
            entry = in_force(self._cluster, version).consultations
            self._counts[version] = entry.answer_workdays if entry else None
        return self._counts[version]
