"""方案声明的事项: the duties a text would make from a day on, each under what it is in any version of the scheme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tizhi.base.kit.periods import Period
from tizhi.pipeline.calendar.queries import workdays
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.units import find_units

from .instances import Ground, Instance, Span, instances, periods_of_year
from .ledger import Line
from .roster import DeclaredRoster, Party

_DAY = timedelta(days=1)
# What a duty is, whatever its parties are called: rule, who, toward, period.
Identity = tuple[object, ...]


@dataclass(frozen=True)
class Reach:
    """The days a version bears upon: periods that end on `since` or later and have begun by `until`."""

    begins: date
    since: date
    until: date

    def periods(self, scheme: Scheme) -> list[Period]:
        """Those periods, of every length, in which the cluster of `scheme` stands."""
        cluster = scheme.cluster
        return [
            period
            for year in range(self.since.year, self.until.year + 1)
            for period in periods_of_year(cluster.starts, cluster.ends, year, self.until)
            if period.last >= self.since
        ]


def duties(scheme: Scheme, reach: Reach, before: Scheme | None = None) -> dict[Identity, Instance]:
    """The duties of `scheme` in `reach`; whoever was not there in `before` owes since the version begins."""
    rows = _rows(scheme)
    roster = _Coming(scheme, rows, _Known(before, reach.begins)) if before else DeclaredRoster(scheme)
    ground = Ground(lambda day: scheme, roster, workdays(), scheme.cluster.starts, reach.until)
    made = instances(Span(reach.periods(scheme)), ground)
    return {_identity(one, rows): one for one in made}


def _rows(scheme: Scheme) -> dict[str, int]:
    """The unit of this installation behind each id of the scheme, as far as there is one."""
    return {match.entry.id: match.row.pk for match in find_units(scheme.units) if match.row}


def _identity(one: Instance, rows: Mapping[str, int]) -> Identity:
    toward = _party(one.toward, rows) if one.toward else None
    return one.rule.id, _party(one.who, rows), toward, one.period


def _party(party: Party, rows: Mapping[str, int]) -> Identity:
    """A unit by its row, a body by its id and the unit it stands in: a scheme may call the same unit otherwise."""
    kind, *ids = party.key.split(":")
    unit = rows.get(ids[-1], ids[-1]) or None
    return (kind, unit) if kind == "u" else (kind, ids[0], unit)


def identity_of(line: Line) -> Identity:
    """The same of a line of the ledger."""
    one = line.instance
    return one.rule.id, _row(one.who), _row(one.toward) if one.toward else None, one.period


def _row(party: Party) -> Identity:
    return ("b", next(iter(party.kinds)), party.unit_id) if party.is_body else ("u", party.unit_id)


class _Known:
    """Who was in the cluster, and paired, on the eve of a version."""

    def __init__(self, scheme: Scheme, begins: date) -> None:
        everybody = {word for unit in scheme.units for word in (unit.kind, *unit.roles)}
        everybody |= {body.id for body in scheme.bodies}
        rows, there = _rows(scheme), DeclaredRoster(scheme).parties(everybody, begins - _DAY)
        self.begins = begins
        self.parties = {_party(one, rows) for one in there}
        self.pairs = {(rows.get(pair.partner), rows.get(pair.supported)) for pair in scheme.pairs}


class _Coming(DeclaredRoster):
    """The roster of a scheme to come: who is new begins with it, unless the scheme names another day."""

    def __init__(self, scheme: Scheme, rows: Mapping[str, int], known: _Known) -> None:
        super().__init__(scheme)
        self._known, self._rows = known, rows

    def parties(self, who: Iterable[str], day: date) -> list[Party]:
        """See `Roster`."""
        return [self._since(one, self._is_known(one)) for one in super().parties(who, day)]

    def supported(self, day: date) -> list[Party]:
        """See `Roster`."""
        return [self._since(one, self._is_known(one)) for one in super().supported(day)]

    def schools_of(self, party: Party, day: date) -> list[Party]:
        """See `Roster`; a pair that is new begins with the version, too."""
        partner = _party(party, self._rows)[-1]
        pairs = [(one, (partner, _party(one, self._rows)[-1])) for one in super().schools_of(party, day)]
        return [self._since(one, pair in self._known.pairs) for one, pair in pairs]

    def _is_known(self, party: Party) -> bool:
        return _party(party, self._rows) in self._known.parties

    def _since(self, party: Party, is_known: bool) -> Party:
        return party if is_known or party.since else replace(party, since=self._known.begins)
