"""数据: a document as the plain data that the layout sets; ordinals, widths and places are settled here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from PIL import Image

from ...kit import words
from ..document import Block, Document, Figure, Head, Heading, Imprint, Labelled, Paragraph, Run, Table
from ..numbering import Counter, annexes_labelled
from ..word.measures import CHARACTERS, SIZE_5, SIZE_SMALL_4, length

_BLANKS: Final = 2
_LARGEST_HEAD: Final = 48  # points
_WIDTH, _HEIGHT = 156, 225  # mm of the type area
_PADDING: Final = 8  # points left and right of a cell together
_LONG: Final = 300  # characters in a cell from which its row may run over a page
_HIGHEST: Final = 0.8  # of the page: a caption still fits below
_POINTS_PER_MM: Final = 72 / 25.4

Data = dict[str, Any]


@dataclass
class Laid:
    """The data of one document; `images` are the names of its pictures in the order of their numbers."""

    given: dict[str, bytes]
    images: list[str] = field(default_factory=list)
    counter: Counter = field(default_factory=Counter)

    def whole(self, document: Document) -> Data:
        """Everything the layout asks for."""
        dated = words.day(document.dated) if document.dated else ""
        blocks = self.blocks(document.blocks, _WIDTH)
        if blocks and blocks[-1]["is"] == "paragraph":
            blocks[-1]["sticky"] = bool(document.signature or dated)  # no signature on a page without text
        return {
            "name": "".join(document.title) or (document.head.name if document.head else ""),
            "issuer": document.issuer,
            "title": "\n".join(document.title),
            "number": document.number,
            "addressee": document.addressee,
            "head": _head(document.head) if document.head else None,
            "blocks": blocks,
            "attached": list(document.attached),
            "attendance": [_labelled(line) for line in document.attendance],
            "signature": document.signature,
            "dated": dated,
            "indent": max(0, CHARACTERS - _BLANKS - max(length(document.signature), _BLANKS + length(dated))),
            "notes": list(document.notes),
            "annexes": [
                {
                    "label": label,
                    "title": annex.title,
                    "landscape": annex.landscape,
                    "blocks": self.blocks(annex.blocks, _HEIGHT if annex.landscape else _WIDTH),
                }
                for annex, label in annexes_labelled(document)
            ],
            "imprint": _imprint(document.imprint) if document.imprint else None,
        }

    def blocks(self, blocks: Iterable[Block], width: int) -> list[Data]:
        """The blocks of the text or of an annex, in columns of `width` mm."""
        return [self._block(block, label, width) for block, label in self.counter.labelled(blocks)]

    def _block(self, block: Block, label: str, width: int) -> Data:
        match block:
            case Heading():
                return {"is": "heading", "level": block.level, "label": label, "text": block.text}
            case Paragraph():
                return {"is": "paragraph", "runs": _runs(block.runs), "sticky": False}
            case Labelled():
                return _labelled(block)
            case Table():
                return {"is": "table", "label": label, **_table(block, width)}
            case Figure():
                return {"is": "figure", "label": label, **self._figure(block, width)}
        return {"is": "break"}

    def _figure(self, block: Figure, width: int) -> Data:
        if block.image not in self.given:
            raise ValueError(f"no image {block.image!r}")
        if block.image not in self.images:
            self.images.append(block.image)
        with Image.open(BytesIO(self.given[block.image])) as image:
            across, down = image.size
        height = (_WIDTH + _HEIGHT - width if width == _HEIGHT else _HEIGHT) * _HIGHEST
        name = f"{self.images.index(block.image)}.{(image.format or 'png').lower()}"
        fitting = min(block.width_mm, width, height * across / max(down, 1))
        return {"image": name, "caption": block.caption, "alt": block.alt or block.caption, "width": fitting}


def _runs(runs: Iterable[Run]) -> list[Data]:
    return [{"text": run.text, "bold": bool(getattr(run, "bold", False))} for run in runs]


def _labelled(block: Labelled) -> Data:
    wide = length(block.label) + 1
    return {"is": "labelled", "label": block.label, "wide": wide, "runs": _runs(block.runs)}


def _head(head: Head) -> Data:
    points = min(_LARGEST_HEAD, int(_WIDTH * _POINTS_PER_MM / max(length(head.name), 1)))
    return {"name": head.name, "left": head.left, "right": head.right, "points": points}


def _imprint(imprint: Imprint) -> Data:
    copies = [[label, names, length(label) + 1] for label, names in imprint.copies]
    return {"copies": copies, "printer": imprint.printer, "printed": imprint.printed}


def _table(block: Table, width: int) -> Data:
    """小四 type, or 五号 when the columns ask for more characters than fit."""
    asked = sum(column.width * SIZE_SMALL_4 + _PADDING for column in block.columns)
    points = SIZE_5 if asked > width * _POINTS_PER_MM else SIZE_SMALL_4
    columns = [
        {
            "title": column.title.replace("（", "\n（") if length(column.title) > column.width else column.title,
            "align": column.aligned,
            "width": column.width * points + _PADDING,
        }
        for column in block.columns
    ]
    rows = [
        {
            "cells": _runs(row.cells),
            "total": row.total,
            "long": any(len(cell.text) > _LONG for cell in row.cells),
        }
        for row in block.rows
    ]
    return {"caption": block.caption, "note": block.note, "points": points, "columns": columns, "rows": rows}
