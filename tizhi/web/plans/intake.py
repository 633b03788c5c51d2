"""导入的段落: a Word file's parts as the preview shows them, and back to texts of sections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from tizhi.base.documents import rich
from tizhi.base.documents.intake import Outline, Placed

_PICTURE = re.compile(r'src="/files/(\d+)/"')


@dataclass(frozen=True)
class Piece:
    """A part of the file: its heading, its text, the section it goes to ("": none yet)."""

    title: str
    html: str
    key: str = ""


def as_upload(number: int, content: bytes) -> SimpleUploadedFile:
    """A picture of the file, as if it had been uploaded."""
    ending = "png" if content.startswith(b"\x89PNG") else "jpg"
    return SimpleUploadedFile(f"文档图片{number + 1}.{ending}", content)


def pieces_of(outline: Outline, placed: Placed, pictures: Mapping[int, int]) -> list[Piece]:
    """What goes to each section, then what was not placed; pictures by the ids of the stored files."""
    titles = {one.key: one.heading.text for one in reversed(placed.headings) if one.key}
    found = [Piece(titles.get(key, ""), _shown(html, pictures), key) for key, html in placed.html.items() if html]
    preamble = _shown(outline.preamble, pictures)
    loose = [Piece(title, _shown(html, pictures)) for title, html in placed.unplaced]
    if not rich.is_empty(preamble):
        loose.insert(0, Piece("正文开头（第一个标题之前）", preamble))
    return found + [one for one in loose if one.title or not rich.is_empty(one.html)]


def _shown(html: str, pictures: Mapping[int, int]) -> str:
    def put(found: re.Match[str]) -> str:
        stored = pictures.get(int(found.group(1)))
        return f'src="/files/{stored}/"' if stored else 'src=""'

    return _PICTURE.sub(put, html)


def texts_of(pieces: Iterable[Piece], sections: Mapping[str, str]) -> dict[str, str]:
    """The text for each section: the pieces sent there, in order; one put there by hand keeps its heading."""
    found: dict[str, str] = {}
    for one in pieces:
        if one.key in sections:
            is_own = not one.title or one.key not in found
            head = "" if is_own else f"<h3>{escape(one.title)}</h3>"
            found[one.key] = found.get(one.key, "") + head + one.html
    return found
