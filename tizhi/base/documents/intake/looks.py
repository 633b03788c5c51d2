"""样子: what each paragraph of a Word file says and how it looks: style, size, font, place, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from docx.document import Document as File
from docx.oxml.ns import qn

from .ordinals import Counting, Ordinal, kind_of, parted

Element = Any

_STYLED = re.compile(r"(?:heading|标题)[ \xa0]*([1-9一二三四五六])", re.I)
_GRADED = re.compile(r"([一二三四五六1-6])级标题")
_NAMED: Final = {"章标题": 0, "章名": 0, "节标题": 1, "节名": 1}
_TITLES: Final = ("title", "标题", "subtitle", "副标题", "封面", "文档标题", "公文标题")
_CONTENTS = re.compile(r"toc\b|toc ?[0-9]|目录|table of", re.I)
_BLACK: Final = ("黑", "Hei", "小标宋", "XiaoBiaoSong", "雅黑")
_KAI: Final = ("楷", "Kai")
_NONE = 9  # Word's outline level of running text


@dataclass(frozen=True)
class Style:
    """What a style and those it is based on lay down."""

    name: str = ""
    names: tuple[str, ...] = ()
    outline: int | None = None
    bold: bool = False
    size: float | None = None
    font: str = ""
    centred: bool = False
    list_id: str = ""
    level: int = 0


@dataclass
class Paragraph:
    """One paragraph of the body; `ordinal` is typed or counted by Word (`counted`)."""

    element: Element
    text: str
    style: Style
    outline: int | None
    size: float
    is_bold: bool
    font: str
    is_centred: bool
    counted: str = ""
    is_dotted: bool = False
    is_before_table: bool = False
    ordinal: Ordinal = field(default_factory=Ordinal)

    @property
    def is_black(self) -> bool:
        """Whether it is set in a face for headings."""
        return any(sign in self.font for sign in _BLACK)

    @property
    def is_kai(self) -> bool:
        """Whether it is set in 楷体, as second headings are."""
        return any(sign in self.font for sign in _KAI)

    @property
    def is_title(self) -> bool:
        """Whether its style is that of a document's title."""
        return self.style.name.lower() in _TITLES

    @property
    def look(self) -> tuple[float, bool, bool, bool]:
        """What makes it look like others of its kind."""
        return (self.size, self.is_bold, self.is_black, self.is_centred)


def body_of(file: File) -> Iterator[Element]:
    """Paragraphs and tables of the body, also those inside content controls; tables of contents are left out."""
    yield from _blocks(file.element.body)


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        tag = child.tag
        if tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif tag == qn("w:sdt"):
            gallery = child.find(f"{qn('w:sdtPr')}/{qn('w:docPartObj')}/{qn('w:docPartGallery')}")
            content = child.find(qn("w:sdtContent"))
            if content is not None and (gallery is None or "Contents" not in gallery.get(qn("w:val"), "")):
                yield from _blocks(content)
        elif tag in (qn("w:customXml"), qn("w:ins"), qn("w:smartTag")):
            yield from _blocks(child)


class Looks:
    """Reads paragraphs with the styles and lists of their file."""

    def __init__(self, file: File) -> None:
        styles = file.styles.element
        self._styles = {style.get(qn("w:styleId")): style for style in styles.findall(qn("w:style"))}
        self._resolved: dict[str, Style] = {}
        defaults = (key for key, style in self._styles.items() if _is_default(style))
        self._default = next(defaults, "")
        runs = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        self._size = _size(runs) or 10.5
        self._font = _font(runs)
        self._counting = Counting(_numbering(file))

    def paragraph(self, element: Element) -> Paragraph:
        """The paragraph as a reader sees it."""
        properties = element.find(qn("w:pPr"))
        style = self.style(_attribute(properties, "w:pStyle") or self._default)
        text = "".join(_texts(element)).strip(" 　\t\xa0\n")
        outline = _integer(_attribute(properties, "w:outlineLvl"))
        found = Paragraph(
            element, text, style, style.outline if outline is None else outline, *self._set_in(element, style),
            is_centred=_centred(properties, style),
        )  # fmt: skip
        if found.outline is not None and found.outline >= _NONE:
            found.outline = None
        list_id, level = _attribute_in(properties, "w:numId"), _attribute_in(properties, "w:ilvl")
        list_id = style.list_id if list_id is None else list_id
        if list_id and list_id != "0" and text:
            found.counted, found.is_dotted = self._counting.label(list_id, _integer(level) or style.level)
        found.ordinal = Ordinal(kind_of(found.counted), found.counted, text) if found.counted else parted(text)
        return found

    def style(self, key: str, depth: int = 0) -> Style:
        """The style of that id, with what it inherits."""
        if key not in self._resolved:
            element = self._styles.get(key)
            if element is None or depth > 12:
                return Style()
            base = self.style(_attribute(element, "w:basedOn") or "", depth + 1)
            self._resolved[key] = _merged(element, base)
        return self._resolved[key]

    def _set_in(self, element: Element, style: Style) -> tuple[float, bool, str]:
        """Size, boldness and Chinese font of most of its signs."""
        weights: dict[tuple[float, bool, str], int] = {}
        for run in element.iter(qn("w:r")):
            length = len("".join(_texts(run)).strip())
            if length:
                properties = run.find(qn("w:rPr"))
                own = self.style(_attribute(properties, "w:rStyle") or "")
                size = _size(properties) or own.size or style.size or self._size
                bold = _switch(properties, "w:b")
                is_bold = (own.bold or style.bold) if bold is None else bold
                key = (size, is_bold, _font(properties) or own.font or style.font or self._font)
                weights[key] = weights.get(key, 0) + length
        most = max(weights, key=lambda key: weights[key], default=(style.size or self._size, style.bold, style.font))
        whole = all(key[1] for key in weights) if weights else most[1]
        return most[0], whole, most[2]


