"""台账规则: when a duty counts as done, soon, late – a list of states, the first that fits. No database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Final

from tizhi.pipeline.scheme.entries import ObligationEntry

from .finding import Finding

SOON_BY_ITSELF: Final = 7  # days before due, where the scheme reminds nobody


class State(Enum):
    """How one duty stands: its code and its word; a state is never told by colour alone."""

    LATE = ("late", "逾期")
    SOON = ("soon", "临期")
    DONE = ("done", "已完成")
    PENDING = ("pending", "未到期")
    NIL = ("nil", "本期无")
    WAIVED = ("waived", "免除")
    NOT_YET = ("not-yet", "尚未启用")

    @property
    def code(self) -> str:
        """The word of addresses and styles."""
        return self.value[0]

    @property
    def word(self) -> str:
        """The word of pages and documents."""
        return self.value[1]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self in (State.LATE, State.SOON, State.PENDING)

    @classmethod
    def of(cls, code: str) -> State:
        """The state of that code; KeyError if there is none."""
        return {one.code: one for one in cls}[code]


_Test = Callable[[ObligationEntry, Finding | None, date | None, date], bool]
# What is done is done, also after its day; what was excused is excused, also once late.
_STATES: Final[tuple[tuple[State, _Test], ...]] = (
    (State.NOT_YET, lambda rule, found, due, today: found is None),
    (State.DONE, lambda rule, found, due, today: found.is_met),  # type: ignore[union-attr]
    (State.NIL, lambda rule, found, due, today: found.is_nil),  # type: ignore[union-attr]
    (State.WAIVED, lambda rule, found, due, today: bool(found.excused)),  # type: ignore[union-attr]
    (State.LATE, lambda rule, found, due, today: found.is_lost or (due is not None and due < today)),  # type: ignore[union-attr]
    (State.SOON, lambda rule, found, due, today: is_near(rule, _nearest(found, due), today)),  # type: ignore[arg-type]
)


def state_of(rule: ObligationEntry, found: Finding | None, due: date | None, today: date) -> State:
    """The state of a duty under `rule`, due on `due`, for which `found` was found; None: nothing can be found yet."""
    return next((state for state, fits in _STATES if fits(rule, found, due, today)), State.PENDING)


def is_near(rule: ObligationEntry, due: date | None, today: date) -> bool:
    """临期: from the day of the first reminder on."""
    return due is not None and (due - today).days <= max(rule.remind, default=SOON_BY_ITSELF)


def _nearest(found: Finding, due: date | None) -> date | None:
    """A part of a duty may fall due before the whole: the next brief of a quarter."""
    return min((day for day in (found.next_due, due) if day), default=None)
