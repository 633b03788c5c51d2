"""名册: who may owe and to whom, on any day – from the rows of a cluster, or from a scheme not yet in force."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from tizhi.base.kit import clock
from tizhi.pipeline.scheme import bodies as declared_bodies
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import UnitEntry
from tizhi.pipeline.scheme.models import Cluster, Member, UnitRole
from tizhi.pipeline.scheme.queries import names_on
from tizhi.pipeline.scheme.standing import standing


@dataclass(frozen=True)
class Party:
    """Somebody who owes or is owed: a unit, or a body. `key` tells it from all others of its roster.

    `unit_id` is the unit itself or the one a body stands in; None for a body of the whole cluster. `since` is the first
    day on which it belongs to the cluster in this place.
    """

    key: str
    name: str
    called: str
    unit_id: int | None = None
    body_id: int | None = None
    kinds: frozenset[str] = frozenset()
    since: date | None = None

    @property
    def is_body(self) -> bool:
        """Whether a body owes, not the unit as such."""
        return self.body_id is not None or self.key.startswith("b")

    def __str__(self) -> str:
        return self.name


class Roster(Protocol):
    """Who belongs to a cluster on a day."""

    def parties(self, who: Iterable[str], day: date) -> list[Party]:
        """The units with one of these roles or kinds, and the bodies of these ids; each once."""
        ...

    def schools_of(self, party: Party, day: date) -> list[Party]:
        """The supported schools paired with the unit of `party`; `since` is the first day of the pair."""
        ...

    def supported(self, day: date) -> list[Party]:
        """All supported schools."""
        ...


class RowsRoster:
    """The roster of a cluster as its rows say, under the names its units bore on `named_on`."""

    def __init__(self, cluster: Cluster, named_on: date) -> None:
        self._rows = standing(cluster)
        self._named_on = named_on
        self._units_on: dict[date, list[Party]] = {}
        self._bodies_on: dict[date, list[Party]] = {}

    @cached_property
    def _names(self) -> dict[int, str]:
        """The names of a past day; today every unit bears its own."""
        return names_on(self._rows.cluster, self._named_on) if self._named_on < clock.today() else {}

    def units(self, day: date) -> list[Party]:
        """Every member on `day`, with its roles and its kind."""
        if day not in self._units_on:
            roles = self._rows.roles_on(day)
            self._units_on[day] = [
                self._unit(member, roles.get(member.unit_id, ())) for member in self._rows.members_on(day)
            ]
        return self._units_on[day]

    def _unit(self, member: Member, roles: Iterable[str]) -> Party:
        unit = member.unit
        name = self._names.get(unit.pk, unit.name)
        return Party(
            key=f"u{unit.pk}",
            name=name,
            called=unit.called if name == unit.name else name,
            unit_id=unit.pk,
            kinds=frozenset({unit.kind, *roles}),
            since=member.begins,
        )

    def bodies(self, day: date) -> list[Party]:
        """Every body that stands on `day`."""
        if day not in self._bodies_on:
            self._bodies_on[day] = [
                Party(
                    f"b{row.pk}", row.name, row.name, unit_id=row.unit_id, body_id=row.pk,
                    kinds=frozenset({row.declared}), since=row.begins,
                )
                for row in self._rows.bodies
                if row.holds_on(day)
            ]  # fmt: skip
        return self._bodies_on[day]

    def parties(self, who: Iterable[str], day: date) -> list[Party]:
        """See `Roster`."""
        asked = set(who)
        return [one for one in (*self.units(day), *self.bodies(day)) if asked & one.kinds]

    def schools_of(self, party: Party, day: date) -> list[Party]:
        """See `Roster`."""
        begins = {
            row.supported_id: row.begins
            for row in self._rows.pairs
            if row.partner_id == party.unit_id and row.holds_on(day)
        }
        return [_since(one, begins[one.unit_id]) for one in self.units(day) if one.unit_id in begins]

    def supported(self, day: date) -> list[Party]:
        """See `Roster`."""
        return [one for one in self.units(day) if UnitRole.Role.SUPPORTED in one.kinds]


class DeclaredRoster:
    """The roster that a scheme declares, before it is put in force: for showing what it would change."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    @cached_property
    def _all(self) -> Sequence[tuple[Party, UnitEntry | None]]:
        scheme = self.scheme
        found: list[tuple[Party, UnitEntry | None]] = [(_declared(unit), unit) for unit in scheme.units]
        for body in scheme.bodies:
            for unit in declared_bodies.places(scheme, body):
                name = f"{unit.short_name or unit.name if unit else ''}{body.name}"
                key = f"b:{body.id}:{unit.id if unit else ''}"
                found.append((Party(key, name, name, kinds=frozenset({body.id})), unit))
        return found

    def parties(self, who: Iterable[str], day: date) -> list[Party]:
        """See `Roster`."""
        asked = set(who)
        return [one for one, unit in self._all if asked & one.kinds and _holds(unit, day)]

    def schools_of(self, party: Party, day: date) -> list[Party]:
        """See `Roster`."""
        unit = next((unit for one, unit in self._all if one.key == party.key), None)
        begins = {
            pair.supported: pair.begins
            for pair in self.scheme.pairs
            if unit and pair.partner == unit.id and _holds(pair, day)
        }
        return [
            _since(_declared(one), begins[one.id]) for one in self.scheme.units if one.id in begins and _holds(one, day)
        ]

    def supported(self, day: date) -> list[Party]:
        """See `Roster`."""
        return [_declared(one) for one in self.scheme.units if one.is_a(UnitRole.Role.SUPPORTED) and _holds(one, day)]


def _declared(unit: UnitEntry) -> Party:
    kinds = frozenset({unit.kind, *unit.roles})
    return Party(f"u:{unit.id}", unit.name, unit.short_name or unit.name, kinds=kinds, since=unit.begins)


def _holds(entry: object, day: date) -> bool:
    """Whether a dated entry (nothing: a body of the whole cluster) holds on `day`."""
    begins, ends = getattr(entry, "begins", None), getattr(entry, "ends", None)
    return (begins is None or begins <= day) and (ends is None or day <= ends)


def _since(party: Party, begins: date | None) -> Party:
    days = [day for day in (party.since, begins) if day]
    return Party(
        party.key, party.name, party.called, party.unit_id, party.body_id, party.kinds, max(days, default=None)
    )
