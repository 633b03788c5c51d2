"""正文的画法: the neutral document, and the paragraphs under work, as templates draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tizhi.base.documents.document import Block, Heading, Number, Paragraph, Run, Table
from tizhi.base.documents.numbering import Counter, annex_label, heading_label
from tizhi.pipeline.reports.compiled import Compiled
from tizhi.pipeline.reports.document import Passage, grouped, paragraphs
from tizhi.pipeline.reports.models import Part


@dataclass(frozen=True)
class Piece:
    """Words, or a number that opens its explanation (`address`); `on` marks the one that is open."""

    text: str
    address: str = ""
    on: bool = False


@dataclass(frozen=True)
class Drawn:
    """A heading, a paragraph (the `place`th block, with the activities it rests on) or a table."""

    kind: Literal["h2", "h3", "p", "table"]
    pieces: tuple[Piece, ...] = ()
    place: int = 0
    records: tuple[int, ...] = ()
    table: Table | None = None

    @property
    def lines(self) -> Iterator[Line]:
        """The rows of a table."""
        for row in self.table.rows if self.table else ():
            cells = zip(row.cells, self.table.columns, strict=True)  # type: ignore[union-attr]
            yield Line(tuple((_piece(cell, ""), column.aligned) for cell, column in cells), row.total)


@dataclass(frozen=True)
class AnnexDrawn:
    """附件."""

    label: str
    title: str
    blocks: tuple[Drawn, ...]


@dataclass(frozen=True)
class Line:
    """A row of an annex table: its cells with the column's alignment."""

    cells: tuple[tuple[Piece, str], ...]
    total: bool


def text_of(whole: Compiled, open_at: str = "") -> list[Drawn]:
    """The text of the report; `open_at` is the address of the number that is explained beside it."""
    return list(_drawn(whole.document.blocks, open_at))


def annexes_of(whole: Compiled, open_at: str = "") -> list[AnnexDrawn]:
    """Its annexes."""
    annexes = whole.document.annexes
    return [
        AnnexDrawn(annex_label(place, len(annexes)), annex.title, tuple(_drawn(annex.blocks, open_at)))
        for place, annex in enumerate(annexes, start=1)
    ]


def _drawn(blocks: Iterable[Block], open_at: str) -> Iterator[Drawn]:
    for place, (block, label) in enumerate(Counter().labelled(blocks)):
        if isinstance(block, Heading):
            yield Drawn("h2" if block.level == 1 else "h3", (Piece(label + block.text),))
        elif isinstance(block, Paragraph):
            yield Drawn("p", tuple(_piece(run, open_at) for run in block.runs), place, block.records)
        elif isinstance(block, Table):
            yield Drawn("table", table=block)


def _piece(run: Run, open_at: str) -> Piece:
    return Piece(run.text, run.key, run.key == open_at) if isinstance(run, Number) else Piece(run.text)


# Under work


@dataclass(frozen=True)
class PartDrawn:
    """A paragraph with its tools; `is_open` when it is chosen, `is_lost` when an activity behind it was sent back."""

    part: Part
    lines: tuple[tuple[Piece, ...], ...]
    count: int
    is_open: bool
    is_lost: bool


@dataclass(frozen=True)
class GroupDrawn:
    """The paragraphs under one heading of a section."""

    title: str
    parts: tuple[PartDrawn, ...]


@dataclass(frozen=True)
class SectionDrawn:
    """A section with its number."""

    key: str
    title: str
    groups: tuple[GroupDrawn, ...]


def sections_of(whole: Compiled, open_at: str, chosen: int | None) -> list[SectionDrawn]:
    """The report under work, section by section; `chosen` is the key of the paragraph that is open."""
    return [_section(whole, place, section, open_at, chosen) for place, section in enumerate(Part.Section, start=1)]


def _section(whole: Compiled, place: int, section: Part.Section, open_at: str, chosen: int | None) -> SectionDrawn:
    here = [one for one in whole.passages if one.section == section and one.part is not None]
    groups = grouped(whole.facts, section, here) if whole.facts else []
    drawn = tuple(
        GroupDrawn(
            heading_label(2, number) + title if title else "",
            tuple(_part(whole, one, open_at, chosen) for one in group),
        )
        for number, (title, group) in enumerate(groups, start=1)
    )
    return SectionDrawn(section.value, heading_label(1, place) + section.label, drawn)


def _part(whole: Compiled, passage: Passage, open_at: str, chosen: int | None) -> PartDrawn:
    assert passage.part is not None  # noqa: S101  # filtered by `_section`
    lines = tuple(tuple(_piece(run, open_at) for run in one.runs) for one in paragraphs(passage, whole.values))
    is_open = passage.part.pk == chosen
    return PartDrawn(passage.part, lines, len(passage.records), is_open, bool(passage.lost))
