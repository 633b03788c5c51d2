"""办理人: builds the Actor of an appointment – its powers, and the units it speaks for and reads.

Four queries however many posts an account has: the appointments; pairs, members and roles of the cluster acted in;
for a secretary two more, the leader and whether he is still in office.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from tizhi.base.accounts.models import User
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.rows import holding
from tizhi.pipeline.scheme.models import Body, Member, Unit, UnitRole
from tizhi.pipeline.scheme.standing import standing

from .models import Appointment

_WORDS = ("person__unit", "post", "unit", "seat__unit", "seat__body__unit")
_OF_SCHOOLS = frozenset({"report-unit", "pair", "project"})
_OF_CLUSTER = frozenset({"read-cluster", "secretariat"})


def appointments_of(user: User, day: date | None = None) -> list[Appointment]:
    """The posts `user` may act in on `day`: by cluster, posts of a unit by rank, then seats of bodies."""
    held = in_force(Appointment.objects.filter(person__user=user), day or clock.today())
    leaders = Prefetch("assists", Appointment.objects.select_related(*_WORDS))
    return list(
        held.select_related("cluster", *_WORDS).prefetch_related(leaders)
        .order_by("cluster__key", F("post__rank").asc(nulls_last=True), "seat__body__order", "pk")
    )  # fmt: skip


def in_force(held: QuerySet[Appointment], day: date) -> QuerySet[Appointment]:
    """Those of `held` that give rights on `day`: the term runs, and the place it is a term of stands.

    The scheme may close a seat or a post, a body be dissolved, a unit leave the cluster.
    """
    unit_there = Member.objects.on(day).filter(cluster=OuterRef("cluster"), unit=OuterRef("unit"))
    in_seat = Q(seat__isnull=False) & holding(day, "seat__") & holding(day, "seat__body__")
    in_post = Q(post__is_open=True) & Exists(unit_there)
    return held.filter(holding(day), in_seat | in_post, person__is_open=True)


def actor_of(user: User, chosen: Appointment | None, address: str = "") -> Actor:
    """The actor of `user` in the post `chosen`; without one, an account that can do no work.

    An administrator acts as such only outside any post: rights are never merged.
    """
    if chosen is None:
        return Actor(user_id=user.pk, name=str(user), is_administrator=user.is_administrator, address=address)
    ties = _Ties.of(chosen.cluster_id, clock.today())
    principals = (_acting(chosen.assists, ties),) if chosen.assists and _is_in_office(chosen.assists) else ()
    return replace(_acting(chosen, ties), user_id=user.pk, principals=principals, address=address)


def actor_in(held: Appointment) -> Actor:
    """Who `held` makes its holder, whether or not he has an account: for reading what he would read."""
    return _acting(held, _Ties.of(held.cluster_id, clock.today()))


def _is_in_office(leader: Appointment) -> bool:
    return in_force(Appointment.objects.filter(pk=leader.pk), clock.today()).exists()


@dataclass(frozen=True)
class _Ties:
    """What a cluster's edges say on a day about whom a unit helps, who belongs to it, who leads."""

    pairs: tuple[tuple[int, int], ...]
    provinces: dict[int, str]
    leads: frozenset[int]

    @classmethod
    def of(cls, cluster: int, day: date) -> _Ties:
        rows = standing(cluster)
        provinces = {one.unit_id: one.unit.province for one in rows.members_on(day)}
        leads = {unit for unit, roles in rows.roles_on(day).items() if UnitRole.Role.LEAD in roles}
        return cls(tuple(rows.pairs_on(day)), provinces, frozenset(leads))

    def schools_of(self, unit: int) -> frozenset[int]:
        return frozenset(school for partner, school in self.pairs if partner == unit)


def _acting(held: Appointment, ties: _Ties) -> Actor:
    body = held.seat.body if held.seat else None
    unit = _unit_of(held, body)
    powers = frozenset(held.powers)
    own = frozenset({unit.pk} if unit else ())
    schools = ties.schools_of(unit.pk) if unit and body and powers & _OF_SCHOOLS else frozenset()
    return Actor(
        person_id=held.person_id,
        appointment_id=held.pk,
        cluster_id=held.cluster_id,
        unit_id=unit.pk if unit else None,
        body_id=body.pk if body else None,
        post=held.post.key if held.post else "",
        powers=powers,
        reports_for=own | schools if "report-unit" in powers else frozenset(),
        reads=own | schools | _read_beyond(unit, powers, ties),
        leads_cluster=bool(own & ties.leads),
        of_department=unit is not None and unit.kind == Unit.Kind.DEPARTMENT,
        name=held.person.name,
        post_words=held.title or held.post_name,
        unit_words=held.place,
    )


def _unit_of(held: Appointment, body: Body | None) -> Unit | None:
    """The unit a post belongs to: its own, the one its office stands in, or the one that fills the seat."""
    if held.unit:
        return held.unit
    seat_unit = held.seat.unit if held.seat else None
    return (body.unit if body else None) or seat_unit or held.person.unit


def _read_beyond(unit: Unit | None, powers: frozenset[str], ties: _Ties) -> frozenset[int]:
    """All units of the cluster for who reads it; those of its province for a department of education."""
    if powers & _OF_CLUSTER:
        return frozenset(ties.provinces)
    if unit and "read-province" in powers:
        return frozenset(one for one, province in ties.provinces.items() if province == unit.province)
    return frozenset()
