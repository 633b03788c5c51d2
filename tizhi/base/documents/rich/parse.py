"""读出: any HTML as a tree that holds only what this house keeps; what Word and WPS paste is understood on the way.

The tree, not the HTML, is what goes on: it has no place for a script, an event or an address that is not a link.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Final

from lxml import etree

from . import paste
from .boxes import Boxes, filled
from .nodes import Line, Node, Picture, Span
from .spaces import settled, visible

_KINDS: Final = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_MARKS: Final = {"b": "strong", "i": "em", "strike": "s", "del": "s", "ins": "u"} | {
    mark: mark for mark in ("strong", "em", "u", "s", "sub", "sup")
}
_FILE = re.compile(r"/files/([1-9][0-9]{0,17})/")
_LONGEST_ALT = 500
_PIECE = 2**14
_SHORT = 200  # a longer span is not added to, for each addition copies it


_DROPPED: Final = frozenset(
    ["script", "style", "title", "head", "noscript", "template", "iframe", "object", "svg", "math", "textarea",
     "select", "xml", "audio", "video", "canvas", "noembed", "noframes"]
)  # fmt: skip
_LINKS: Final = ("http://", "https://", "mailto:")
_DEEPEST = 500  # tags within tags: more is no text of a person, and the parser's time grows with its square


def read(html: str, pictures: Container[int] | None = None) -> list[Node]:
    """The tree of `html`; of what is nested beyond all sense only the words."""
    try:
        return _read(html, pictures)
    except _TooDeep:
        words = (piece.rpartition(">")[2] for piece in html.split("<"))
        return _read("<br><br>".join(word for word in words if word.strip()), pictures)


def _read(html: str, pictures: Container[int] | None) -> list[Node]:
    reader = Reader(pictures, is_pasted="mso-" in html)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True, no_network=True)
    parser.feed(b"<body>")
    content = html.replace("\0", "").encode(errors="ignore")
    for start in range(0, len(content), _PIECE):  # what the reader raises is heard when a piece is done
        parser.feed(content[start : start + _PIECE])
    parser.close()
    return reader.whole()


class _TooDeep(Exception):
    """Nested deeper than is read."""


class Reader:
    """Builds the tree from the events of the parser; no recursion follows the nesting, so it cannot be exhausted."""

    def __init__(self, pictures: Container[int] | None, *, is_pasted: bool) -> None:
        self._pictures = pictures
        self._is_pasted = is_pasted
        self._boxes = Boxes()
        self._depth = 0
        self._dropping = 0  # tags open from the outermost whose content is dropped
        self._marks: list[tuple[str, tuple[str, ...]]] = []  # of every tag open within the line
        self._link = ""
        self._kind = "p"
        self._heard: list[str] = []
        self._spans: list[Span] = []
        self._place = paste.Place()

    def whole(self) -> list[Node]:
        """The tree of all that was read."""
        self._listen()
        self._flush()
        return filled(self._boxes.nodes)

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        """A tag opens."""
        self._listen()
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeep
        if self._dropping or tag in _DROPPED:
            self._dropping += 1
        elif tag == "br":
            self._add("\n")
        elif tag == "img":
            self._picture(given.get("src", ""), given.get("alt", ""))
        elif tag == "a":
            href = given.get("href", "").strip()
            self._link = href if href.lower().startswith(_LINKS) else ""
        else:
            self._enter(tag, given)

    def end(self, tag: str) -> None:
        """A tag closes."""
        self._listen()
        self._depth -= 1
        if self._dropping:
            self._dropping -= 1
        elif tag == "a":
            self._link = ""
        elif tag in paste.INLINE:
            last = next((nth for nth in range(len(self._marks) - 1, -1, -1) if self._marks[nth][0] == tag), None)
            if last is not None:
                del self._marks[last]
            self._place.leave(tag)
        elif tag not in ("br", "img"):
            self._flush()
            self._kind = "p"
            self._boxes.leave(tag)

    def data(self, text: str) -> None:
        """Text, in as many pieces as the parser likes."""
        if not self._dropping:
            self._heard.append(text)

    def close(self) -> None:
        """The end."""

    def _listen(self) -> None:
        """Take in the text since the last tag."""
        if self._heard:
            text, self._heard = "".join(self._heard), []
            if not self._place.takes(text):
                self._add(visible(text))

    def _enter(self, tag: str, given: Mapping[str, str]) -> None:
        style = given.get("style", "")
        if tag in paste.INLINE:
            self._marks.append((tag, paste.marks(_MARKS.get(tag, ""), style)))
            self._place.enter(tag, style)
        else:
            self._flush()
            self._kind = _KINDS.get(tag, "p")
            self._place = paste.Place(style)
            self._boxes.enter(tag, given.get("colspan", ""), given.get("rowspan", ""))

    def _add(self, text: str) -> None:
        if not text:
            return
        marks = tuple(sorted({mark for _, each in self._marks for mark in each}))
        last = self._spans[-1] if self._spans else None
        if last and len(last.text) < _SHORT and (last.marks, last.href) == (marks, self._link):
            last.text += text
        else:
            self._spans.append(Span(text, marks, self._link))

    def _flush(self) -> None:
        """End the line and lay it where it belongs."""
        spans, self._spans = self._spans, []
        place, self._place = self._place, paste.Place()
        if not spans:
            return
        kind = self._kind if self._boxes.is_free else "p"
        found = place.item(spans, is_pasted=self._is_pasted, is_free=self._boxes.is_free)
        for line in settled(kind, spans):
            if kind != "p":
                _weaken(line)
            if found:
                self._boxes.put_item(line, found)
            else:
                self._boxes.put(line)

    def _picture(self, src: str, alt: str) -> None:
        """A picture stands by itself, even in the middle of a line."""
        found = _FILE.fullmatch(src)
        if found and (self._pictures is None or int(found[1]) in self._pictures):
            kind = self._kind
            self._flush()
            self._kind = kind
            self._boxes.put(Picture(int(found[1]), " ".join(visible(alt[:_LONGEST_ALT]).split())))


def _weaken(line: Line) -> None:
    """A heading is bold by itself."""
    spans, line.spans = line.spans, []
    for span in spans:
        marks = tuple(mark for mark in span.marks if mark != "strong")
        if line.spans and (line.spans[-1].marks, line.spans[-1].href) == (marks, span.href):
            line.spans[-1].text += span.text
        else:
            line.spans.append(Span(span.text, marks, span.href))
