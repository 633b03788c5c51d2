"""计划安排的查询: who sees which, what was promised to a school, what a period planned, what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock, words
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.who import colleague

from . import rules
from .models import Move, PlannedItem, PlannedUnit

HAS_BRIEF = Q(activity__isnull=False, activity__binned_at=None)
DONE = HAS_BRIEF & Q(activity__sent_at__isnull=False)
UNCERTAIN = Q(cancelled_at=None) & ~HAS_BRIEF
# A brief that tells what became of an item is of about its days.
ABOUT = timedelta(days=60)


# Who sees which


def visible_to(actor: Actor) -> QuerySet[PlannedItem]:
    """What is planned in the actor's cluster: open to everybody there but who reads issued reports only."""
    return PlannedItem.objects.filter(cluster=actor.cluster_id) if sees(actor) else PlannedItem.objects.none()


def sees(actor: Actor) -> bool:
    """Whether the actor reads what its cluster plans."""
    return actor.cluster_id is not None and colleague(actor, None)


def rows(planned: QuerySet[PlannedItem]) -> QuerySet[PlannedItem]:
    """What a line shows – unit, the other units, leaders, the brief – in a constant number of queries."""
    units = Prefetch("units", PlannedUnit.objects.select_related("unit"))
    return planned.select_related("unit", "area", "activity").prefetch_related(units, "leaders")


def in_full(planned: QuerySet[PlannedItem]) -> QuerySet[PlannedItem]:
    """What a record shows: the moves too."""
    return rows(planned).select_related("writer").prefetch_related("moves")


def concerning(planned: QuerySet[PlannedItem], units: frozenset[int] | set[int]) -> QuerySet[PlannedItem]:
    """Those that one of `units` is responsible for or takes part in."""
    takes_part = Exists(PlannedUnit.objects.filter(planned=OuterRef("pk"), unit__in=units))
    return planned.filter(Q(unit__in=units) | Q(takes_part))


def standing_as(planned: QuerySet[PlannedItem], code: str, today: date) -> QuerySet[PlannedItem]:
    """Those that stand as `rules.standing` says."""
    moved = ~Q(first_day=F("promised_first"), last_day=F("promised_last"))
    ahead = UNCERTAIN & Q(last_day__gte=today)
    return planned.filter(
        {
            "cancelled": Q(cancelled_at__isnull=False),
            "done": Q(cancelled_at=None) & DONE,
            "drafted": Q(cancelled_at=None, activity__sent_at=None) & HAS_BRIEF,
            "waiting": UNCERTAIN & Q(last_day__lt=today),
            "moved": ahead & moved,
            "planned": ahead & ~moved,
        }[code]
    )


def touching(planned: QuerySet[PlannedItem], period: Period) -> QuerySet[PlannedItem]:
    """Those that were first promised for `period`, stand in it now, or stood in it for a while."""
    span = (period.first, period.last)
    stood = Exists(Move.objects.filter(planned=OuterRef("pk"), to_last__range=span))
    return planned.filter(Q(promised_last__range=span) | Q(last_day__range=span) | stood)


def matching(planned: QuerySet[PlannedItem], said: str) -> QuerySet[PlannedItem]:
    """Those whose title or place hold each of the words `said`."""
    for word in said.split():
        planned = planned.filter(Q(title__icontains=word) | Q(place__icontains=word))
    return planned


def soonest_first(planned: QuerySet[PlannedItem], today: date) -> QuerySet[PlannedItem]:
    """What lies ahead, the soonest first; then what is past, the latest first."""
    is_past = Case(When(last_day__lt=today, then=Value(1)), default=Value(0))
    ahead = Case(When(last_day__gte=today, then=F("first_day")))
    return planned.annotate(is_past=is_past, ahead=ahead).order_by("is_past", "ahead", "-first_day", "pk")


# Of a unit, a school, a person


def of_unit(actor: Actor, unit: int, since: date) -> QuerySet[PlannedItem]:
    """What `unit` is responsible for or takes part in, from `since` on."""
    return rows(concerning(visible_to(actor), {unit}).filter(last_day__gte=since)).order_by("first_day", "pk")


def promised_to(actor: Actor, school: int, since: date) -> QuerySet[PlannedItem]:
    """What other units have promised to do with `school`, from `since` on: items of theirs in which it takes part."""
    takes_part = Exists(PlannedUnit.objects.filter(planned=OuterRef("pk"), unit=school))
    promised = visible_to(actor).filter(takes_part, last_day__gte=since).exclude(unit=school)
    return rows(promised).order_by("first_day", "pk")


def upcoming(actor: Actor, most: int = 6) -> list[PlannedItem]:
    """The next dates of the units near to the actor: not given up, not reported yet, the soonest first."""
    near = actor.reads | actor.reports_for | ({actor.unit_id} if actor.unit_id else set())
    ahead = visible_to(actor).filter(last_day__gte=clock.today(), cancelled_at=None).exclude(DONE)
    # The desk names the item and its unit only: nothing else is fetched.
    return list(concerning(ahead, near).select_related("unit").order_by("first_day", "pk")[:most])


