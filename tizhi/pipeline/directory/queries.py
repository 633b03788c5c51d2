"""组织通讯的查询: people an actor sees, who holds which post on a day, which places are empty, what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery

from tizhi.base.accounts.models import User
from tizhi.base.audit.models import Countersign, Entry
from tizhi.base.kit import clock, memory
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.rows import DatedQuerySet
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Body, Cluster, Member, Post, Seat, Unit, UnitRole
from tizhi.pipeline.scheme.standing import standing

from . import rules
from .models import Appointment, Person


@dataclass(frozen=True)
class Holding:
    """A post of a unit, or a seat of a body, with those who hold it on a day."""

    of: Post | Seat
    holders: Sequence[Appointment]
    needed: int

    @property
    def missing(self) -> int:
        """How many places are empty."""
        return max(0, self.needed - len(self.holders))


@dataclass(frozen=True)
class BodyOn:
    """A body on a day with its seats, empty ones too."""

    body: Body
    seats: Sequence[Holding] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many of its places are empty."""
        return sum(seat.missing for seat in self.seats)


# People


def visible_to(actor: Actor) -> QuerySet[Person]:
    """People of the units of the actor's cluster, and whoever held a post in it; closed ones too."""
    if actor.cluster_id is None or actor.has("read-issued"):
        return Person.objects.none()
    member = Member.objects.filter(cluster=actor.cluster_id, unit=OuterRef("unit"))
    held = Appointment.objects.filter(cluster=actor.cluster_id, person=OuterRef("pk"))
    return Person.objects.filter(Exists(member) | Exists(held)).select_related("unit")


def with_posts(people: QuerySet[Person], cluster: int, day: date) -> QuerySet[Person]:
    """`people` with the posts each holds in `cluster` on `day`, in one more query; read `person.posts_then`."""
    held = held_in(cluster).on(day).order_by("post__rank", "pk")
    return people.prefetch_related(Prefetch("appointments", held, to_attr="posts_then"))


