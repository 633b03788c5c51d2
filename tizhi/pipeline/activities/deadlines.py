"""报送期限: by when briefs are due. One of these answers for any number of rows with a constant number of queries."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime

from tizhi.base.kit import clock
from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.calendar.rules import Deadline
from tizhi.pipeline.scheme.queries import in_force, versions_of

from . import rules


class Deadlines:
    """So many working days after an activity's last day, as the scheme in force on that day says [四(四)].

    Computed, never stored: when next year's calendar is announced, what was counted provisionally counts anew.
    """

    def __init__(self, cluster: int) -> None:
        self._cluster = cluster
        self._calendar = workdays()
        self._begins: list[date] = sorted({version.begins for version in versions_of(cluster)})
        self._counts: dict[date, int | None] = {}
        self._dues: dict[date, Deadline | None] = {}

    def of(self, last_day: date | None) -> Deadline | None:
        """The day by which an activity that ended on `last_day` is due; None where the scheme sets no limit."""
        if last_day is None:
            return None
        if last_day not in self._dues:
            self._dues[last_day] = self.after(last_day, under=last_day)
        return self._dues[last_day]

    def after(self, day: date, under: date) -> Deadline | None:
        """The day so many working days after `day`, under the scheme of the day `under`."""
        count = self.workdays(under)
        return None if count is None else self._calendar.add(day, count)

    def timeliness(self, last_day: date | None, sent_at: datetime | None) -> rules.Timeliness | None:
        """How an activity stands to its deadline today."""
        due = self.of(last_day)
        return rules.timeliness(due, sent_at, clock.today()) if due else None

    def workdays(self, under: date) -> int | None:
        """How many working days the scheme of that day allows."""
        version = self._begins[max(bisect_right(self._begins, under) - 1, 0)]
        if version not in self._counts:
            briefs = in_force(self._cluster, version).briefs
            self._counts[version] = briefs.due_workdays if briefs else None
        return self._counts[version]
