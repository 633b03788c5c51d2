"""节点: the text as a small tree with one written form, so that the same text is always the same HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Final

# The order in which marks are nested.
MARKS: Final = ("strong", "em", "u", "s", "sub", "sup")


@dataclass
class Span:
    """Words that look alike; `\\n` breaks the line."""

    text: str
    marks: tuple[str, ...] = ()
    href: str = ""


@dataclass
class Line:
    """A paragraph (`p`) or a heading (`h2` `h3` `h4`)."""

    kind: str
    spans: list[Span]

    @property
    def text(self) -> str:
        """The words, without their looks."""
        return "".join(span.text for span in self.spans)


@dataclass
class Picture:
    """A stored picture, by the id of its file."""

    file: int
    alt: str = ""


@dataclass
class Item:
    """An item of a list: paragraphs, pictures, lists."""

    nodes: list[Node] = field(default_factory=list)


@dataclass
class List:
    """A numbered or a dotted list."""

    ordered: bool
    items: list[Item] = field(default_factory=list)


@dataclass
class Quote:
    """A quotation."""

    nodes: list[Node] = field(default_factory=list)


@dataclass
class Cell:
    """A cell of a table, which may span columns and rows."""

    is_head: bool
    across: int = 1
    down: int = 1
    nodes: list[Node] = field(default_factory=list)


@dataclass
class Row:
    """A row of a table."""

    in_head: bool
    cells: list[Cell] = field(default_factory=list)


@dataclass
class Grid:
    """A table."""

    rows: list[Row] = field(default_factory=list)


Node = Line | Picture | List | Quote | Grid


def written(nodes: Iterable[Node]) -> str:
    """The HTML of `nodes`."""
    return "".join(_node(node) for node in nodes)


def lines_of(nodes: Iterable[Node]) -> Iterator[str]:
    """The words of `nodes`: a line for each paragraph and for each row of a table, whose cells are parted by tabs."""
    for node in nodes:
        match node:
            case Line():
                yield node.text.replace("\n", " ")
            case List():
                for item in node.items:
                    yield from lines_of(item.nodes)
            case Quote():
                yield from lines_of(node.nodes)
            case Grid():
                yield from ("\t".join(text_of(cell) for cell in row.cells) for row in node.rows)


def text_of(cell: Cell) -> str:
    """The words of a cell, in one line."""
    return " ".join(lines_of(cell.nodes)).replace("\t", " ")


def _node(node: Node) -> str:
    match node:
        case Line():
            return f"<{node.kind}>{''.join(_spans(node.spans))}</{node.kind}>"
        case Picture():
            return f'<img src="/files/{node.file}/" alt="{escape(node.alt)}">'
        case List():
            tag = "ol" if node.ordered else "ul"
            return f"<{tag}>{''.join(f'<li>{_content(item.nodes)}</li>' for item in node.items)}</{tag}>"
        case Quote():
            return f"<blockquote>{written(node.nodes)}</blockquote>"
        case Grid():
            return f"<table>{''.join(_parts(node))}</table>"


def _content(nodes: list[Node]) -> str:
    """What stands in an item or a cell: its only paragraph goes without `p`."""
    lines = [node for node in nodes if isinstance(node, Line)]
    if len(lines) == 1 and nodes[0] is lines[0]:
        return "".join(_spans(lines[0].spans)) + written(nodes[1:])
    return written(nodes)


def _parts(grid: Grid) -> Iterator[str]:
    head = [row for row in grid.rows if row.in_head]
    body = [row for row in grid.rows if not row.in_head]
    for tag, rows in (("thead", head), ("tbody", body)):
        if rows:
            yield f"<{tag}>{''.join(map(_row, rows))}</{tag}>"


def _row(row: Row) -> str:
    return f"<tr>{''.join(map(_cell, row.cells))}</tr>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.is_head else "td"
    across = f' colspan="{cell.across}"' if cell.across > 1 else ""
    down = f' rowspan="{cell.down}"' if cell.down > 1 else ""
    return f"<{tag}{across}{down}>{_content(cell.nodes)}</{tag}>"


def _spans(spans: list[Span]) -> Iterator[str]:
    """Each span inside its marks; marks that go on are not closed between."""
    stack: list[tuple[str, str]] = []
    for span in spans:
        wanted = [("a", span.href)] if span.href else []
        wanted += [(mark, "") for mark in MARKS if mark in span.marks]
        common = next((at for at, pair in enumerate(zip(stack, wanted, strict=False)) if pair[0] != pair[1]), None)
        kept = min(len(stack), len(wanted)) if common is None else common
        yield from (f"</{tag}>" for tag, _ in reversed(stack[kept:]))
        for tag, href in wanted[kept:]:
            yield f'<a href="{escape(href)}">' if tag == "a" else f"<{tag}>"
        stack = wanted
        yield escape(span.text, quote=False).replace("\n", "<br>")
    yield from (f"</{tag}>" for tag, _ in reversed(stack))
