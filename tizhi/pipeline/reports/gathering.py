"""汇集: reads the facts of one report, with the same number of queries for five activities and for five hundred."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from tizhi.base.kit import clock, periods
from tizhi.base.kit.periods import Period
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.models import Activity, ActivityLeader, ActivityUnit
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda.queries import InPeriod
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.queries import Asked
from tizhi.pipeline.scheme.models import Area, Cluster, Member, Pair, Unit
from tizhi.pipeline.scheme.queries import name_on, with_names

from .facts import AreaFact, Facts, Input, Leader, PairFact, Place, Plan, Record
from .models import Brief, Report
from .rules import is_school_leader

COUNTED = (Activity.State.ACCEPTED, Activity.State.PUBLISHED)
PENDING = Q(state=Activity.State.SUBMITTED) | Q(state=Activity.State.RETURNED, submitted_at__isnull=False)
Part = ActivityUnit.Part


def facts_of(cluster: Cluster, period: Period, *, with_pending: bool = True) -> Facts:
    """What the report of `cluster` on `period` is made of, as things stand now."""
    reader = _Reader(cluster, period)
    found = reader.read(_counted_or_pending(cluster, period) if with_pending else belonging(cluster, period))
    records = tuple(record for record in found if not record.standing)
    return Facts(
        cluster=cluster.name,
        period=period,
        as_of=clock.now(),
        records=records,
        pending=tuple(record for record in found if record.standing),
        areas=_areas(cluster, {record.area for record in records}),
        pairs=reader.pairs(),
        inputs=tuple(reader.input(row) for row in filings.received(cluster, period).rows),
        plans=tuple(reader.plan(one) for one in agenda.in_period(cluster, period)),
    )


# What belongs to a report


def belonging(cluster: Cluster, period: Period) -> QuerySet[Activity]:
    """The activities a report counts [F1]: accepted ones whose last day lies in the period, and 补报.

    补报 are those of earlier quarters accepted after their report was issued. None is ever counted in two reports.
    """
    issued = Report.objects.filter(cluster=cluster, state=Report.State.ISSUED)
    elsewhere = Brief.objects.filter(activity=OuterRef("pk"), report__in=issued.exclude(period=period.key))
    late = _in(_periods_made_up(cluster, period)) | _kept_late(cluster, period)
    accepted = Activity.objects.filter(cluster=cluster, state__in=COUNTED, binned_at=None)
    return accepted.filter(_in([period]) | late).exclude(Exists(elsewhere))


def _counted_or_pending(cluster: Cluster, period: Period) -> QuerySet[Activity]:
    """What belongs, and what would once it is accepted."""
    of_period = Q(_in([period]) & PENDING, cluster=cluster, binned_at=None)
    return Activity.objects.filter(Q(pk__in=belonging(cluster, period).values("pk")) | of_period)


def _in(spans: Iterable[Period]) -> Q:
    found = Q(pk__in=[])
    for span in spans:
        found |= Q(last_day__range=(span.first, span.last))
    return found


def _periods_made_up(cluster: Cluster, period: Period) -> list[Period]:
    """The issued periods whose late activities fall to this report: it is the first after them not issued yet."""
    states = dict(Report.objects.filter(cluster=cluster).order_by("period").values_list("period", "state"))
    spans = {periods.parse(key): state == Report.State.ISSUED for key, state in states.items()}
    if spans.get(period):
        return []
    spans[period] = False
    made_up, waiting = [], []
    for span in sorted(spans):
        if spans[span]:
            waiting.append(span)
        else:
            made_up, waiting = waiting, []
        if span == period:
            return made_up
    return []


def _kept_late(cluster: Cluster, period: Period) -> Q:
    """What an issued report itself made up, when it is counted again."""
    kept = Brief.objects.filter(
        report__cluster=cluster, report__period=period.key, report__state=Report.State.ISSUED, is_late=True
    )
    return Q(pk__in=kept.values("activity"))


# Rows into facts


class _Reader:
    def __init__(self, cluster: Cluster, period: Period) -> None:
        self.cluster, self.period = cluster, period
        self.deadlines = Deadlines(cluster.pk)
        members = Member.objects.filter(cluster=cluster).values("unit")
        self.units = {unit.pk: unit for unit in with_names(Unit.objects.filter(pk__in=members))}

    def read(self, activities: QuerySet[Activity]) -> tuple[Record, ...]:
        """Activities in the order of their days."""
        leaders = Prefetch("leaders", ActivityLeader.objects.select_related("appointment__post"))
        rows = activities.defer("text").prefetch_related("units", leaders)
        return tuple(self._record(row) for row in rows.order_by("last_day", "first_day", "pk"))

    def _record(self, row: Activity) -> Record:
        first, last = row.first_day or row.last_day, row.last_day
        assert first is not None and last is not None  # noqa: S101  # a period was asked of the last day
        places = {part: [self.place(one.unit_id, last) for one in row.units.all() if one.part == part] for part in Part}
        timeliness = self.deadlines.timeliness(last, row.sent_at)
        return Record(
            id=row.pk,
            title=row.title,
            kind=row.kind,
            unit=self.place(row.unit_id, last),
            first=first,
            last=last,
            mode=row.mode,
            area=row.area_id,
            hosts=tuple(places[Part.HOST]),
            visitors=tuple(places[Part.VISITOR]),
            attending=tuple(places[Part.ATTENDING]),
            leaders=tuple(self._leader(one) for one in row.leaders.all()),
            details=row.details,
            is_in_time=timeliness is None or timeliness.code == "in-time",
            is_late=last not in self.period,
            standing="" if row.state in COUNTED else f"{row.get_state_display()}，接收后计入",
        )

    def _leader(self, row: ActivityLeader) -> Leader:
        held = row.appointment
        unit = self.units.get(held.unit_id) if held and held.unit_id else None
        return Leader(f"{row.post_words}{row.name}", is_school_leader(held, unit), held is not None)

    def place(self, unit: int, day: date) -> Place:
        """A unit of the cluster under the name it bore on `day` [A3]."""
        row = self.units[unit]
        name = name_on(row, day)
        return Place(unit, name, row.called if name == row.name else name, row.kind == Unit.Kind.UNIVERSITY)

    def pairs(self) -> tuple[PairFact, ...]:
        """The pairs that held in the period; one that began anew stands once."""
        day = self.period.last
        found: dict[tuple[int, int], PairFact] = {}
        for row in Pair.objects.within(self.period.first, day).filter(cluster=self.cluster):
            fact = PairFact(row.pk, self.place(row.partner_id, day), self.place(row.supported_id, day))
            found.setdefault((row.partner_id, row.supported_id), fact)
        return tuple(found.values())

    def input(self, row: Asked) -> Input:
        """What one unit handed in; the text only of what is signed."""
        entry = row.entry
        texts = {} if entry is None or not row.is_received else {name: getattr(entry, name) for name in filings.TEXTS}
        return Input(
            unit=self.place(row.unit.pk, self.period.last),
            is_expected=not row.is_exempt,
            is_received=row.is_received,
            is_in_time=row.is_in_time,
            is_nil=row.is_nil,
            sent_on=row.sent_on,
            remark=entry.exempt_reason if entry else "",
            **texts,
        )

    def plan(self, one: InPeriod) -> Plan:
        """What one unit planned for the period, and what became of it."""
        planned = one.planned
        first, last = one.days
        return Plan(
            title=planned.title,
            unit=self.place(planned.unit_id, last),
            first=first,
            last=last,
            result=one.result,
            others=tuple(
                self.place(row.unit_id, last) for row in planned.units.all() if row.unit_id != planned.unit_id
            ),
            about=one.about,
            record=planned.activity_id or 0 if one.result == "done" else 0,
        )


def _areas(cluster: Cluster, used: set[int | None]) -> tuple[AreaFact, ...]:
    """The areas in force, and a closed one that an activity is still of."""
    rows = Area.objects.filter(cluster=cluster)
    found = [area for area in rows if area.is_open or area.pk in used]
    return tuple(AreaFact(area.pk, area.key, area.name, area.is_individual) for area in found)
