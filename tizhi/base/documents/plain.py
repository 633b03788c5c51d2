"""纯文本: a document as plain text, for search, for comparing versions and for pasting into WeChat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..kit import words
from .document import Block, Document, Figure, Heading, Labelled, PageBreak, Paragraph, Run, Table
from .numbering import Counter, annex_label, annexes_labelled


def write_plain(document: Document) -> str:
    """The text of `document`, a line for each paragraph, cells parted by tabs."""
    counter = Counter()
    lines = [*_opening(document), *_body(counter, document.blocks), *_closing(document)]
    for annex, label in annexes_labelled(document):
        lines += [label, annex.title, *_body(counter, annex.blocks)]
    return "\n".join(line for line in lines if line) + "\n"


def text_of(runs: Iterable[Run]) -> str:
    """The words of `runs`."""
    return "".join(run.text for run in runs)


def _opening(document: Document) -> Iterator[str]:
    if document.head:
        yield from (document.head.name, document.number, f"{document.head.left}\t{document.head.right}".strip())
    yield "".join(document.title)
    yield "" if document.head else document.number
    if document.addressee:
        yield f"{document.addressee}："


def _closing(document: Document) -> Iterator[str]:
    for position, name in enumerate(document.attached, start=1):
        yield f"{annex_label(position, len(document.attached))}：{name}"
    yield from (f"{line.label}：{text_of(line.runs)}" for line in document.attendance)
    yield document.signature
    yield words.day(document.dated) if document.dated else ""
    yield from (f"（{note}）" for note in document.notes)
    if document.imprint:
        yield from (f"{label}：{names}" for label, names in document.imprint.copies)
        yield f"{document.imprint.printer}\t{document.imprint.printed}".strip()


def _body(counter: Counter, blocks: Iterable[Block]) -> Iterator[str]:
    for block, label in counter.labelled(blocks):
        yield from _lines(block, label)


def _lines(block: Block, label: str) -> Iterator[str]:
    match block:
        case Heading():
            yield label + block.text
        case Paragraph():
            yield text_of(block.runs)
        case Labelled():
            yield f"{block.label}：{text_of(block.runs)}"
        case Table():
            yield f"{label} {block.caption}".strip()
            yield "\t".join(column.title for column in block.columns)
            yield from ("\t".join(cell.text for cell in row.cells) for row in block.rows)
            yield f"注：{block.note}" if block.note else ""
        case Figure():
            yield f"{label} {block.caption}".strip()
        case PageBreak():
            return
