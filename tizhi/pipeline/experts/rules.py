"""专家规则: what a sound nomination, letter and pace say. No database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

# What holds for an expert who has not said otherwise: papers at once, days before the due day to be reminded on.
AT_ONCE: Final = 3
REMIND: Final = (3, 1)
MOST_AT_ONCE: Final = 20
MOST_DAYS_AHEAD: Final = 30


def is_absent(absences: Iterable[tuple[date | None, date | None]], day: date) -> bool:
    """Whether any of the spans, first and last day, holds `day`."""
    return any((first or date.min) <= day <= (last or date.max) for first, last in absences)


def days_in_order(days: Iterable[int]) -> tuple[int, ...]:
    """Days ahead, each once, the farthest first."""
    return tuple(sorted(set(days), reverse=True))
