"""提纲: what is read from a Word file, and where it went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heading:
    """A heading (level from 1, its ordinal apart) and what stands below it up to the next heading."""

    level: int
    number: str
    text: str
    html: str = ""


@dataclass(frozen=True)
class Outline:
    """A Word file taken apart at its headings.

    `pictures` are its pictures by placeholder: `<img src="/files/N/">` of a text shows `pictures[N]` until the caller
    has stored them and put the ids of the files in their place (`with_pictures`).
    """

    parts: tuple[Heading, ...]
    preamble: str = ""
    pictures: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Went:
    """Where a heading went: a section's key, or "" when it is not placed; `likeness` is 0–1."""

    heading: Heading
    key: str
    likeness: float = 0.0


@dataclass(frozen=True)
class Placed:
    """The sections' texts by key, what found no section, and where each heading went (in order)."""

    html: Mapping[str, str]
    unplaced: tuple[tuple[str, str], ...] = ()
    headings: tuple[Went, ...] = ()
