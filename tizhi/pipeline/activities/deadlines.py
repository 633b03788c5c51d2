"""报送期限: by when briefs are due. One of these answers for any number of rows with a constant number of queries."""

from __future__ import annotations

from datetime import date, datetime

from tizhi.base.kit import clock
from tizhi.pipeline.calendar.allowed import Allowed
from tizhi.pipeline.calendar.rules import Deadline

from . import rules


class Deadlines(Allowed):
    """So many working days after an activity's last day, as the scheme in force on that day says [四(四)]."""

    def __init__(self, cluster: int) -> None:
        super().__init__(cluster, lambda scheme: scheme.briefs.due_workdays if scheme.briefs else None)

    def of(self, last_day: date | None) -> Deadline | None:
        """The day by which an activity that ended on `last_day` is due; None where the scheme sets no limit."""
        return self.due(last_day) if last_day else None

    def timeliness(self, last_day: date | None, sent_at: datetime | None) -> rules.Timeliness | None:
        """How an activity stands to its deadline today."""
        due = self.of(last_day)
        return rules.timeliness(due, sent_at, clock.today()) if due else None
