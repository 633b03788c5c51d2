"""机构与席位: the bodies of a day with their seats brought together by what the scheme says of them [四(一)].

Read by the page of the cluster and by its figures; a body stands under the name it bore on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from tizhi.base.kit import words
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import BodyEntry
from tizhi.pipeline.scheme.members import PairOn
from tizhi.pipeline.scheme.models import Body, Seat, Unit

from .models import Appointment
from .queries import BodyOn, Holding

Names = Mapping[int, str]  # what each unit (by its id) was called on the day


@dataclass(frozen=True)
class SeatLine:
    """The seats of one entry of the scheme: who holds them, and which places are empty.

    `empty` are the units whose place is, where several units share the entry; `nomination` says who has to nominate.
    """

    post: str
    words: str
    count: int
    holders: Sequence[Appointment]
    missing: int
    empty: Sequence[str]
    nomination: str
    is_shared: bool

    @property
    def vacancy(self) -> str:
        """空缺, 空缺2席：青海师范大学、阜阳师范大学, 空缺，待北京师范大学教务部提名."""
        return self.how_many + self.waits_for()

    @property
    def how_many(self) -> str:
        """空缺, or 空缺2席 where there are several."""
        return f"空缺{self.missing}席" if self.count > 1 else "空缺"

    def waits_for(self, most: int | None = None) -> str:
        """Whose places they are, naming no more than `most` units; or who has to nominate."""
        if self.is_shared:
            return f"：{words.listing(self.empty, most, '个单位')}"
        return f"，待{self.nomination}提名" if self.nomination else ""


@dataclass(frozen=True)
class BodyLine:
    """A body with its name, its clause, its seats, the schools its unit supports, and the bodies inside it."""

    body: Body
    name: str
    source: str
    seats: Sequence[SeatLine]
    supported: Sequence[str]
    nominated_by: str
    powers: frozenset[str]
    missing: int
    inside: list[BodyLine] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many places it has."""
        return sum(line.count for line in self.seats)


def bodies_told(scheme: Scheme, standing: Sequence[BodyOn], pairs: Sequence[PairOn], names: Names) -> list[BodyLine]:
    """The bodies in their order, each project group inside the office of its unit."""
    entries = {entry.id: entry for entry in scheme.bodies}
    lines: dict[int, BodyLine] = {}
    tops = []
    for one in standing:
        line = lines[one.body.pk] = _told(scheme, entries.get(one.body.declared), one, pairs, names)
        office = lines.get(one.body.parent_id or 0)
        if one.body.unit and office and office.body.unit == one.body.unit:
            office.inside.append(line)
        else:
            tops.append(line)
    return tops


def within(lines: Sequence[BodyLine]) -> Iterator[BodyLine]:
    """These bodies and all inside them."""
    for line in lines:
        yield line
        yield from within(line.inside)


def _told(scheme: Scheme, entry: BodyEntry | None, one: BodyOn, pairs: Sequence[PairOn], names: Names) -> BodyLine:
    nomination = _nomination(scheme, entry)
    return BodyLine(
        body=one.body,
        name=_name(one.body, names),
        source=entry.source if entry else "",
        seats=[_seat_line(list(seats), nomination, names) for _, seats in groupby(one.seats, _same_entry)],
        supported=[pair.supported.called for pair in pairs if pair.partner.unit.pk == one.body.unit_id],
        nominated_by=nomination,
        powers=frozenset(power for holding in one.seats for power in holding.of.powers),
        missing=one.missing,
    )


def _called(unit: Unit, names: Names) -> str:
    return names.get(unit.pk, unit.called)


def _name(body: Body, names: Names) -> str:
    """A body called after its unit was called after the unit's name of the day."""
    if body.unit is None or not body.name.startswith(body.unit.called):
        return body.name
    return _called(body.unit, names) + body.name.removeprefix(body.unit.called)


def _nomination(scheme: Scheme, entry: BodyEntry | None) -> str:
    if entry is None or entry.nominated_by is None:
        return ""
    return scheme.unit(entry.nominated_by.unit).name + entry.nominated_by.department


def _same_entry(holding: Holding) -> tuple[object, ...]:
    seat = cast(Seat, holding.of)
    return seat.post, seat.people, seat.unit_posts, seat.departments, seat.powers


def _seat_line(holdings: list[Holding], nomination: str, names: Names) -> SeatLine:
    """Several units' seats of one entry on one line; then each holder, and each empty place, is told by its unit."""
    seats = [cast(Seat, holding.of) for holding in holdings]
    return SeatLine(
        post=seats[0].post,
        words=seats[0].people or "、".join(seats[0].departments),
        count=sum(seat.count for seat in seats),
        holders=[held for holding in holdings for held in holding.holders],
        missing=sum(holding.missing for holding in holdings),
        empty=[
            _called(seat.unit, names) for seat, one in zip(seats, holdings, strict=True) if seat.unit and one.missing
        ],
        nomination=nomination,
        is_shared=len(seats) > 1,
    )
