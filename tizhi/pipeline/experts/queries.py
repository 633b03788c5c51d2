"""专家的查询: who is an expert on a day, at which pace, absent or not; nominations, and what waits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.directory.actors import in_force
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.directory.queries import BodyOn, seats_of_bodies
from tizhi.pipeline.scheme.models import Area, Body, Cluster, Post, Seat

from . import rules, who
from .models import Absence, ExpertProfile, Nomination, ServiceCertificate

POWER = "expert"
State = Nomination.State


@dataclass(frozen=True)
class ExpertOn:
    """An expert as he stands on a day: the seat and its term, what he knows, how much he takes on, when he is away."""

    person: Person
    appointment: Appointment
    speciality: str
    areas: Sequence[Area]
    at_once: int
    remind: tuple[int, ...]
    absences: Sequence[Absence]
    is_absent: bool

    @property
    def seat(self) -> Seat | None:
        """The seat he sits in; none where a post of a unit makes him an expert."""
        return self.appointment.seat

    def is_away(self, first: date, last: date) -> bool:
        """Whether he is away on any day of first–last."""
        return any((one.begins or date.min) <= last and (one.ends or date.max) >= first for one in self.absences)


def experts_of(cluster: Cluster | int, day: date) -> list[ExpertOn]:
    """Whoever may review and advise on `day`, once each, in the order of the seats; absences from `day` on.

    The same number of queries however many there are.
    """
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    held = _holding(pk, day)
    profiles = profiles_of(pk, held)
    away: dict[int, list[Absence]] = defaultdict(list)
    for one in Absence.objects.filter(cluster=pk, person__in=held, ends__gte=day):
        away[one.person_id].append(one)
    return [_told(one, profiles.get(person), away[person], day) for person, one in held.items()]


def _holding(cluster: int, day: date) -> dict[int, Appointment]:
    """By person, the appointment that makes somebody an expert on `day`, seats in their order."""
    held = in_force(Appointment.objects.filter(cluster=cluster), day).select_related(
        "person__unit", "post", "unit", "seat__body__unit", "seat__unit"
    )
    found: dict[int, Appointment] = {}
    for one in held.order_by("seat__body__order", "seat__order", "pk"):
        if POWER in one.powers:
            found.setdefault(one.person_id, one)
    return found


def _told(held: Appointment, profile: ExpertProfile | None, away: Sequence[Absence], day: date) -> ExpertOn:
    return ExpertOn(
        person=held.person,
        appointment=held,
        speciality=profile.speciality if profile else "",
        areas=list(profile.areas.all()) if profile else [],
        at_once=profile.at_once if profile else rules.AT_ONCE,
        remind=_days(profile),
        absences=away,
        is_absent=rules.is_absent([(one.begins, one.ends) for one in away], day),
    )


# The pace


def profiles_of(cluster: int, people: Iterable[int]) -> dict[int, ExpertProfile]:
    """By person, what each said of his pace, areas at hand; who said nothing is left out."""
    known = ExpertProfile.objects.filter(cluster=cluster, person__in=list(people)).prefetch_related("areas")
    return {one.person_id: one for one in known}


def profile_of(cluster: int, person: int) -> ExpertProfile | None:
    """What somebody said of his pace."""
    return profiles_of(cluster, [person]).get(person)


def remind_days(person: Person | int, cluster: Cluster | int | None = None) -> tuple[int, ...]:
    """How many days before a due day an expert wants to be reminded, the farthest first."""
    pk = person.pk if isinstance(person, Person) else person
    known = ExpertProfile.objects.filter(person=pk)
    return _days((known.filter(cluster=cluster) if cluster else known).order_by("pk").first())


def remind_days_of(cluster: Cluster | int, people: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The same for many, in one query; those who said nothing too."""
    people = list(people)
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    known = dict(ExpertProfile.objects.filter(cluster=pk, person__in=people).values_list("person", "remind"))
    return {one: rules.days_in_order(known[one]) if one in known else rules.REMIND for one in people}


def _days(profile: ExpertProfile | None) -> tuple[int, ...]:
    return rules.days_in_order(profile.remind) if profile else rules.REMIND


def away_on(cluster: Cluster | int, people: Iterable[int], first: date, last: date) -> set[int]:
    """Those of `people` who are away on any day of first–last."""
    found = Absence.objects.within(first, last).filter(cluster=cluster, person__in=list(people))
    return set(found.values_list("person", flat=True))


# Nominations


