"""结尾: attachments, attendance, signature, date and notes (GB/T 9704-2012 7.3.4–7.3.7, 10.3)."""

from __future__ import annotations

from collections.abc import Iterator

from ...kit import words
from ..document import Document
from .blocks import labelled
from .measures import CHARACTERS, length
from .properties import indent, spacing
from .xml import Element, paragraph, run, tab

_BLANKS = 2


def closing(document: Document) -> Iterator[Element]:
    """What stands below the text, without the imprint."""
    yield from _attachments(document.attached)
    yield from (labelled(line, above=int(not position)) for position, line in enumerate(document.attendance))
    yield from _signed(document.signature, words.day(document.dated) if document.dated else "")
    yield from (paragraph("Notes", run(f"（{note}）")) for note in document.notes)


def _attachments(names: tuple[str, ...]) -> Iterator[Element]:
    """附件： with the names below one another; a name that runs on starts under its own first character (7.3.4)."""
    label = "附件："
    number = 0 if len(names) == 1 else 1 if len(names) < 10 else 1.5
    left = 2 + length(label) + number
    for position, name in enumerate(names, start=1):
        first = position == 1
        place = indent(left=left, hanging=number + (length(label) if first else 0))
        ordinal = [run(f"{position}."), tab()] if number else []
        above = spacing(before=1) if first else None
        yield paragraph("Attachments", *([run(label)] if first else []), *ordinal, run(name), properties=(place, above))


def _signed(signature: str, dated: str) -> Iterator[Element]:
    """Signature and date without a seal (7.3.5.2): two blanks at the right, the date two right of the signature."""
    left = max(0, CHARACTERS - _BLANKS - max(length(signature), _BLANKS + length(dated)))
    if signature:
        yield paragraph("Signature", run(signature), properties=(indent(left=left),))
    if dated:
        above = spacing(before=0 if signature else 1)
        yield paragraph("Dated", run(dated), properties=(indent(left=left + _BLANKS), above))