def named(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds `text`, or whose pinyin initials begin with it."""
    text = text.strip()
    if not text:
        return people
    return people.filter(initials__startswith=text.lower()) if text.isascii() else people.filter(name__contains=text)


def called(people: QuerySet[Person], names: Iterable[str]) -> QuerySet[Person]:
    """Those of exactly these names."""
    return people.filter(name__in=set(names))


def holding(people: QuerySet[Person], day: date, **place: object) -> QuerySet[Person]:
    """Those of `people` who on `day` hold an appointment with these fields (`post`, `seat__body`, `cluster` …)."""
    return people.filter(Exists(Appointment.objects.on(day).filter(person=OuterRef("pk"), **place)))


def of_unit(people: QuerySet[Person], unit: int) -> QuerySet[Person]:
    """Those on the list of a unit."""
    return people.filter(unit=unit)


def on_list(people: QuerySet[Person]) -> QuerySet[Person]:
    """Without those who left."""
    return people.filter(is_open=True)


def left(people: QuerySet[Person]) -> QuerySet[Person]:
    """Only those who left."""
    return people.filter(is_open=False)


def sees_contacts(actor: Actor, person: Person) -> bool:
    """Whether the actor sees number and address without asking: the unit's keepers, the person himself."""
    return actor.person_id == person.pk or (actor.has("people-unit") and actor.unit_id == person.unit_id)


def picked(actor: Actor, text: str, day: date, most: int = 20) -> list[Person]:
    """People to pick by name or initials, each with the posts held on `day`; those who hold none stand last."""
    found = named(on_list(visible_to(actor)), text)
    shown = with_posts(found, actor.cluster_id or 0, day).order_by("initials", "pk")[: most * 2]
    return sorted(shown, key=lambda one: not one.posts_then)[:most]  # type: ignore[attr-defined]


# Appointments


def held_in(cluster: Cluster | int) -> DatedQuerySet[Appointment]:
    """All appointments of a cluster, past and to come, with what their words need."""
    return Appointment.objects.filter(cluster=cluster).select_related(
        "cluster", "person__unit", "post", "unit", "seat__body__unit", "seat__unit"
    )


def held_lately(cluster: int) -> list[Appointment]:
    """Every appointment of a cluster that held at some time since `lately`, or is still to begin; read once in a
    request.
    """
    held = held_in(cluster).filter(Q(ends__isnull=True) | Q(ends__gte=lately())).order_by("pk")
    return memory.once(("held-lately", cluster, clock.today()), lambda: list(held))


def lately() -> date:
    """The first day of last year."""
    return date(clock.today().year - 1, 1, 1)


def in_office(cluster: int) -> list[Appointment]:
    """Those that run today or are still to begin."""
    today = clock.today()
    return [one for one in held_lately(cluster) if one.ends is None or one.ends >= today]


def forget_in_office(cluster: int) -> None:
    """Read anew: somebody was appointed, or a term was ended."""
    memory.forget(("held-lately", cluster, clock.today()))


def appointments_of(actor: Actor, person: Person) -> list[Appointment]:
    """Every post the person held, holds or will hold in the actor's cluster, the latest first."""
    held = held_in(actor.cluster_id or 0).filter(person=person).select_related("assists__person", "assists__post")
    return list(held.order_by("-begins", "-pk"))


def visible_appointments(actor: Actor) -> QuerySet[Appointment]:
    """The appointments of the actor's cluster."""
    if actor.cluster_id is None or actor.has("read-issued"):
        return Appointment.objects.none()
    return held_in(actor.cluster_id)


def holder_on(cluster: Cluster | int, post: str, unit: Unit | int, day: date) -> Person | None:
    """Who held the post `post` (its key) of a unit on `day`; the first where several do."""
    held = held_in(cluster).on(day).filter(post__key=post, unit=unit).order_by("is_acting", "pk").first()
    return held.person if held else None


def posts_of_members(cluster: Cluster | int, day: date) -> list[tuple[Member, list[Holding]]]:
    """The member units on `day`, each with its posts and their holders; an empty post stands there with nobody."""
    members = Member.objects.on(day).filter(cluster=cluster).select_related("unit")
    kinds: dict[int, set[str]] = defaultdict(set)
    for unit, role in UnitRole.objects.on(day).filter(cluster=cluster).values_list("unit", "role"):
        kinds[unit].add(role)
    holders: dict[tuple[int, int], list[Appointment]] = defaultdict(list)
    for one in held_in(cluster).on(day).filter(post__isnull=False).order_by("is_acting", "pk"):
        holders[one.unit_id, one.post_id].append(one)  # type: ignore[index]
    posts = list(Post.objects.filter(cluster=cluster))
    return [
        (member, [
            Holding(post, holders.get((member.unit_id, post.pk), ()), post.at_least)
            for post in posts
            if _belongs(post, kinds[member.unit_id] | {member.unit.kind}) or (member.unit_id, post.pk) in holders
        ])
        for member in members
    ]  # fmt: skip


def _belongs(post: Post, kinds: set[str]) -> bool:
    return post.is_open and bool(kinds & set(post.each))


def posts_of_units(cluster: Cluster | int, day: date) -> dict[int, list[Holding]]:
    """For each member unit (its id), its posts with their holders on `day`."""
    return {member.unit_id: holdings for member, holdings in posts_of_members(cluster, day)}


def posts_of_unit(cluster: Cluster | int, unit: Unit, day: date) -> list[Holding]:
    """The posts of one unit with their holders on `day`."""
    return posts_of_units(cluster, day).get(unit.pk, [])


def seats_of_bodies(cluster: Cluster | int, day: date) -> list[BodyOn]:
    """The bodies that stand on `day`, each with its seats and their holders, the empty ones too."""
    holders: dict[int, list[Appointment]] = defaultdict(list)
    for one in held_in(cluster).on(day).filter(seat__isnull=False).order_by("is_acting", "pk"):
        holders[one.seat_id].append(one)  # type: ignore[index]
    seats: dict[int, list[Holding]] = defaultdict(list)
    for seat in Seat.objects.on(day).filter(body__cluster=cluster).select_related("unit", "body"):
        seats[seat.body_id].append(Holding(seat, holders.get(seat.pk, []), seat.count))
    bodies = Body.objects.on(day).filter(cluster=cluster).select_related("unit", "parent")
    return [BodyOn(body, seats[body.pk]) for body in bodies]


def former_holders(
    cluster: Cluster | int, day: date, *, post: Post | None = None, unit: Unit | None = None, seat: Seat | None = None
) -> QuerySet[Appointment]:
    """Who held a post of a unit, or a seat, before `day`, the latest first."""
    return held_in(cluster).filter(ends__lt=day, post=post, unit=unit, seat=seat).order_by("-ends", "-pk")


def members_of(cluster: Cluster, day: date) -> list[Member]:
    """The units of a cluster in their places on `day`."""
    return list(Member.objects.on(day).filter(cluster=cluster).select_related("unit", "cluster"))


def visible_members(actor: Actor, day: date) -> QuerySet[Member]:
    """The member units of the actor's cluster on `day`."""
    if actor.cluster_id is None or actor.has("read-issued"):
        return Member.objects.none()
    return Member.objects.on(day).filter(cluster=actor.cluster_id).select_related("unit", "cluster")


def visible_seats(actor: Actor, day: date) -> QuerySet[Seat]:
    """The seats of the bodies of the actor's cluster on `day`."""
    if actor.cluster_id is None or actor.has("read-issued"):
        return Seat.objects.none()
    seats = Seat.objects.on(day).filter(body__cluster=actor.cluster_id)
    return seats.select_related("body__unit", "body__cluster", "unit")


def secretariat_in_force(cluster: int, day: date) -> bool:
    """Whether anybody sits, on `day` or later, in a seat that carries the secretariat's power."""
    held = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=day), cluster=cluster, seat__isnull=False)
    return any("secretariat" in powers for powers in held.values_list("seat__powers", flat=True))


