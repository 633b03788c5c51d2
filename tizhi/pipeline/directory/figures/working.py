"""组团内工作架构图: how the cluster works – pairs as the base, sharing across them, project groups (表1) [二(二)]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, repeat
from typing import Final

from tizhi.base.documents.drawing.arrange import Block, Node, column, hang, pieces, pile, stack, tiles
from tizhi.base.documents.drawing.measure import ems, wrapped
from tizhi.base.documents.drawing.parts import PITCH, SIZES, Arrows, Card, Connector, Mark, Panel, Part, Row, Text
from tizhi.pipeline.scheme.entries import AreaEntry
from tizhi.pipeline.scheme.members import MemberOn, PairOn
from tizhi.pipeline.scheme.terms import AREA_MARKS, ROLES

from .cards import body_key, group_card
from .structure import Structure

WIDE: Final = 1192.0
GAP: Final = 28
PAD: Final = 16
PAIRS = ("结对帮扶", "以重点联系院校的结对帮扶机制为基础，制定和落实提质计划")
SHARING = ("资源共享", "以“一校支持多校、多校支持一校”的资源共享机制为保障")
GROUPS = ("项目组协同提质", "围绕重点支持院校的实际需求和工作需要，依托各帮扶高校组建，面向组团内各院校")
BESIDE: Final = 15  # words beside a mark


def described(structure: Structure) -> str:
    """What the figure shows, in a sentence."""
    said = [f"{structure.universities}所院校", f"{len(structure.pairs)}个结对"]
    return "、".join([*said, *([f"{len(structure.groups)}个项目组"] if structure.groups else [])])


def wide(structure: Structure) -> Block:
    """For a desk and for paper."""
    return _joined([tier for tier in _tiers(structure) if tier.parts])


def sheets(structure: Structure, high: float) -> list[Block]:
    """For print: on one sheet no higher than `high` where that holds it; else parted between mechanisms, and rows."""
    done: list[list[Block]] = [[]]
    for tier in [*_pairs_parted(structure, high), *_tiers(structure)[1:]]:
        if done[-1] and _joined([*done[-1], tier]).height > high:
            done.append([])
        done[-1].append(tier)
    return [_joined(sheet) for sheet in done]


def _pairs_parted(structure: Structure, high: float) -> list[Block]:
    """The pairs in rows that fit below the lead, then in rows that fill a sheet."""
    nodes = [_partner(structure, one) for one in structure.partners]
    if not nodes:
        return [_lead_and_pairs(structure, nodes)]
    first, *more = pieces(nodes, 5, lambda some: _lead_and_pairs(structure, some).height <= high)
    going_on = (_panel(f"{PAIRS[0]}（续）", "", _rows_of(some, per_row), WIDE) for some, per_row in more)
    return [_lead_and_pairs(structure, first[0], first[1]), *going_on]


def _rows_of(nodes: Sequence[Node], per_row: int) -> Block:
    return hang(nodes, WIDE - 2 * PAD, None, per_row, 320)


def narrow(structure: Structure, width: float) -> Block:
    """For a phone: the same from above in one column."""
    inner = width - 2 * PAD
    pairs = column([_partner(structure, one) for one in structure.partners], inner, PAD)
    groups = tiles(_groups(structure), inner, 1)
    return _joined(
        [
            stack(Node(_lead(structure)), width),
            *([_panel(*PAIRS, pairs, width)] if structure.partners else []),
            *([_panel(*SHARING, None, width)] if structure.pairs else []),
            *([_panel(*GROUPS, groups, width)] if structure.groups else []),
            *([_panel(_areas_title(structure), "", _areas(structure, inner), width)] if structure.areas else []),
        ],
        arrows=("",),
    )


def _tiers(structure: Structure) -> list[Block]:
    inner = WIDE - 2 * PAD
    tiers = [_lead_and_pairs(structure, [_partner(structure, one) for one in structure.partners])]
    if structure.pairs:
        tiers.append(_panel(*SHARING, None, WIDE))
    if structure.groups:
        tiers.append(_panel(*GROUPS, tiles(_groups(structure), inner, 5), WIDE))
    if structure.areas:
        tiers.append(_panel(_areas_title(structure), "", _areas(structure, inner), WIDE))
    return tiers


def _joined(blocks: Sequence[Block], arrows: Sequence[Arrows] = ()) -> Block:
    """One below another; what is shared and done together reaches every pair, and double arrows say so."""
    piled = pile(blocks, GAP)
    lines, y = [], 0.0
    for block, ends in zip(blocks[:-1], chain(arrows, repeat[Arrows]("both")), strict=False):
        y += block.height
        lines.append(Connector(((piled.width / 2, y), (piled.width / 2, y + GAP)), ends))
        y += GAP
    return Block((*lines, *piled.parts), piled.width, piled.height)


# The lead and the pairs


def _lead_and_pairs(structure: Structure, nodes: Sequence[Node], per_row: int = 5) -> Block:
    """The office on top, led from it the partners, each with the schools it supports."""
    lead = stack(Node(_lead(structure)), 500)
    parts: list[Part] = list(lead.at((WIDE - lead.width) / 2, 0))
    if not nodes:
        return Block(tuple(parts), WIDE, lead.height)
    top = lead.height + GAP
    head = _head(*PAIRS, (WIDE - 4 * PAD) / 2)
    pairs = hang(nodes, WIDE - 2 * PAD, WIDE / 2 - PAD, per_row, widest=320, drop=GAP + head.height + PAD)
    bottom = lead.height + pairs.height + PAD
    panel = Panel(0, top, WIDE, bottom - top)
    return Block((panel, *parts, *head.at(PAD, top), *pairs.at(PAD, lead.height)), WIDE, bottom)


def _lead(structure: Structure) -> Card:
    """The secretariat with the lead and all who stand in no pair; without one, the cluster by its name."""
    office = next((line for line in structure.bodies if "secretariat" in line.powers), None)
    also = f"（{office.body.also}）" if office and office.body.also else ""
    rows = [Row(ROLES["lead"], "、".join(one.name for one in structure.lead))] if structure.lead else []
    return Card(
        key=body_key(office) if office else "",
        title=f"{office.name}{also}" if office else structure.cluster.name,
        notes=(office.body.duties,) if office else (),
        rows=(*rows, *_others(structure)),
        is_accent=True,
    )


def _others(structure: Structure) -> Iterator[Row]:
    for roles, members in structure.unpaired.items():
        names = "、".join(one.name for one in members)
        if any("supported" in one.roles for one in members):
            yield Row(roles, f"尚无结对　{names}", is_vacant=True)
        elif roles != ROLES["lead"]:
            yield Row(roles, names)


def _partner(structure: Structure, partner: MemberOn) -> Node:
    """A partner with an arrow to each school it supports."""
    pairs = structure.schools_of(partner)
    card = Card(
        key=f"unit-{partner.unit.pk}",
        title=partner.name,
        notes=("　".join([ROLES["partner"], *_where(partner)]),),
        rows=() if pairs else (Row("", "尚无结对院校", is_vacant=True),),
    )
    return Node(card, tuple(Node(_school(structure, pair)) for pair in pairs), arrows="end")


def _school(structure: Structure, pair: PairOn) -> Card:
    """A supported school; one of several partners says who else supports it."""
    school = pair.supported
    helpers = structure.helpers_of(school, pair.partner)
    also = (f"同时由{'、'.join(one.called for one in helpers)}支持",) if helpers else ()
    said = [ROLES["supported"], *_where(school), *(["跨省结对"] if pair.is_cross_province else [])]
    return Card(f"unit-{school.unit.pk}", school.name, ("　".join(said), *also), is_small=True)


def _where(member: MemberOn) -> list[str]:
    return [member.unit.province] if member.unit.province else []


# Project groups and areas


def _groups(structure: Structure) -> list[Card]:
    """Each group with the university it leans on."""
    names = structure.names
    cards = []
    for line in structure.groups:
        unit = line.body.unit
        called = names.get(unit.pk, unit.called) if unit else ""
        cards.append(Card(group_card(line).key, line.name, (f"依托{called}",) if called else (), is_small=True))
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
        parts.append(Mark(x, y + 4, mark_of(area)))
        parts += [Text(x + BESIDE, y + 13 + PITCH["words"] * nth, line, "words") for nth, line in enumerate(lines)]
        y += PITCH["words"] * (len(lines) - 1)
        x += long + PAD * 1.5
    return Block(tuple(parts), width, y + PITCH["words"])


def _areas_title(structure: Structure) -> str:
    """重点内容“4＋X”, where the schools name areas of their own."""
    common = sum(not area.individual for area in structure.areas)
    return f"重点内容“{common}＋X”" if common < len(structure.areas) else "重点内容"


def mark_of(area: AreaEntry) -> str:
    """The mark of an area, the same in every chart; nothing for one that has no colour."""
    return "x" if area.individual else AREA_MARKS.get(area.id, "")


def _panel(title: str, note: str, inside: Block | None, width: float) -> Block:
    """A ground with its words on top."""
    head = _head(title, note, width - 2 * PAD)
    parts = list(head.at(PAD, 0))
    y = head.height
    if inside:
        parts += inside.at(PAD, y + 4)
        y += inside.height + 4
    return Block((Panel(0, 0, width, y + PAD), *parts), width, y + PAD)


def _head(title: str, note: str, width: float) -> Block:
    """A title with its note beside it, or below it where the line is too short."""
    y = PAD + 10.0
    aside = ems(title) * SIZES["title"] + PAD
    parts = [Text(0, y, title, "title")]
    if aside + ems(note) * SIZES["note"] <= width:
        return Block((*parts, *([Text(aside, y, note, "note")] if note else [])), width, y + 8)
    for line in wrapped(note, width, SIZES["note"]):
        y += PITCH["note"] + 2
        parts.append(Text(0, y, line, "note"))
    return Block(tuple(parts), width, y + 8)
