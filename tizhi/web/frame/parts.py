"""页面部件: what the shared fragments draw."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Step:
    """One state in the course of a record: done (who, when), now, or still to come."""

    name: str
    state: Literal["done", "now", "todo"]
    lines: Sequence[str] = ()


@dataclass(frozen=True)
class Tab:
    """One view of a record; `note` is its count."""

    label: str
    url: str
    note: str = ""
    is_current: bool = False
