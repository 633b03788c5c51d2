"""填报负担: what a cluster asks of its units in a year, by month, beside the same days of the year before [I4]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from tizhi.base.kit import clock, words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.models import Cluster, Unit
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.pipeline.scheme.standing import standing

from . import queries
from .counting import Amount, Counting, Month, Stretch
from .demands import DEMANDS, Demand

NOTHING: Final = Amount()
REQUESTS: Final = tuple(one for one in DEMANDS if not one.repeats)
REPEATS: Final = tuple(one for one in DEMANDS if one.repeats)
MONTHS: Final = range(1, 13)


@dataclass(frozen=True)
class Row:
    """Counts by month, in all, and of the same days of the year before; the unit, where it is one's row."""

    label: str
    months: Sequence[Amount]
    total: Amount
    before: Amount
    unit: Unit | None = None


@dataclass(frozen=True)
class Burden:
    """The counts of a cluster over `now`, and over the same days a year earlier, where the platform knew it then.

    `units` are all that belonged to the cluster, in the scheme's order; `since` is the day it has been known.
    """

    cluster: Cluster
    now: Stretch
    before: Stretch | None
    since: date
    units: Sequence[Unit]
    tallies: Mapping[tuple[int, str, Month], Amount]

    @property
    def year(self) -> int:
        """The year counted."""
        return self.now.year

    @cached_property
    def by_unit(self) -> list[Row]:
        """What was asked of each unit; who was asked nothing, neither now nor a year before, is left out."""
        rows = [self._row(unit.called, [unit], REQUESTS, unit) for unit in self.units]
        return [row for row in rows if row.total.times or row.before.times]

    @cached_property
    def total(self) -> Row:
        """What was asked of all units."""
        return self.total_of(None)

    @cached_property
    def reminded(self) -> Row:
        """What only repeated what was asked."""
        return self._row("催办和提醒", self.units, REPEATS)

    def total_of(self, unit: Unit | None) -> Row:
        """What was asked of one unit, or of all."""
        return self._row("合计", [unit] if unit else self.units, REQUESTS)

    def by_kind(self, kinds: Iterable[Demand], unit: Unit | None = None) -> list[Row]:
        """Each of `kinds`, of one unit or of all."""
        units = [unit] if unit else self.units
        return [self._row(one.label, units, [one]) for one in kinds]

    @property
    def is_empty(self) -> bool:
        """Whether nobody was asked or reminded of anything."""
        return not (self.total.total.times or self.reminded.total.times)

    @cached_property
    def pairs(self) -> list[tuple[int, Amount, Amount | None]]:
        """Each month that has begun, beside the same month of the year before where that can be compared."""
        earlier = self._months(self.before, self.units, REQUESTS) if self.before else None
        return [
            (month, self.total.months[month - 1], earlier[month - 1] if earlier else None)
            for _, month in self.now.months
        ]

    @property
    def most(self) -> int:
        """The most that was asked in one month, of this year and the one before."""
        return max((one.times for _, *both in self.pairs for one in both if one), default=0)

    def _row(self, label: str, units: Sequence[Unit], kinds: Sequence[Demand], unit: Unit | None = None) -> Row:
        months = self._months(self.now, units, kinds)
        before = self._months(self.before, units, kinds) if self.before else []
        return Row(label, months, sum(months, NOTHING), sum(before, NOTHING), unit)

    def _months(self, stretch: Stretch, units: Iterable[Unit], kinds: Sequence[Demand]) -> list[Amount]:
        places = [(unit.pk, kind.code) for unit in units for kind in kinds]
        return [
            sum((self.tallies.get((*place, (stretch.year, month)), NOTHING) for place in places), NOTHING)
            for month in MONTHS
        ]

    @property
    def sentence(self) -> str:
        """2026年1月1日至11月23日，平台向11个单位共提出312次填报要求，涉及3,456栏；其中…已有，直接引用，需填写2,222栏。"""
        told = self.total.total
        if not told.times:
            return f"{self.days}，平台没有向各单位提出填报要求。"
        asked = sum(bool(row.total.times) for row in self.by_unit)
        head = f"{self.days}，平台向{asked}个单位共提出{words.number(told.times)}次填报要求"
        share = words.percent(told.held / told.asked, 0) if told.asked else "0%"
        fields = (
            f"涉及{words.number(told.asked)}栏，其中{words.number(told.held)}栏（{share}）平台已有、直接引用，"
            f"需填写{words.number(told.typed)}栏"
        )
        return f"{head}，{fields}。{self.compared}"

    @property
    def days(self) -> str:
        """2026年, or 2026年1月1日至11月23日 while it runs."""
        is_whole = (self.now.first.month, self.now.first.day, self.now.last.month, self.now.last.day) == (1, 1, 12, 31)
        return f"{self.year}年" if is_whole else words.span(self.now.first, self.now.last)

    @property
    def compared(self) -> str:
        """比2025年同期多12次。 Or why there is nothing to compare."""
        if self.before is None:
            incomplete = self.since.year == self.year - 1
            return f"平台自{words.day(self.since)}起记录，上年同期不完整，不作比较。" if incomplete else ""
        more = self.total.total.times - self.total.before.times
        if more == 0:
            return f"次数与{self.before.year}年同期相同。"
        return f"比{self.before.year}年同期{'多' if more > 0 else '少'}{words.number(abs(more))}次。"


def burden(cluster: Cluster, year: int) -> Burden:
    """What was asked in `year` up to today; the same number of queries for any number of records."""
    since, today = queries.first_known(cluster), clock.today()
    now = Stretch(max(date(year, 1, 1), since), min(date(year, 12, 31), today))
    before = Stretch(date(year - 1, 1, 1), _a_year_before(now.last)) if since <= date(year - 1, 1, 1) else None
    counting = Counting(cluster, [one for one in (before, now) if one], since)
    tallies: dict[tuple[int, str, Month], Amount] = defaultdict(Amount)
    for kind in DEMANDS:
        for unit, month, amount in kind.count(counting):
            tallies[unit, kind.code, month] += amount
    return Burden(cluster, now, before, since, _units(cluster), dict(tallies))


def visible_burden(actor: Actor, year: int) -> Burden | None:
    """The burden of the actor's cluster: every colleague sees what is asked of every unit. None where it has none."""
    cluster = clusters_visible_to(actor).first()
    return burden(cluster, year) if cluster and year in years(cluster) else None


def years(cluster: Cluster) -> list[int]:
    """The years that can be asked for, the latest first: since the platform has known the cluster."""
    since = queries.first_known(cluster).year
    return [year for year in queries.years(cluster) if year >= since] or [since]


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def _units(cluster: Cluster) -> list[Unit]:
    """Everybody who belongs or belonged to the cluster, once, in the scheme's order."""
    found = {member.unit_id: member.unit for member in standing(cluster).members}
    return list(found.values())
