"""职务与席位: places as far as it matters who may fill them, and what the forms of appointing offer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.models import Body, Member, Post, Seat, Unit

from . import queries, rules
from .models import Appointment, Person
from .rules import Place


@dataclass(frozen=True)
class Standing:
    """What a cluster offers on a day, read once: its seats, and the kinds of unit that have a keeper's post."""

    cluster_id: int
    seats: Sequence[Seat]
    kept: frozenset[str]

    @classmethod
    def on(cls, cluster: int, day: date) -> Standing:
        """Two queries."""
        bodies = Body.objects.on(day).filter(cluster=cluster)
        seats = Seat.objects.on(day).filter(body__in=bodies).select_related("body")
        keepers = [post.each for post in Post.objects.filter(cluster=cluster) if "people-unit" in post.powers]
        return cls(cluster, list(seats), frozenset(word for each in keepers for word in each))

    def coming_with(self, post: Post, unit: Unit) -> list[Seat]:
        """The seats that the holder of a unit's post fills."""
        return [seat for seat in self.seats if seat.unit_id == unit.pk and post.key in seat.unit_posts]

    def place(self, post: Post, unit: Unit) -> Place:
        """The post of a unit, its powers together with those of the seats that come with it."""
        powers = frozenset([*post.powers, *(power for seat in self.coming_with(post, unit) for power in seat.powers)])
        kept = bool(self.kept & set(post.each))
        return Place(self.cluster_id, unit.pk, powers, in_body=False, name=post.name, has_keeper=kept)


def place_of_seat(seat: Seat) -> Place:
    """A seat; it belongs to the unit its body stands in."""
    return Place(seat.body.cluster_id, seat.body.unit_id, frozenset(seat.powers), in_body=True, name=str(seat))


def place_of(held: Appointment, day: date) -> Place:
    """The place an appointment is to."""
    return _place(held, Standing.on(held.cluster_id, day) if held.post else None)


def _place(held: Appointment, standing: Standing | None) -> Place:
    if held.seat:
        return place_of_seat(held.seat)
    return standing.place(held.post, held.unit)  # type: ignore[union-attr, arg-type]


def to_fill(actor: Actor, held: Iterable[Appointment], day: date) -> set[int]:
    """Those of `held`, in the cluster acted in, to whose places `actor` may appoint and set an end."""
    held = list(held)
    standing = Standing.on(actor.cluster_id or 0, day) if any(one.post for one in held) else None
    return {one.pk for one in held if rules.why_not_fill(actor, _place(one, standing)) is None}


def running(people: Iterable[Person], day: date) -> QuerySet[Appointment]:
    """What people hold on `day` or will hold; seats that follow from a post are part of that post."""
    held = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), person__in=people, follows__isnull=True)
    return held.select_related("post", "unit", "seat__body")


def places_of(people: Iterable[Person], day: date) -> dict[int, list[Place]]:
    """The places each of `people` holds or will hold, by which it is judged who may open the account."""
    standing: dict[int, Standing] = {}
    found: dict[int, list[Place]] = defaultdict(list)
    for held in running(people, day):
        if held.post and held.cluster_id not in standing:
            standing[held.cluster_id] = Standing.on(held.cluster_id, day)
        found[held.person_id].append(_place(held, standing.get(held.cluster_id)))
    return found


def posts_to_fill(actor: Actor, member: Member, day: date) -> list[Post]:
    """The posts of a unit that `actor` may appoint to."""
    standing = Standing.on(member.cluster_id, day)
    posts = [one.of for one in queries.posts_of_unit(member.cluster_id, member.unit, day) if isinstance(one.of, Post)]
    return [post for post in posts if rules.why_not_fill(actor, standing.place(post, member.unit)) is None]


def who_may_sit(actor: Actor, seat: Seat, day: date) -> QuerySet[Person]:
    """The people who can be appointed to a seat: of its unit, and holders of the post that fills it, if one does."""
    people = queries.on_list(queries.visible_to(actor))
    if seat.unit:
        people = queries.of_unit(people, seat.unit.pk)
    if seat.unit_posts:
        people = queries.holding(people, day, post__key__in=seat.unit_posts, unit=seat.unit)
    return people


def leaders_for(held: Appointment, day: date) -> list[Appointment]:
    """The posts a secretary could enter for: of the same unit, or of the same body."""
    same = (
        Q(unit=held.unit, post__isnull=False) if held.unit else Q(seat__body=held.seat.body_id if held.seat else None)
    )
    found = queries.held_in(held.cluster_id).on(day).filter(same).exclude(person=held.person_id)
    return list(found.order_by("post__rank", "seat__order", "pk"))


def to_invite(actor: Actor, member: Member, day: date) -> list[Person]:
    """People of a unit who hold a post, whose account nobody has entered yet, and whom `actor` may let in."""
    listed = queries.on_list(Person.objects.filter(unit=member.unit_id))
    people = queries.holding(listed, day, cluster=member.cluster_id)
    shown = queries.with_posts(people, member.cluster_id, day).select_related("user", "unit").order_by("pk")
    waiting = [one for one in shown if one.user is None or not one.user.has_usable_password()]
    held = places_of(waiting, day)
    return [one for one in waiting if rules.why_not_let_in(actor, held[one.pk]) is None]
