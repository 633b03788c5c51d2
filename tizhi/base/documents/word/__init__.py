"""Word 文件: a document in the layout of GB/T 9704-2012 《党政机关公文格式》."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document as File

from ..document import Annex, Document
from ..numbering import annexes_labelled
from .blocks import Body
from .closing import closing
from .imprint import imprint
from .measures import WIDTH
from .numbering import annex_list
from .opening import opening
from .package import blank, describe, packed
from .page import Pages, left_margin, text_width
from .pictures import Pictures
from .xml import Element, paragraph, run

__all__ = ["write_word"]


def write_word(document: Document, images: Mapping[str, bytes] | None = None) -> bytes:
    """The .docx of `document`; the same document gives the same bytes.

    `images` holds the bytes (PNG or JPEG) of its figures by name; ValueError if one is missing.
    """
    file = blank(annexes=len(document.annexes))
    pictures = Pictures(file.part, images or {})
    sections = [(_text(document, pictures), False)]
    for position, (annex, label) in enumerate(annexes_labelled(document), start=1):
        sections.append((_annex(annex, label, position, pictures), annex.landscape))
    if document.imprint:
        elements, landscape = sections[-1]
        width, margin = text_width(landscape=landscape), left_margin(landscape=landscape)
        elements.append(imprint(document.imprint, width, margin))
    _fill(file, sections)
    describe(file, document)
    return packed(file)


def _text(document: Document, pictures: Pictures) -> list[Element]:
    """All that stands before the annexes; the last paragraph keeps the signature from a page without text."""
    text = [*opening(document), *Body(pictures, WIDTH).written(document.blocks)]
    if text and text[-1].tag.endswith("}p"):
        text[-1].pPr.keepNext_val = True
    return [*text, *closing(document)]


def _annex(annex: Annex, label: str, position: int, pictures: Pictures) -> list[Element]:
    body = Body(pictures, text_width(landscape=annex.landscape), annex_list(position))
    head = [paragraph("AnnexMark", run(label)), paragraph("AnnexTitle", run(annex.title))] if annex.title else []
    return [*head, *body.written(annex.blocks)]


def _fill(file: File, sections: list[tuple[list[Element], bool]]) -> None:
    """Put the sections into the file: each but the last ends in a paragraph that carries its page."""
    pages = Pages(file.part)
    content: list[Element] = []
    for elements, landscape in sections:
        if not elements or elements[-1].tag.endswith("}tbl"):
            elements.append(paragraph("SectionEnd"))
        content += elements
        content[-1].pPr.append(pages.section(landscape=landscape))
    last = content[-1].pPr[-1]  # the last section stands in the body itself, not in its last paragraph
    file.element.body[:] = [*content, last]
