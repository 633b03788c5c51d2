"""印出: the text as blocks of a neutral document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import Final

from .. import document
from ..document import Block, Column, Figure, Heading, Paragraph, Table, Text
from .nodes import Cell, Grid, Line, List, Node, Picture, Quote, Row, Span

_ORDINAL = re.compile(
    r"(?:第[一二三四五六七八九十百零〇\d]{1,4}[章节部分条篇]+[ 　、：:]*"
    r"|[一二三四五六七八九十]{1,3}[、.．][ 　]*"
    r"|[（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)][、 　]*"
    r"|\d{1,2}(?:[.．]\d{1,2})*[、.．](?!\d)[ 　]*|\d{1,2}(?:[.．]\d{1,2})+[ 　]*)"
)
_CAPTION = re.compile(r"(表|图)[ 　]*[0-9０-９一二三四五六七八九十]*[-－.．\d]*[ 　：:.．、]+(\S.{0,40})")
_FIGURES = re.compile(r"[-+]?[\d,]+(?:\.\d+)?[%％]?")
_NARROWEST, _WIDEST = 2, 20  # characters
_MOST = 63  # columns


def printed(nodes: list[Node], level: int) -> Iterator[Block]:
    """The blocks, in order."""
    kinds = sorted({node.kind for node in nodes if isinstance(node, Line) and node.kind != "p"})
    levels = {kind: min(level + nth, 4) for nth, kind in enumerate(kinds)}
    captions = _captions(nodes)
    for nth, node in enumerate(nodes):
        if nth in captions.values():
            continue
        caption = _caption(nodes[captions[nth]]) if nth in captions else ""
        yield from _block(node, levels, caption)


def _captions(nodes: list[Node]) -> dict[int, int]:
    """Which paragraph is the caption of which table (above it) or picture (below it)."""
    found: dict[int, int] = {}
    for nth, node in enumerate(nodes):
        at = nth - 1 if isinstance(node, Grid) else nth + 1 if isinstance(node, Picture) else -1
        sign = "表" if isinstance(node, Grid) else "图"
        if 0 <= at < len(nodes) and _caption(nodes[at], sign) and at not in found.values():
            found[nth] = at
    return found


def _caption(node: Node, sign: str = "") -> str:
    found = _CAPTION.fullmatch(node.text) if isinstance(node, Line) else None
    return found[2] if found and sign in ("", found[1]) else ""


def _block(node: Node, levels: dict[str, int], caption: str = "") -> Iterator[Block]:
    match node:
        case Line(kind="p"):
            yield _paragraph("", node.spans)
        case Line():
            text = node.text.replace("\n", " ")
            yield Heading(_ORDINAL.sub("", text, count=1) or text, levels[node.kind])
        case List():
            yield from _items(node)
        case Quote():
            for each in node.nodes:
                yield from _block(each, levels)
        case Picture():
            yield Figure(f"file:{node.file}", caption, node.alt)
        case Grid():
            yield table(node, caption)
            pictures = (each for row in node.rows for cell in row.cells for each in cell.nodes)
            yield from (Figure(f"file:{each.file}", "", each.alt) for each in pictures if isinstance(each, Picture))


def _paragraph(before: str, spans: Iterable[Span]) -> Paragraph:
    runs = tuple(Text(span.text, bold="strong" in span.marks) for span in spans)
    return Paragraph((Text(before), *runs) if before else runs)


def _items(node: List, depth: int = 0) -> Iterator[Block]:
    """Numbered （1） and below ①, or with a dot and below a ring; what stands further in the item follows it."""
    for nth, item in enumerate(node.items, start=1):
        label = _label(nth, depth) if node.ordered else ("●", "○")[min(depth, 1)]
        for each in item.nodes:
            if isinstance(each, List):
                yield from _items(each, depth + 1)
            elif isinstance(each, Line):
                yield _paragraph(label, each.spans)
                label = ""
            else:
                yield from _block(each, {})


def _label(number: int, depth: int) -> str:
    return f"（{number}）" if depth == 0 else chr(0x2460 + number - 1) if number <= 20 else f"{number}）"


# Tables

Laid = list[list[str]]


def table(grid: Grid, caption: str = "") -> Table:
    """The table with every row as wide as the widest; its head is what is marked so, else its first row."""
    laid = _laid(grid)
    heads = len(list(takewhile(_is_head, grid.rows))) or 1
    if heads == len(laid):
        heads = 1
    columns = tuple(_column(titles, cells) for titles, cells in _columns(laid, heads))
    rows = (document.Row(tuple(Text(cell) for cell in row), total=row[0] in _TOTALS) for row in laid[heads:])
    return Table(caption, columns, tuple(rows))


_TOTALS: Final = ("合计", "总计", "小计")


def _is_head(row: Row) -> bool:
    return row.in_head or all(cell.is_head for cell in row.cells)


def _laid(grid: Grid) -> Laid:
    """The words of each place: a cell that spans rows is repeated, one that spans columns stands in the first."""
    placed: dict[tuple[int, int], str] = {}
    for down, row in enumerate(grid.rows):
        across = 0
        for cell in row.cells:
            while (down, across) in placed:
                across += 1
            if across >= _MOST:
                break
            words = "\n".join(_cell_lines(cell))
            for at in range(down, min(down + cell.down, len(grid.rows))):
                placed.setdefault((at, across), words)
                for right in range(across + 1, min(across + cell.across, _MOST)):
                    placed.setdefault((at, right), "")
            across += cell.across
    width = max((across for _, across in placed), default=-1) + 1
    return [[placed.get((down, across), "") for across in range(width)] for down in range(len(grid.rows))]


def _cell_lines(cell: Cell) -> Iterator[str]:
    for node in cell.nodes:
        for line in _block(node, {}):
            if isinstance(line, Paragraph):
                yield "".join(run.text for run in line.runs)


def _columns(laid: Laid, heads: int) -> Iterator[tuple[list[str], list[str]]]:
    for column in zip(*laid, strict=True):
        yield list(column[:heads]), list(column[heads:])


def _column(titles: list[str], cells: list[str]) -> Column:
    words = [word for nth, word in enumerate(titles) if word and word not in titles[:nth]]
    filled = [cell for cell in cells if cell]
    is_number = bool(filled) and all(_FIGURES.fullmatch(cell) for cell in filled)
    longest = max((len(line) for cell in (*filled, *words) for line in cell.split("\n")), default=0)
    width = min(max(longest, _NARROWEST), _WIDEST)
    return Column("\n".join(words).replace("\n", " "), "number" if is_number else "text", width)
