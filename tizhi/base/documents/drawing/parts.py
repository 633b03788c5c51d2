"""图的部件: boxes with their words already broken into lines, connectors, panels – all in units of one CSS pixel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from .measure import ems, wrapped

Point = tuple[float, float]
Arrows = Literal["", "end", "both"]
Style = Literal["title", "subtitle", "note", "label", "words", "vacant", "heading"]

SIZES: Final[Mapping[Style, float]] = {
    "title": 15, "subtitle": 13, "note": 12, "label": 13, "words": 13, "vacant": 13, "heading": 18,
}  # fmt: skip
PITCH: Final[Mapping[Style, float]] = {
    "title": 21, "subtitle": 19, "note": 18, "label": 19, "words": 19, "vacant": 19, "heading": 26,
}  # fmt: skip
PAD: Final = 14
_ROW, _FIRST, _INSET = 24, 19, 6


@dataclass(frozen=True)
class Row:
    """A line of a box: a label and what it says; `is_vacant` says that something is missing, and is drawn dashed."""

    label: str
    words: str
    is_vacant: bool = False


@dataclass(frozen=True)
class Card:
    """What a box says. `key` is by what links and readers of the data find it; `mark` names one of the colours."""

    key: str
    title: str
    notes: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    mark: str = ""
    is_accent: bool = False
    is_small: bool = False


@dataclass(frozen=True)
class Text:
    """Words on one line; `y` is the base line."""

    x: float
    y: float
    words: str
    style: Style

    def moved(self, dx: float, dy: float) -> Text:
        """The same elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Area:
    """A rectangle inside a box."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Box:
    """A card at its place; texts, the rule and the dashed places of what is missing stand relative to its corner."""

    card: Card
    x: float
    y: float
    width: float
    height: float
    texts: tuple[Text, ...]
    vacancies: tuple[Area, ...] = ()
    rule: float | None = None

    def moved(self, dx: float, dy: float) -> Box:
        """The same elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Connector:
    """A line through `points`, with an arrow at its end, or at both."""

    points: tuple[Point, ...]
    arrows: Arrows = ""

    def moved(self, dx: float, dy: float) -> Connector:
        """The same elsewhere."""
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))


@dataclass(frozen=True)
class Panel:
    """A ground behind parts that belong together."""

    x: float
    y: float
    width: float
    height: float

    def moved(self, dx: float, dy: float) -> Panel:
        """The same elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


@dataclass(frozen=True)
class Mark:
    """A small square in one of the colours, beside words that name what it means."""

    x: float
    y: float
    name: str

    def moved(self, dx: float, dy: float) -> Mark:
        """The same elsewhere."""
        return replace(self, x=self.x + dx, y=self.y + dy)


Part = Box | Connector | Panel | Mark | Text


@dataclass(frozen=True)
class Drawing:
    """A drawing. Its parts stand in reading order, grounds and connectors before the boxes they lie behind.

    `title` and `note` (as of when, by which clause) are printed with a downloaded file; on a page the page says them.
    `colours` gives each mark its colour on paper.
    """

    title: str
    description: str
    width: float
    height: float
    parts: tuple[Part, ...]
    note: str = ""
    colours: Mapping[str, str] = field(default_factory=dict)

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Its boxes, in reading order."""
        return tuple(part for part in self.parts if isinstance(part, Box))


def boxed(card: Card, width: float) -> Box:
    """The card as a box of that width, as high as its words need."""
    head, y = _head(card, width)
    rows, vacancies, bottom = _rows(card, width, y)
    rule = y if card.rows and not card.is_small else None
    return Box(card, 0, 0, width, bottom, (*head, *rows), vacancies, rule)


def _head(card: Card, width: float) -> tuple[list[Text], float]:
    """Title and notes, and where the rows begin."""
    style: Style = "subtitle" if card.is_small else "title"
    aside = 15 if card.mark else 0
    y = 24.0 if card.is_small else 26.0
    texts = []
    for line in wrapped(card.title, width - 2 * PAD - aside, SIZES[style]):
        texts.append(Text(PAD + aside, y, line, style))
        y += PITCH[style]
    y -= PITCH[style]
    for note in card.notes:
        y += 2
        for line in wrapped(note, width - 2 * PAD, SIZES["note"]):
            y += PITCH["note"]
            texts.append(Text(PAD, y, line, "note"))
    return texts, y + (6 if card.is_small and card.rows else 12 if card.is_small else 10)


def _rows(card: Card, width: float, y: float) -> tuple[list[Text], tuple[Area, ...], float]:
    """The rows, where something is missing in them, and the foot of the box."""
    if not card.rows:
        return [], (), y if card.is_small else y + 4
    texts, vacancies = [], []
    across = _label_width(card.rows, width - 2 * PAD)
    for row in card.rows:
        left = PAD + across if row.label else PAD + _INSET
        words: Style = "vacant" if row.is_vacant else "words"
        labels = wrapped(row.label, across - 8, SIZES["label"])
        lines = wrapped(row.words, width - PAD - _INSET - left, SIZES[words])
        texts += [Text(PAD, y + _FIRST + PITCH["label"] * nth, line, "label") for nth, line in enumerate(labels)]
        texts += [Text(left, y + _FIRST + PITCH[words] * nth, line, words) for nth, line in enumerate(lines)]
        if row.is_vacant:
            deep = 21 + PITCH["vacant"] * (len(lines) - 1)
            vacancies.append(Area(left - _INSET, y + 4, width - PAD + _INSET - left, deep))
        y += _ROW + PITCH["words"] * (max(len(labels), len(lines), 1) - 1)
    return texts, tuple(vacancies), y + 9


def _label_width(rows: tuple[Row, ...], inner: float) -> float:
    """The column of the labels: as wide as the longest, and never more than two fifths of the box."""
    longest = max((ems(row.label) for row in rows), default=0) * SIZES["label"]
    return min(max(longest + 16, 56), inner * 0.4)
