"""数字与占位: the counted figures of a report, and how its text names them.

`{活动总数}` in a paragraph is the figure of that label; `{培训：参训教师·12}` the same figure of activity no. 12 alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Final

from tizhi.base.kit.errors import RuleBroken

from .figures.figure import Count, Left, Line, Value, literal

PLACEHOLDER: Final = re.compile(r"\{([^{}\n]*)\}")
_WIDE: Final = re.compile(r"｛([^｛｝\n]*)｝")
_LONGEST: Final = 40


@dataclass(frozen=True)
class Named:
    """An activity as lists of what was counted show it."""

    title: str
    unit: str
    day: str


@dataclass(frozen=True)
class Values:
    """All figures of one report; `numbers` leads from an activity's number in this report to its id."""

    figures: tuple[Value, ...]
    numbers: Mapping[int, int] = field(default_factory=dict)
    names: Mapping[int, Named] = field(default_factory=dict)

    @cached_property
    def by_label(self) -> dict[str, Value]:
        """Figures by what the text calls them."""
        return {value.label: value for value in self.figures}

    @cached_property
    def by_key(self) -> dict[str, Value]:
        """Figures by key."""
        return {value.key: value for value in self.figures}

    @property
    def listed(self) -> list[Value]:
        """The figures that stand for the whole period: what the annex and the command show."""
        return [value for value in self.figures if not value.is_single]

    def find(self, name: str) -> Value | None:
        """The figure that `name` (a placeholder's inside) stands for; None if there is none."""
        if value := self.by_label.get(name.strip()):
            return None if value.is_single else value
        label, _, number = name.strip().rpartition("·")
        return self._of(self.by_label.get(label), number)

    def at(self, address: str) -> Value | None:
        """The figure of an address: its key, or key·number for one activity alone."""
        key, dot, number = address.rpartition("·")
        value = self.by_key.get(key if dot else number)
        return self._of(value, number) if dot else value

    def _of(self, value: Value | None, number: str) -> Value | None:
        record = self.numbers.get(int(number)) if number.isascii() and number.isdigit() else None
        return value.only(record, int(number)) if value and record is not None else None

    def near(self, name: str) -> list[str]:
        """Up to three names that were probably meant."""
        label, dot, number = name.strip().partition("·")
        options = [value.label for value in self.figures if dot or not value.is_single]
        close = get_close_matches(label[:_LONGEST], options, 3, 0.4)
        guesses = [one for one in options if label and label in one] or close
        return [one + dot + number for one in guesses[:3]]

    def summary(self) -> list[dict[str, Any]]:
        """Every figure in short: what lists and the command show, frozen with an issued report."""
        return [_summed(value) for value in self.figures]

    def basis(self) -> dict[str, Any]:
        """What every figure adds up from, frozen beside the summary."""
        return {
            "counts": {value.key: asdict(value.counted) for value in self.figures},
            "numbers": {str(number): record for number, record in self.numbers.items()},
            "names": {str(record): asdict(named) for record, named in self.names.items()},
        }

    @staticmethod
    def restored(summary: Iterable[Mapping[str, Any]], basis: Mapping[str, Any]) -> Values:
        """The figures that gave `summary` and `basis`."""
        return Values(
            tuple(_restored(one, basis["counts"][one["key"]]) for one in summary),
            {int(number): record for number, record in basis["numbers"].items()},
            {int(record): Named(**named) for record, named in basis["names"].items()},
        )


def names_in(text: str) -> list[str]:
    """The names of the placeholders in `text`, in order."""
    return PLACEHOLDER.findall(text)


def pieces(text: str, values: Values) -> list[str | Value]:
    """`text` cut into words and figures; a placeholder that stands for nothing (any more) stays as it is written."""
    found: list[str | Value] = []
    for place, piece in enumerate(PLACEHOLDER.split(text)):
        if place % 2:
            found.append(values.find(piece) or f"{{{piece}}}")
        elif piece:
            found.append(piece)
    return found


def normalised(text: str, values: Values) -> str:
    """`text` with ｛活动总数｝, as Chinese keyboards write it, read as {活动总数}; other full-width braces stay."""
    return _WIDE.sub(lambda found: f"{{{found[1]}}}" if values.find(found[1]) else found[0], text)


def require_known(text: str, values: Values) -> None:
    """RuleBroken naming each placeholder that stands for no figure, with those that were probably meant."""
    unknown = [name for name in dict.fromkeys(names_in(text)) if values.find(name) is None]
    stray = PLACEHOLDER.sub("", text)
    faults = [_unknown(name, values.near(name)) for name in unknown]
    if "{" in stray or "}" in stray:
        faults.append("花括号不成对；花括号只用来写数字的名称，如{活动总数}")
    if faults:
        raise RuleBroken("；".join(faults) + "。", {"text": "；".join(faults)})


def _unknown(name: str, guesses: Iterable[str]) -> str:
    shown = literal(name[:_LONGEST])
    meant = "、".join(f"{{{guess}}}" for guess in guesses)
    return f"没有叫“{shown}”的数字" + (f"，是否应为{meant}" if meant else "，请从“可用数字”中选择")


def _summed(value: Value) -> dict[str, Any]:
    return {
        "key": value.key,
        "label": value.label,
        "unit": value.unit,
        "definition": value.definition,
        "number": None if value.is_single else value.number,
        "text": value.text,
        "is_single": value.is_single,
    }


def _restored(summed: Mapping[str, Any], counted: Mapping[str, Any]) -> Value:
    count = Count(
        tuple(Line(**line) for line in counted["lines"]),
        tuple(Left(**left) for left in counted["left"]),
        counted["others"],
        tuple(counted["share"]) if counted["share"] else None,
    )
    words = {name: summed[name] for name in ("key", "label", "unit", "definition", "is_single")}
    return Value(**words, counted=count)
