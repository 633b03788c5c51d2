"""组团页所见: rows and clauses of the scheme brought together for one day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.pipeline.directory.queries import seats_of_bodies
from tizhi.pipeline.directory.seating import BodyLine, bodies_told, within
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.in_words import Line, Told, chapters
from tizhi.pipeline.scheme.members import MemberOn, PairOn, members_on, names_of, pairs_on
from tizhi.pipeline.scheme.models import Cluster, Unit

RULES = ("contacts", "briefs", "reports", "consultations")


@dataclass(frozen=True)
class AreaLine:
    """An area as the scheme of the day declares it."""

    key: str
    name: str
    items: Sequence[str]
    is_individual: bool
    source: str


@dataclass(frozen=True)
class Outline:
    """The cluster as it stood on `day`."""

    cluster: Cluster
    day: date
    scheme: Scheme
    places: Sequence[MemberOn]
    pairs: Sequence[PairOn]
    areas: Sequence[AreaLine]
    bodies: Sequence[BodyLine]
    offices: Sequence[BodyLine]
    told: Mapping[str, Sequence[Told]]

    @property
    def unpaired(self) -> Mapping[str, list[MemberOn]]:
        """Members that stand in no pair, by their roles: departments, the ministry, a lead that is no partner."""
        paired = {one.unit.pk for pair in self.pairs for one in (pair.partner, pair.supported)}
        found: dict[str, list[MemberOn]] = {}
        for place in self.places:
            if place.unit.pk not in paired:
                found.setdefault("、".join(place.roles_said), []).append(place)
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
        return sum(1 for _ in within([*self.bodies, *self.offices]))

    @property
    def missing(self) -> int:
        """How many places in bodies are empty."""
        return sum(line.missing for line in within([*self.bodies, *self.offices]))

    @property
    def common_areas(self) -> int:
        """The "4" of "4+X"."""
        return sum(not area.is_individual for area in self.areas)

    @property
    def rules(self) -> list[Told]:
        """What the scheme says of contacts, briefs, reports and consultations."""
        return [entry for key in RULES for entry in self.told.get(key, ())]

    @property
    def conference_members(self) -> list[MemberOn]:
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
    places = members_on(cluster, day)
    pairs = pairs_on(cluster, day, scheme, places)
    bodies = bodies_told(scheme, seats_of_bodies(cluster, day), pairs, names_of(places))
    return Outline(
        cluster=cluster,
        day=day,
        scheme=scheme,
        places=places,
        pairs=pairs,
        areas=[AreaLine(area.id, area.name, area.items, area.individual, area.source) for area in scheme.areas],
        bodies=[line for line in bodies if line.body.unit is None],
        offices=[line for line in bodies if line.body.unit],
        told={chapter.key: chapter.entries for chapter in chapters(scheme)},
    )
