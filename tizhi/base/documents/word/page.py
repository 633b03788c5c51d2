"""页面: paper, margins, the grid of 22 lines × 28 characters, and page numbers (GB/T 9704-2012 5.1, 5.2, 7.5)."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.parts.document import DocumentPart

from .measures import BOTTOM, GRID, HEIGHT, LEFT, LINE, PAPER, RIGHT, SIZE_4, TOP, WIDTH, twips
from .properties import aligned
from .xml import Element, paragraph, run, w

_ONE = SIZE_4 * 20  # one character of the page number
# The dash is drawn at half the height of its line: 7 mm below the type area when the line begins 4.6 mm below.
_BELOW = twips(4.6)
_NUMBER_LENGTH = twips(40)

_KINDS = (("default", "right"), ("even", "left"))


class Pages:
    """The sections of one file: its footers, written once, and the properties of upright and lying pages."""

    def __init__(self, part: DocumentPart) -> None:
        self._footers = {
            landscape: [_footer(part, kind, side, landscape) for kind, side in _KINDS] for landscape in (False, True)
        }

    def section(self, *, landscape: bool) -> Element:
        """The properties that end a section."""
        return w("sectPr", *self._references(landscape), *_sheet(landscape))

    def _references(self, landscape: bool) -> list[Element]:
        references = []
        for (kind, _), relation in zip(_KINDS, self._footers[landscape], strict=True):
            reference = w("footerReference", type=kind)
            reference.set(qn("r:id"), relation)
            references.append(reference)
        return references


def text_width(*, landscape: bool) -> int:
    """The width of the type area: a lying page is the upright one turned left, binding edge on top."""
    return HEIGHT if landscape else WIDTH


def left_margin(*, landscape: bool) -> int:
    """The margin left of the type area."""
    return BOTTOM if landscape else LEFT


def _sheet(landscape: bool) -> list[Element]:
    short, long = PAPER
    footer = BOTTOM - _BELOW - _ONE
    if landscape:
        size = w("pgSz", w=long, h=short, orient="landscape")
        margins = {
            "top": LEFT,
            "right": TOP,
            "bottom": RIGHT,
            "left": BOTTOM,
            "header": LEFT // 2,
            "footer": RIGHT // 2,
        }
    else:
        size = w("pgSz", w=short, h=long)
        margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "header": TOP // 2, "footer": footer}
    grid = w("docGrid", type="linesAndChars", linePitch=LINE, charSpace=GRID)
    return [w("type", val="nextPage"), size, w("pgMar", **margins, gutter=0), w("cols", space=720), grid]


def _footer(part: DocumentPart, kind: str, side: str, landscape: bool) -> str:
    """Write a footer; its relation's id."""
    footer, relation = part.add_footer_part()
    content = _lying(side) if landscape else [_upright(side)]
    footer.element[:] = content
    return str(relation)


def _number(*properties: Element) -> Element:
    """— 1 —."""
    page = w("fldSimple", run("1"), instr=" PAGE ")
    return paragraph("Footer", run("— "), page, run(" —"), properties=properties)


def _upright(side: str) -> Element:
    """Odd pages right, even pages left, one character in."""
    return _number(aligned(side), w("ind", **{side: _ONE}))


def _lying(side: str) -> list[Element]:
    """The same place on the paper as on upright pages, so it is turned and stands at the left of a lying page."""
    top = LEFT + _ONE if side == "left" else LEFT + WIDTH - _ONE - _NUMBER_LENGTH
    place = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=BOTTOM - _BELOW - _ONE, tblpY=top)
    properties = w("tblPr", place, w("tblW", w=_ONE, type="dxa"), w("tblLayout", type="fixed"), _no_padding())
    cell = w("tc", w("tcPr", w("tcW", w=_ONE, type="dxa"), w("textDirection", val="tbRl")), _number(aligned(side)))
    line = w("tr", w("trPr", w("trHeight", val=_NUMBER_LENGTH, hRule="exact")), cell)
    return [w("tbl", properties, w("tblGrid", w("gridCol", w=_ONE)), line), paragraph("SectionEnd")]


def _no_padding() -> Element:
    return w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
