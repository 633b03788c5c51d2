"""富文本: text written in the browser, as a small, clean HTML that every reader and writer of this house understands."""

from __future__ import annotations

import re
from collections.abc import Container

import nh3

from ..document import Block, paragraph

_TAGS = set("h2 h3 h4 p br strong em u s sub sup ul ol li blockquote table thead tbody tr th td a img".split())


def clean(html: str, pictures: Container[int] | None = None) -> str:
    """`html` reduced to what this house keeps."""
    return nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}, "img": {"src", "alt"}, "td": {"colspan"}})


def plain(html: str) -> str:
    """The text, one line per block."""
    return re.sub("<[^>]+>", "\n", html).strip()


def pictures_in(html: str) -> list[int]:
    """The ids of the pictures shown, in order."""
    return [int(one) for one in re.findall(r'src="/files/(\d+)/"', html)]


def length(html: str) -> int:
    """How many characters were written, blanks not counted."""
    return len("".join(plain(html).split()))


def is_empty(html: str) -> bool:
    """Whether nothing was written."""
    return not length(html) and not pictures_in(html)


def blocks(html: str, level: int = 2) -> tuple[Block, ...]:
    """The text as blocks of a neutral document; its topmost headings get `level`."""
    return tuple(paragraph(line) for line in plain(html).split("\n") if line.strip())
