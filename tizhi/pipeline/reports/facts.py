"""事实: everything a report of one period is made of, read once; figures, text and annexes come from it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Final

from tizhi.base.kit.periods import Period


@dataclass(frozen=True)
class Place:
    """A unit, under the name it bore on the day."""

    id: int
    name: str
    called: str
    is_university: bool = True


@dataclass(frozen=True)
class Leader:
    """Who was there, in words; `is_school_leader` says that the post held that day is a 校领导's."""

    words: str
    is_school_leader: bool = False
    is_known: bool = True


@dataclass(frozen=True)
class Record:
    """What a report knows of one activity. `standing` says why it is counted nowhere; empty when it is."""

    id: int
    title: str
    kind: str
    unit: Place
    first: date
    last: date
    mode: str = "on-site"
    area: int | None = None
    hosts: tuple[Place, ...] = ()
    visitors: tuple[Place, ...] = ()
    attending: tuple[Place, ...] = ()
    leaders: tuple[Leader, ...] = ()
    details: Mapping[str, int | float] | None = None
    is_in_time: bool = True
    is_late: bool = False
    standing: str = ""

    @cached_property
    def units(self) -> tuple[Place, ...]:
        """Everybody who took part; who reported it counts as one of them."""
        named = (*self.hosts, *self.visitors, *self.attending)
        return named if self.unit.id in {unit.id for unit in named} else (*named, self.unit)

    @cached_property
    def unit_ids(self) -> frozenset[int]:
        """The ids of `units`."""
        return frozenset(unit.id for unit in self.units)

    def figure(self, key: str) -> int | float | None:
        """The typed figure of that key, where it was given."""
        return (self.details or {}).get(key)


@dataclass(frozen=True)
class AreaFact:
    """重点内容."""

    id: int
    key: str
    name: str
    is_individual: bool = False


@dataclass(frozen=True)
class PairFact:
    """结对, as it held in the period."""

    id: int
    partner: Place
    supported: Place

    @property
    def name(self) -> str:
        """北京师范大学—青海师范大学."""
        return f"{self.partner.name}—{self.supported.name}"

    @property
    def both(self) -> frozenset[int]:
        """The two units."""
        return frozenset({self.partner.id, self.supported.id})


@dataclass(frozen=True)
class Input:
    """单位季报材料: what one unit owed and handed in."""

    unit: Place
    is_expected: bool = True
    is_received: bool = False
    is_in_time: bool = False
    is_nil: bool = False
    sent_on: date | None = None
    remark: str = ""
    highlights: str = ""
    problems: str = ""
    deviations: str = ""
    suggestions: str = ""
    next_steps: str = ""


RESULTS: Final = {
    "done": "已开展", "moved": "已改期", "cancelled": "已取消", "silent": "未登记结果", "ahead": "尚未到期",
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """计划事项: what a unit planned for the period, on which days first (`first`–`last`), and what became of it.

    `about` adds the other days or the reason; `record` is the activity it became, 0 while there is none.
    """

    title: str
    unit: Place
    first: date
    last: date
    result: str
    others: tuple[Place, ...] = ()
    about: str = ""
    record: int = 0


@dataclass(frozen=True)
class Facts:
    """One period of one cluster. `records` are counted; `pending` belong to the period but are not accepted yet."""

    cluster: str
    period: Period
    as_of: datetime
    records: tuple[Record, ...] = ()
    pending: tuple[Record, ...] = ()
    areas: tuple[AreaFact, ...] = ()
    pairs: tuple[PairFact, ...] = ()
    inputs: tuple[Input, ...] = ()
    plans: tuple[Plan, ...] = ()

    @cached_property
    def by_id(self) -> dict[int, Record]:
        """The counted records by the activity's id."""
        return {record.id: record for record in self.records}

    def pair_of(self, record: Record) -> PairFact | None:
        """The pair an activity is shown under: the one both of whose sides took part, else its reporter's; or none."""
        together = [pair for pair in self.pairs if pair.both <= record.unit_ids]
        if len(together) == 1:
            return together[0]
        own = [pair for pair in self.pairs if record.unit.id in pair.both]
        return own[0] if not together and len(own) == 1 else None