def visible_to(actor: Actor) -> QuerySet[Nomination]:
    """All of the cluster for who confirms, assigns and leads; those of its bodies for who nominates.

    Somebody nominated sees what came of it once appointed: the letter is his.
    """
    found = Nomination.objects.select_related("seat__body__cluster", "seat__unit", "person__unit", "cluster", "writer")
    if actor.cluster_id is None or actor.has("read-issued"):
        return found.none()
    found = found.filter(cluster=actor.cluster_id)
    if any(actor.has(power) for power in ("secretariat", "assign-experts", "read-cluster")):
        return found
    sees = Q(person=actor.person_id, state=State.APPOINTED)
    if who.nominates_here(actor):
        named = who.departments(actor.cluster_id).items()
        sees |= Q(seat__body__declared__in=[body for body, one in named if who.works_for(actor, one.unit)])
    return found.filter(sees)


def in_full(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """With areas at hand."""
    return nominations.prefetch_related("areas")


def open_ones(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Those under way: to confirm, to appoint."""
    return nominations.filter(state__in=rules.OPEN)


def matching(nominations: QuerySet[Nomination], text: str) -> QuerySet[Nomination]:
    """Those whose name, unit, speciality or letter number hold each word of `text`."""
    for word in text.split():
        here = Q(person__name__icontains=word) | Q(person__unit__name__icontains=word)
        nominations = nominations.filter(here | Q(speciality__icontains=word) | Q(letter_number__icontains=word))
    return nominations


def letters(nominations: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Those with a letter, the latest first."""
    return nominations.filter(state=State.APPOINTED).order_by("-issued_on", "-pk")


def letters_of(cluster: int, person: int) -> list[Nomination]:
    """The letters of one person, the latest first."""
    found = Nomination.objects.filter(cluster=cluster, person=person, state=State.APPOINTED)
    return list(found.select_related("seat__body").order_by("-begins", "-pk"))


def free_places(seat: Seat) -> int:
    """How many more may be nominated for `seat` today."""
    return free_places_of([seat])[seat.pk]


def free_places_of(seats: Collection[Seat]) -> dict[int, int]:
    """The same of several seats, in two queries."""
    today, terms = clock.today(), defaultdict(list)
    running = Appointment.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), seat__in=seats, is_acting=False)
    for seat, ends in running.values_list("seat", "ends"):
        terms[seat].append(ends)
    under_way = Nomination.objects.filter(seat__in=seats, state__in=rules.OPEN).order_by()
    open_now = Counter(under_way.values_list("seat", flat=True))
    return {one.pk: rules.free_places(one.count, terms[one.pk], open_now[one.pk], today) for one in seats}


def proposed(people: Collection[Person], seats: Collection[Seat]) -> set[tuple[int, int]]:
    """Who of `people` is under nomination for which of `seats`: person and seat."""
    found = Nomination.objects.filter(person__in=people, seat__in=seats, state__in=rules.OPEN)
    return set(found.order_by().values_list("person", "seat"))


def terms_of(people: Collection[Person], seats: Collection[Seat]) -> dict[tuple[int, int], list[date | None]]:
    """By person and seat, until when each of his terms in it runs or ran."""
    found: dict[tuple[int, int], list[date | None]] = defaultdict(list)
    held = Appointment.objects.filter(person__in=people, seat__in=seats)
    for person, seat, ends in held.values_list("person", "seat", "ends"):
        found[person, seat].append(ends)
    return found


def seats_to_nominate(body: Body) -> list[Seat]:
    """The seats of a body that no unit's post fills, in their order."""
    return [one for one in Seat.objects.on(clock.today()).filter(body=body) if not one.unit_posts]


def bodies_to_nominate(actor: Actor) -> list[Body]:
    """The bodies that `actor` nominates for, which stand today."""
    if not who.nominates_here(actor):
        return []
    named = [body for body, one in who.departments(actor.cluster_id or 0).items() if who.works_for(actor, one.unit)]
    return list(Body.objects.on(clock.today()).filter(cluster=actor.cluster_id, declared__in=named))


def bodies_of_experts(cluster: int, day: date) -> list[BodyOn]:
    """The bodies that have experts, or for which a department nominates, with seats and holders."""
    named = who.departments(cluster)
    found = seats_of_bodies(cluster, day)
    return [one for one in found if one.body.declared in named or any(POWER in seat.of.powers for seat in one.seats)]


def next_letter(cluster: int, year: int) -> str:
    """The number proposed for the next letter of a year."""
    known = Nomination.objects.filter(cluster=cluster).exclude(letter_number="")
    return rules.next_number(known.values_list("letter_number", flat=True), year)


def numbered(cluster: int, number: str) -> bool:
    """Whether a letter of that number was issued."""
    return Nomination.objects.filter(cluster=cluster, letter_number=number).exists()


# One expert


