"""需求的查询: who reads a school's diagnosis, what it says, how many needs are open, what waits for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.scheme.models import Cluster, Member, Unit
from tizhi.pipeline.scheme.standing import standing
from tizhi.pipeline.studies.queries import schools_near, schools_of

from . import rules
from .models import Need, NeedEvent, Priority, Trait

State = Need.State


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Need]:
    """The needs that `actor` may read: of its own school, of those its unit helps, of its province or cluster."""
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return Need.objects.none()
    return Need.objects.filter(cluster=actor.cluster_id, unit__in=schools_near(actor))


def traits_visible_to(actor: Actor) -> QuerySet[Trait]:
    """The strengths and gaps that `actor` may read, as `visible_to`."""
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return Trait.objects.none()
    return Trait.objects.filter(cluster=actor.cluster_id, unit__in=schools_near(actor))


def schools_visible_to(actor: Actor) -> list[Unit]:
    """The schools whose diagnosis `actor` reads, in the scheme's order: the supported schools of today."""
    if actor.cluster_id is None or actor.powers == {"read-issued"}:
        return []
    near = schools_near(actor)
    return [one for one in schools_of(actor.cluster_id) if one.pk in near]


def place_of(actor: Actor, unit: int) -> Member | None:
    """Where a school stands in the actor's cluster, if the actor reads its diagnosis."""
    if actor.cluster_id is None or unit not in {one.pk for one in schools_visible_to(actor)}:
        return None
    there = standing(actor.cluster_id).members_on(clock.today())
    return next((one for one in there if one.unit_id == unit), None)


# Of one school


def of_school(actor: Actor, unit: Unit | int) -> QuerySet[Need]:
    """The needs of a school that `actor` reads, the most pressing first; withdrawn ones too."""
    return visible_to(actor).filter(unit=unit).select_related("area", "proposer")


def traits_of(actor: Actor, unit: Unit | int) -> QuerySet[Trait]:
    """The strengths and gaps of a school that `actor` reads; withdrawn ones are left out."""
    return traits_visible_to(actor).filter(unit=unit, withdrawn_at=None).select_related("area")


def open_count(cluster: Cluster | int, school: Unit | int) -> int:
    """How many needs of a school are stated and neither met nor withdrawn."""
    return Need.objects.filter(cluster=cluster, unit=school, state=State.OPEN).count()


def in_full(needs: QuerySet[Need]) -> QuerySet[Need]:
    """What a page tells of each: area, origin, the gap behind it, its history with the studies it rests on."""
    events = Prefetch("events", NeedEvent.objects.select_related("study", "finding"))
    return needs.select_related("unit", "area", "proposer", "writer", "trait", "finding__study").prefetch_related(
        events
    )


def of_findings(actor: Actor, findings: list[int]) -> dict[int, list[Need]]:
    """The needs that came of findings, by finding: those stated from one, and those one refined."""
    if not findings:
        return {}
    seen = visible_to(actor)
    found: dict[int, list[Need]] = {}
    for need in seen.filter(finding__in=findings).order_by("number"):
        found.setdefault(need.finding_id or 0, []).append(need)
    refined = NeedEvent.objects.filter(finding__in=findings, kind=NeedEvent.Kind.REFINED, need__in=seen)
    for event in refined.select_related("need").order_by("need__number"):
        several = found.setdefault(event.finding_id or 0, [])
        several += [event.need] if event.need not in several else []
    return found


def refined_by(actor: Actor, study: int) -> list[Need]:
    """The needs that a study refined without naming a finding."""
    events = NeedEvent.objects.filter(study=study, finding=None, kind=NeedEvent.Kind.REFINED)
    return list(visible_to(actor).filter(pk__in=events.values("need")).order_by("number"))


def counts_of_studies(actor: Actor, studies: list[int]) -> dict[int, int]:
    """How many needs were stated from findings of each of these studies, in one query."""
    if not studies:
        return {}
    found = visible_to(actor).filter(finding__study__in=studies).order_by()
    return dict(found.values_list("finding__study").annotate(n=Count("pk")))


@dataclass(frozen=True)
class Summary:
    """How many needs of a school are open, and how many of them are the most pressing."""

    open: int
    high: int


def summary(actor: Actor, unit: Unit | int) -> Summary:
    """The needs of one school in figures, in one query."""
    still = visible_to(actor).filter(unit=unit, state=State.OPEN)
    found = still.order_by().aggregate(open=Count("pk"), high=Count("pk", filter=Q(priority=Priority.HIGH)))
    return Summary(found["open"], found["high"])


# Over all schools


def counts_by_area(actor: Actor) -> Counter[tuple[int, int | None]]:
    """How many needs are open, by school and area (None for those of no area), in one query."""
    counted = visible_to(actor).filter(state=State.OPEN).order_by().values_list("unit", "area").annotate(n=Count("pk"))
    return Counter({(unit, area): n for unit, area, n in counted})


def pressing_first(needs: QuerySet[Need]) -> QuerySet[Need]:
    """The open needs, the most pressing first, then the longest unmet."""
    return needs.filter(state=State.OPEN).order_by("priority", "stated_at", "pk")


def high(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Those of the highest priority."""
    return needs.filter(priority=Priority.HIGH)


# What waits for whom


def waiting_for(actor: Actor) -> list[Todo]:
    """For a school: needs that its partner proposed, and that it has not confirmed."""
    if actor.cluster_id is None or actor.body_id or not actor.has("report-unit"):
        return []
    if actor.unit_id not in {one.pk for one in schools_of(actor.cluster_id)}:
        return []
    proposed = Need.objects.filter(
        cluster=actor.cluster_id, unit=actor.unit_id, state=State.OPEN, proposer__isnull=False, confirmed_at=None
    )
    return [_todo(one) for one in proposed.select_related("proposer").order_by("number")]


def _todo(need: Need) -> Todo:
    about = f"{need.proposer.called if need.proposer else ''}由调研发现提出，编号{rules.code_of(need)}"
    return Todo("确认需求", need.title, about, "needs:show", (need.unit_id, need.number), None, "target", "确认")
