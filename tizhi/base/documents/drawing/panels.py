"""衬底: a ground with words on top, for parts that belong together."""

from __future__ import annotations

from typing import Final

from .arrange import Block
from .measure import ems, wrapped
from .parts import PITCH, SIZES, Panel, Text

INSIDE: Final = 16  # from the edge of a panel to what stands in it


def panel(title: str, note: str, inside: Block | None, width: float) -> Block:
    """A ground with its words on top."""
    head = panel_head(title, note, width - 2 * INSIDE)
    parts = list(head.at(INSIDE, 0))
    y = head.height
    if inside:
        parts += inside.at(INSIDE, y + 4)
        y += inside.height + 4
    return Block((Panel(0, 0, width, y + INSIDE), *parts), width, y + INSIDE)


def panel_head(title: str, note: str, width: float) -> Block:
    """A title with its note beside it, or below it where the line is too short."""
    y = INSIDE + 10.0
    aside = ems(title) * SIZES["title"] + INSIDE
    parts = [Text(0, y, title, "title")]
    if aside + ems(note) * SIZES["note"] <= width:
        return Block((*parts, *([Text(aside, y, note, "note")] if note else [])), width, y + 8)
    for line in wrapped(note, width, SIZES["note"]):
        y += PITCH["note"] + 2
        parts.append(Text(0, y, line, "note"))
    return Block(tuple(parts), width, y + 8)
