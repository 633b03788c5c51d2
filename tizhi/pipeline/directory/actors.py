"""办理人: builds the Actor of an appointment – its powers, and the units it speaks for and reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tizhi.base.accounts.models import User
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.models import Body, Member, Pair, Unit, UnitRole

from .models import Appointment, Person


def appointments_of(user: User, day: date | None = None) -> list[Appointment]:
    """The posts `user` may act in on `day`, in the order they began."""
    held = Appointment.objects.on(day or clock.today()).filter(person__user=user, person__is_open=True)
    return list(
        held.select_related("cluster", "person", "post", "unit", "seat__body__unit", "seat__body__parent__unit", "seat__unit",
                            "assists__person", "assists__post", "assists__unit", "assists__seat__body")
        .order_by("cluster__key", "-post", "pk")
    )  # fmt: skip


def actor_of(user: User, chosen: Appointment | None, address: str = "") -> Actor:
    """The actor of `user` in the post `chosen`; without one, an account that can do no work."""
    bare = Actor(user_id=user.pk, name=str(user), is_administrator=user.is_administrator, address=address)
    if chosen is None:
        return bare
    actor = _of_appointment(chosen)
    principals: tuple[Actor, ...] = ()
    if chosen.assists and chosen.assists.holds_on(clock.today()):
        principals = (_of_appointment(chosen.assists),)
    return replace(
        actor, user_id=user.pk, is_administrator=user.is_administrator, principals=principals, address=address
    )


def _of_appointment(held: Appointment) -> Actor:
    day = clock.today()
    body = held.seat.body if held.seat else None
    unit = _unit_of(held, body)
    powers = frozenset(held.powers)
    entered = _entered_for(held, body, unit, day)
    return Actor(
        person_id=held.person_id,
        appointment_id=held.pk,
        cluster_id=held.cluster_id,
        unit_id=unit.pk if unit else None,
        body_id=body.pk if body else None,
        post=held.post.key if held.post else "",
        powers=powers,
        reports_for=entered,
        reads=entered | _read_as_province(held, unit, powers, day) | ({unit.pk} if unit else set()),
        leads_cluster=unit is not None and _leads(held.cluster_id, unit.pk, day),
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


def _entered_for(held: Appointment, body: Body | None, unit: Unit | None, day: date) -> frozenset[int]:
    """The units this post enters work for; a pair or project office also for its schools."""
    if unit is None or "report-unit" not in held.powers:
        return frozenset()
    if held.post:
        return frozenset({unit.pk})
    pairs = Pair.objects.on(day).filter(cluster=held.cluster_id, partner=unit)
    return frozenset({unit.pk, *pairs.values_list("supported", flat=True)})


def _read_as_province(held: Appointment, unit: Unit | None, powers: frozenset[str], day: date) -> frozenset[int]:
    if unit is None or "read-province" not in powers:
        return frozenset()
    members = Member.objects.on(day).filter(cluster=held.cluster_id, unit__province=unit.province)
    return frozenset(members.values_list("unit", flat=True))


def _leads(cluster: int, unit: int, day: date) -> bool:
    leads = UnitRole.objects.on(day).filter(cluster=cluster, unit=unit, role=UnitRole.Role.LEAD)
    return leads.exists()


def people_named(text: str, cluster: int) -> list[Person]:
    """People of the cluster whose name holds `text`, or whose pinyin initials begin with it."""
    units = Member.objects.on(clock.today()).filter(cluster=cluster).values("unit")
    found = Person.objects.filter(unit__in=units, is_open=True).select_related("unit")
    matched = found.filter(initials__startswith=text.lower()) if text.isascii() else found.filter(name__contains=text)
    return list(matched.order_by("initials", "pk")[:12])
