"""PDF 文件: a document in the layout of GB/T 9704-2012, by Typst; the twin of the Word file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from ..document import Document
from ..fonts import official
from .data import Laid

__all__ = ["write_pdf"]

_EPOCH = date(1980, 1, 1)


def write_pdf(document: Document, images: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `document`; the same document, set in the same fonts, gives the same bytes.

    `images` holds the bytes (PNG or JPEG) of its figures by name; ValueError if one is missing. RuleBroken when
    there is no Chinese font.
    """
    faces = official()
    laid = Laid(dict(images or {}))
    data = {"fonts": faces.families, **laid.whole(document)}
    made = datetime.combine(document.dated or _EPOCH, time(), UTC)
    # The layout can read what lies in this folder, and nothing else: the pictures, called by their number.
    with TemporaryDirectory(prefix="tizhi-pdf-") as folder:
        for name, content in _numbered(data, laid):
            (Path(folder) / name).write_bytes(content)
        compiler = typst.Compiler(_layout(), root=folder, font_paths=faces.fonts, ignore_system_fonts=True)
        given = {"data": json.dumps(data, ensure_ascii=False)}
        return bytes(compiler.compile(format="pdf", sys_inputs=given, timestamp=made))  # type: ignore[arg-type]


def _numbered(data: dict, laid: Laid) -> list[tuple[str, bytes]]:
    blocks = [*data["blocks"], *(block for annex in data["annexes"] for block in annex["blocks"])]
    names = {block["image"] for block in blocks if block["is"] == "figure"}
    return [(name, laid.given[laid.images[int(name.partition(".")[0])]]) for name in sorted(names)]


@lru_cache(maxsize=1)
def _layout() -> bytes:
    return (Path(__file__).parent / "layout.typ").read_bytes()
