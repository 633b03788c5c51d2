"""排布: trees of cards as boxes – stacked one below another, or hung in rows below what they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Final, TypeVar

from .parts import Arrows, Box, Card, Connector, Part, Point, boxed

GAP: Final = 28  # between boxes side by side
INDENT, BELOW = 28, 14  # a child in its parent's column: further right, and so far below what stands above it
DROP: Final = 20  # from a box to the line that leads to several others, and from that to each
_TURN: Final = 28

One = TypeVar("One")


@dataclass(frozen=True)
class Node:
    """A card with what belongs to it; `arrows` stand on the lines to its children."""

    card: Card
    children: tuple[Node, ...] = ()
    arrows: Arrows = ""


@dataclass(frozen=True)
class Block:
    """Parts laid out from a corner of their own, and the room they take; `head` is the height of the first box."""

    parts: tuple[Part, ...]
    width: float
    height: float
    head: float = 0

    def at(self, x: float, y: float) -> tuple[Part, ...]:
        """The parts moved to that place."""
        return tuple(part.moved(x, y) for part in self.parts)


def stack(node: Node, width: float) -> Block:
    """A card with its children below it in the same column, each led to from the left."""
    box = boxed(node.card, width)
    lines: list[Part] = []
    boxes: list[Part] = [box]
    y = start = box.height
    for child in node.children:
        block = stack(child, width - INDENT)
        y += BELOW
        turn = y + min(_TURN, block.head / 2)
        lines.append(Connector(((INDENT / 2, start), (INDENT / 2, turn), (INDENT, turn)), node.arrows))
        start = turn
        boxes += block.at(INDENT, y)
        y += block.height
    return Block((*lines, *boxes), width, y, box.height)


def column(nodes: Iterable[Node], width: float, gap: float = GAP) -> Block:
    """Stacks below one another."""
    return pile([stack(node, width) for node in nodes], gap)


def pile(blocks: Sequence[Block], gap: float) -> Block:
    """Blocks below one another, the left edges in line."""
    parts: list[Part] = []
    y = 0.0
    for block in blocks:
        parts += block.at(0, y)
        y += block.height + gap
    width = max((block.width for block in blocks), default=0)
    return Block(tuple(parts), width, max(y - gap, 0), blocks[0].head if blocks else 0)


def columns_for(count: int, most: int) -> int:
    """Into how many columns `count` things go so that the rows are evenly full."""
    return ceil(count / ceil(count / most)) if count else 1


def _rows(things: Sequence[One], most: int) -> list[Sequence[One]]:
    return [things[start : start + most] for start in range(0, len(things), most)]


def tiles(cards: Sequence[Card], width: float, most: int, gap: float = 12) -> Block:
    """Cards side by side in as many rows as they need, all of one row equally high."""
    per_row = columns_for(len(cards), most)
    cell = (width - gap * (per_row - 1)) / per_row
    parts: list[Part] = []
    y = 0.0
    for row in _rows(cards, per_row):
        boxes = [boxed(card, cell) for card in row]
        high = max(box.height for box in boxes)
        parts += [replace(box, x=nth * (cell + gap), y=y, height=high) for nth, box in enumerate(boxes)]
        y += high + gap
    return Block(tuple(parts), width, max(y - gap, 0))


def hang(
    nodes: Sequence[Node], width: float, source: float | None, most: int, widest: float, drop: float = DROP
) -> Block:
    """Stacks in rows across `width`, each led to from the point `source` on the upper edge (None: no lines).

    `most` stand in a row, none wider than `widest`; the line to a further row runs down at the left of all.
    """
    if not nodes:
        return Block((), width, 0)
    per_row = columns_for(len(nodes), most)
    rows = _rows(nodes, per_row)
    aside = GAP / 2 if source is not None and len(rows) > 1 else 0
    cell = min((width - aside - GAP * (per_row - 1)) / per_row, widest)
    lines: list[Part] = []
    boxes: list[Part] = []
    y = drop + DROP if source is not None else 0.0
    for nth, row in enumerate(rows):
        blocks = [stack(node, cell) for node in row]
        left = aside + (width - aside - len(row) * cell - (len(row) - 1) * GAP) / 2
        for place, block in enumerate(blocks):
            x = left + place * (cell + GAP)
            boxes += block.at(x, y)
            if source is not None:
                lines.append(Connector(_way(source, drop, nth, x + cell / 2, y)))
        y += max(block.height for block in blocks) + (GAP if source is None else 2 * DROP)
    return Block((*lines, *boxes), width, y - (GAP if source is None else 2 * DROP))


def pieces(
    nodes: Sequence[Node], most: int, fits: Callable[[Sequence[Node]], bool]
) -> list[tuple[Sequence[Node], int]]:
    """The nodes in pieces of full rows, each as long as `fits` says, and how many stand in a row of it."""
    per_row = columns_for(len(nodes), most)
    done: list[list[Node]] = []
    for row in _rows(nodes, per_row):
        if done and fits([*done[-1], *row]):
            done[-1] += row
        else:
            done.append(list(row))
    return [(piece, per_row) for piece in done]


def _way(source: float, drop: float, row: int, x: float, y: float) -> tuple[Point, ...]:
    """From the source to the middle of a box: along one line above the row, and for a further row first down."""
    return tuple(_bends(source, drop, row, x, y))


def _bends(source: float, drop: float, row: int, x: float, y: float) -> Iterator[Point]:
    yield source, 0
    yield source, drop
    if row:
        yield 0, drop
        yield 0, y - DROP
    yield x, y - DROP
    yield x, y


@dataclass(frozen=True)
class Family:
    """Cards side by side that belong to the card of the key `parent`, or to none ("")."""

    parent: str
    nodes: tuple[Node, ...]
    most: int
    widest: float


def families(given: Iterable[Family], width: float) -> Block:
    """Families below one another; each is led to from its parent, past whatever stands between."""
    parts: list[Part] = []
    y = 0.0
    for family in given:
        boxes = {part.card.key: part for part in parts if isinstance(part, Box)}
        source = boxes.get(family.parent)
        if source is None:
            block = hang(family.nodes, width, None, family.most, family.widest)
        else:
            x = _clear(source, boxes.values())
            block = hang(family.nodes, width, x, family.most, family.widest)
            parts.insert(0, Connector(_down(source, x, y)))
        parts += block.at(0, y)
        y += block.height
    return Block(tuple(parts), width, y)


def _clear(source: Box, boxes: Iterable[Box]) -> float:
    """Where a line from the middle of `source` comes down without crossing a box below it."""
    x = source.x + source.width / 2
    for box in sorted(boxes, key=lambda box: box.x):
        if box.y > source.y + source.height and box.x - GAP / 2 < x < box.x + box.width + GAP / 2:
            x = box.x + box.width + GAP / 2
    return x


def _down(source: Box, x: float, y: float) -> tuple[Point, ...]:
    middle, foot = source.x + source.width / 2, source.y + source.height
    if x == middle:
        return (middle, foot), (middle, y)
    return (middle, foot), (middle, foot + DROP / 2), (x, foot + DROP / 2), (x, y)
