"""所写: the text as the author wrote it, table by table, with what is wrong about each.

A key that has a fault is unsound: no other check leans on it, so that one slip is one fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..grammar import Table
from ..wording import shortened


@dataclass(frozen=True)
class Fault:
    """错处: the entry it is in, a sentence on what is wrong and what to do; a warning does not keep a scheme out."""

    entry: str
    fault: str
    warning: bool = False

    def __str__(self) -> str:
        return f"{self.entry}：{self.fault}"


@dataclass(eq=False)
class Said:
    """One table of the text: its name in faults, its sound values, its own tables.

    `guessed` are keys read from a misspelt one, `copy_of` is the entry this one repeats.
    """

    table: Table
    name: str
    raw: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    parts: dict[str, list[Said]] = field(default_factory=dict)
    unsound: set[str] = field(default_factory=set)
    guessed: set[str] = field(default_factory=set)
    copy_of: Said | None = None
    found: list[Fault] = field(default_factory=list)

    def entry(self, key: str = "") -> str:
        """How a fault names this table or one of its keys: unit[bnu].roles."""
        return ".".join(part for part in (self.name, shortened(key)) if part)

    def fault(self, key: str, sentence: str) -> None:
        """Note a fault; a key that was only guessed from a misspelt one has its fault already."""
        self.unsound.add(key)
        if key not in self.guessed:
            self.found.append(Fault(self.entry(key), sentence))

    def warn(self, key: str, sentence: str) -> None:
        """Note something odd that may well be meant."""
        self.found.append(Fault(self.entry(key), sentence, warning=True))

    def sound(self, key: str) -> bool:
        """Whether other checks may lean on this key, written or left out."""
        return key not in self.unsound

    def get(self, key: str, default: Any = None) -> Any:
        """The sound value of a key."""
        return self.values.get(key, default) if self.sound(key) else default

    def has(self, key: str, word: str) -> bool:
        """Whether the list behind a key names `word`, as far as the list can be read."""
        return word in self.values.get(key, ())

    def each(self, key: str) -> list[Said]:
        """The tables behind a key."""
        return self.parts.get(key, [])

    def all(self) -> Iterator[Said]:
        """This table and every table in it, in the order of the form."""
        yield self
        for parts in self.parts.values():
            for part in parts:
                yield from part.all()
