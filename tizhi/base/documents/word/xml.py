"""元素: WordprocessingML elements, with the children of a property list in the order the schema wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser

Element = Any

_W = "{" + nsmap["w"] + "}"
_NAMES = {"w": nsmap["w"]}
_SPACE = qn("xml:space")

_PARAGRAPH_ORDER = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "widowControl",
    "numPr",
    "pBdr",
    "tabs",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "sectPr",
]
_RUN_ORDER = ["rFonts", "b", "snapToGrid", "color", "spacing", "sz", "szCs", "lang"]


def w(tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """The element `w:tag` with its attributes (all of them w:) and children; absent children are left out."""
    element = oxml_parser.makeelement(_W + tag, nsmap=_NAMES)
    for name, value in attributes.items():
        element.set(_W + name, str(value))
    element.extend([child for child in children if child is not None])
    return element


def paragraph_properties(*properties: Element | None) -> Element:
    """`w:pPr`, sorted."""
    return w("pPr", *_sorted(properties, _PARAGRAPH_ORDER))


def run_properties(*properties: Element | None) -> Element:
    """`w:rPr`, sorted."""
    return w("rPr", *_sorted(properties, _RUN_ORDER))


def paragraph(style: str, *content: Element, properties: tuple[Element | None, ...] = ()) -> Element:
    """A paragraph of a named style."""
    return w("p", paragraph_properties(w("pStyle", val=style), *properties), *content)


def run(text: str, *properties: Element | None, chinese: str = "") -> Element:
    """A run of text, in another `chinese` font if need be; line breaks become `w:br`.

    The hint makes Word set quotation marks, dashes and dots of a Chinese sentence in the Chinese font: without it
    “ ” … are drawn half as wide, from the western one.
    """
    font = w("rFonts", hint="eastAsia", **({"eastAsia": chinese} if chinese else {}))
    return w("r", run_properties(font, *properties), *_text(text))


def _text(text: str) -> Iterator[Element]:
    for position, line in enumerate(text.split("\n")):
        if position:
            yield w("br")
        if line:
            element = w("t")
            element.text = line
            element.set(_SPACE, "preserve")
            yield element


def tab() -> Element:
    """A run that jumps to the next tab stop."""
    return w("r", w("tab"))


def _sorted(properties: tuple[Element | None, ...], order: list[str]) -> list[Element]:
    present = [each for each in properties if each is not None]
    return sorted(present, key=lambda each: order.index(each.tag.removeprefix(_W)))
