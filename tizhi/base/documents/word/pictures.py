"""插图: pictures in the line of text, never wider or higher than the page."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from docx.parts.document import DocumentPart
from docx.shared import Length, Mm

from ..document import Figure
from .measures import HEIGHT
from .numbering import TABLES
from .properties import listed
from .xml import Element, paragraph, run, w

_HIGHEST = int(HEIGHT * 0.8) * 635  # English Metric Units; a caption still fits below


class Pictures:
    """Puts the images of one document into its file."""

    def __init__(self, part: DocumentPart, images: Mapping[str, bytes]) -> None:
        self._part = part
        self._images = images
        self._count = 0

    def figure(self, block: Figure) -> list[Element]:
        """The picture and its caption; ValueError if its bytes were not handed in."""
        if block.image not in self._images:
            raise ValueError(f"no image {block.image!r}")
        inline = self._inline(BytesIO(self._images[block.image]), block.width_mm)
        self._count += 1
        inline.docPr.id = self._count
        inline.docPr.set("descr", block.alt or block.caption)
        picture = paragraph("Figure", w("r", w("drawing", inline)))
        as_table = (listed(TABLES),) if block.counts_as == "table" else ()
        return (
            [picture, paragraph("FigureCaption", run(block.caption), properties=as_table)]
            if block.caption
            else [picture]
        )

    def _inline(self, image: BytesIO, width_mm: int) -> Element:
        inline = self._part.new_pic_inline(image, width=Mm(width_mm))
        if inline.extent.cy > _HIGHEST:
            inline = self._part.new_pic_inline(image, height=Length(_HIGHEST))
        return inline
