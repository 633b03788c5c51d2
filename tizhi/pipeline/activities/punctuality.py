"""及时: how many briefs each unit sent in time, late or not yet – of a year's hundred thousand, in two statements.

What is in time is a matter of the working calendar, which no database knows: `Deadlines` decides each day, as it does
for a single brief. Totals are counted by day and unit; for the late ones the days go into the statement with the moment
from which a brief of that day is late. `IS TRUE` keeps SQLite from looking by the moment of entry, which nearly every
row satisfies, instead of by the day; one index holds all that both read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from tizhi.base.kit import clock, memory
from tizhi.base.kit.periods import Period

from .deadlines import Deadlines
from .models import Activity

_DAY = timedelta(days=1)
# Totals are counted as the index lies; here only late briefs are grouped, and the index is all that is read.
_LATE = """
WITH due(day, slot, late_from) AS (VALUES {days})
SELECT a.unit_id, d.slot, COUNT(*)
FROM due d JOIN activities_activity a
  ON a.last_day = d.day AND a.cluster_id = %s AND a.sent_at >= d.late_from AND a.sent_at <= {moment}
  AND {standing} AND (a.created_at <= {moment}) IS TRUE
GROUP BY a.unit_id, d.slot
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

    def plus(self, total: int, unsent: int, on: _Day, at: datetime) -> Punctual:
        """With the activities of one more day, as if all that were sent had been sent in time."""
        is_over = on.late_from is not None and on.late_from <= at
        dues = [day for day in (self.next_due, on.due if unsent and not is_over else None) if day]
        return replace(
            self,
            total=self.total + total,
            in_time=self.in_time + total - unsent,
            overdue=self.overdue + (unsent if is_over else 0),
            next_due=min(dues, default=None),
        )

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
    days = {day.day: day for day in _days(spans, Deadlines(cluster), timezone.localtime(at).date())}
    if not days:
        return {}
    found: dict[tuple[int, int], Punctual] = {}
    for day, unit, total, unsent in _by_day(cluster, min(days), max(days), at):
        if on := days.get(day):
            found[unit, on.slot] = found.get((unit, on.slot), Punctual()).plus(total, unsent, on, at)
    for unit, slot, late in _late(cluster, list(days.values()), at):
        before = found[unit, slot]
        found[unit, slot] = replace(before, in_time=before.in_time - late, late=late)
    return {(unit, spans[slot].key): punctual for (unit, slot), punctual in found.items()}


@dataclass(frozen=True)
class _Day:
    """A day of a period (its number), and the moment from which a brief of that day is late; None: never."""

    day: date
    slot: int
    due: date | None
    late_from: datetime | None


def _days(spans: list[Period], deadlines: Deadlines, today: date) -> Iterator[_Day]:
    """Each day that has come."""
    for slot, span in enumerate(spans):
        day = span.first
        while day <= min(span.last, today):
            due = deadlines.of(day)
            late_from = clock.midnight(due.day + _DAY) if due else None
            yield _Day(day, slot, due.day if due else None, late_from)
            day += _DAY


def _by_day(cluster: int, first: date, last: date, at: datetime) -> Iterable[tuple[date, int, int, int]]:
    """Day, unit, how many ended on it, how many of them were not sent by then."""
    known = Activity.objects.filter(cluster=cluster, last_day__range=(first, last))
    if timezone.localtime(at).date() < clock.today():
        # What was put away since was still there then, and what was entered since was not.
        known = known.filter(Q(binned_at=None) | Q(binned_at__gt=at), created_at__lte=at)
    else:
        known = known.filter(binned_at=None)
    unsent = Count("pk", filter=Q(sent_at=None) | Q(sent_at__gt=at))
    counted = known.order_by().values("last_day", "unit").annotate(total=Count("pk"), unsent=unsent)
    return counted.values_list("last_day", "unit", "total", "unsent")  # type: ignore[return-value]


def _late(cluster: int, days: list[_Day], at: datetime) -> list[tuple[int, int, int]]:
    """Unit, number of the period, how many were sent too late by then."""
    dated = [day for day in days if day.late_from]
    if not dated:
        return []
    ops = connection.ops
    moment, is_past = ops.adapt_datetimefield_value(at), timezone.localtime(at).date() < clock.today()
    given = [
        value
        for day in dated
        for value in (ops.adapt_datefield_value(day.day), day.slot, ops.adapt_datetimefield_value(day.late_from))
    ]
    # The moments of the statement, in their order: sent, put away since, entered.
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(dated), is_past), [*given, cluster, *[moment] * (3 if is_past else 2)])
        return cursor.fetchall()


def _statement(days: int, is_past: bool) -> str:
    if connection.vendor == "postgresql":
        day, moment = "(%s::date, %s::int, %s::timestamptz)", "%s::timestamptz"
    else:
        day, moment = "(%s, %s, %s)", "%s"
    standing = f"(a.binned_at IS NULL OR a.binned_at > {moment})" if is_past else "a.binned_at IS NULL"
    return _LATE.format(days=", ".join([day] * days), moment=moment, standing=standing)
