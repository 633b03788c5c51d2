"""台账: the duties of a cluster with how each stands – as lines, as a grid of rules and units, as counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tizhi.base.kit import words
from tizhi.pipeline.scheme.entries import ObligationEntry
from tizhi.pipeline.scheme.models import Cluster

from . import sentences
from .finding import Finding
from .instances import Instance
from .measures.measure import Measure
from .roster import Party
from .rules import State

# Which state a cell shows when it holds several duties: what needs somebody first.
_FIRST = (State.LATE, State.SOON, State.PENDING, State.NOT_YET, State.WAIVED, State.NIL, State.DONE)


@dataclass(frozen=True)
class Line:
    """One duty and how it stands."""

    instance: Instance
    state: State
    finding: Finding | None
    measure: Measure | None
    today: date

    @property
    def key(self) -> str:
        """The duty's key."""
        return self.instance.key

    @property
    def rule(self) -> ObligationEntry:
        """The rule it comes from."""
        return self.instance.rule

    @property
    def who(self) -> Party:
        """Who owes it."""
        return self.instance.who

    @property
    def year(self) -> int:
        """The year of the ledger it stands in: its period's; of what is owed once, that of the day asked for."""
        return self.instance.period.first.year if self.instance.period else self.today.year

    @property
    def column(self) -> str:
        """The column it stands in: its unit's, also for an office inside the unit."""
        return f"u{self.who.unit_id}" if self.who.unit_id else self.who.key

    @property
    def due(self) -> date | None:
        """By when."""
        return self.instance.due_day

    @property
    def provisional(self) -> str:
        """What to say of a day counted in a calendar not announced yet."""
        return self.instance.due.note if self.instance.due else ""

    @property
    def span(self) -> str:
        """2026年第四季度, or 一次性."""
        return self.instance.period.words if self.instance.period else "一次性"

    @property
    def toward(self) -> str:
        """Toward whom, in words."""
        if self.instance.toward:
            return self.instance.toward.called
        return "任一重点支持院校" if self.instance.schools else ""

    @cached_property
    def sentence(self) -> str:
        """The duty and its standing as one sentence."""
        return sentences.sentence(self.instance, self.measure, self.finding, self.state, self.today)

    @property
    def waits(self) -> bool:
        """Whether somebody can still do something about it: only then is anybody reminded."""
        return self.state.is_open and not (self.finding and self.finding.is_past_help)

    @property
    def score(self) -> str:
        """0/1: how much of how much; nothing where there is nothing to count."""
        found = self.finding
        if found is None or not self.state.is_open or (found.done == 0 and found.needed == 1 and not self.rule.toward):
            return ""
        return f"{found.done}/{found.needed}"

    @property
    def pressing(self) -> str:
        """What is urgent about it: 期限12月31日，还剩35天; of what is lost in part, how far it is."""
        if self.finding and self.finding.is_lost and self.measure:
            return self.measure.progress(self.instance, self.finding)
        return f"期限{words.day(self.due, self.today.year)}，{self.left}" if self.due else ""

    @property
    def left(self) -> str:
        """还剩39天, 已逾期2天; nothing where nothing is to be done."""
        return sentences.left(self.due, self.today) if self.due and self.waits else ""

    @property
    def done_on(self) -> str:
        """The day on which it was met, in words."""
        on = self.finding.on if self.finding and self.state is State.DONE else None
        return words.day(on) if on else ""

    @property
    def units(self) -> frozenset[int]:
        """The units it concerns: who owes and who is owed."""
        return frozenset(
            party.unit_id for party in (self.who, self.instance.toward) if party is not None and party.unit_id
        )


@dataclass(frozen=True)
class Cell:
    """The duties of one rule that one party owes: their most pressing state, and how many of them are done."""

    lines: Sequence[Line]

    @property
    def state(self) -> State:
        """The state that needs somebody first."""
        return min((line.state for line in self.lines), key=_FIRST.index)

    @property
    def score(self) -> str:
        """3/4 for several duties of which some are open; of a single one what it counts."""
        if len(self.lines) == 1:
            return self.lines[0].score
        settled = sum(not line.state.is_open for line in self.lines if line.state is not State.NOT_YET)
        return f"{settled}/{len(self.lines)}" if self.state.is_open else ""

    @property
    def told(self) -> str:
        """All of it for who cannot see the colour: 逾期1，已完成3."""
        return sentences.listed(_counted(self.lines).items())


@dataclass(frozen=True)
class Column:
    """Somebody who owes, under which head: a unit with its own offices, or a body of the whole cluster."""

    key: str
    name: str
    group: str


@dataclass(frozen=True)
class RuleRow:
    """A rule with a cell for each column; nothing where it asks nothing of that one."""

    rule: ObligationEntry
    cells: Sequence[tuple[Column, Cell | None]]

    @property
    def often(self) -> str:
        """每年, 一次性."""
        return sentences.often(self.rule)

    @property
    def clause(self) -> str:
        """四(五)2."""
        return sentences.clause(self.rule)

    @property
    def is_measured(self) -> bool:
        """Whether its evidence has a place in the platform."""
        return any(cell.state is not State.NOT_YET for _, cell in self.cells if cell)

    @property
    def counts(self) -> Mapping[State, int]:
        """How many of its duties stand how, the pressing first."""
        return _counted([line for _, cell in self.cells if cell for line in cell.lines])


@dataclass(frozen=True)
class Ledger:
    """The lines of a cluster as of a day; narrowed to what somebody may see by `only`."""

    cluster: Cluster
    as_of: date
    lines: Sequence[Line]
    columns: Sequence[Column] = field(default_factory=tuple)

    def only(self, test: Callable[[Line], bool]) -> Ledger:
        """The same with those lines that pass, and the columns they stand in."""
        lines = [line for line in self.lines if test(line)]
        keys = {line.column for line in lines}
        return replace(self, lines=lines, columns=[column for column in self.columns if column.key in keys])

    @property
    def rows(self) -> list[RuleRow]:
        """Rules × columns, in the scheme's order."""
        rules: dict[str, ObligationEntry] = {}
        cells: dict[tuple[str, str], list[Line]] = {}
        for line in self.lines:
            rules.setdefault(line.rule.id, line.rule)
            cells.setdefault((line.rule.id, line.column), []).append(line)
        return [
            RuleRow(rule, [
                (column, Cell(found) if (found := cells.get((id, column.key))) else None)
                for column in self.columns
            ])
            for id, rule in rules.items()
        ]  # fmt: skip

    @property
    def groups(self) -> list[tuple[str, int]]:
        """The heads above the columns and how many each spans."""
        return list(Counter(column.group for column in self.columns).items())

    @property
    def counts(self) -> Mapping[State, int]:
        """How many duties stand how, every state named."""
        return _counted(self.lines)

    def in_state(self, *states: State) -> list[Line]:
        """Lines in one of `states`, the most urgent first."""
        found = [line for line in self.lines if line.state in states]
        return sorted(found, key=lambda line: line.due or date.max)

    def line(self, key: str) -> Line | None:
        """The line of that key."""
        return next((line for line in self.lines if line.key == key), None)


def _counted(lines: Iterable[Line]) -> dict[State, int]:
    found = Counter(line.state for line in lines)
    return {state: found[state] for state in State}
