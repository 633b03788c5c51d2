"""答复期限: by when cases are to be answered. One of these answers for any number with a constant number of queries."""

from __future__ import annotations

from datetime import date, datetime

from tizhi.pipeline.calendar.allowed import Allowed
from tizhi.pipeline.calendar.rules import Deadline

from . import rules


class Deadlines(Allowed):
    """So many working days after the day of asking, as the scheme in force on that day says [四(五)2]."""

    def __init__(self, cluster: int) -> None:
        super().__init__(cluster, lambda scheme: scheme.consultations.answer_workdays if scheme.consultations else None)

    def of(self, asked_at: datetime | None) -> Deadline | None:
        """The deadline of a case asked at that moment; None of a draft, and where the scheme sets no limit."""
        on = rules.day_of(asked_at)
        return self.due(on) if on else None

    def day(self, asked_at: datetime | None) -> date | None:
        """The last day on which an answer is in time."""
        due = self.of(asked_at)
        return due.day if due else None
