"""SVG: a drawing as text that is read as well as seen; on a page coloured by its styles, as a file by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from lxml import etree

from ..part import printable
from .parts import PITCH, SIZES, Area, Box, Connector, Drawing, Mark, Panel, Part, Text

FAMILIES: Final = "PingFang SC, Hiragino Sans GB, Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, sans-serif"
MARGIN: Final = 24  # around a drawing that is a file

_SVG = "http://www.w3.org/2000/svg"
_SIDE = 9  # of a mark
_ARROW = 5

_INK, _NOTE, _SOON = "#1d2629", "#5f6b70", "#8a5a00"
# How a file looks: paper is white. On a page the styles say the same, for light and dark.
_LOOKS: Final[Mapping[str, Mapping[str, str]]] = {
    "panel": {"fill": "#f7f9f9"},
    "line": {"fill": "none", "stroke": "#9fb0b4", "stroke-width": "1.25"},
    "arrow": {"fill": "#9fb0b4"},
    "box": {"fill": "#ffffff", "stroke": "#c6ced1"},
    "accent": {"fill": "#ffffff", "stroke": "#0b5f66", "stroke-width": "1.5"},
    "rule": {"fill": "none", "stroke": "#e3e7e8"},
    "gap": {"fill": "#fdf5e2", "stroke": _SOON, "stroke-dasharray": "4 3"},
    "title": {"fill": _INK, "font-weight": "600"},
    "subtitle": {"fill": _INK, "font-weight": "600"},
    "heading": {"fill": _INK, "font-weight": "600"},
    "note": {"fill": _NOTE},
    "label": {"fill": _NOTE},
    "words": {"fill": _INK},
    "vacant": {"fill": _SOON},
}


def page_svg(drawing: Drawing, *, identity: str, links: Mapping[str, str] | None = None) -> str:
    """The drawing for a page: classes for its styles, `links` (by the key of a card) on its boxes.

    `identity` begins the ids of its title and description; it is unique on the page.
    """
    return _Writer(drawing, links or {}, is_file=False).written(identity)


def file_svg(drawing: Drawing, *, families: str = FAMILIES, is_framed: bool = True) -> str:
    """The drawing as a file of its own; `is_framed` with its title above and its note below."""
    return _Writer(drawing, {}, is_file=True, families=families, is_framed=is_framed).written("drawing")


def size_of(drawing: Drawing, *, is_framed: bool = True) -> tuple[float, float]:
    """Width and height of the file, in the drawing's units."""
    above, below = _frame(drawing) if is_framed else (0, 0)
    around = 2 * MARGIN if is_framed else 4
    return drawing.width + around, drawing.height + above + below + around


def _frame(drawing: Drawing) -> tuple[float, float]:
    return PITCH["heading"] + 18, PITCH["note"] + 10 if drawing.note else 0


