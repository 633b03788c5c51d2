"""结对帮扶: the lead's office with all pairs below it: the base of how the cluster works [二(一), 二(二)]."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from tizhi.base.documents.drawing.arrange import GAP, Block, Node, column, hang, pieces, stack
from tizhi.base.documents.drawing.panels import INSIDE, panel, panel_head
from tizhi.base.documents.drawing.parts import Card, Panel, Part, Row
from tizhi.pipeline.scheme.members import MemberOn, PairOn
from tizhi.pipeline.scheme.terms import ROLES

from .cards import WIDE, body_key
from .structure import Structure

TITLE: Final = "结对帮扶"
NOTE: Final = "以重点联系院校的结对帮扶机制为基础，制定和落实提质计划"
PER_ROW, WIDEST = 5, 320.0


def pairs_whole(structure: Structure) -> Block:
    """The lead's office and below it all partners, each with the schools it supports."""
    return _below_lead(structure, _partners(structure))


def pairs_parted(structure: Structure, high: float) -> list[Block]:
    """The same in pieces no higher than a sheet: the first rows below the lead, then further rows."""
    first, *more = pieces(_partners(structure), PER_ROW, lambda some: _below_lead(structure, some).height <= high) or [
        ((), PER_ROW)
    ]
    inner = WIDE - 2 * INSIDE
    further = (panel(f"{TITLE}（续）", "", hang(some, inner, None, per_row, WIDEST), WIDE) for some, per_row in more)
    return [_below_lead(structure, *first), *further]


def pairs_narrow(structure: Structure, width: float) -> list[Block]:
    """The lead's office, and the pairs below one another."""
    inner = column(_partners(structure), width - 2 * INSIDE, INSIDE)
    lead = stack(Node(_lead(structure)), width)
    return [lead, panel(TITLE, NOTE, inner, width)] if inner.parts else [lead]


def _partners(structure: Structure) -> list[Node]:
    return [_partner(structure, one) for one in structure.partners]


def _below_lead(structure: Structure, nodes: Sequence[Node], per_row: int = PER_ROW) -> Block:
    lead = stack(Node(_lead(structure)), 500)
    parts: list[Part] = list(lead.at((WIDE - lead.width) / 2, 0))
    if not nodes:
        return Block(tuple(parts), WIDE, lead.height)
    top = lead.height + GAP
    head = panel_head(TITLE, NOTE, (WIDE - 4 * INSIDE) / 2)
    pairs = hang(nodes, WIDE - 2 * INSIDE, WIDE / 2 - INSIDE, per_row, WIDEST, drop=GAP + head.height + INSIDE)
    bottom = lead.height + pairs.height + INSIDE
    panel = Panel(0, top, WIDE, bottom - top)
    return Block((panel, *parts, *head.at(INSIDE, top), *pairs.at(INSIDE, lead.height)), WIDE, bottom)


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
