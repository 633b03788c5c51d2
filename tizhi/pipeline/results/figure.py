"""链条图: the chain line by line – a need at the left, what was found in the middle, what will be done at the right.

Where it is broken off an empty place stands, dashed and in words. Each line is drawn for itself, so that no line
crosses a box; a measure that answers two needs stands in both lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tizhi.base.documents.drawing.arrange import Block, Node, column
from tizhi.base.documents.drawing.parts import Box, Card, Connector, Drawing, Part, Text, boxed
from tizhi.base.documents.drawing.parts import Row as Said

from .chain import KINDS, NOT_YET_WORDS, Chain, Piece, Row

WIDE: Final = 1160.0
NARROW: Final = 340.0
BETWEEN: Final = 64.0  # from column to column: room for the lines
CELL: Final = (WIDE - 2 * BETWEEN) / 3
INSIDE: Final = 10.0  # between boxes of one cell
LINES: Final = 30.0  # between lines of the chain
LANE: Final = 14.0  # above the findings, for what leads past them
HEAD: Final = 34.0
_AT = {kind: place * (CELL + BETWEEN) for place, kind in enumerate(KINDS)}


def drawn(chain: Chain, title: str) -> Drawing:
    """The chain for a desk and for paper."""
    parts: list[Part] = [Text(x, 18, KINDS[kind], "title") for kind, x in _AT.items()]
    y = HEAD
    for row in chain.rows:
        block = _line(chain, row)
        parts += block.at(0, y)
        y += block.height + LINES
    return Drawing(title, described(chain), WIDE, max(y - LINES, HEAD), tuple(parts))


def drawn_narrow(chain: Chain, title: str) -> Drawing:
    """The same below one another, for a phone."""
    block = column([_branch(chain, row) for row in chain.rows], NARROW, 18)
    return Drawing(title, described(chain), NARROW, max(block.height, 1), block.parts)


def described(chain: Chain) -> str:
    """What the picture shows, in a sentence."""
    told = f"需求{len(chain.needs)}项，调研发现{len(chain.findings)}条，举措{len(chain.measures)}项"
    return f"{told}；断开{len(chain.broken)}处。{NOT_YET_WORDS}"


# The cards


def card_of(chain: Chain, piece: Piece) -> Card:
    """A piece as a box: number and words, what it is about, and why the chain ends here."""
    why = chain.why_broken(piece)
    title = piece.said if piece.kind != "finding" else piece.words
    notes = [each for each in (piece.area, piece.note) if each]
    if piece.kind == "finding":
        notes = [f"{piece.code}　{piece.note}"]
    rows = (Said("", why, is_vacant=True),) if why else ()
    return Card(piece.key, title, ("　".join(notes),) if notes else (), rows, is_small=True)


def _branch(chain: Chain, row: Row) -> Node:
    """A line as a tree: the need, below it what was found and what will be done."""
    below = [Node(card_of(chain, one), arrows="end") for one in (*row.findings, *row.measures)]
    if row.need:
        return Node(card_of(chain, row.need), tuple(below), "end")
    first, *others = below
    return Node(first.card, tuple(others), "end")


# One line


def _line(chain: Chain, row: Row) -> Block:
    """The boxes of a line in their columns, each column in the middle of its height, and the lines between them."""
    passes = bool(row.findings) and any(not _is_through(chain, row, one) for one in row.measures)
    cells = {
        "need": _cell(chain, [row.need] if row.need else [], _AT["need"]),
        "finding": _cell(chain, row.findings, _AT["finding"]),
        "measure": _cell(chain, row.measures, _AT["measure"]),
    }
    lane = LANE if passes and row.need else 0
    high = max(_foot(cells["need"]), _foot(cells["finding"]) + 2 * lane, _foot(cells["measure"]))
    placed = {kind: [box.moved(0, (high - _foot(boxes)) / 2) for box in boxes] for kind, boxes in cells.items()}
    boxes = {box.card.key: box for several in placed.values() for box in several}
    top = min((box.y for box in placed["finding"]), default=0.0) - LANE / 2
    lines = list(_connectors(chain, row, boxes, max(top, 0.0)))
    return Block((*lines, *boxes.values()), WIDE, high)


def _cell(chain: Chain, pieces: Sequence[Piece], x: float) -> list[Box]:
    boxes, y = [], 0.0
    for one in pieces:
        box = boxed(card_of(chain, one), CELL).moved(x, y)
        boxes.append(box)
        y += box.height + INSIDE
    return boxes


def _foot(boxes: Sequence[Box]) -> float:
    return max((box.y + box.height for box in boxes), default=0.0)


def _is_through(chain: Chain, row: Row, measure: Piece) -> bool:
    """Whether the way from the need to this measure leads over one of its findings."""
    shown = {one.key for one in row.findings}
    of_need = {one.key for one in chain.beside(row.need, "finding")} if row.need else set()
    return any(one.key in shown and one.key in of_need for one in chain.beside(measure, "finding"))


def _connectors(chain: Chain, row: Row, boxes: dict[str, Box], lane: float) -> Iterator[Connector]:
    for finding in row.findings:
        if row.need and finding in chain.beside(row.need, "finding"):
            yield _across(boxes[row.need.key], boxes[finding.key])
        for measure in row.measures:
            if finding in chain.beside(measure, "finding"):
                yield _across(boxes[finding.key], boxes[measure.key])
    for measure in row.measures:
        if row.need and not _is_through(chain, row, measure):
            yield _past(boxes[row.need.key], boxes[measure.key], lane if row.findings else None)


def _across(one: Box, other: Box) -> Connector:
    """From the right edge of a box to the left edge of the next, with one bend between the columns."""
    x, y = one.x + one.width, one.y + one.height / 2
    end, at = other.x, other.y + other.height / 2
    if abs(y - at) < 1:
        return Connector(((x, y), (end, y)), "end")
    middle = (x + end) / 2
    return Connector(((x, y), (middle, y), (middle, at), (end, at)), "end")


def _past(one: Box, other: Box, lane: float | None) -> Connector:
    """From a need to a measure, above the findings that stand between them."""
    if lane is None:
        return _across(one, other)
    x, y = one.x + one.width, one.y + one.height / 2
    end, at = other.x, other.y + other.height / 2
    left, right = x + BETWEEN / 4, end - BETWEEN / 4
    return Connector(((x, y), (left, y), (left, lane), (right, lane), (right, at), (end, at)), "end")
