"""组团内工作架构图: how the cluster works – pairs as the base, sharing across them, project groups (表1) [二(二)]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tizhi.base.documents.drawing.arrange import GAP, Block, pile, tiles
from tizhi.base.documents.drawing.measure import ems, wrapped
from tizhi.base.documents.drawing.panels import INSIDE, panel
from tizhi.base.documents.drawing.parts import PITCH, SIZES, Arrows, Card, Connector, Mark, Part, Text
from tizhi.pipeline.scheme.entries import AreaEntry
from tizhi.pipeline.scheme.terms import AREA_MARKS

from .cards import WIDE, body_key
from .pairing import pairs_narrow, pairs_parted, pairs_whole
from .structure import Structure

SHARING = ("资源共享", "以“一校支持多校、多校支持一校”的资源共享机制为保障")
GROUPS = ("项目组协同提质", "围绕重点支持院校的实际需求和工作需要，依托各帮扶高校组建，面向组团内各院校")
BESIDE: Final = 15  # words beside a mark


def described(structure: Structure) -> str:
    """What the figure shows, in a sentence."""
    said = [f"{structure.universities}所院校", f"{len(structure.pairs)}个结对"]
    return "、".join([*said, *([f"{len(structure.groups)}个项目组"] if structure.groups else [])])


def wide(structure: Structure) -> Block:
    """For a desk and for paper."""
    return _joined([pairs_whole(structure), *_mechanisms(structure, WIDE, 5)])


def sheets(structure: Structure, high: float) -> list[Block]:
    """For print: on one sheet no higher than `high` where that holds it; else parted between mechanisms, and rows."""
    done: list[list[Block]] = [[]]
    for tier in [*pairs_parted(structure, high), *_mechanisms(structure, WIDE, 5)]:
        if done[-1] and _joined([*done[-1], tier]).height > high:
            done.append([])
        done[-1].append(tier)
    return [_joined(sheet) for sheet in done]


def narrow(structure: Structure, width: float) -> Block:
    """For a phone: the same from above in one column."""
    return _joined([*pairs_narrow(structure, width), *_mechanisms(structure, width, 1)], is_led=True)


def _mechanisms(structure: Structure, width: float, per_row: int) -> Iterator[Block]:
    """What stands below the pairs: sharing across them, project groups, areas; each where there is any."""
    inner = width - 2 * INSIDE
    if structure.pairs:
        yield panel(*SHARING, None, width)
    if structure.groups:
        yield panel(*GROUPS, tiles(_groups(structure), inner, per_row), width)
    if structure.areas:
        yield panel(_areas_title(structure), "", _areas(structure, inner), width)


def _joined(blocks: Sequence[Block], is_led: bool = False) -> Block:
    """One below another; what is shared and done together reaches every pair, and double arrows say so.

    `is_led`: the first is what leads the others.
    """
    piled = pile(blocks, GAP)
    lines, y = [], 0.0
    for nth, block in enumerate(blocks[:-1]):
        y += block.height
        arrows: Arrows = "" if is_led and nth == 0 else "both"
        lines.append(Connector(((piled.width / 2, y), (piled.width / 2, y + GAP)), arrows))
        y += GAP
    return Block((*lines, *piled.parts), piled.width, piled.height)


def _groups(structure: Structure) -> list[Card]:
    """Each group with the university it leans on."""
    names = structure.names
    cards = []
    for line in structure.groups:
        unit = line.body.unit
        called = names.get(unit.pk, unit.called) if unit else ""
        cards.append(Card(body_key(line), line.name, (f"依托{called}",) if called else (), is_small=True))
    return cards


def _areas(structure: Structure, width: float) -> Block:
    """The areas in their colours, as many on a line as it holds."""
    parts: list[Part] = []
    x = y = 0.0
    for area in structure.areas:
        lines = wrapped(area.name, width - BESIDE, SIZES["words"])
        long = BESIDE + max(ems(line) for line in lines) * SIZES["words"]
        if x and x + long > width:
            x, y = 0.0, y + PITCH["words"] + 4
        parts.append(Mark(x, y + 4, _mark_of(area)))
        parts += [Text(x + BESIDE, y + 13 + PITCH["words"] * nth, line, "words") for nth, line in enumerate(lines)]
        y += PITCH["words"] * (len(lines) - 1)
        x += long + 24
    return Block(tuple(parts), width, y + PITCH["words"])


def _areas_title(structure: Structure) -> str:
    """重点内容“4＋X”, where the schools name areas of their own."""
    common = sum(not area.individual for area in structure.areas)
    return f"重点内容“{common}＋X”" if common < len(structure.areas) else "重点内容"


def _mark_of(area: AreaEntry) -> str:
    """The mark of an area, the same in every chart; nothing for one that has no colour."""
    return "x" if area.individual else AREA_MARKS.get(area.id, "")
