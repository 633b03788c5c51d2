"""PNG: a drawing as a picture, by Typst; nothing but Chinese fonts is needed."""

from __future__ import annotations

from typing import Final

import typst

from ..fonts import chinese
from .parts import Drawing
from .svg import file_svg, size_of

PPI: Final = 192
_PAGE = """#set page(width: {width}pt, height: {height}pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, alt: sys.inputs.alt)"""


def write_png(drawing: Drawing, *, ppi: float = PPI, is_framed: bool = True) -> bytes:
    """The picture, `ppi` dots for 72 units; RuleBroken when there is no Chinese font."""
    face = chinese()
    width, height = size_of(drawing, is_framed=is_framed)
    given = {"svg": file_svg(drawing, families=face.family, is_framed=is_framed), "alt": drawing.title}
    page = _PAGE.format(width=width, height=height)
    compiler = typst.Compiler(page.encode(), font_paths=face.fonts, ignore_system_fonts=True)
    return bytes(compiler.compile(format="png", ppi=ppi, sys_inputs=given))  # type: ignore[arg-type]
