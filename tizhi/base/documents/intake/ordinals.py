"""序号: the ordinals before headings, typed or counted by Word, and what kind each is."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from docx.oxml.ns import qn

from ...kit.words import numeral

_CN, _DIGIT = "[一二三四五六七八九十百零〇两]{1,4}", "[0-9０-９]{1,2}"
_GAP = "[ 　\t\xa0]"
_KINDS: Final = (
    ("part", rf"第{_GAP}*(?:{_CN}|{_DIGIT}){_GAP}*(?:部分|篇|编)[：:、]?"),
    ("chapter", rf"第{_GAP}*(?:{_CN}|{_DIGIT}){_GAP}*章[：:、]?"),
    ("section", rf"第{_GAP}*(?:{_CN}|{_DIGIT}){_GAP}*节[：:、]?"),
    ("cn", rf"{_CN}(?:[、.．]|{_GAP}+(?=\S))"),
    ("cnp", rf"[（(]{_GAP}*{_CN}{_GAP}*[）)][、.．]?"),
    ("dec3", rf"{_DIGIT}(?:[.．]{_DIGIT}){{2,4}}[.．、]?(?![0-9０-９%％])"),
    ("dec2", rf"{_DIGIT}[.．]{_DIGIT}[.．、]?(?![0-9０-９.．%％])"),
    ("n", rf"{_DIGIT}[.．、](?![0-9０-９])"),
    ("np", rf"(?:[（(]{_GAP}*{_DIGIT}{_GAP}*[）)]|{_DIGIT}[)）])[、.．]?"),
    ("circle", "[①-⑳]"),
    ("bare", rf"{_DIGIT}{_GAP}+(?=[^\d\s])"),
)
KINDS: Final = tuple(kind for kind, _ in _KINDS)
_PATTERNS: Final = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)
# Kinds that nearly always stand before headings; the others stand before items of a list as often.
STRONG: Final = frozenset(["part", "chapter", "section", "cn", "cnp", "dec2", "dec3"])


class Ordinal(NamedTuple):
    """An ordinal, its kind, and the words after it; all empty when there is none."""

    kind: str = ""
    number: str = ""
    text: str = ""


def parted(text: str) -> Ordinal:
    """`text` with its ordinal apart."""
    for kind, pattern in _PATTERNS:
        if found := pattern.match(text):
            return Ordinal(kind, found.group().strip(), text[found.end() :].strip(" 　\t\xa0"))
    return Ordinal(text=text)


def kind_of(label: str) -> str:
    """The kind of a label that Word counted, such as 一、 or 1.1."""
    return parted(f"{label} 题").kind


class Counting:
    """Word's own numbering: the label of each numbered paragraph, counted as the file goes on."""

    def __init__(self, numbering: Any) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._styles: dict[str, tuple[str, int]] = {}  # abstract list and level by the style they belong to
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._learn(numbering)

    def _learn(self, numbering: Any) -> None:
        for abstract in numbering.iter(qn("w:abstractNum")):
            key = abstract.get(qn("w:abstractNumId"))
            self._levels[key] = {
                _whole(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    _whole(_value(level, "w:start", "1")),
                )
                for level in abstract.iter(qn("w:lvl"))
            }
        for num in numbering.findall(qn("w:num")):
            self._lists[num.get(qn("w:numId"))] = _value(num, "w:abstractNumId", "")

    def label(self, list_id: str, level: int) -> tuple[str, bool]:
        """The next label of that list and level, and whether it is a mere dot."""
        key = self._lists.get(list_id, "")
        levels = self._levels.get(key, {})
        if level not in levels:
            return "", False
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        shape, pattern, _ = levels[level]
        if shape in ("bullet", "none"):
            return "", shape == "bullet"
        for each in range(level + 1):
            own = levels.get(each, ("decimal", "", 1))
            pattern = pattern.replace(f"%{each + 1}", _counted(own[0], counts.get(each, own[2])))
        return pattern, False


def _counted(shape: str, number: int) -> str:
    if "hinese" in shape or shape in ("ideographDigital", "japaneseCounting", "taiwaneseCountingThousand"):
        return numeral(number)
    if shape.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _value(element: Any, tag: str, default: str) -> str:
    found = element.find(qn(tag))
    return default if found is None else found.get(qn("w:val"), default)


def _whole(value: str | None) -> int:
    return int(value) if value and value.lstrip("-").isdigit() else 0
