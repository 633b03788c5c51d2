"""可选项: what the form of one actor offers – units to enter for, units and people to pick, areas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import queries, rules
from tizhi.pipeline.activities.kind import Kind
from tizhi.pipeline.activities.leaders import words_of
from tizhi.pipeline.activities.models import ActivityUnit
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import held_in
from tizhi.pipeline.scheme.models import Area, Member, Pair, Unit, UnitRole
from tizhi.pipeline.scheme.queries import areas, members, pairs, roles
from tizhi.pipeline.studies.queries import schools_of

SEPARATOR = ":"
Choice = tuple[str, str]


@dataclass(frozen=True)
class Offer:
    """What `actor` may choose from today. Everything lies in the page, so picking works without a network, too."""

    actor: Actor

    @property
    def cluster(self) -> int:
        """The cluster of the post acted in; who has none gets no form."""
        return self.actor.cluster_id or 0

    @cached_property
    def own(self) -> list[Member]:
        """The units the actor enters for, its own first."""
        found = queries.entered_for(self.actor)
        return sorted(found, key=lambda one: one.unit_id != self.actor.unit_id)

    @cached_property
    def units(self) -> list[Unit]:
        """The units of the cluster."""
        return list(members(self.cluster, clock.today()))

    @cached_property
    def schools(self) -> list[Unit]:
        """The supported schools of the cluster: a study is of one of them."""
        return schools_of(self.cluster)

    @cached_property
    def areas(self) -> list[Area]:
        """The areas of the work plan."""
        return list(areas(self.cluster))

    @cached_property
    def people(self) -> list[Appointment]:
        """One post of everybody who holds one: that of a unit before a seat, the highest first."""
        held = held_in(self.cluster).on(clock.today()).order_by("post__rank", "pk")
        known: dict[int, Appointment] = {}
        for one in sorted(held, key=lambda one: one.post is None):
            known.setdefault(one.person_id, one)
        return list(known.values())

    def unit_choices(self) -> list[tuple[Choice, str]]:
        """Every unit in every part, with the unit's pinyin initials."""
        return [
            ((f"{unit.pk}{SEPARATOR}{part}", f"{unit.called}（{part.label}）"), unit.initials)
            for unit in self.units
            for part in ActivityUnit.Part
        ]

    def people_choices(self) -> list[tuple[Choice, str]]:
        """Everybody with unit and post, and the name's pinyin initials."""
        return [((str(one.pk), f"{one.person.name}（{words_of(one)}）"), one.person.initials) for one in self.people]

    def area_choices(self) -> list[tuple[str, list[Choice]]]:
        """The items under their areas; an area without items, and what fits no item, by the area itself."""
        return [
            (area.name, [(f"{area.pk}{SEPARATOR}{item}", item) for item in area.items] + [_whole(area)])
            for area in self.areas
        ]

    def proposed_units(self, unit: int, kind: Kind) -> list[str]:
        """The reporting unit and the other side of its pair, each in the part that fits the kind."""
        sides = [one.pk for pair in pairs(self.cluster, clock.today()) for one in _other(pair, unit)]
        supported = {key for key, names in roles(self.cluster, clock.today()).items() if _is_supported(names)}
        return [
            f"{one}{SEPARATOR}{rules.proposed_part(kind.visits, one in supported, is_own=one == unit).value}"
            for one in [unit, *sides[:1]]
        ]

    def proposed_area(self, title: str, kind: Kind) -> str:
        """The item that title and kind speak of; empty when they speak of none."""
        found = rules.propose(self.areas, title, kind.label)
        return f"{found.area.pk}{SEPARATOR}{found.item}" if found else ""


def _whole(area: Area) -> Choice:
    return f"{area.pk}{SEPARATOR}", f"{area.name}（其他事项）" if area.items else area.name


def _other(pair: Pair, unit: int) -> list[Unit]:
    if pair.partner_id == unit:
        return [pair.supported]
    return [pair.partner] if pair.supported_id == unit else []


def _is_supported(names: list[str]) -> bool:
    return UnitRole.Role.SUPPORTED in names
