"""方案: a work plan as its scheme declares it, read from the text of a version.

Keys that are Python's words or say too little alone are renamed (`attribute` in `keys`): `from` → `begins`, `to` →
`ends`, `except` → `excluding`; lists of tables are plural.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from .entries import (
    AreaEntry,
    BodyEntry,
    Briefs,
    ClusterEntry,
    Conference,
    Consultations,
    Contacts,
    Due,
    Evidence,
    FormerName,
    Nomination,
    ObligationEntry,
    OrganisationEntry,
    PairEntry,
    PlanEntry,
    PlanSection,
    PlanStep,
    PlatformEntry,
    PostEntry,
    Programme,
    Reports,
    SeatEntry,
    StepEvidence,
    UnitEntry,
    find,
)
from .grammar import ByKind, Many, Sub, Subs, Table, Value
from .keys import SCHEME
from .toml import load


@dataclass(frozen=True, kw_only=True, eq=False)
class Scheme:
    """工作方案 of one cluster; equal only to itself, so that it may be cached per version."""

    format: int
    programme: Programme
    cluster: ClusterEntry
    units: tuple[UnitEntry, ...]
    pairs: tuple[PairEntry, ...] = ()
    posts: tuple[PostEntry, ...] = ()
    areas: tuple[AreaEntry, ...] = ()
    organisations: tuple[OrganisationEntry, ...] = ()
    platforms: tuple[PlatformEntry, ...] = ()
    bodies: tuple[BodyEntry, ...] = ()
    conference: Conference | None = None
    contacts: Contacts | None = None
    briefs: Briefs | None = None
    reports: Reports | None = None
    consultations: Consultations | None = None
    plans: tuple[PlanEntry, ...] = ()
    obligations: tuple[ObligationEntry, ...] = ()

    # Each lookup raises KeyError for an id that the scheme does not declare.

    def unit(self, id: str) -> UnitEntry:
        """The unit of that id."""
        return find(self.units, id)

    def post(self, id: str) -> PostEntry:
        """The post of that id."""
        return find(self.posts, id)

    def area(self, id: str) -> AreaEntry:
        """The area of that id."""
        return find(self.areas, id)

    def body(self, id: str) -> BodyEntry:
        """The body of that id."""
        return find(self.bodies, id)

    def plan(self, id: str) -> PlanEntry:
        """The plan of that id."""
        return find(self.plans, id)

    def obligation(self, id: str) -> ObligationEntry:
        """The obligation of that id."""
        return find(self.obligations, id)


DECLARED: Final[Mapping[str, type]] = {
    "": Scheme,
    "programme": Programme,
    "cluster": ClusterEntry,
    "unit": UnitEntry,
    "former_names": FormerName,
    "pair": PairEntry,
    "post": PostEntry,
    "area": AreaEntry,
    "organisation": OrganisationEntry,
    "platform": PlatformEntry,
    "body": BodyEntry,
    "nominated_by": Nomination,
    "seat": SeatEntry,
    "conference": Conference,
    "contacts": Contacts,
    "briefs": Briefs,
    "reports": Reports,
    "consultations": Consultations,
    "plan": PlanEntry,
    "step": PlanStep,
    "step.evidence": StepEvidence,
    "section": PlanSection,
    "obligation": ObligationEntry,
    "evidence": Evidence,
    "due": Due,
}


def read(text: str | bytes) -> Scheme:
    """The scheme of a text in which `check` found no fault; of another text the outcome is undefined."""
    scheme: Scheme = _entry(SCHEME, load(text))
    return scheme


def _entry(table: Table, said: Mapping[str, Any]) -> Any:
    made = {key.attribute: _value(key.value, said[key.name]) for key in table.keys if key.name in said}
    return DECLARED[table.name](**made)


def _value(value: Value, said: Any) -> Any:
    match value:
        case Sub():
            return _entry(value.table, said)
        case Subs():
            return tuple(_entry(value.table, each) for each in said)
        case ByKind():
            return _entry(value.tables[said["kind"]], said)
        case Many():
            return tuple(said) if isinstance(said, list) else (said,)
    return said
