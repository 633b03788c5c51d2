"""差异: the answer of a comparison, as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["same", "added", "removed", "changed", "moved"]
Run = tuple[str, Literal["same", "added", "removed"]]


@dataclass(frozen=True)
class Change:
    """One block of the text: a paragraph, a heading, an item of a list, a row of a table, a picture.

    `block` is p, h2, h3, h4, li, row, quote or img. A moved block stands at its new place and may be changed as well;
    `moved_from` is its place in the old text, counted in blocks from 0.
    """

    kind: Kind
    runs: tuple[Run, ...]
    block: str = "p"
    moved_from: int | None = None


@dataclass(frozen=True)
class Comparison:
    """All blocks of both texts, in reading order."""

    changes: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return all(change.kind == "same" for change in self.changes)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many blocks are of each kind; 0 for a kind that does not occur."""
        return Counter(change.kind for change in self.changes)