# What pickers offer


def units_named(actor: Actor, text: str, day: date, most: int = 20) -> list[Member]:
    """Member units by name, short name or initials."""
    found, text = visible_members(actor, day), text.strip()
    if text.isascii():
        return list(found.filter(unit__initials__contains=text.lower())[:most])
    return list(found.filter(Q(unit__name__contains=text) | Q(unit__short_name__contains=text))[:most])


# The administrator's and the secretariat's lists


def accounts(actor: Actor) -> QuerySet[User]:
    """All accounts of the installation with the person's unit, for administrators; nobody else lists accounts."""
    if not actor.is_administrator:
        return User.objects.none()
    person = Person.objects.filter(user=OuterRef("pk"))
    units = person.values("unit__name")[:1]
    return User.objects.annotate(unit_name=Subquery(units)).order_by("username")


def clusters_without_secretariat(actor: Actor) -> list[Cluster]:
    """The clusters whose secretariat nobody sits in yet, for administrators."""
    if not actor.is_administrator:
        return []
    return [one for one in Cluster.objects.order_by("key") if not secretariat_in_force(one.pk, clock.today())]


def seats_of_secretariat(cluster: Cluster, day: date) -> list[Seat]:
    """The seats that carry the secretariat's power."""
    seats = Seat.objects.on(day).filter(body__cluster=cluster).select_related("body", "unit")
    return [seat for seat in seats if "secretariat" in seat.powers]


def history_visible_to(actor: Actor) -> QuerySet[Entry]:
    """For the secretariat all acts in its cluster, for administrators those on accounts and schemes.

    Everybody else reads the history of a record beside it.
    """
    entries = Entry.objects.select_related("countersign", "kind")
    if actor.is_administrator:
        about = Q(kind__app_label__in=("accounts", "scheme")) | Q(code="directory.open_secretariat")
        return entries.filter(about)
    if actor.has("secretariat") and actor.cluster_id:
        return entries.filter(cluster_id=actor.cluster_id)
    return entries.none()


# What waits


