"""修订稿: a comparison as a Word file with real tracked changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count, groupby
from typing import Final

from docx.oxml.ns import qn

from ..document import Document, Heading
from ..part import printable
from ..word.blocks import Body
from ..word.measures import WIDTH
from ..word.opening import opening
from ..word.package import blank, describe, packed
from ..word.page import Pages
from ..word.pictures import Pictures
from ..word.properties import aligned, indent, listed
from ..word.xml import Element, paragraph, run, w
from .model import Change, Comparison

_STYLES: Final = {"h2": "Heading2", "h3": "Heading3", "h4": "Heading4", "row": "TableText"}
_BEFORE: Final = {"li": "●"}
_UNNUMBERED = 0  # no list: headings keep the ordinals that were typed


def write_changes(title: str, parts: Sequence[tuple[str, Comparison]], *, author: str, at: datetime) -> bytes:
    """The .docx of all `parts` (name, comparison), every change marked as made by `author` at that moment.

    What was moved is marked as moved, from its old place to its new one, and what was reworded in it as well.
    """
    document = Document((title,), issuer=author, dated=at.date())
    file = blank(annexes=0)
    marks = _Marks(author, at)
    body = Body(Pictures(file.part, {}), WIDTH)
    content = list(opening(document))
    for nth, (name, comparison) in enumerate(parts, start=1):
        content += body.written([Heading(name)])
        content += _laid(_Part(f"move{nth}", marks, comparison).elements())
    content.append(paragraph("SectionEnd"))
    file.element.body[:] = [*content, Pages(file.part).section(landscape=False)]
    describe(file, document)
    return packed(file)


class _Marks:
    """Marks of change, each with an id of its own, the author and the moment."""

    def __init__(self, author: str, at: datetime) -> None:
        self._ids = count(1)
        self._by = {"author": printable(author) or "—", "date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}

    def mark(self, tag: str, *children: Element, **more: str) -> Element:
        """`w:ins`, `w:del`, `w:moveFrom` or `w:moveTo`, or where one begins."""
        return w(tag, *children, id=next(self._ids), **self._by, **more)

    def moved(self, tag: str, name: str, element: Element) -> Element:
        """The paragraph, between where its move begins and where it ends."""
        number = next(self._ids)
        begin = w(f"{tag}RangeStart", id=number, **self._by, name=name)
        element.insert(1, begin)
        element.append(w(f"{tag}RangeEnd", id=number))
        return element


class _Part:
    """One comparison in the order of both texts: what was moved stands at both places."""

    def __init__(self, name: str, marks: _Marks, comparison: Comparison) -> None:
        self._name = name
        self._marks = marks
        self._changes = comparison.changes
        self._away = {change.moved_from: change for change in comparison.changes if change.moved_from is not None}
        self._place = 0  # in the old text

    def elements(self) -> Iterator[Element]:
        """Paragraphs and rows."""
        yield from self._moved_away()
        for change in self._changes:
            yield self._element(change)
            if change.kind in ("same", "changed", "removed"):
                self._place += 1
                yield from self._moved_away()

    def _moved_away(self) -> Iterator[Element]:
        while self._place in self._away:
            yield self._element(self._away[self._place], leaves=True)
            self._place += 1

    def _element(self, change: Change, *, leaves: bool = False) -> Element:
        """The block as it stands here; a moved one is deleted where it leaves and inserted where it comes."""
        whole = {"added": "ins", "removed": "del"}.get(change.kind, "")
        if change.kind == "moved":
            whole = ("del" if leaves else "ins") if change.block == "row" else ("moveFrom" if leaves else "moveTo")
        elsewhere = ("added" if leaves else "removed") if change.kind == "moved" else ""
        runs = [(text, kind) for text, kind in change.runs if kind != elsewhere]
        if change.block == "row":
            return self._row(runs, whole)
        element = self._paragraph(change.block, [(_BEFORE.get(change.block, ""), "same"), *runs], whole)
        if whole in ("moveFrom", "moveTo"):
            self._marks.moved(whole, f"{self._name}-{change.moved_from}", element)
        return element

    def _paragraph(self, block: str, runs: Sequence[tuple[str, str]], whole: str) -> Element:
        style = _STYLES.get(block, "Body")
        heading = (listed(_UNNUMBERED), indent(first=2)) if style.startswith("Heading") else ()
        centred = aligned("center") if block == "img" else None
        element = paragraph(style, *self._runs(runs, whole), properties=(*heading, centred))
        if whole:
            element.pPr.append(w("rPr", self._marks.mark(whole)))
        return element

    def _runs(self, runs: Sequence[tuple[str, str]], whole: str) -> Iterator[Element]:
        for text, kind in runs:
            tag = {"added": "ins", "removed": "del"}.get(kind, whole)
            if text:
                yield self._marks.mark(tag, _deleted(run(text)) if tag == "del" else run(text)) if tag else run(text)

    def _row(self, runs: Sequence[tuple[str, str]], whole: str) -> Element:
        cells: list[list[tuple[str, str]]] = [[]]
        for text, kind in runs:
            first, *others = text.split("\t")
            cells[-1].append((first, kind))
            cells += [[(other, kind)] for other in others]
        width = WIDTH // len(cells)
        contents = (self._paragraph("row", each, whole) for each in cells)
        laid = (w("tc", w("tcPr", w("tcW", w=width, type="dxa")), each) for each in contents)
        return w("tr", w("trPr", w("cantSplit"), self._marks.mark(whole) if whole else None), *laid)


def _deleted(element: Element) -> Element:
    """Deleted words are `w:delText`."""
    for text in element.findall(qn("w:t")):
        text.tag = qn("w:delText")
    return element


def _laid(elements: Iterator[Element]) -> Iterator[Element]:
    """Paragraphs as they are; rows of as many cells that follow one another as a table."""
    touching = False
    for cells, group in groupby(elements, lambda each: len(each.findall(qn("w:tc")))):
        if not cells:
            yield from group
            touching = False
            continue
        if touching:
            yield paragraph("TableNote")
        yield _table(list(group), cells)
        touching = True


def _table(rows: list[Element], cells: int) -> Element:
    width = WIDTH // cells
    properties = w(
        "tblPr", w("tblStyle", val="Grid"), w("tblW", w=width * cells, type="dxa"), w("tblLayout", type="fixed")
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for _ in range(cells))), *rows)
