"""编号: ordinals as Word's own lists, so that a text edited by hand renumbers itself."""

from __future__ import annotations

from ..numbering import FIGURE, LEVELS, TABLE
from .properties import indent
from .xml import Element, paragraph_properties, w

HEADINGS, TABLES, FIGURES = 1, 2, 3
_FIRST_ANNEX = 4


def annex_list(position: int) -> int:
    """The list that counts the headings of the annex at `position` (from 1)."""
    return _FIRST_ANNEX + position - 1


def numbering_lists(annexes: int) -> list[Element]:
    """The children of `numbering.xml`: headings, tables, figures, and headings afresh for each annex."""
    return [
        w("abstractNum", w("multiLevelType", val="multilevel"), *_levels(), abstractNumId=HEADINGS),
        _caption(TABLES, TABLE, "TableCaption"),
        _caption(FIGURES, FIGURE, "FigureCaption"),
        *(w("num", w("abstractNumId", val=each), numId=each) for each in (HEADINGS, TABLES, FIGURES)),
        *(_afresh(annex_list(position)) for position in range(1, annexes + 1)),
    ]


def _levels() -> list[Element]:
    return [
        w(
            "lvl",
            w("start", val=1),
            w("numFmt", val="chineseCountingThousand" if chinese else "decimal"),
            w("pStyle", val=f"Heading{level}"),
            w("suff", val="nothing"),
            w("lvlText", val=pattern.format(f"%{level}")),
            w("lvlJc", val="left"),
            paragraph_properties(indent(first=2)),
            ilvl=level - 1,
        )
        for level, (pattern, chinese) in enumerate(LEVELS, start=1)
    ]


def _caption(list_id: int, pattern: str, style: str) -> Element:
    level = w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="decimal"),
        w("pStyle", val=style),
        w("suff", val="space"),
        w("lvlText", val=pattern.format("%1")),
        w("lvlJc", val="left"),
        ilvl=0,
    )
    return w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=list_id)


def _afresh(list_id: int) -> Element:
    restarts = (w("lvlOverride", w("startOverride", val=1), ilvl=level) for level in range(len(LEVELS)))
    return w("num", w("abstractNumId", val=HEADINGS), *restarts, numId=list_id)
