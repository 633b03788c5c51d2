"""格式: paragraph and run properties used by styles and by single paragraphs."""

from __future__ import annotations

from .measures import LINE, characters
from .xml import Element, w


def bold() -> Element:
    """Bold type."""
    return w("b")


def size(points: float) -> tuple[Element, Element]:
    """A type size."""
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def aligned(side: str) -> Element:
    """left, center, right or both."""
    return w("jc", val=side)


def spacing(*, before: float = 0, after: float = 0, line: int = LINE) -> Element:
    """Space before and after in lines of the grid, and a fixed pitch in twips."""
    lines = {"beforeLines": round(before * 100), "afterLines": round(after * 100)}
    exact = {"before": round(before * LINE), "after": round(after * LINE)}
    return w("spacing", **lines, **exact, line=line, lineRule="exact")


def pitch(points: float, factor: float = 1.4) -> Element:
    """A fixed pitch of 1.4 times the type size, for what stands off the grid."""
    return w("spacing", before=0, after=0, line=round(points * 20 * factor), lineRule="exact")


def indent(*, left: float = 0, right: float = 0, first: float = 0, hanging: float = 0) -> Element:
    """Indents in characters, and in twips for readers that do not know characters."""
    given = {"left": left, "right": right, "firstLine": first, "hanging": hanging}
    chars = {f"{side}Chars": round(count * 100) for side, count in given.items() if count}
    return w("ind", **chars, **{side: characters(count) for side, count in given.items() if count})


def listed(list_id: int, level: int = 1) -> Element:
    """The place of a paragraph in a numbered list."""
    return w("numPr", w("ilvl", val=level - 1), w("numId", val=list_id))


def tab_stops(**positions: float) -> Element:
    """Tab stops by their side (left, center, right), in characters."""
    return w("tabs", *(w("tab", val=side, pos=characters(count)) for side, count in positions.items()))
