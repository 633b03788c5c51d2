"""组团页所见: rows and clauses of the scheme brought together for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import cast

from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import BodyOn, Holding, seats_of_bodies
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import BodyEntry
from tizhi.pipeline.scheme.in_words import Line, Told, chapters
from tizhi.pipeline.scheme.models import Body, Cluster, Pair, Seat, Unit
from tizhi.pipeline.scheme.terms import ROLES

RULES = ("contacts", "briefs", "reports", "consultations")


@dataclass(frozen=True)
class Place:
    """A member unit: the scheme's key for it, its roles, and the name it bore on the day."""

    unit: Unit
    key: str
    name: str
    roles: Sequence[str]


@dataclass(frozen=True)
class PairLine:
    """A pair with the clause it rests on."""

    pair: Pair
    source: str
    is_led: bool

    @property
    def is_cross_province(self) -> bool:
        """Whether the two lie in different provinces."""
        return self.pair.partner.province != self.pair.supported.province


@dataclass(frozen=True)
class AreaLine:
    """An area as the scheme of the day declares it."""

    key: str
    name: str
    items: Sequence[str]
    is_individual: bool
    source: str


@dataclass(frozen=True)
class SeatLine:
    """The seats of one entry of the scheme: who holds them, and which places are empty."""

    post: str
    words: str
    count: int
    holders: Sequence[Appointment]
    missing: int
    waits_for: str
    is_shared: bool

    @property
    def vacancy(self) -> str:
        """空缺, 空缺2席：青海师范大学、阜阳师范大学, 空缺，待北京师范大学教务部提名."""
        said = f"空缺{self.missing}席" if self.count > 1 else "空缺"
        return said + self.waits_for


@dataclass(frozen=True)
class BodyLine:
    """A body with its seats, its clause and the bodies inside it."""

    body: Body
    source: str
    seats: Sequence[SeatLine]
    pairs: Sequence[Pair]
    missing: int
    inside: list[BodyLine] = field(default_factory=list)


@dataclass(frozen=True)
class Outline:
    """The cluster as it stood on `day`."""

    cluster: Cluster
    day: date
    scheme: Scheme
    places: Sequence[Place]
    pairs: Sequence[PairLine]
    areas: Sequence[AreaLine]
    bodies: Sequence[BodyLine]
    offices: Sequence[BodyLine]
    told: Mapping[str, Sequence[Told]]

    @property
    def unpaired(self) -> Mapping[str, list[Place]]:
        """Members that stand in no pair, by their roles: departments, the ministry, a lead that is no partner."""
        paired = {unit for line in self.pairs for unit in (line.pair.partner_id, line.pair.supported_id)}
        found: dict[str, list[Place]] = {}
        for place in self.places:
            if place.unit.pk not in paired:
                found.setdefault("、".join(place.roles), []).append(place)
        return found

    @property
    def bodies_source(self) -> str:
        """The clause most bodies rest on; a body resting on another says so itself."""
        return next((line.source for line in self.bodies), "")

    @property
    def schools(self) -> int:
        """How many universities belong to it."""
        return sum(place.unit.kind == Unit.Kind.UNIVERSITY for place in self.places)

    @property
    def body_count(self) -> int:
        """How many bodies stand in it."""
        return sum(1 + len(line.inside) for line in (*self.bodies, *self.offices))

    @property
    def missing(self) -> int:
        """How many places in bodies are empty."""
        return sum(line.missing + sum(one.missing for one in line.inside) for line in (*self.bodies, *self.offices))

    @property
    def common_areas(self) -> int:
        """The "4" of "4+X"."""
        return sum(not area.is_individual for area in self.areas)

    @property
    def rules(self) -> list[Told]:
        """What the scheme says of contacts, briefs, reports and consultations."""
        return [entry for key in RULES for entry in self.told.get(key, ())]

    @property
    def conference_members(self) -> list[Place]:
        """The conference's own list of members, never derived from provinces [四(二)1]."""
        conference = self.scheme.conference
        return [place for place in self.places if conference and place.key in conference.members]

    @property
    def conference_lines(self) -> list[Line]:
        """What else the scheme says of the conference."""
        return [line for entry in self.told.get("conference", ()) for line in entry.lines if line.label != "成员单位"]