def _merged(element: Element, base: Style) -> Style:
    name = (_attribute(element, "w:name") or "").strip()
    properties, runs = element.find(qn("w:pPr")), element.find(qn("w:rPr"))
    outline = _integer(_attribute(properties, "w:outlineLvl"))
    named = _level_in(name)
    bold = _switch(runs, "w:b")
    list_id = _attribute_in(properties, "w:numId")
    level = _attribute_in(properties, "w:ilvl")
    return Style(
        name,
        (name, *base.names),
        outline if outline is not None else named if named is not None else base.outline,
        base.bold if bold is None else bold,
        _size(runs) or base.size,
        _font(runs) or base.font,
        _centred(properties, base),
        base.list_id if list_id is None else list_id,
        base.level if level is None else _integer(level) or 0,
    )


def _level_in(name: str) -> int | None:
    """The outline level that the name of a style tells."""
    if found := _STYLED.search(name) or _GRADED.search(name):
        sign = found[1]
        return int(sign) - 1 if sign.isdigit() else "一二三四五六".index(sign)
    return _NAMED.get(name)


def is_contents(found: Paragraph) -> bool:
    """Whether it belongs to a table of contents."""
    return any(_CONTENTS.match(name) for name in found.style.names) or bool(_LEADERS.search(found.text))


_LEADERS = re.compile(r"(?:\t|[.．·…]{3,}|…{1,}|-{4,})[ 　]*[0-9IVXivx]{1,3}$")


def _texts(element: Element) -> Iterator[str]:
    """The words that stand, deleted ones left out; fields by their result."""
    for each in element.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:noBreakHyphen")):
        if each.tag == qn("w:t"):
            yield each.text or ""
        elif each.tag == qn("w:tab") and each.getparent().tag == qn("w:r"):
            yield "\t"
        elif each.tag == qn("w:br") and each.get(qn("w:type")) is None:
            yield " "


def _numbering(file: File) -> Element | None:
    relations = [each for each in file.part.rels.values() if each.reltype.endswith("/numbering")]
    return relations[0].target_part.element if relations else None  # type: ignore[attr-defined]


def _is_default(style: Element) -> bool:
    return style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true")


def _attribute(element: Element | None, tag: str) -> str | None:
    found = element.find(qn(tag)) if element is not None else None
    return None if found is None else found.get(qn("w:val"))


def _attribute_in(properties: Element | None, tag: str) -> str | None:
    return _attribute(properties.find(qn("w:numPr")) if properties is not None else None, tag)


def _integer(value: str | None) -> int | None:
    return int(value) if value and value.isdigit() and len(value) < 4 else None


def _switch(properties: Element | None, tag: str) -> bool | None:
    found = properties.find(qn(tag)) if properties is not None else None
    return None if found is None else found.get(qn("w:val"), "1") not in ("0", "false", "off")


def _size(properties: Element | None) -> float | None:
    value = _attribute(properties, "w:sz")
    return int(value) / 2 if value and value.isdigit() and len(value) < 5 else None


def _font(properties: Element | None) -> str:
    found = properties.find(qn("w:rFonts")) if properties is not None else None
    return "" if found is None else found.get(qn("w:eastAsia"), "")


def _centred(properties: Element | None, base: Style) -> bool:
    value = _attribute(properties, "w:jc")
    return base.centred if value is None else value == "center"
