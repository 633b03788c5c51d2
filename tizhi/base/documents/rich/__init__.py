"""富文本: text written in the browser, as a small clean HTML that every reader and writer of this house knows."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

import nh3

from ..document import Block
from . import printed
from .nodes import Line, List, Node, Picture, Quote, lines_of, written
from .parse import read

__all__ = ["blocks", "clean", "is_empty", "length", "pictures_in", "plain"]

_TAGS: Final = frozenset(
    ["p", "h2", "h3", "h4", "br", "strong", "em", "u", "s", "sub", "sup", "a", "img", "ul", "ol", "li", "blockquote",
     "table", "thead", "tbody", "tr", "th", "td"]
)  # fmt: skip
_ATTRIBUTES: Final = {
    "a": {"href"}, "img": {"src", "alt"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"},
}  # fmt: skip
_SCHEMES: Final = {"http", "https", "mailto"}


def clean(html: str, pictures: Container[int] | None = None) -> str:
    """`html` made safe and brought into its one form; cleaning it again changes nothing.

    Kept are headings, paragraphs, lists, quotations, tables, simple marks, links, and pictures stored here – only
    those in `pictures` when that is given.
    """
    # The tree holds nothing that is not safe; nh3 stands behind it all the same.
    return nh3.clean(
        written(read(html, pictures)), tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
    )


def plain(html: str) -> str:
    """The text: a line for each paragraph and each row of a table, whose cells are parted by tabs."""
    return "\n".join(lines_of(read(html)))


def pictures_in(html: str) -> list[int]:
    """The ids of the files shown as pictures, in order."""
    return [picture.file for picture in _pictures(read(html))]


def length(html: str) -> int:
    """How many signs were written; blanks are not counted."""
    return len("".join(plain(html).split()))


def is_empty(html: str) -> bool:
    """Whether there is neither text nor picture."""
    nodes = read(html)
    return not any(line.strip() for line in lines_of(nodes)) and not _pictures(nodes)


def blocks(html: str, level: int = 2) -> tuple[Block, ...]:
    """The text as blocks of a neutral document; its topmost headings get `level`, those below them the next ones.

    Ordinals typed before headings are taken off, for the writers number them. A picture is a Figure whose image is
    called `file:<id>`.
    """
    return tuple(printed.printed(read(html), level))


def _pictures(nodes: Iterable[Node]) -> list[Picture]:
    found: list[Picture] = []
    for node in nodes:
        match node:
            case Picture():
                found.append(node)
            case Quote():
                found += _pictures(node.nodes)
            case List():
                found += [each for item in node.items for each in _pictures(item.nodes)]
            case Line():
                pass
            case _:
                found += [each for row in node.rows for cell in row.cells for each in _pictures(cell.nodes)]
    return found
