"""成员单位与结对: the units of a cluster on a day, under the names and in the roles of that day, and their pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from . import queries
from .declared import Scheme
from .models import Cluster, Pair, Unit
from .terms import ROLES


@dataclass(frozen=True)
class MemberOn:
    """A member unit: the scheme's key for it, its roles, and the name it bore on the day."""

    unit: Unit
    key: str
    name: str
    roles: Sequence[str]

    @property
    def called(self) -> str:
        """Its short name, unless it was then called otherwise."""
        return self.unit.called if self.name == self.unit.name else self.name

    @property
    def roles_said(self) -> list[str]:
        """Its roles in words."""
        return [ROLES[role] for role in self.roles]


@dataclass(frozen=True)
class PairOn:
    """A pair with the clause it rests on."""

    pair: Pair
    partner: MemberOn
    supported: MemberOn
    source: str

    @property
    def is_led(self) -> bool:
        """Whether the cluster's lead is the partner."""
        return "lead" in self.partner.roles

    @property
    def is_cross_province(self) -> bool:
        """Whether the two lie in different provinces."""
        return self.partner.unit.province != self.supported.unit.province


def members_on(cluster: Cluster, day: date) -> list[MemberOn]:
    """The units of the cluster on `day`, in the scheme's order; three queries."""
    roles = queries.roles(cluster, day)
    return [
        MemberOn(one.unit, one.key, queries.name_on(one.unit, day), roles.get(one.unit_id, ()))
        for one in queries.memberships(cluster, day)
    ]


def names_of(members: Sequence[MemberOn]) -> dict[int, str]:
    """What each unit (by its id) was called."""
    return {one.unit.pk: one.called for one in members}


def pairs_on(cluster: Cluster, day: date, scheme: Scheme, members: Sequence[MemberOn]) -> list[PairOn]:
    """The pairs of the cluster on `day` between its `members`; one query."""
    known = {one.unit.pk: one for one in members}
    sources = {(pair.partner, pair.supported): pair.source for pair in scheme.pairs}
    return [_told(pair, known, sources) for pair in queries.pairs(cluster, day)]


def _told(pair: Pair, known: Mapping[int, MemberOn], sources: Mapping[tuple[str, str], str]) -> PairOn:
    partner, supported = (
        known.get(unit.pk) or MemberOn(unit, "", unit.name, ()) for unit in (pair.partner, pair.supported)
    )
    return PairOn(pair, partner, supported, sources.get((partner.key, supported.key), ""))
