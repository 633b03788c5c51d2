"""架构图的 Word 文稿: both figures on lying pages, after a text that says what they show and which places are empty."""

from __future__ import annotations

from collections.abc import Iterator

from tizhi.base.documents.document import Annex, Block, Document, Figure, Heading, paragraph
from tizhi.base.documents.drawing.parts import Drawing
from tizhi.base.documents.drawing.png import write_png
from tizhi.base.kit import words

from ..seating import BodyLine
from . import FIGURES, FigureKind
from .structure import Structure

# What a lying page of the standard leaves for a figure and its caption, in millimetres.
WIDE, HIGH = 225, 140


def document(structure: Structure) -> tuple[Document, dict[str, bytes]]:
    """The document and the pictures it names; RuleBroken when there is no Chinese font to draw them with."""
    plates: list[Annex] = []
    images: dict[str, bytes] = {}
    for kind in FIGURES.values():
        for annex, image in _plates(kind, structure):
            plates.append(annex)
            images |= image
    text = Document(
        title=(f"{structure.cluster.name}架构图",),
        number=f"（截至{words.day(structure.day)}）",
        blocks=tuple(_blocks(structure)),
        annexes=tuple(plates),
    )
    return text, images


def _plates(kind: FigureKind, structure: Structure) -> Iterator[tuple[Annex, dict[str, bytes]]]:
    """The sheets of a figure; the caption stands below the last one."""
    sheets = kind.draw_sheets(structure)
    for nth, sheet in enumerate(sheets, start=1):
        name = f"{kind.key}-{nth}"
        caption = f"{kind.name}（截至{words.day(structure.day)}）" if nth == len(sheets) else ""
        figure = Figure(
            name, caption, alt=f"{sheet.title}。{sheet.description}", width_mm=_width(sheet), counts_as="table"
        )
        yield Annex("", (figure,), landscape=True), {name: write_png(sheet, is_framed=False)}


def _width(sheet: Drawing) -> int:
    return int(min(WIDE, HIGH * sheet.width / sheet.height))


def _blocks(structure: Structure) -> Iterator[Block]:
    yield Heading("工作架构")
    yield paragraph(_working(structure))
    if structure.pairs:
        pairs = "；".join(f"{pair.partner.name}—{pair.supported.name}" for pair in structure.pairs)
        yield paragraph(f"结对帮扶：{pairs}。")
    yield Heading("组织领导架构")
    yield paragraph(_leading(structure))
    empty = [said for line in structure.all_bodies for said in _empty(line)]
    if empty:
        yield paragraph(f"空缺席位：{'；'.join(empty)}。")


def _working(structure: Structure) -> str:
    lead = f"由{'、'.join(one.name for one in structure.lead)}牵头，" if structure.lead else ""
    shown = FIGURES["working"].described(structure)
    return f"{structure.cluster.name}{lead}有{shown}，见表1{_clause('working', structure)}。"


def _leading(structure: Structure) -> str:
    seats = sum(line.count for line in structure.all_bodies)
    filled = f"共{seats}席，到位{seats - structure.missing}席，" if seats else ""
    shown = FIGURES["leading"].described(structure)
    return f"设{shown}。{filled}见表2{_clause('leading', structure)}。"


def _clause(key: str, structure: Structure) -> str:
    clause = FIGURES[key].clause(structure)
    return f"（{clause}）" if clause else ""


def _empty(line: BodyLine) -> Iterator[str]:
    for seats in line.seats:
        if seats.missing:
            yield f"{line.name}{seats.post}{seats.missing}席{seats.waits_for()}"
