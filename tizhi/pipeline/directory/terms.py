"""任期: what it takes to begin and end an appointment, and the seats that come with a post and go with it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.models import Body, Seat, Unit

from . import places, queries, rules
from .models import Appointment, Person
from .rules import Place


def require_filling(actor: Actor, place: Place, field: str = "") -> None:
    """RuleBroken, on the form's `field`, unless `actor` may appoint to `place` and end an appointment there."""
    if reason := rules.why_not_fill(actor, place):
        raise RuleBroken(reason, {field: reason} if field else None)


def require_person_of(person: Person, unit: Unit) -> None:
    """RuleBroken unless the person is on the unit's list."""
    if person.unit_id != unit.pk or not person.is_open:
        sentence = f"{person}不在{unit}的在册人员中，请先登记。"
        raise RuleBroken(sentence, {"person": sentence})


def begin(held: Appointment, most: int, others: QuerySet[Appointment]) -> None:
    """Save `held`, one of at most `most` at a time among `others`; whoever acts for somebody is not counted."""
    _require_sound(held)
    _require_room(held, most, others)
    held.save()
    queries.forget_in_office(held.cluster_id)


def end(held: Appointment, ends: date) -> None:
    """Set the last day of `held`; the seats that follow from it end no later."""
    before, held.ends = held.ends, ends
    _require_sound(held)
    if before and ends > before:
        _require_room(held, *_room_of(held))
    held.save()
    along = Q(ends=before) | Q(ends__isnull=True) | Q(ends__gt=ends)
    for follower in Appointment.objects.filter(along, follows=held):
        follower.ends = max(ends, follower.begins or ends)
        follower.save()
    queries.forget_in_office(held.cluster_id)


def let_follow(held: Appointment) -> None:
    """Give the holder of a unit's post the free seats that this post fills, from the same day to the same day."""
    standing = places.Standing.on(held.cluster_id, held.begins)  # type: ignore[arg-type]
    for seat in standing.coming_with(held.post, held.unit):  # type: ignore[arg-type]
        sitting = Appointment.objects.filter(seat=seat)
        if _most(sitting, held) < seat.count and not _runs_beside(held, sitting):
            Appointment.objects.create(
                cluster_id=held.cluster_id, person=held.person, seat=seat, begins=held.begins, ends=held.ends,
                is_acting=held.is_acting, follows=held,
            )  # fmt: skip
    queries.forget_in_office(held.cluster_id)


def seat_person(
    body: Body, person: Person, seat: Seat, begins: date, ends: date | None, title: str, is_acting: bool
) -> Appointment:
    """Appoint `person` to a seat of `body`; one that a unit's post fills lasts as long as that post."""
    if seat.body_id != body.pk:
        raise RuleBroken(f"“{seat}”不是{body}的席位。", {"seat": "请选择本机构的席位。"})
    if seat.unit:
        require_person_of(person, seat.unit)
    elif not person.is_open:
        require_person_of(person, person.unit)
    held = Appointment(
        cluster_id=body.cluster_id, person=person, seat=seat, begins=begins, ends=ends, title=title, is_acting=is_acting
    )
    if seat.unit_posts:
        held.follows = _post_behind(held, seat)
        held.ends = ends or held.follows.ends
    begin(held, seat.count, Appointment.objects.filter(seat=seat))
    return held


def _post_behind(held: Appointment, seat: Seat) -> Appointment:
    """The unit's post by which `held.person` sits in `seat`; RuleBroken when there is none."""
    posts = queries.held_in(held.cluster_id).on(held.begins)  # type: ignore[arg-type]
    found = posts.filter(person=held.person, post__key__in=seat.unit_posts, unit=seat.unit_id).first()
    if found is None:
        sentence = f"“{seat}”由{seat.people or '所在单位的相应职务'}担任；请先由其单位任命该职务。"
        raise RuleBroken(sentence, {"person": sentence})
    return found


def _require_sound(held: Appointment) -> None:
    if fault := rules.term_fault(held.begins, held.ends, held.is_acting):  # type: ignore[arg-type]
        raise RuleBroken(fault[1], dict([fault]))


def _require_room(held: Appointment, most: int, others: QuerySet[Appointment]) -> None:
    others = others.exclude(pk=held.pk)
    if _runs_beside(held, others):
        sentence = f"{held.person}在此期间已任该职务。"
        raise RuleBroken(sentence, {"person": sentence})
    if held.is_acting or _most(others, held) < most:
        return
    running = others.filter(_beside(held), is_acting=False).select_related("person")
    names = "、".join(f"{one.person}（{rules.term_words(one.begins, one.ends)}）" for one in running)
    sentence = f"该职务限{most}人，同期已有{names}；请先确定其止期，或改在其后起任。"
    raise RuleBroken(sentence, {"begins": sentence})


def _room_of(held: Appointment) -> tuple[int, QuerySet[Appointment]]:
    if held.seat:
        return held.seat.count, Appointment.objects.filter(seat=held.seat)
    others = Appointment.objects.filter(cluster=held.cluster_id, post=held.post, unit=held.unit)
    return held.post.count, others  # type: ignore[union-attr]


def _most(others: QuerySet[Appointment], held: Appointment) -> int:
    terms = others.filter(is_acting=False).values_list("begins", "ends")
    return rules.most_at_once(terms, held.begins, held.ends)  # type: ignore[arg-type]


def _runs_beside(held: Appointment, others: QuerySet[Appointment]) -> bool:
    return others.filter(_beside(held), person=held.person_id).exists()


def _beside(held: Appointment) -> Q:
    """Appointments that share at least a day with `held`."""
    starts_in_time = Q(begins__lte=held.ends) | Q(begins__isnull=True) if held.ends else Q()
    return starts_in_time & (Q(ends__isnull=True) | Q(ends__gte=held.begins))