def experts_seen_by(actor: Actor) -> QuerySet[Person]:
    """Whoever holds or held a seat of an expert in the cluster: all for who sees the list, himself for each."""
    people = Person.objects.select_related("unit", "user")
    if actor.cluster_id is None or actor.has("read-issued"):
        return people.none()
    seats = [pk for pk, powers in _seats(actor.cluster_id) if POWER in powers]
    posts = [pk for pk, powers in _posts(actor.cluster_id) if POWER in powers]
    held = Appointment.objects.filter(Q(seat__in=seats) | Q(post__in=posts), cluster=actor.cluster_id)
    people = people.filter(Exists(held.filter(person=OuterRef("pk"))))
    return people if who.sees_experts(actor) else people.filter(pk=actor.person_id or 0)


def _seats(cluster: int) -> Iterable[tuple[int, list[str]]]:
    return Seat.objects.filter(body__cluster=cluster).values_list("pk", "powers")


def _posts(cluster: int) -> Iterable[tuple[int, list[str]]]:
    return Post.objects.filter(cluster=cluster).values_list("pk", "powers")


def held_as_expert(cluster: int, person: int) -> list[Appointment]:
    """The seats and posts that make or made somebody an expert, the latest first."""
    held = Appointment.objects.filter(cluster=cluster, person=person)
    held = held.select_related("seat__body", "post", "unit").order_by("-begins", "-pk")
    return [one for one in held if POWER in one.powers]


def absences_of(cluster: int, person: int) -> list[Absence]:
    """Somebody's absences that are not over, the next first."""
    return list(Absence.objects.filter(cluster=cluster, person=person, ends__gte=clock.today()))


def absences_seen_by(actor: Actor) -> QuerySet[Absence]:
    """The absences of the experts `actor` sees."""
    return Absence.objects.filter(cluster=actor.cluster_id or 0, person__in=experts_seen_by(actor))


# Certificates


def certificates_visible_to(actor: Actor) -> QuerySet[ServiceCertificate]:
    """The secretariat's whole cluster; everybody his own."""
    found = ServiceCertificate.objects.select_related("person__unit", "cluster")
    if actor.cluster_id is None or actor.has("read-issued"):
        return found.none()
    found = found.filter(cluster=actor.cluster_id)
    return found if actor.has("secretariat") else found.filter(person=actor.person_id)


def certificates_of(cluster: int, person: int) -> list[ServiceCertificate]:
    """Somebody's certificates, issued and asked for."""
    return list(ServiceCertificate.objects.filter(cluster=cluster, person=person))


def next_certificate(cluster: int, year: int) -> str:
    """The number proposed for the next certificate issued in a year."""
    known = ServiceCertificate.objects.filter(cluster=cluster).exclude(number="")
    return rules.next_number(known.values_list("number", flat=True), year)


def certified(cluster: int, number: str) -> bool:
    """Whether a certificate of that number was issued."""
    return ServiceCertificate.objects.filter(cluster=cluster, number=number).exists()


# What waits


def may_wait(actor: Actor) -> QuerySet[Cluster] | None:
    """The secretariat's cluster, if a nomination is open in it or a certificate asked for."""
    if actor.cluster_id is None or not actor.has("secretariat"):
        return None
    open_now, asked = _waiting_in(actor.cluster_id)
    return Cluster.objects.filter(Exists(open_now) | Exists(asked), pk=actor.cluster_id)


def _waiting_in(cluster: int) -> tuple[QuerySet[Nomination], QuerySet[ServiceCertificate]]:
    open_now = Nomination.objects.filter(cluster=cluster, state__in=rules.OPEN).order_by()
    return open_now, ServiceCertificate.objects.filter(cluster=cluster, issued_at=None).order_by()


def waiting_for(actor: Actor) -> list[Todo]:
    """For the secretariat: nominations to confirm, experts to appoint, certificates to issue; one query."""
    if actor.cluster_id is None or not actor.has("secretariat"):
        return []
    open_now, asked = _waiting_in(actor.cluster_id)
    kind, year = Value("certificate", CharField()), Cast("year", CharField(max_length=4))
    found = open_now.values_list("pk", "state", "person__name", "seat__post", "nominated_words").union(
        asked.values_list("pk", kind, "person__name", year, "asked_words"), all=True
    )
    return [_todo(*row) for row in sorted(found)]


def _todo(pk: int, state: str, name: str, about: str, by: str) -> Todo:
    if state == "certificate":
        return Todo("出具服务证明", f"{name}{about}年度服务证明", f"{by}申请", "experts:issue", (pk,), icon="file-text")
    if state == State.CONFIRMED:
        return Todo(
            "聘任专家",
            f"{name}（{about}）",
            "提名已确认，待发聘书",
            "experts:appoint",
            (pk,),
            icon="signature",
            button="去聘任",
        )
    return Todo("确认专家提名", f"{name}（{about}）", f"{by}提名", "experts:nomination", (pk,), icon="user-check")