def proxies_of(person_id: int) -> QuerySet[Countersign]:
    """What was entered in the name of a person, or by that person for another; what still waits comes first."""
    mine = Q(entry__principal_id=person_id) | Q(entry__person_id=person_id)
    return (
        Countersign.objects.filter(mine)
        .select_related("entry")
        .order_by(F("confirmed_at").asc(nulls_first=True), F("paper_id").asc(nulls_first=True), "-pk")
    )


def papers_of_proxies(actor: Actor) -> QuerySet:
    """The ids of the signed papers an actor sees: its own, and the secretariat those of its cluster."""
    own = Q(entry__principal_id=actor.person_id) | Q(entry__person_id=actor.person_id)
    seen = own | Q(entry__cluster_id=actor.cluster_id) if actor.has("secretariat") else own
    known = Countersign.objects.filter(seen, paper_id__isnull=False) if actor.person_id else Countersign.objects.none()
    return known.values("paper_id")


def waiting_for(actor: Actor) -> list[Todo]:
    """For who keeps people: terms that end soon and units nobody can be reached in."""
    if actor.person_id is None or actor.cluster_id is None:
        return []
    return [*_terms_ending(actor), *_unreachable(actor)]


def proxies_may_wait(actor: Actor) -> QuerySet[Countersign] | None:
    """What was entered for the actor and waits for its word."""
    if actor.person_id is None or actor.cluster_id is None:
        return None
    return Countersign.objects.filter(
        entry__principal_id=actor.person_id, entry__cluster_id=actor.cluster_id, confirmed_at=None, paper_id=None
    )


def proxies_waiting_for(actor: Actor) -> list[Todo]:
    """代录 to confirm."""
    waiting = proxies_may_wait(actor)
    return [
        Todo(
            "确认代录", f"{one.entry.label}：{one.entry.target_words}", f"{one.entry.name}代录",
            "directory:proxies", icon="signature", button="去确认",
        )
        for one in (waiting.select_related("entry") if waiting is not None else ())
    ]  # fmt: skip


def _terms_ending(actor: Actor) -> Iterable[Todo]:
    """Posts of the unit for its keepers, seats for the secretariat, as long as nobody is named to come after."""
    keeps, seats = actor.has("people-unit"), actor.has("secretariat")
    if not (keeps or seats):
        return
    today = clock.today()
    held = in_office(actor.cluster_id or 0)
    begins = {(_place_of(one), one.begins) for one in held if one.begins}
    for one in sorted(held, key=lambda one: (one.ends or date.max, one.pk)):
        is_ours = (keeps and one.post_id and one.unit_id == actor.unit_id) or (seats and one.seat_id)
        if not is_ours or one.ends is None or one.ends > today + rules.SOON or one.follows_id:
            continue
        if not any(place == _place_of(one) and first > one.ends for place, first in begins):
            yield Todo(
                "安排接任", f"{one.person}任{one.post_name}即将到期", one.place,
                "directory:person", (one.person_id,), due=one.ends, icon="calendar-time",
            )  # fmt: skip


def _place_of(held: Appointment) -> tuple[int | None, ...]:
    return held.post_id, held.unit_id if held.post_id else None, held.seat_id


def _unreachable(actor: Actor) -> Iterable[Todo]:
    """Units in which nobody holds any of the posts that keep people."""
    if not actor.has("secretariat"):
        return
    today, cluster = clock.today(), actor.cluster_id or 0
    keeping = [post for post in schemes.in_force(cluster, today).posts if "people-unit" in post.powers]
    kept = {one.unit_id for one in in_office(cluster) if one.post_id and "people-unit" in one.powers}
    rows = standing(cluster)
    roles = rows.roles_on(today)
    for member in rows.members_on(today):
        words = {member.unit.kind, *roles.get(member.unit_id, ())}
        if member.unit_id not in kept and any(words.intersection(post.each) for post in keeping):
            yield Todo(
                "任命联系人", f"{member.unit}尚无可联系的负责同志或工作人员", "通讯录",
                "directory:unit", (member.unit_id,), icon="user-plus",
            )  # fmt: skip
