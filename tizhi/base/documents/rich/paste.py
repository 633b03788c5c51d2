"""粘贴: what Word and WPS put on the clipboard: looks given as style, lists written as paragraphs."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .nodes import Span

# Tags that stand within a line; every other tag begins and ends one.
INLINE: Final = frozenset(
    ["b", "strong", "i", "em", "u", "s", "strike", "del", "ins", "sub", "sup", "span", "font", "small", "big", "code"]
)
_BOLD = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_LIGHT = re.compile(r"(?<![-\w])font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_STYLED: Final = (
    (_BOLD, "strong"),
    (re.compile(r"font-style\s*:\s*italic", re.I), "em"),
    (re.compile(r"text-decoration[^;]*:[^;]*underline", re.I), "u"),
    (re.compile(r"text-decoration[^;]*:[^;]*line-through", re.I), "s"),
    (re.compile(r"vertical-align\s*:\s*sub", re.I), "sub"),
    (re.compile(r"vertical-align\s*:\s*super", re.I), "sup"),
)
_LISTED = re.compile(r"mso-list\s*:\s*[^;]*\blevel([1-9])", re.I)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.I)
_SYMBOLS = re.compile(r"font-family\s*:\s*[\"']?(?:wingdings|symbol)", re.I)
# 1. 1) (1) a) are items of a list; 一、（一）第一章 are how official texts number headings, and stay as they are typed.
_ORDINAL = re.compile(r"[（(]?(?:[0-9]{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:[)）.．、])?")
_DOT = re.compile("([·•●○▪■□◆◇➢➤√✓\uf06c\uf06e\uf075\uf0d8\uf0fc])[ \u3000]+")


class Found(NamedTuple):
    """That a paragraph is an item of a list: how deep (from 0) and whether numbered."""

    level: int
    ordered: bool


def marks(own: str, style: str) -> tuple[str, ...]:
    """The marks of a tag: the one of its name, and those of its style; bold that is styled away is none."""
    found = {own} if own else set()
    if style:
        found -= {"strong"} if _LIGHT.search(style) else set()
        found |= {mark for pattern, mark in _STYLED if pattern.search(style)}
    return tuple(found)


class Place:
    """What a paragraph says about its place in a list; it takes the marker that Word typed before the text."""

    def __init__(self, style: str = "") -> None:
        found = _LISTED.search(style) if style else None
        self._level = int(found[1]) - 1 if found else None
        self._tags: list[tuple[str, bool, bool]] = []  # open tags within the line: name, is marker, is symbols
        self._marker = ""
        self._in_symbols = False
        self._has_text = False

    def enter(self, tag: str, style: str) -> None:
        """A tag opens within the line."""
        self._tags.append((tag, bool(_IGNORED.search(style)), bool(_SYMBOLS.search(style))))

    def leave(self, tag: str) -> None:
        """The innermost such tag closes."""
        at = next((nth for nth in range(len(self._tags) - 1, -1, -1) if self._tags[nth][0] == tag), None)
        if at is not None:
            del self._tags[at]

    def takes(self, data: str) -> bool:
        """Whether `data` belongs to the marker, not to the text."""
        is_marker = any(marker for _, marker, _ in self._tags)
        is_symbol = any(symbols for _, _, symbols in self._tags)
        if is_marker or (is_symbol and not self._has_text and len(data.strip()) == 1):
            self._marker += data
            self._in_symbols |= is_symbol
            return True
        self._has_text |= bool(data.strip())
        return False

    def item(self, spans: list[Span], *, is_pasted: bool, is_free: bool) -> Found | None:
        """The place of the line in a list; a marker that makes no item is put back before the text."""
        marker = "".join(self._marker.split())
        level = self._level or 0
        if is_free and marker and (self._in_symbols or not any(sign.isalnum() for sign in marker)):
            return Found(level, ordered=False)
        if is_free and marker and _ORDINAL.fullmatch(marker):
            return Found(level, ordered=True)
        if marker and not self._in_symbols:
            spans.insert(0, Span(marker))
        elif is_free and is_pasted and (dot := _DOT.match(spans[0].text)):
            spans[0].text = spans[0].text[dot.end() :]
            return Found(level, ordered=False)
        return None