def outline(cluster: Cluster, day: date) -> Outline:
    """Everything the page of a cluster shows, in a constant number of queries."""
    scheme = queries.in_force(cluster, day)
    pairs = list(queries.pairs(cluster, day))
    roles = queries.roles(cluster, day)
    bodies = _bodies(scheme, seats_of_bodies(cluster, day), pairs)
    return Outline(
        cluster=cluster,
        day=day,
        scheme=scheme,
        places=_places(cluster, day, roles),
        pairs=_pair_lines(scheme, pairs, roles),
        areas=[AreaLine(area.id, area.name, area.items, area.individual, area.source) for area in scheme.areas],
        bodies=[line for line in bodies if line.body.unit is None],
        offices=[line for line in bodies if line.body.unit],
        told={chapter.key: chapter.entries for chapter in chapters(scheme)},
    )


def _places(cluster: Cluster, day: date, roles: Mapping[int, list[str]]) -> list[Place]:
    return [
        Place(
            unit=member.unit,
            key=member.key,
            name=queries.name_on(member.unit, day),
            roles=[ROLES[role] for role in roles.get(member.unit_id, ())],
        )
        for member in queries.memberships(cluster, day)
    ]


def _pair_lines(scheme: Scheme, pairs: list[Pair], roles: Mapping[int, list[str]]) -> list[PairLine]:
    sources = {(scheme.unit(pair.partner).name, scheme.unit(pair.supported).name): pair.source for pair in scheme.pairs}
    return [
        PairLine(pair, sources.get((pair.partner.name, pair.supported.name), ""), "lead" in roles[pair.partner_id])
        for pair in pairs
    ]


def _bodies(scheme: Scheme, standing: list[BodyOn], pairs: list[Pair]) -> list[BodyLine]:
    """The bodies, each project group inside the office of its unit."""
    entries = {entry.id: entry for entry in scheme.bodies}
    lines: dict[int, BodyLine] = {}
    tops = []
    for one in standing:
        entry = entries.get(one.body.declared)
        nomination = _nomination(scheme, entry)
        line = lines[one.body.pk] = BodyLine(
            body=one.body,
            source=entry.source if entry else "",
            seats=[_seat_line(list(seats), nomination) for _, seats in groupby(one.seats, _same_entry)],
            pairs=[pair for pair in pairs if pair.partner_id == one.body.unit_id],
            missing=one.missing,
        )
        office = lines.get(one.body.parent_id or 0)
        if one.body.unit and office and office.body.unit == one.body.unit:
            office.inside.append(line)
        else:
            tops.append(line)
    return tops


def _nomination(scheme: Scheme, entry: BodyEntry | None) -> str:
    if entry is None or entry.nominated_by is None:
        return ""
    return f"，待{scheme.unit(entry.nominated_by.unit).name}{entry.nominated_by.department}提名"


def _same_entry(holding: Holding) -> tuple[object, ...]:
    seat = cast(Seat, holding.of)
    return seat.post, seat.people, seat.unit_posts, seat.departments, seat.powers


def _seat_line(holdings: list[Holding], nomination: str) -> SeatLine:
    """Several units' seats of one entry on one line; then each holder, and each empty place, is told by its unit."""
    seats = [cast(Seat, holding.of) for holding in holdings]
    is_shared = len(seats) > 1
    empty = [seat.unit.called for seat, one in zip(seats, holdings, strict=True) if seat.unit and one.missing]
    return SeatLine(
        post=seats[0].post,
        words=seats[0].people or "、".join(seats[0].departments),
        count=sum(seat.count for seat in seats),
        holders=[held for holding in holdings for held in holding.holders],
        missing=sum(holding.missing for holding in holdings),
        waits_for=f"：{'、'.join(empty)}" if is_shared else nomination,
        is_shared=is_shared,
    )
