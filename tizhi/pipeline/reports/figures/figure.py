"""数字: a figure that explains itself – what it means, what it counts and adds up to, what it leaves out and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from tizhi.base.kit import words

from ..facts import Facts

Amount = int | float


_BRACES: Final = str.maketrans("{}", "｛｝")


def literal(text: str) -> str:
    """`text` as it may stand in a paragraph: braces are the report's own signs, foreign ones become full-width."""
    return text.translate(_BRACES)


def plain(value: Decimal | int) -> Amount:
    """A whole number as int, any other as float."""
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True)
class Line:
    """One thing counted, and how much it adds: an activity (`record`) or something named in words."""

    amount: Amount
    record: int = 0
    words: str = ""


@dataclass(frozen=True)
class Left:
    """One thing not counted, and why."""

    reason: str
    record: int = 0
    words: str = ""


@dataclass(frozen=True)
class Count:
    """What counting gave. `others` says in a sentence what the figure is not about; a share has no sum."""

    lines: tuple[Line, ...] = ()
    left: tuple[Left, ...] = ()
    others: str = ""
    share: tuple[Amount, Amount] | None = None

    @property
    def value(self) -> Amount | None:
        """The sum of the lines; for a share per cent, rounded half up; None for a share of nothing."""
        if self.share is None:
            return plain(sum((Decimal(str(line.amount)) for line in self.lines), Decimal(0)))
        part, whole = self.share
        return plain(Decimal(words.number(Decimal(part) * 100 / Decimal(whole), 1))) if whole else None

    @property
    def text(self) -> str:
        """The number as page, Word and list print it."""
        if self.value is None:
            return "—"
        return f"{words.number(self.value, 1)}%" if self.share else words.number(self.value)


@dataclass(frozen=True)
class Figure:
    """One figure, decided once for page, Word, command and frozen copy.

    `is_single` figures say nothing when added (hours of different courses): they stand for one activity only.
    """

    key: str
    label: str
    unit: str
    definition: str
    count: Callable[[Facts], Count]
    is_single: bool = False

    def of(self, facts: Facts) -> Value:
        """This figure counted."""
        return Value(self.key, self.label, self.unit, self.definition, self.count(facts), self.is_single)


@dataclass(frozen=True)
class Value:
    """A figure with what it came to."""

    key: str
    label: str
    unit: str
    definition: str
    counted: Count
    is_single: bool = False
    of: int = 0

    @property
    def address(self) -> str:
        """Where it is explained: its key, with the activity's number when it is of one alone."""
        return f"{self.key}·{self.of}" if self.of else self.key

    @property
    def number(self) -> Amount | None:
        """What it came to."""
        return self.counted.value

    @property
    def text(self) -> str:
        """The number as printed, without its unit; a share carries its sign."""
        return self.counted.text

    @property
    def records(self) -> tuple[int, ...]:
        """The activities counted."""
        return tuple(line.record for line in self.counted.lines if line.record)

    def only(self, record: int, number: int) -> Value:
        """The same figure of one activity alone, the one of that number in the report."""
        lines = tuple(line for line in self.counted.lines if line.record == record)
        left = tuple(one for one in self.counted.left if one.record == record)
        return replace(self, counted=Count(lines, left), is_single=False, of=number)
