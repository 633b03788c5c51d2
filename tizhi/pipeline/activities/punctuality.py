"""及时: how many briefs each unit sent in time, late or not yet – of a year's hundred thousand, in one statement.

What is in time is a matter of the working calendar, which no database knows. So the days of the periods go into the
statement with the moment after which a brief of that day is late, and the activities are joined to them; `Deadlines`
decides each day, as it does for a single brief. `IS TRUE` keeps SQLite from looking by the moment of entry, which
nearly every row satisfies, instead of by the day; one index holds all that the statement reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from tizhi.base.kit import clock, memory
from tizhi.base.kit.periods import Period

from .deadlines import Deadlines

_DAY = timedelta(days=1)
_COUNT = """
WITH due(day, slot, late_from) AS (VALUES {days}),
known AS (
  SELECT a.unit_id, d.slot, d.day, d.late_from, CASE WHEN a.sent_at <= {moment} THEN a.sent_at END AS sent
  FROM due d JOIN activities_activity a
    ON a.last_day = d.day AND a.cluster_id = %s AND {standing} AND (a.created_at <= {moment}) IS TRUE
)
SELECT unit_id, slot, COUNT(*),
  SUM(CASE WHEN sent < late_from OR late_from IS NULL AND sent IS NOT NULL THEN 1 ELSE 0 END),
  SUM(CASE WHEN sent >= late_from THEN 1 ELSE 0 END),
  SUM(CASE WHEN sent IS NULL AND late_from <= {moment} THEN 1 ELSE 0 END),
  MIN(CASE WHEN sent IS NULL AND (late_from > {moment} OR late_from IS NULL) THEN day END)
FROM known GROUP BY unit_id, slot
"""


@dataclass(frozen=True)
class Punctual:
    """The activities of one unit that ended in a period: sent in time, sent late, not sent though due, still open.

    `next_due` is the day by which the first of the open ones is due.
    """

    total: int = 0
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    next_due: date | None = None

    @property
    def sent(self) -> int:
        """Those that left their writer."""
        return self.in_time + self.late

    @property
    def open(self) -> int:
        """Those not sent, with days left."""
        return self.total - self.sent - self.overdue


def punctuality(cluster: int, spans: Iterable[Period], at: datetime) -> dict[tuple[int, str], Punctual]:
    """By unit (its id) and period (its key), as it stood at the moment `at`; units without activities are left out.

    Periods must not overlap. An activity belongs to the period its last day lies in, and to the unit that reports it.
    In one request each period is counted once.
    """
    kept: dict[str, dict[int, Punctual]] = memory.once(("punctuality", cluster, timezone.localtime(at).date()), dict)
    spans = list(spans)
    new = [span for span in spans if span.key not in kept]
    for (unit, key), punctual in _counted(cluster, new, at).items():
        kept.setdefault(key, {})[unit] = punctual
    for span in new:
        kept.setdefault(span.key, {})
    return {(unit, span.key): punctual for span in spans for unit, punctual in kept[span.key].items()}


def _counted(cluster: int, spans: list[Period], at: datetime) -> dict[tuple[int, str], Punctual]:
    deadlines = Deadlines(cluster)
    days = list(_days(spans, deadlines, timezone.localtime(at).date()))
    if not days:
        return {}
    moment = connection.ops.adapt_datetimefield_value(at)
    given = [value for day in days for value in day]
    # What was put away since was still there then; the index knows only what is there now.
    is_past = timezone.localtime(at).date() < clock.today()
    # The moments of the statement, in their order: sent, put away since, created, overdue, open.
    moments = [moment, cluster, *[moment] * (4 if is_past else 3)]
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(days), is_past), [*given, *moments])
        rows = cursor.fetchall()
    return {(unit, spans[slot].key): _punctual(counted, first, deadlines) for unit, slot, *counted, first in rows}


def _days(spans: list[Period], deadlines: Deadlines, today: date) -> Iterator[tuple[Any, int, Any]]:
    """Each day that has come, the number of its period, and the moment from which a brief of that day is late."""
    for slot, span in enumerate(spans):
        day = span.first
        while day <= min(span.last, today):
            due = deadlines.of(day)
            late_from = timezone.make_aware(datetime.combine(due.day + _DAY, time())) if due else None
            yield (
                connection.ops.adapt_datefield_value(day),
                slot,
                connection.ops.adapt_datetimefield_value(late_from) if late_from else None,
            )
            day += _DAY


def _statement(days: int, is_past: bool) -> str:
    if connection.vendor == "postgresql":
        day, moment = "(%s::date, %s::int, %s::timestamptz)", "%s::timestamptz"
    else:
        day, moment = "(%s, %s, %s)", "%s"
    standing = f"(a.binned_at IS NULL OR a.binned_at > {moment})" if is_past else "a.binned_at IS NULL"
    return _COUNT.format(days=", ".join([day] * days), moment=moment, standing=standing)


def _punctual(counted: list[int], first_open: date | str | None, deadlines: Deadlines) -> Punctual:
    first = date.fromisoformat(first_open) if isinstance(first_open, str) else first_open
    due = deadlines.of(first)
    total, in_time, late, overdue = (int(one) for one in counted)
    return Punctual(total, in_time, late, overdue, due.day if due else None)