def trips_of(actor: Actor, person: int, since: date, most: int = 6) -> list[PlannedItem]:
    """The next items that a person is to go to, the soonest first."""
    going = visible_to(actor).filter(leaders__person=person, last_day__gte=since, cancelled_at=None)
    return list(rows(going).order_by("first_day", "pk").distinct()[:most])


def in_calendar_of(actor: Actor, since: date) -> QuerySet[PlannedItem]:
    """What stands in the calendar of somebody in this post: items of the units it works for, and its own trips."""
    near = actor.reports_for | ({actor.unit_id} if actor.unit_id else set())
    ours = concerning(visible_to(actor), near).values("pk")
    trips = visible_to(actor).filter(leaders__person=actor.person_id).values("pk")
    found = PlannedItem.objects.filter(Q(pk__in=ours) | Q(pk__in=trips), last_day__gte=since)
    return in_full(found).order_by("first_day", "pk")


def own_person(actor: Actor) -> Person | None:
    """The actor as a person, whose calendar it is."""
    return Person.objects.filter(pk=actor.person_id, user=actor.user_id).first() if actor.person_id else None


# One item


def linkable(actor: Actor, planned: PlannedItem) -> QuerySet[Activity]:
    """The briefs that may tell what became of it: reported by its unit or with its part, not in the recycle bin."""
    seen = activities.concerning(activities.visible_to(actor), planned.unit_id)
    return seen.filter(cluster=planned.cluster_id, binned_at=None)


def likely_briefs(actor: Actor, planned: PlannedItem, most: int = 30) -> list[Activity]:
    """Those of them from about its days that no other item has taken, the latest first."""
    taken = PlannedItem.objects.filter(activity__isnull=False).exclude(pk=planned.pk).values("activity")
    about = (planned.promised_first - ABOUT, planned.last_day + ABOUT)
    found = linkable(actor, planned).filter(Q(last_day=None) | Q(last_day__range=about)).exclude(pk__in=taken)
    return list(found.select_related("unit")[:most])


def became(actor: Actor, activity: Activity) -> list[PlannedItem]:
    """The items that became this brief."""
    return list(visible_to(actor).filter(activity=activity))


def history(planned: PlannedItem) -> list[Entry]:
    """What was done to an item, newest first; that it became a brief stands in the brief's history."""
    kinds = ContentType.objects.get_for_models(PlannedItem, Activity)
    own = Q(kind=kinds[PlannedItem], target_id=planned.pk)
    if planned.activity_id:
        own |= Q(kind=kinds[Activity], target_id=planned.activity_id, code="agenda.make_brief")
    return list(Entry.objects.filter(own).select_related("countersign")[:400])


# What a period planned


@dataclass(frozen=True)
class InPeriod:
    """An item that was planned for a period: on which days first, what became of it, and how it moved since."""

    planned: PlannedItem
    days: rules.Days
    result: rules.Result
    moves: tuple[Move, ...]

    @property
    def about(self) -> str:
        """The days it was moved to and why, why it was given up, or on which other days its activity took place."""
        return rules.about(self.planned, self.days, self.moves, self.result)


def in_period(cluster: Cluster | int, period: Period) -> list[InPeriod]:
    """Every item planned for `period`, in the order of its days there; the same number of queries for any number."""
    found = in_full(touching(PlannedItem.objects.filter(cluster=cluster), period))
    told = [_in_period(one, period) for one in found]
    return sorted((one for one in told if one is not None), key=lambda one: (one.days, one.planned.pk))


def _in_period(planned: PlannedItem, period: Period) -> InPeriod | None:
    moves = tuple(planned.moves.all())
    stood = rules.stations(planned, moves)
    days = rules.days_in(stood, period)
    if days is None:
        return None
    return InPeriod(planned, days, rules.result(planned, period, clock.today()), moves[stood.index(days) :])


# What waits for whom


def waiting_for(actor: Actor) -> list[Todo]:
    """Items whose day has passed without a word of what became of them; as many working days as a brief has.

    They wait for the unit's own staff, and for whoever entered them.
    """
    if actor.cluster_id is None or not actor.reports_for:
        return []
    own = Q(writer=actor.person_id, unit__in=actor.reports_for)
    if actor.body_id is None:
        own |= Q(unit=actor.unit_id)
    passed = PlannedItem.objects.filter(own & UNCERTAIN, cluster=actor.cluster_id, last_day__lt=clock.today())
    deadlines = Deadlines(actor.cluster_id)
    return [_todo(one, deadlines) for one in passed.select_related("unit").order_by("last_day", "pk")]


def _todo(planned: PlannedItem, deadlines: Deadlines) -> Todo:
    due = deadlines.of(planned.last_day)
    about = f"{planned.unit.called}计划{words.span(planned.first_day, planned.last_day)}开展：起草动态、改期或者取消"
    return Todo(
        "登记结果", str(planned), about, "agenda:show", (planned.pk,), due.day if due else None, "calendar-check",
        "登记结果",
    )  # fmt: skip
