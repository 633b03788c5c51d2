"""查得: what a measure found of one duty – how much counts, since when, whether it can still be met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Excuse:
    """免除: who decided it, why, and since when."""

    words: str
    reason: str
    on: date | None = None


@dataclass(frozen=True)
class Finding:
    """`done` of `needed` count; `on` is the day on which that was reached.

    `is_lost` says that it can be met no more (a brief was late), `is_past_help` that nobody can do anything about it
    either, `next_due` that a part of it falls due before the whole, `is_nil` that nothing happened or that this was
    signed. `note` is a word on the circumstances.
    """

    done: int = 0
    needed: int = 1
    on: date | None = None
    is_nil: bool = False
    is_lost: bool = False
    is_past_help: bool = False
    is_still_open: bool = False
    next_due: date | None = None
    excused: Excuse | None = None
    note: str = ""
    records: tuple[int, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether enough counts, and nothing that is still to come could change it."""
        return self.done >= self.needed and not (self.is_nil or self.is_lost or self.is_still_open)
