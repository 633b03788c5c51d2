"""空白: the blanks of a line, as a reader sees them: no indents of blanks, no line ends from the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from ..part import printable
from .nodes import Line, Span

# Shown by nobody: soft hyphens, zero-width blanks, marks of direction, what stands for an object.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffc]")
SOFT, EDGE = "\r", "\x01"  # a line end in the source · where one span ends and the next begins
_BLANKS = re.compile(f"{EDGE}*[ {SOFT}][ {SOFT}{EDGE}]*")
_INDENT = " \u3000"


def visible(data: str) -> str:
    """Text as it came, reduced to signs that are seen; line ends of the source become `SOFT`."""
    text = printable(data.replace("\xa0", " "))
    return _INVISIBLE.sub("", text).replace("\f", " ").replace("\n", SOFT)


def settled(kind: str, spans: list[Span]) -> Iterator[Line]:
    """The line in its one form: blanks collapsed, alike spans joined; empty ones left out, two breaks part it."""
    text = EDGE.join(span.text for span in spans)
    text = _BLANKS.sub(lambda found: _blank(found, text), text)
    at, line = 0, list[Span]()
    for piece in text.split("\n"):
        segments = piece.split(EDGE)
        trimmed = _trimmed(
            [Span(each, spans[at + nth].marks, spans[at + nth].href) for nth, each in enumerate(segments)]
        )
        at += len(segments) - 1
        if not trimmed and line:
            yield Line(kind, _joined(line))
            line = []
        elif trimmed and line:
            line[-1].text += "\n"
        line += trimmed
    if line:
        yield Line(kind, _joined(line))


def _blank(found: re.Match[str], text: str) -> str:
    """One blank; none where the source broke its line between two Chinese characters."""
    edges = EDGE * found.group().count(EDGE)
    begins, ends = found.span()
    is_inside = begins > 0 and ends < len(text) and SOFT in found.group()
    return edges if is_inside and _is_wide(text[begins - 1]) and _is_wide(text[ends]) else " " + edges


def _is_wide(sign: str) -> bool:
    return east_asian_width(sign) in "WF"


def _trimmed(spans: list[Span]) -> list[Span]:
    """Without blanks at either end."""
    filled = [nth for nth, span in enumerate(spans) if span.text.strip(_INDENT)]
    if not filled:
        return []
    kept = spans[filled[0] : filled[-1] + 1]
    kept[0].text = kept[0].text.lstrip(_INDENT)
    kept[-1].text = kept[-1].text.rstrip(_INDENT)
    return kept


def _joined(spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        if found and (found[-1].marks, found[-1].href) == (span.marks, span.href):
            found[-1].text += span.text
        else:
            found.append(span)
    return found
