"""专家: the bodies with their experts, terms, loads and absences, who is nominated, and which places are empty."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import BodyOn, Holding
from tizhi.pipeline.experts import queries, rules
from tizhi.pipeline.experts.actions import nominate
from tizhi.pipeline.experts.models import Nomination
from tizhi.pipeline.experts.queries import ExpertOn
from tizhi.pipeline.experts.who import departments, sees_experts
from tizhi.pipeline.reviews import queries as reviews
from tizhi.pipeline.scheme.models import Body, Seat
from tizhi.web.frame.request import Request


@dataclass(frozen=True)
class Load:
    """How much an expert has open, and how much he takes on at once."""

    reviews: int
    consultations: int
    at_once: int

    @property
    def total(self) -> int:
        """Reviews and consultations together."""
        return self.reviews + self.consultations

    @property
    def is_full(self) -> bool:
        """Whether one more would be too much."""
        return self.total >= self.at_once


@dataclass(frozen=True)
class Holder:
    """Somebody in a seat: the term, and for an expert what he knows, has open and when he is away."""

    held: Appointment
    expert: ExpertOn | None
    load: Load | None
    is_ending: bool
    may_renew: bool


@dataclass(frozen=True)
class SeatLine:
    """A seat with its holders, who is nominated for it, and its places that are still to be filled."""

    seat: Seat
    holders: Sequence[Holder]
    nominations: Sequence[Nomination]
    missing: int
    may_nominate: bool


@dataclass(frozen=True)
class BodyLine:
    """A body: who nominates for it, and its seats."""

    body: Body
    department: str
    may_nominate: bool
    seats: list[SeatLine] = field(default_factory=list)

    @property
    def missing(self) -> int:
        """How many places nobody holds and nobody is nominated for."""
        return sum(line.missing for line in self.seats)


@require_safe
def listed(request: Request) -> HttpResponse:
    """The board; an expert without more rights is led to his own page."""
    actor = request.actor
    if not sees_experts(actor):
        if queries.experts_seen_by(actor).exists():
            return redirect("experts:mine")
        raise Http404
    lines = _lines(actor)
    experts = [holder for body in lines for line in body.seats for holder in line.holders if holder.expert]
    context = {
        "bodies": lines,
        "experts": len({holder.held.person_id for holder in experts}),
        "away": sum(bool(holder.expert and holder.expert.is_absent) for holder in experts),
        "missing": sum(body.missing for body in lines),
        "waiting": sum(len(line.nominations) for body in lines for line in body.seats),
        "is_expert": actor.has(queries.POWER),
        # Of reviews only who assigns them is told; to all others a load would seem less than it is.
        "assigns": actor.has("assign-experts"),
    }
    return render(request, "experts/list.html", context)


def _lines(actor: Actor) -> list[BodyLine]:
    cluster, today = actor.cluster_id or 0, clock.today()
    bodies = queries.bodies_of_experts(cluster, today)
    experts = {one.person.pk: one for one in queries.experts_of(cluster, today)}
    loads = _loads(actor, experts)
    named = departments(cluster)
    under_way: dict[int, list[Nomination]] = defaultdict(list)
    for one in queries.in_full(queries.open_ones(queries.visible_to(actor))):
        under_way[one.seat_id].append(one)
    return [_body(actor, one, named, under_way, experts, loads) for one in bodies]


def _loads(actor: Actor, experts: Mapping[int, ExpertOn]) -> dict[int, Load]:
    reading, advising = reviews.load_seen(actor, experts), consultations.load_of(experts)
    return {pk: Load(reading.get(pk, 0), advising.get(pk, 0), one.at_once) for pk, one in experts.items()}


def _body(
    actor: Actor, on: BodyOn, named: Mapping, under_way: Mapping[int, Sequence[Nomination]],
    experts: Mapping[int, ExpertOn], loads: Mapping[int, Load],
) -> BodyLine:  # fmt: skip
    department = named.get(on.body.declared)
    may = department is not None and nominate.open_to(actor, on.body)
    line = BodyLine(on.body, department.words if department else "", may)
    for holding in on.seats:
        nominations = under_way[holding.of.pk]
        holders = list(_holders(holding, experts, loads, may, nominations))
        missing = max(0, holding.missing - len(nominations))
        line.seats.append(SeatLine(holding.of, holders, nominations, missing, may and not holding.of.unit_posts))  # type: ignore[arg-type, union-attr]
    return line


def _holders(
    holding: Holding, experts: Mapping[int, ExpertOn], loads: Mapping[int, Load], may: bool,
    nominations: Iterable[Nomination],
) -> Iterable[Holder]:  # fmt: skip
    proposed = {one.person_id for one in nominations}
    for held in holding.holders:
        ending = not rules.ends_late(held.ends, clock.today())
        expert = experts.get(held.person_id)
        is_one = expert is not None and queries.POWER in held.powers
        yield Holder(
            held, expert if is_one else None, loads.get(held.person_id) if is_one else None, ending,
            may and ending and held.person_id not in proposed,
        )  # fmt: skip
