"""工作台的查询: what waits for me, what has come this quarter, what is due next, what was published last."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period, period_of
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.activities.punctuality import Punctual, punctuality
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.commitments import queries as commitments
from tizhi.pipeline.consultations import waiting as consultations
from tizhi.pipeline.directory import queries as directory
from tizhi.pipeline.experts import queries as experts
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.reports import queries as reports
from tizhi.pipeline.reviews import todos as reviews
from tizhi.pipeline.scheme.models import Cluster, Unit, UnitRole
from tizhi.pipeline.scheme.standing import standing
from tizhi.pipeline.studies import queries as studies
from tizhi.pipeline.surveys import queries as surveys

Role = UnitRole.Role

# Every stage that makes something wait for somebody; a new stage adds its line.
WAITING = (
    directory.waiting_for, directory.proxies_waiting_for, activities.waiting_for, agenda.waiting_for,
    commitments.waiting_for, filings.waiting_for, reports.waiting_for, studies.waiting_for, needs.waiting_for,
    plans.waiting_for, surveys.waiting_for, reviews.waiting_for, experts.waiting_for, consultations.waiting_for,
)  # fmt: skip
# Most days most stages have nothing for somebody: one statement asks all of these first whether there is a row at all.
ASKED_FIRST: dict[Callable[[Actor], list[Todo]], Callable[[Actor], QuerySet | None]] = {
    directory.proxies_waiting_for: directory.proxies_may_wait,
    reports.waiting_for: reports.may_wait,
    studies.waiting_for: studies.may_wait,
    plans.waiting_for: plans.may_wait,
    experts.waiting_for: experts.may_wait,
    consultations.waiting_for: consultations.may_wait,
}


def todos(actor: Actor) -> list[Todo]:
    """What waits for the actor in every stage, the most urgent first; what has no deadline comes last."""
    silent = _silent(actor)
    found = [todo for waiting_for in WAITING if waiting_for not in silent for todo in waiting_for(actor)]
    return sorted(found, key=lambda todo: (todo.due is None, todo.due or date.max))


def _silent(actor: Actor) -> set[Callable[[Actor], list[Todo]]]:
    """The stages, of those asked first, that have nothing for the actor."""
    rows = {waiting_for: may_wait(actor) for waiting_for, may_wait in ASKED_FIRST.items()}
    asked = {waiting_for: Exists(some) for waiting_for, some in rows.items() if some is not None}
    answers = Cluster.objects.filter(pk=actor.cluster_id or 0).values_list(*asked.values()).first() if asked else None
    loud = {waiting_for for waiting_for, there in zip(asked, answers or (), strict=False) if there}
    return rows.keys() - loud


@dataclass(frozen=True)
class Reported:
    """What one unit has sent this quarter: briefs that left their writer, and how many of them in time."""

    unit: Unit
    sent: int
    in_time: int

    @property
    def late(self) -> int:
        """Sent, but after the deadline."""
        return self.sent - self.in_time


def reported(cluster: int, period: Period) -> list[Reported]:
    """Briefs of the period by reporting unit, in the scheme's order; the universities that sent none stand with 0."""
    counted = punctuality(cluster, [period], clock.now())
    found = []
    for member in standing(cluster).members_on(clock.today()):
        punctual = counted.get((member.unit_id, period.key), Punctual())
        if member.unit.kind == Unit.Kind.UNIVERSITY or punctual.sent:
            found.append(Reported(member.unit, punctual.sent, punctual.in_time))
    return found


@dataclass(frozen=True)
class Date:
    """A day on which something is due, and whether it rests on a calendar not yet announced."""

    day: date
    words: str
    provisional: bool = False


def dates(cluster: Cluster) -> list[Date]:
    """The next deadlines of the report cycle, soonest first [四(四)]."""
    found = []
    current = period_of(clock.today())
    for period in (current.shifted(-1), current):
        if period.first < cluster.starts:
            continue
        for due, words in (
            (filings.due_of(cluster, period), f"各校报送{period.words}材料截止"),
            (reports.due_of(cluster, period), f"{period.words}工作开展情况汇总报送截止"),
        ):
            if due and due.day >= clock.today():
                found.append(Date(due.day, words, due.provisional))
    return sorted(found, key=lambda one: one.day)


def latest(actor: Actor, count: int = 6) -> list[Activity]:
    """The briefs published last that the actor may read."""
    published = activities.published_for(actor).select_related("unit", "area").defer("text")
    return list(published.order_by("-published_at", "-pk")[:count])


def own(actor: Actor, count: int = 6) -> list[Activity]:
    """The briefs of the units the actor works for that are on their way: not published yet."""
    mine = activities.visible_to(actor).filter(unit__in=activities.works_for(actor), binned_at=None)
    return list(activities.rows(mine.exclude(state=Activity.State.PUBLISHED)).order_by("-held_since")[:count])


@dataclass(frozen=True)
class Given:
    """What a school has received this quarter, and what it was promised: the answer to “what do we get?” [L1]."""

    period: Period
    received: Sequence[Activity]
    promised: Sequence[PlannedItem]


def given_to(actor: Actor, most: int = 5) -> Given | None:
    """For who works for a supported school; None for all others."""
    school = actor.unit_id
    if school is None or actor.cluster_id is None or actor.body_id:
        return None
    if Role.SUPPORTED not in standing(actor.cluster_id).roles_on(clock.today()).get(school, ()):
        return None
    period = period_of(clock.today())
    seen = activities.visible_to(actor).filter(state__in=(Activity.State.ACCEPTED, Activity.State.PUBLISHED))
    received = activities.within(activities.concerning(seen, school), period).filter(_from_others(school))
    promised = agenda.promised_to(actor, school, clock.today()).filter(cancelled_at=None)
    received = received.select_related("unit", "area").order_by("-last_day", "-pk")
    return Given(period, list(received[:most]), list(promised[:most]))


def _from_others(school: int) -> Q:
    """What a school does by itself is no support: somebody else reported it or took part."""
    others = ActivityUnit.objects.filter(activity=OuterRef("pk")).exclude(unit=school)
    return ~Q(unit=school) | Q(Exists(others))
