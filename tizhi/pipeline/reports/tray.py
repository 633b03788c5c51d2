"""采编: the activities of a report and what became of each – by area, within it by pair [F2]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .facts import AreaFact, Facts, PairFact, Record
from .models import Brief, Report

Fate = Brief.Fate


@dataclass(frozen=True)
class Tray:
    """What became of the activities of a report: by area, within it by pair."""

    groups: tuple[TrayGroup, ...]
    counts: Mapping[Fate, int]

    @property
    def total(self) -> int:
        """All activities of the report."""
        return sum(self.counts.values())

    @property
    def waiting(self) -> int:
        """Those nobody has decided yet."""
        return self.counts[Fate.WAITING]


@dataclass(frozen=True)
class TrayGroup:
    """One area; None for activities of none."""

    area: AreaFact | None
    pairs: tuple[tuple[str, tuple[TrayItem, ...]], ...]
    adopted: int
    total: int


@dataclass(frozen=True)
class TrayItem:
    """One activity of the tray."""

    record: Record
    fate: str
    reason: str = ""
    number: int | None = None

    @property
    def fate_words(self) -> str:
        """未处理, 采用, 未采用."""
        return Fate(self.fate).label


def tray_of(report: Report, facts: Facts, fate: str = "") -> Tray:
    """The activities of `report`, those of one `fate` only if given; counts are of all."""
    rows = {row.activity_id: row for row in report.briefs.all()}
    items = [_item(record, rows.get(record.id)) for record in facts.records]
    counts = {one: sum(item.fate == one for item in items) for one in Fate}
    groups = []
    for area in (*facts.areas, None):
        here = [item for item in items if item.record.area == (area.id if area else None)]
        if seen := [item for item in here if fate in ("", item.fate)]:
            adopted = sum(item.fate == Fate.ADOPTED for item in here)
            groups.append(TrayGroup(area, _by_pair(facts, seen), adopted, len(here)))
    return Tray(tuple(groups), counts)


def _item(record: Record, row: Brief | None) -> TrayItem:
    return TrayItem(record, row.fate, row.reason, row.number) if row else TrayItem(record, Fate.WAITING)


def _by_pair(facts: Facts, items: Iterable[TrayItem]) -> tuple[tuple[str, tuple[TrayItem, ...]], ...]:
    found: dict[PairFact | None, list[TrayItem]] = {pair: [] for pair in (*facts.pairs, None)}
    for item in items:
        found[facts.pair_of(item.record)].append(item)
    return tuple((pair.name if pair else "其他", tuple(here)) for pair, here in found.items() if here)
