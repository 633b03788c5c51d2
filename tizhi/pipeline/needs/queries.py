"""需求的查询: who reads a school's diagnosis, what it says, how many needs are open, what waits for whom."""

from __future__ import annotations

from django.db.models import QuerySet

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.models import Cluster, Member, Unit
from tizhi.pipeline.scheme.standing import standing
from tizhi.pipeline.studies.queries import schools_near, schools_of

from .models import Need, Trait

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
