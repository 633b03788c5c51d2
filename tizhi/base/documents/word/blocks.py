"""正文: the blocks of a document as Word paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..document import Block, Figure, Heading, Labelled, PageBreak, Paragraph, Run, Table, Text
from .fonts import HEITI
from .measures import length
from .numbering import HEADINGS
from .pictures import Pictures
from .properties import bold, indent, listed, spacing
from .tables import table
from .xml import Element, paragraph, run


class Body:
    """Writes blocks into columns of `width` twips; the headings of an annex are counted in a list of their own."""

    def __init__(self, pictures: Pictures, width: int, headings: int = HEADINGS) -> None:
        self._pictures = pictures
        self._width = width
        self._headings = headings

    def written(self, blocks: Iterable[Block]) -> Iterator[Element]:
        """The elements of all `blocks`, in order."""
        fresh = bare = False
        above: Element | None = None  # the paragraph that has just been written
        for block in blocks:
            elements = self._block(block)
            if above is not None and isinstance(block, Table) and not block.caption:
                above.pPr.keepNext_val = True  # what says of what the table is stands on its page
            if bare and elements:
                yield paragraph("TableNote")  # tables that touch would become one in Word
            yield from _on_new_page(elements) if fresh and elements else elements
            fresh = isinstance(block, PageBreak)
            bare = isinstance(block, Table) and not block.note
            above = elements[-1] if isinstance(block, Paragraph) else None

    def _block(self, block: Block) -> list[Element]:
        match block:
            case Heading():
                return [self._heading(block)]
            case Paragraph():
                return [paragraph("Body", *runs(block.runs))]
            case Labelled():
                return [labelled(block)]
            case Table():
                return table(block, self._width)
            case Figure():
                return self._pictures.figure(block)
            case PageBreak():
                return []

    def _heading(self, block: Heading) -> Element:
        afresh = (listed(self._headings, block.level), indent(first=2)) if self._headings != HEADINGS else ()
        return paragraph(f"Heading{block.level}", run(block.text.replace("\n", " ")), properties=afresh)


def _on_new_page(elements: list[Element]) -> list[Element]:
    """A break in a paragraph of its own would leave an empty page when the one before is just full."""
    if elements[0].tag.endswith("}tbl"):
        elements = [paragraph("SectionEnd"), *elements]
    elements[0].pPr.pageBreakBefore_val = True
    return elements


def runs(parts: Iterable[Run]) -> list[Element]:
    """Runs as they stand in a line."""
    return [run(part.text, bold() if isinstance(part, Text) and part.bold else None) for part in parts]


def labelled(block: Labelled, above: float = 0) -> Element:
    """Two blanks, the label in 黑体, and everything after the colon aligned with its first character."""
    wide = length(block.label) + 1
    place = indent(left=wide + 2, hanging=wide)
    label = run(f"{block.label}：", chinese=HEITI)
    return paragraph("Labelled", label, *runs(block.runs), properties=(place, spacing(before=above)))
