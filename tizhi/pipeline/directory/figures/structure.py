"""架构: everything the two figures of the work plan tell, as of a day, in a constant number of queries [二, 四(一)]."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.pipeline.scheme import queries as scheme_queries
from tizhi.pipeline.scheme.entries import AreaEntry
from tizhi.pipeline.scheme.members import MemberOn, PairOn, members_on, names_of, pairs_on
from tizhi.pipeline.scheme.models import Cluster, Unit, UnitRole

from ..queries import seats_of_bodies
from ..seating import BodyLine, bodies_told, within


@dataclass(frozen=True)
class PartnerLine:
    """A partner, the schools it supports, and the project groups it has founded."""

    partner: MemberOn
    pairs: Sequence[PairOn]
    groups: Sequence[BodyLine]


@dataclass(frozen=True)
class Structure:
    """A cluster on `day`: its units, pairs, areas, and bodies – project groups inside the offices they belong to."""

    cluster: Cluster
    day: date
    members: Sequence[MemberOn]
    pairs: Sequence[PairOn]
    areas: Sequence[AreaEntry]
    bodies: Sequence[BodyLine]

    @property
    def names(self) -> Mapping[int, str]:
        """What each unit was called."""
        return names_of(self.members)

    @property
    def universities(self) -> int:
        """How many universities belong to it."""
        return sum(one.unit.kind == Unit.Kind.UNIVERSITY for one in self.members)

    @property
    def partners(self) -> list[MemberOn]:
        """The partners, those without a school to support too, in the scheme's order."""
        pairing = {pair.partner.unit.pk for pair in self.pairs}
        return [one for one in self.members if one.unit.pk in pairing or UnitRole.Role.PARTNER in one.roles]

    def schools_of(self, partner: MemberOn) -> list[PairOn]:
        """The pairs in which a unit is the partner."""
        return [pair for pair in self.pairs if pair.partner.unit.pk == partner.unit.pk]

    def helpers_of(self, school: MemberOn, but: MemberOn) -> list[MemberOn]:
        """The other partners of a school than `but`: 多校支持一校."""
        found = [pair.partner for pair in self.pairs if pair.supported.unit.pk == school.unit.pk]
        return [one for one in found if one.unit.pk != but.unit.pk]

    @property
    def by_partner(self) -> list[PartnerLine]:
        """Every partner with its pairs and its project groups."""
        return [
            PartnerLine(one, self.schools_of(one), [line for line in self.groups if line.body.unit_id == one.unit.pk])
            for one in self.partners
        ]

    @property
    def unpaired(self) -> Mapping[str, list[MemberOn]]:
        """Members in no pair that are no partners, by role in words: the lead, departments, the ministry."""
        shown = {one.unit.pk for one in self.partners} | {pair.supported.unit.pk for pair in self.pairs}
        found: dict[str, list[MemberOn]] = {}
        for one in self.members:
            if one.unit.pk not in shown:
                found.setdefault("、".join(one.roles_said) or "成员单位", []).append(one)
        return found

    @property
    def lead(self) -> list[MemberOn]:
        """牵头高校."""
        return [one for one in self.members if UnitRole.Role.LEAD in one.roles]

    @property
    def all_bodies(self) -> list[BodyLine]:
        """Every body, each before those inside it."""
        return list(within(self.bodies))

    @property
    def groups(self) -> list[BodyLine]:
        """The project groups: what the offices of units have founded inside them."""
        return [inner for line in self.bodies for inner in within(line.inside)]

    @property
    def missing(self) -> int:
        """How many places in bodies are empty."""
        return sum(line.missing for line in self.all_bodies)

    @property
    def body_sources(self) -> list[str]:
        """The clauses the bodies rest on, each once."""
        return list(dict.fromkeys(line.source for line in self.all_bodies if line.source))

    @property
    def pair_sources(self) -> list[str]:
        """The clauses the pairs rest on, each once."""
        return list(dict.fromkeys(pair.source for pair in self.pairs if pair.source))


def structure(cluster: Cluster, day: date) -> Structure:
    """The cluster as it stood on `day`. Raises Version.DoesNotExist when it has no scheme."""
    scheme = scheme_queries.in_force(cluster, day)
    members = members_on(cluster, day)
    pairs = pairs_on(cluster, day, scheme, members)
    standing = seats_of_bodies(cluster, day) if members else []
    bodies = bodies_told(scheme, standing, pairs, names_of(members))
    return Structure(cluster, day, members, pairs, scheme.areas, bodies)
