"""文稿: the neutral document. A report is composed as this, frozen as its JSON, and printed by the writers.

Every number and every paragraph keeps the ids of the records behind it. Ordinal words (一、 （一） 表1 附件1) are
never typed: the writers number headings, tables, figures and annexes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from ..kit import words
from .part import Part, canonical, restored

Records = tuple[int, ...]
Kind = Literal["text", "number", "date"]
Align = Literal["", "left", "center", "right"]

# Within a line


@dataclass(frozen=True)
class Text(Part):
    """Words; `\\n` breaks the line."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Number(Part):
    """A figure as printed, with the key of its definition and the records it counts."""

    text: str
    key: str = ""
    records: Records = ()


Run = Text | Number

# Blocks


@dataclass(frozen=True)
class Heading(Part):
    """A heading of level 1–4, without its ordinal."""

    text: str
    level: int = 1
    records: Records = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.level not in (1, 2, 3, 4):
            raise ValueError("a heading has level 1, 2, 3 or 4")


@dataclass(frozen=True)
class Paragraph(Part):
    """Running text; build it with `paragraph`."""

    runs: tuple[Run, ...]
    records: Records = ()


@dataclass(frozen=True)
class Labelled(Part):
    """出席：… or 时间：…: a label in 黑体, a colon, and text that stays right of the colon (GB/T 9704-2012 10.3)."""

    label: str
    runs: tuple[Run, ...]
    records: Records = ()


@dataclass(frozen=True)
class Column(Part):
    """A column of a table or sheet. `width` is a hint in Chinese characters.

    Without `align` text stands left, numbers right, dates in the centre.
    """

    title: str
    kind: Kind = "text"
    width: int = 6
    align: Align = ""

    @property
    def aligned(self) -> str:
        """left, center or right."""
        return self.align or {"text": "left", "number": "right", "date": "center"}[self.kind]


@dataclass(frozen=True)
class Row(Part):
    """A row of a table; `total` sets it apart as a sum. Build it with `row`."""

    cells: tuple[Run, ...]
    records: Records = ()
    total: bool = False


@dataclass(frozen=True)
class Table(Part):
    """A table with its caption above and a note (注：…) below; either may be empty."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("every row has one cell for each column")


@dataclass(frozen=True)
class Figure(Part):
    """A picture with its caption below. `image` names the stored bytes, which the caller hands to the writer.

    It is counted as 图, or as 表 where the text it belongs to calls it so.
    """

    image: str
    caption: str
    alt: str = ""
    width_mm: int = 150
    counts_as: Literal["figure", "table"] = "figure"


@dataclass(frozen=True)
class PageBreak(Part):
    """A new page."""


Block = Heading | Paragraph | Labelled | Table | Figure | PageBreak

# The whole


@dataclass(frozen=True)
class Annex(Part):
    """An annex bound with the document; it begins on a page of its own, numbered in order.

    Without a title it is a plate: a page of the text itself, for what is too large to stand in it; it is not listed.
    """

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Head(Part):
    """版头: a red name, the document's number, 编发单位 left and date right if given, and a red rule."""

    name: str
    left: str = ""
    right: str = ""


@dataclass(frozen=True)
class Imprint(Part):
    """版记 or 报尾 at the foot of the last page: (抄送, …), (报, …), (送, …); then who printed it, and when."""

    copies: tuple[tuple[str, str], ...]
    printer: str = ""
    printed: str = ""


@dataclass(frozen=True)
class Document(Part):
    """A document. `title` is broken into lines by its author (empty when the head says all, as of some minutes).

    `attachments` names papers attached apart from `annexes`; `attendance` is who was at a meeting.
    `number` is the 发文字号 or 期号: under the name in the head, or under the title when there is no head.
    """

    title: tuple[str, ...]
    kind: str = ""
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    blocks: tuple[Block, ...] = ()
    attendance: tuple[Labelled, ...] = ()
    signature: str = ""
    dated: date | None = None
    annexes: tuple[Annex, ...] = ()
    attachments: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    head: Head | None = None
    imprint: Imprint | None = None

    @property
    def attached(self) -> tuple[str, ...]:
        """The names listed after 附件：, in order."""
        return (*(annex.title for annex in self.annexes if annex.title), *self.attachments)

    def record_ids(self) -> frozenset[int]:
        """Every record behind anything in this document."""
        return frozenset(_records(self))

    def to_json(self) -> str:
        """The canonical JSON this document is frozen as."""
        return canonical(self)

    @staticmethod
    def from_json(text: str) -> Document:
        """The document that `to_json` wrote; ValueError if `text` is none."""
        document = restored(text)
        if not isinstance(document, Document):
            raise ValueError("not a document")
        return document

    def digest(self) -> str:
        """SHA-256 of the canonical JSON, in hexadecimal."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def paragraph(*parts: str | Run, records: Records = ()) -> Paragraph:
    """A paragraph of strings and numbers in order."""
    return Paragraph(tuple(_run(part) for part in parts), records)


def labelled(label: str, *parts: str | Run, records: Records = ()) -> Labelled:
    """A labelled line such as 出席：…."""
    return Labelled(label, tuple(_run(part) for part in parts), records)


def row(*cells: str | int | Run | None, records: Records = (), total: bool = False) -> Row:
    """A row of a table; whole numbers are grouped, nothing is an empty cell."""
    return Row(tuple(_run(cell) for cell in cells), records, total)


def count(value: int, key: str, records: Records = ()) -> Number:
    """A counted number as it is printed: grouped by thousands."""
    return Number(words.number(value), key, records)


def _run(part: str | int | Run | None) -> Run:
    if isinstance(part, (Text, Number)):
        return part
    if isinstance(part, int):
        return Text(words.number(part))
    return Text(part or "")


def _records(value: Any) -> Iterator[int]:
    if isinstance(value, tuple):
        for item in value:
            yield from _records(item)
    elif isinstance(value, Part):
        for name, item in vars(value).items():
            yield from item if name == "records" else _records(item)
