"""图中的机构: a body as a box – who sits where, which places are empty and whom they wait for."""

from __future__ import annotations

from collections.abc import Iterator

from tizhi.base.documents.drawing.arrange import Node
from tizhi.base.documents.drawing.parts import Card, Row
from tizhi.base.kit.words import listing

from ..models import Appointment
from ..seating import BodyLine, Names, SeatLine

WIDE = 1192.0  # a figure for a desk or for paper, in pixels of a page
NAMED = 8  # people of one entry; more are counted
NAMED_BY_UNIT = 4  # people of one entry shared by several units, each named with the unit
EMPTY_NAMED = 12  # units whose place is empty


def body_key(line: BodyLine) -> str:
    """By what a box of a body is known."""
    return f"body-{line.body.pk}"


def body_node(line: BodyLine, names: Names) -> Node:
    """A body with the bodies inside it."""
    return Node(body_card(line, names), tuple(group_node(inner) for inner in line.inside))


def group_node(line: BodyLine) -> Node:
    """A project group, small, with whatever is inside it."""
    return Node(group_card(line), tuple(group_node(inner) for inner in line.inside))


def body_card(line: BodyLine, names: Names) -> Card:
    """A body: what it does or which schools it is for, how many of its places are filled, and by whom."""
    return Card(
        key=body_key(line),
        title=line.name + (f"（{line.body.also}）" if line.body.also else ""),
        notes=tuple(_notes(line)),
        rows=tuple(row for seats in line.seats for row in _rows(seats, names)),
        is_accent=line.body.parent_id is None,
    )


def group_card(line: BodyLine) -> Card:
    """A project group on a line or two; what is empty in it dashed below."""
    filled = [_briefly(seats) for seats in line.seats if seats.holders]
    empty = [f"{one.post}{one.missing}席" if one.count > 1 else one.post for one in line.seats if one.missing]
    rows = (Row("", f"空缺　{'、'.join(empty)}", is_vacant=True),) if empty else ()
    notes = ("　".join(filled),) if filled else ()
    return Card(key=body_key(line), title=line.name, notes=notes, rows=rows, is_small=True)


def _notes(line: BodyLine) -> Iterator[str]:
    if line.supported:
        yield f"结对：{'、'.join(line.supported)}"
    if line.body.unit is None:
        nominated = f"由{line.nominated_by}提名" if line.nominated_by else ""
        seats = f"{line.count}席，到位{line.count - line.missing}席" if line.count else ""
        yield "　".join(said for said in (line.body.duties, nominated, seats) if said)


def _rows(line: SeatLine, names: Names) -> Iterator[Row]:
    if line.holders:
        yield Row(line.post, _held(line, names))
    if line.missing:
        whose = f"　{line.words}" if line.words and not line.holders else ""
        yield Row(line.post, f"{line.how_many}{whose}{line.waits_for(EMPTY_NAMED)}", is_vacant=True)


def _held(line: SeatLine, names: Names) -> str:
    """组团院校主要负责同志　29席，到位27人; 北京师范大学书记、校长：示例·林致远、示例·宋明."""
    if not line.is_shared:
        people = listing([_person(held) for held in line.holders], NAMED, "人")
    elif len(line.holders) <= NAMED_BY_UNIT:
        people = "、".join(f"{_person(held)}（{_unit(held, names)}）" for held in line.holders)
    else:
        return f"{line.words}　{line.count}席，到位{len(line.holders)}人".strip()
    return f"{line.words}：{people}" if line.words else people


def _briefly(line: SeatLine) -> str:
    """组长 示例·许岩; 组员5人."""
    one, *more = line.holders
    return f"{line.post}{len(line.holders)}人" if more else f"{line.post}\u00a0\u00a0{_person(one)}"  # kept on one line


def _person(held: Appointment) -> str:
    return held.person.name + ("（代管）" if held.is_acting else "")


def _unit(held: Appointment, names: Names) -> str:
    unit = held.seat.unit if held.seat else None
    return names.get(unit.pk, unit.called) if unit else ""
