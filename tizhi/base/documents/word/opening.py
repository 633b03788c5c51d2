"""开头: head, title and addressee (GB/T 9704-2012 7.2, 7.3.1, 7.3.2)."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document, Head
from .measures import WIDTH, length
from .properties import aligned, size, spacing
from .xml import Element, paragraph, run, tab

_LARGEST = 48  # points


def opening(document: Document) -> Iterator[Element]:
    """What stands above the text."""
    if document.head:
        yield from _head(document.head, document.number)
    if document.title:
        yield paragraph("Title", run("\n".join(document.title)))
    if document.number and not document.head:
        yield paragraph("Number", run(document.number))
    if document.addressee:
        yield paragraph("Addressee", run(f"{document.addressee}："))


def _head(head: Head, number: str) -> Iterator[Element]:
    """The red name, as large as one line allows; the number; and the red rule below the last line of the head."""
    sides = bool(head.left or head.right)
    points = min(_LARGEST, int(WIDTH / 20 / max(length(head.name), 1)))
    # 35 mm below the edge of the type area (7.2.4) are 3.4 lines.
    below = spacing(before=3.4, after=1 if sides else 2, line=points * 25)
    yield paragraph("HeadName", run(head.name, *size(points)), properties=(below,))
    if sides:
        yield paragraph("HeadNumber", run(number))
        yield paragraph("HeadRule", tab(), run(head.left), tab(), run(head.right))
    else:
        yield paragraph("HeadRule", run(number), properties=(aligned("center"),))
