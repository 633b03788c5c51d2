"""本省工作: a province's schools as its department reads them – who helps whom, what was done, what is next [I5].

A constant number of queries, whatever the number of schools.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period, period_of
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.commitments.queries import schools_of
from tizhi.pipeline.directory.contacts import Contact, contacts_of_members
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings import rules as inputs
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Cluster, Unit, UnitRole

State, Part = Activity.State, ActivityUnit.Part
ACCEPTED = (State.ACCEPTED, State.PUBLISHED)


@dataclass(frozen=True)
class Counts:
    """Of the activities of a period: briefs the school sent, those of them accepted, others it took part in."""

    sent: int = 0
    accepted: int = 0
    joined: int = 0


@dataclass(frozen=True)
class School:
    """A school of the province in the cluster on a day; None or empty where there is nothing to tell."""

    unit: Unit
    name: str
    roles: Sequence[str]
    supported_by: Sequence[Unit]
    supports: Sequence[Unit]
    quarter: Counts
    year: Counts
    visit: Activity | None
    planned: PlannedItem | None
    asked: filings.Asked | None
    contacts: Sequence[Contact]

    @property
    def vacant(self) -> int:
        """How many contacts the scheme wants that nobody is."""
        return sum(one.person_id is None for one in self.contacts)

    @property
    def unreachable(self) -> int:
        """How many contacts have neither number nor mail."""
        return sum(one.person_id is not None and not one.is_reachable for one in self.contacts)


@dataclass(frozen=True)
class Province:
    """A department with its province's schools; `handed` is the period whose inputs are told, where units owe any."""

    department: Unit
    day: date
    quarter: Period
    year: Period
    handed: Period | None
    schools: Sequence[School]


def province(actor: Actor, cluster: Cluster, department: Unit, day: date) -> Province:
    """The page of a department as `actor` may read it; roles, pairs, contacts and periods are those of `day`."""
    units = list(schemes.with_names(schools_of(cluster, department.province, day)))
    keys = [unit.pk for unit in units]
    handed = _handed(cluster, day)
    told = _Told(actor, cluster, day, keys, handed)
    return Province(
        department, day, period_of(day), period_of(day, "year"), handed, [told.school(unit) for unit in units]
    )


def _handed(cluster: Cluster, day: date) -> Period | None:
    """The period whose inputs are due or just were; None where the scheme knows no reports."""
    reports = schemes.in_force(cluster, day).reports
    if reports is None:
        return None
    current = period_of(day, reports.every)
    last = current if day >= inputs.opens_on(current) else current.shifted(-1)
    return last if last.first >= cluster.starts else None


class _Told:
    """What is known of `schools` by their keys, read once for all of them."""

    def __init__(
        self, actor: Actor, cluster: Cluster, day: date, schools: Collection[int], handed: Period | None
    ) -> None:
        self.day = day
        self.roles = schemes.roles(cluster, day)
        self.pairs = list(schemes.pairs(cluster, day))
        self.quarter = _counts(cluster, period_of(day), schools)
        self.year = _counts(cluster, period_of(day, "year"), schools)
        self.visits = _visits(actor, schools, day)
        self.planned = _planned(actor, schools, day)
        self.asked = {row.unit.pk: row for row in filings.received(cluster, handed).rows} if handed else {}
        self.contacts = contacts_of_members(cluster.pk, day)

    def school(self, unit: Unit) -> School:
        return School(
            unit=unit,
            name=schemes.name_on(unit, self.day),
            roles=[UnitRole.Role(role).label for role in self.roles.get(unit.pk, ())],
            supported_by=[pair.partner for pair in self.pairs if pair.supported_id == unit.pk],
            supports=[pair.supported for pair in self.pairs if pair.partner_id == unit.pk],
            quarter=self.quarter.get(unit.pk, Counts()),
            year=self.year.get(unit.pk, Counts()),
            visit=self.visits.get(unit.pk),
            planned=self.planned.get(unit.pk),
            asked=self.asked.get(unit.pk),
            contacts=self.contacts.get(unit.pk, ()),
        )


def _counts(cluster: Cluster, period: Period, schools: Collection[int]) -> dict[int, Counts]:
    sent, accepted, joined = (defaultdict[int, int](int) for _ in range(3))
    briefs = activities.reported(Activity.objects.filter(cluster=cluster), period).order_by()
    for unit, state in briefs.filter(unit__in=schools).values_list("unit", "state"):
        sent[unit] += 1
        accepted[unit] += state in ACCEPTED
    others = ActivityUnit.objects.filter(unit__in=schools, activity__in=briefs.filter(state__in=ACCEPTED))
    for unit, reporter in others.order_by().values_list("unit", "activity__unit"):
        joined[unit] += unit != reporter
    return {unit: Counts(sent[unit], accepted[unit], joined[unit]) for unit in schools}


def _visits(actor: Actor, schools: Collection[int], day: date) -> dict[int, Activity]:
    """The last accepted activity by `day` for which somebody came to each school."""
    came = ActivityUnit.objects.filter(activity=OuterRef("activity"), part=Part.VISITOR)
    seen = activities.visible_to(actor).filter(state__in=ACCEPTED, binned_at=None, last_day__lte=day).order_by()
    hosted = ActivityUnit.objects.filter(Exists(came), unit__in=schools, part=Part.HOST, activity__in=seen)
    last: dict[int, int] = {}
    for unit, activity in hosted.order_by("-activity__last_day", "-activity").values_list("unit", "activity"):
        last.setdefault(unit, activity)
    found = activities.rows(Activity.objects.all()).in_bulk(last.values())
    return {unit: found[activity] for unit, activity in last.items()}


def _planned(actor: Actor, schools: Collection[int], day: date) -> dict[int, PlannedItem]:
    """What others next mean to do with each school, from `day` or today on: not given up, not reported yet."""
    since = max(day, clock.today())
    ahead = agenda.concerning(agenda.visible_to(actor), set(schools)).filter(last_day__gte=since, cancelled_at=None)
    first: dict[int, PlannedItem] = {}
    for item in agenda.rows(ahead.exclude(agenda.DONE)).order_by("first_day", "pk"):
        for part in item.units.all():
            if part.unit_id in schools and part.unit_id != item.unit_id:
                first.setdefault(part.unit_id, item)
    return first
