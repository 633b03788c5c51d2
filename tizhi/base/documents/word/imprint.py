"""版记: the lines at the foot of the last page, between rules as wide as the type area (GB/T 9704-2012 7.4)."""

from __future__ import annotations

from ..document import Imprint
from .measures import SIZE_4, length
from .xml import Element, paragraph, run, tab, w

_ONE = SIZE_4 * 20  # one character, in twips


def imprint(part: Imprint, width: int, margin: int) -> Element:
    """A table that stands at the foot of its page, `width` wide, `margin` from the left edge of the paper."""
    lines = [_copies(label, names) for label, names in part.copies]
    if part.printer or part.printed:
        lines.append(_printed(part, width))
    rows = (
        w("tr", w("trPr", w("cantSplit")), w("tc", w("tcPr", w("tcW", w=width, type="dxa")), line)) for line in lines
    )
    return w("tbl", _properties(width, margin), w("tblGrid", w("gridCol", w=width)), *rows)


def _properties(width: int, margin: int) -> Element:
    thick, thin = ({"val": "single", "sz": eighths, "space": 0, "color": "auto"} for eighths in (8, 6))
    return w(
        "tblPr",
        w("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=margin, tblpYSpec="bottom"),
        w("tblW", w=width, type="dxa"),
        w("tblBorders", w("top", **thick), w("bottom", **thick), w("insideH", **thin)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=0, type="dxa") for side in ("left", "right"))),
    )


def _copies(label: str, names: str) -> Element:
    """One blank at either side; names that run on stay right of the colon."""
    wide = round((length(label) + 1) * _ONE)
    place = w("ind", left=_ONE + wide, right=_ONE, hanging=wide)
    return paragraph("Imprint", run(f"{label}：{names}"), properties=(place,))


def _printed(part: Imprint, width: int) -> Element:
    right = w("tabs", w("tab", val="right", pos=width - _ONE))
    place = w("ind", left=_ONE)
    return paragraph("Imprint", run(part.printer), tab(), run(part.printed), properties=(right, place))
