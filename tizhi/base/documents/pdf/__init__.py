"""PDF 文件: a document in the layout of GB/T 9704-2012, by Typst."""

from __future__ import annotations

from collections.abc import Mapping

import typst

from ..document import Document
from ..fonts import chinese
from ..plain import write_plain

__all__ = ["write_pdf"]


def write_pdf(document: Document, images: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of `document`; the same document gives the same bytes."""
    face = chinese()
    page = b'#sys.inputs.text.split("\\n").map(par).join()'
    compiler = typst.Compiler(page, font_paths=face.fonts, ignore_system_fonts=True)
    return bytes(compiler.compile(format="pdf", sys_inputs={"text": write_plain(document)}))