@dataclass
class _Writer:
    drawing: Drawing
    links: Mapping[str, str]
    is_file: bool
    families: str = ""
    is_framed: bool = False

    def written(self, identity: str) -> str:
        root = self._root(identity)
        self._add(root, "title", id=f"{identity}-title").text = printable(self.drawing.title)
        self._add(root, "desc", id=f"{identity}-desc").text = printable(self.drawing.description)
        place = self._framed(root) if self.is_framed else root
        for part in self.drawing.parts:
            self._draw(place, part)
        return str(etree.tostring(root, encoding="unicode"))

    def _root(self, identity: str) -> Any:
        """A picture; with links in it a group, for nothing inside a picture can be reached."""
        root = etree.Element(f"{{{_SVG}}}svg", nsmap={None: _SVG})
        width, height = size_of(self.drawing, is_framed=self.is_framed)
        edge = 0 if self.is_framed else -2  # half a stroke would be cut off
        root.set("viewBox", " ".join(map(_number, (edge, edge, width, height))))
        root.set("role", "group" if self.links else "img")
        root.set("aria-labelledby", f"{identity}-title")
        root.set("aria-describedby", f"{identity}-desc")
        if self.is_file:
            given = {"width": _number(width), "height": _number(height), "font-family": self.families}
            for name, value in given.items():
                root.set(name, value)
            self._add(root, "rect", x=edge, y=edge, width=width, height=height, fill="#ffffff")
        return root

    def _framed(self, root: Any) -> Any:
        """Title and note around the place of the parts."""
        above, _ = _frame(self.drawing)
        self._text(root, Text(MARGIN, MARGIN + 18, self.drawing.title, "heading"))
        place = self._add(root, "g", transform=f"translate({MARGIN} {_number(MARGIN + above)})")
        if self.drawing.note:
            foot = MARGIN + above + self.drawing.height + PITCH["note"] + 6
            self._text(root, Text(MARGIN, foot, self.drawing.note, "note"))
        return place

    def _draw(self, place: Any, part: Part) -> None:
        match part:
            case Box():
                self._box(place, part)
            case Connector():
                self._connector(place, part)
            case Panel():
                self._rect(place, "panel", Area(part.x, part.y, part.width, part.height), 4)
            case Mark():
                self._mark(place, part)
            case Text():
                self._text(place, part)

    def _box(self, place: Any, box: Box) -> None:
        """The title leads where the box leads; the rest is read after it."""
        group = self._add(place, "g", transform=f"translate({_number(box.x)} {_number(box.y)})")
        link = self.links.get(box.card.key)
        named = self._add(group, "a", href=link) if link else group
        self._rect(named, "accent" if box.card.is_accent else "box", Area(0, 0, box.width, box.height), 4)
        for text in box.texts:
            if text.style in ("title", "subtitle"):
                self._text(named, text)
        if box.card.mark:
            self._mark(group, Mark(14, box.texts[0].y - _SIDE, box.card.mark))
        if box.rule is not None:
            self._add(group, "path", "rule", d=f"M0 {_number(box.rule)}h{_number(box.width)}")
        for vacancy in box.vacancies:
            self._rect(group, "gap", vacancy, 3)
        for text in box.texts:
            if text.style not in ("title", "subtitle"):
                self._text(group, text)

    def _connector(self, place: Any, line: Connector) -> None:
        way = "L".join(f"{_number(x)} {_number(y)}" for x, y in line.points)
        self._add(place, "path", "line", d=f"M{way}")
        if line.arrows:
            self._arrow(place, line.points[-2], line.points[-1])
        if line.arrows == "both":
            self._arrow(place, line.points[1], line.points[0])

    def _arrow(self, place: Any, before: tuple[float, float], tip: tuple[float, float]) -> None:
        x, y = tip
        ahead = [(one > other) - (one < other) for one, other in zip(tip, before, strict=True)]
        back = (x - 2 * _ARROW * ahead[0], y - 2 * _ARROW * ahead[1])
        side = (_ARROW * ahead[1], _ARROW * ahead[0])
        corners = ((back[0] + side[0], back[1] + side[1]), tip, (back[0] - side[0], back[1] - side[1]))
        self._add(place, "path", "arrow", d="M" + "L".join(f"{_number(px)} {_number(py)}" for px, py in corners) + "Z")

    def _mark(self, place: Any, mark: Mark) -> None:
        square = self._add(place, "rect", "mark", x=mark.x, y=mark.y, width=_SIDE, height=_SIDE, rx=2)
        if self.is_file:
            square.set("fill", self.drawing.colours.get(mark.name, _NOTE))
        else:
            square.set("data-a", mark.name)

    def _rect(self, place: Any, look: str, area: Area, round_: float) -> None:
        self._add(place, "rect", look, x=area.x, y=area.y, width=area.width, height=area.height, rx=round_)

    def _text(self, place: Any, text: Text) -> None:
        element = self._add(place, "text", text.style, x=text.x, y=text.y)
        element.text = printable(text.words)
        if self.is_file:
            element.set("font-size", _number(SIZES[text.style]))

    def _add(self, place: Any, tag: str, look: str = "", **given: str | float) -> Any:
        """An element in one of the looks: by its class on a page, by its attributes in a file."""
        element = etree.SubElement(place, f"{{{_SVG}}}{tag}")
        if look and not self.is_file:
            element.set("class", f"tz-d-{look}")
        own: Mapping[str, str | float] = _LOOKS.get(look, {}) if self.is_file else {}
        for name, value in {**own, **given}.items():
            element.set(name, value if isinstance(value, str) else _number(value))
        return element


def _number(value: float) -> str:
    """At most one digit after the point."""
    return f"{value:.1f}".removesuffix(".0")
