"""批量提名: what a list of people would nominate, with the faults of every row; then all of its sound rows at once.

What may be nominated is said by the rules of the single nomination (`rules`, and `directory.rules` for newcomers).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from tizhi.base.accounts.register import taken_emails
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import queries as directory
from tizhi.pipeline.directory import rules as people
from tizhi.pipeline.directory.intake import key, units_named
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Area, Body, Member, Seat

from . import queries, rules
from .actions import nominate
from .intake import Row
from .models import Nomination

_NEXT = re.compile(r"[、，,；;\n]+")


@dataclass
class Line:
    """A row with what it was understood as, and its faults by field. `person` is None for a newcomer of `member`."""

    row: Row
    seat: Seat | None = None
    member: Member | None = None
    person: Person | None = None
    areas: Sequence[Area] = ()
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def is_sound(self) -> bool:
        """Whether it can be nominated."""
        return not self.faults

    @property
    def given(self) -> dict[str, Any]:
        """What `nominate` takes for this row."""
        row, areas = self.row, [one.pk for one in self.areas]
        about = {"title": row.title, "speciality": row.speciality, "reason": row.reason, "areas": areas}
        if self.person:
            return {**about, "seat": self.seat, "person": self.person}
        newcomer = {"member": self.member, "name": row.name, "title": row.title, **_contacts(row)}
        return {**about, "seat": self.seat, "newcomer": newcomer}


def _contacts(row: Row) -> dict[str, str]:
    return {"department": row.department, "phone": people.normal_phone(row.phone), "email": row.email.lower()}


def plan(actor: Actor, body: Body, rows: Sequence[Row]) -> list[Line]:
    """What nominating `rows` for `body` would do, with every fault; the queries do not grow with the rows."""
    book = _Book(actor, body, rows)
    return [book.line(row) for row in rows]


def nominate_all(actor: Actor, body: Body, lines: Iterable[Line]) -> list[Nomination]:
    """Nominate every line or none of them, each by the single act, so that each has its own entry in the history."""
    # Seats in one order for everybody: two lists at once must not wait for each other's.
    in_order = sorted(lines, key=lambda one: one.seat.pk if one.seat else 0)
    with transaction.atomic():
        return [_nominated(actor, body, one) for one in in_order]


def _nominated(actor: Actor, body: Body, line: Line) -> Nomination:
    try:
        made: Nomination = nominate(actor, body, **line.given)
    except RuleBroken as fault:
        raise RuleBroken(f"第{line.row.number}行{line.row.name}：{fault.message}") from fault
    return made


class _Book:
    """What the platform knows of a list, held beside the rows read so far."""

    def __init__(self, actor: Actor, body: Body, rows: Sequence[Row]) -> None:
        self.body, self.cluster = body, body.cluster
        listed = directory.visible_members(actor, clock.today())
        self.members: dict[int, Member] = {one.unit_id: one for one in listed}
        self.units = units_named(self.members)
        self.areas = {key(one.name): one for one in schemes.areas(body.cluster_id)}
        self.seats = {key(one.post): one for one in queries.seats_to_nominate(body)}
        seats = list(self.seats.values())
        named = list(directory.called(directory.visible_to(actor), {row.name for row in rows}))
        self.people: dict[tuple[int, str], list[Person]] = defaultdict(list)
        for person in named:
            self.people[person.unit_id, person.name].append(person)
        self.proposed, self.terms = queries.proposed(named, seats), queries.terms_of(named, seats)
        self.free = queries.free_places_of(seats)
        self.left = dict(self.free)
        self.taken = taken_emails(row.email for row in rows)
        self.seen: dict[tuple[int, str, Person | None], int] = {}

    def line(self, row: Row) -> Line:
        """What the row is understood as; a sound one takes its place, and nobody is taken twice."""
        line = Line(row, faults=rules.nomination_faults(row.title, row.speciality, row.reason))
        self._read_seat(line)
        self._read_areas(line)
        self._read_unit(line)
        if line.member:
            self._read_person(line)
        else:
            line.faults |= self._faults_of_newcomer(row)
        if line.is_sound:
            self._take_place(line)
        return line

    def _read_seat(self, line: Line) -> None:
        line.seat = self.seats.get(key(line.row.seat))
        if line.seat is None:
            said = f"{self.body}没有“{line.row.seat}”这一席位" if line.row.seat else "请填写席位"
            line.faults["seat"] = f"{said}，可以写：{_listed(self.seats.values())}。"
        elif fault := rules.seat_fault(line.seat, self.body, self.free[line.seat.pk]):
            line.faults["seat"] = fault

    def _read_areas(self, line: Line) -> None:
        said = [one for one in _NEXT.split(line.row.areas) if one.strip()]
        if unknown := [one for one in said if key(one) not in self.areas]:
            listed = _listed(self.areas.values())
            line.faults["areas"] = f"没有“{'、'.join(unknown)}”这项重点内容，可以写：{listed}。"
        else:
            line.areas = list({key(one): self.areas[key(one)] for one in said}.values())

    def _read_unit(self, line: Line) -> None:
        unit = self.units.get(key(line.row.unit))
        if unit:
            line.member = self.members[unit.pk]
        elif line.row.unit:
            line.faults["unit"] = f"{self.cluster}没有“{line.row.unit}”，请写成员单位的全称或简称。"
        else:
            line.faults["unit"] = "请填写单位。"

    def _read_person(self, line: Line) -> None:
        row, unit = line.row, line.member.unit  # type: ignore[union-attr]
        named = self.people[unit.pk, row.name]
        # Somebody who left is meant only where nobody of that name is on the list.
        found = [one for one in named if one.is_open] or named
        if len(found) > 1:
            found = [one for one in found if key(one.department) == key(row.department)]
            if len(found) != 1:
                line.faults["name"] = f"{unit}有{len(named)}位{row.name}，按部门分不清是哪一位，请逐人提名。"
                return
        line.person = found[0] if found else None
        faults = self._faults_of_known(line) if line.person else self._faults_of_newcomer(row)
        line.faults = faults | line.faults
        earlier = self.seen.setdefault((unit.pk, row.name, line.person), row.number)
        if earlier != row.number:
            line.faults.setdefault("name", f"与第{earlier}行是同一人，一人只写一行。")

    def _faults_of_known(self, line: Line) -> dict[str, str]:
        person, seat = line.person, line.seat
        if person is None or seat is None:
            return {}
        place = (person.pk, seat.pk)
        fault = rules.person_fault(person, seat, place in self.proposed, self.terms[place])
        return {"name": fault} if fault else {}

    def _faults_of_newcomer(self, row: Row) -> dict[str, str]:
        contacts = _contacts(row)
        faults = people.person_faults(row.name, **contacts)
        if contacts["email"] in self.taken:
            faults["email"] = people.EMAIL_TAKEN
        return faults

    def _take_place(self, line: Line) -> None:
        seat: Seat = line.seat  # type: ignore[assignment]
        if self.left[seat.pk]:
            self.left[seat.pk] -= 1
        else:
            line.faults["seat"] = (
                f"“{seat.post}”还可提名{self.free[seat.pk]}人，名单中前面的人已满；请删去几行，或改为其他席位。"
            )


def _listed(named: Iterable[Seat] | Iterable[Area]) -> str:
    return "、".join(f"“{getattr(one, 'post', None) or one.name}”" for one in named)  # type: ignore[union-attr]
