"""读入: a .docx as an outline."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.oxml.ns import qn

from ...kit.errors import RuleBroken
from .. import rich
from . import guard, html
from .headings import headings
from .looks import Looks, Paragraph, body_of, is_contents
from .model import Heading, Outline


def read_word(content: bytes) -> Outline:
    """The file taken apart at its headings, however they are styled; RuleBroken when it cannot be read."""
    guard.accept(content)
    try:
        return _read(content)
    except RuleBroken:
        raise
    except Exception as fault:  # whatever a damaged or made-up file makes of three parsers: it is not readable
        raise guard.unreadable() from fault


def _read(content: bytes) -> Outline:
    file = docx.Document(BytesIO(content))
    looks = Looks(file)
    blocks: list[Paragraph | None] = []
    for element in list(body_of(file)):
        if element.tag == qn("w:tbl"):
            blocks.append(None)
            continue
        paragraph = looks.paragraph(element)
        if is_contents(paragraph):
            element.getparent().remove(element)
        elif paragraph.text:
            blocks.append(paragraph)
    found = headings(blocks)
    pieces, pictures = html.pieces(file, blocks, found)
    texts = [rich.clean(piece) for piece in pieces]
    parts = tuple(Heading(one.level, one.number, one.text, text) for one, text in zip(found, texts[1:], strict=True))
    return Outline(parts, texts[0], pictures)
