"""办理方: what a step's `by` – a role of units, or a body – means for one school: who acts so, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from tizhi.base.kit import clock, words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.models import Body, Unit, UnitRole
from tizhi.pipeline.scheme.queries import in_force
from tizhi.pipeline.scheme.standing import Standing, standing

Role = UnitRole.Role
ENTERS = ("report-unit", "approve-unit")


@dataclass(frozen=True)
class Parties:
    """The parties of one cluster on a day; what is asked twice is read once."""

    cluster: int
    day: date

    @classmethod
    def of(cls, cluster: int, day: date | None = None) -> Parties:
        """Those of a cluster on `day`, or today."""
        return cls(cluster, day or clock.today())

    @cached_property
    def _rows(self) -> Standing:
        return standing(self.cluster)

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return in_force(self.cluster, self.day)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Partner and school of every pair."""
        return self._rows.pairs_on(self.day)

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Every unit that is or was in the cluster."""
        return {one.unit_id: one.unit for one in self._rows.members}

    @cached_property
    def roles(self) -> dict[int, list[str]]:
        """The roles of every unit."""
        return self._rows.roles_on(self.day)

    @cached_property
    def bodies(self) -> list[Body]:
        """The bodies that stand."""
        return [one for one in self._rows.bodies if one.holds_on(self.day)]

    def partners_of(self, school: int) -> frozenset[int]:
        """The partners paired with a school."""
        return frozenset(partner for partner, supported in self.pairs if supported == school)

    def schools_of(self, partner: int | None) -> frozenset[int]:
        """The schools paired with a partner."""
        return frozenset(supported for one, supported in self.pairs if one == partner)

    def units_as(self, by: str, school: int) -> frozenset[int] | None:
        """The units that a role means for a school; None where it is a body, which may stand in no unit."""
        if by == Role.SUPPORTED:
            return frozenset({school})
        if by == Role.PARTNER:
            return self.partners_of(school)
        if by in Role.values:
            found = {unit for unit, roles in self.roles.items() if by in roles}
            return frozenset(self._of_province(found, school)) if by == Role.DEPARTMENT else frozenset(found)
        return None

    def _of_province(self, units: Iterable[int], school: int) -> Iterator[int]:
        here = self.units[school].province if school in self.units else ""
        return (one for one in units if one in self.units and self.units[one].province == here)

    def bodies_as(self, by: str, school: int) -> list[Body]:
        """The bodies declared so that concern a school: one for the cluster, or those of its partners or its own."""
        near = self.partners_of(school) | {school}
        return [one for one in self.bodies if one.declared == by and (one.unit_id is None or one.unit_id in near)]

    def is_secretariat(self, by: str) -> bool:
        """Whether the body has seats that run the cluster: only their holders act for it."""
        found = next((one for one in self.scheme.bodies if one.id == by), None)
        return found is not None and any("secretariat" in seat.powers for seat in found.seats)

    # In words

    def words_of(self, by: Iterable[str], school: int) -> str:
        """安徽师范大学小组团办公室; 北京师范大学、安徽师范大学; 大组团办公室."""
        named = dict.fromkeys(name for one in by for name in self._names(one, school))
        return words.listing(list(named)) or "有关单位"

    def _names(self, by: str, school: int) -> Iterator[str]:
        units = self.units_as(by, school)
        if units is None:
            yield from [one.name for one in self.bodies_as(by, school)] or self._named(by)
        elif units:
            yield from (unit.called for pk, unit in self.units.items() if pk in units)
        elif by == Role.PARTNER:
            yield "重点联系院校（尚未结对）"

    def _named(self, by: str) -> Iterator[str]:
        yield from (one.name for one in self.scheme.bodies if one.id == by)

    def author_words(self, by: str, school: int) -> str:
        """Who writes: the pair offices of the partners by name, else the units of the role."""
        if by == Role.PARTNER:
            near = self.partners_of(school)
            offices = [one.name for one in self.bodies if one.unit_id in near and self._has_power(one.declared, "pair")]
            if offices:
                return words.listing(offices)
        return self.words_of((by,), school)

    def _has_power(self, declared: str, power: str) -> bool:
        found = next((one for one in self.scheme.bodies if one.id == declared), None)
        return found is not None and any(power in seat.powers for seat in found.seats)

    # Who acts so

    def acts_as(self, actor: Actor, by: Iterable[str], school: int) -> bool:
        """Whether `actor` is one of the parties `by` for the school."""
        return any(self._acts_as(actor, one, school) for one in by)

    def _acts_as(self, actor: Actor, by: str, school: int) -> bool:
        if by == Role.PARTNER and actor.has("pair") and school in actor.reports_for:
            return True
        if by == Role.LEAD and actor.leads_cluster and actor.has("secretariat"):
            return True
        units = self.units_as(by, school)
        if units is not None:
            return actor.body_id is None and actor.unit_id in units and any(actor.has(one) for one in ENTERS)
        if self.is_secretariat(by):
            return actor.has("secretariat")
        return actor.body_id in {one.pk for one in self.bodies_as(by, school)}


def parties(target: Any) -> Parties:
    """The parties of the cluster a target belongs to, today."""
    return Parties.of(target.cluster_id)
