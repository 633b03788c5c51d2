"""回避: who may not judge what concerns a school – its own people, its partner's, whoever wrote [C6].

Somebody belongs to a unit by the directory's list, by any post of the unit, and by any seat of a body that the unit
fills or that stands in it, in whichever cluster: on any day of the span that matters, first and last day included.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from tizhi.pipeline.directory import rules as terms
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Unit
from tizhi.pipeline.scheme.standing import standing

_PLACES = ("post", "unit", "seat__unit", "seat__body__unit", "follows__unit", "assists__unit")
_LEADERS = ("assists__seat__unit", "assists__seat__body__unit")


@dataclass(frozen=True)
class Tie:
    """What ties a person to a unit, in words: 是青海师范大学人员, 任青海师范大学主要工作人员（2025年3月1日起）."""

    unit: int
    words: str
    begins: date | None = None
    ends: date | None = None


def units_concerned(cluster: int, school: int, since: date, until: date) -> frozenset[int]:
    """The school and every partner paired with it on any day of the span."""
    return frozenset({school, *(partner for partner, of in _paired(cluster, since, until) if of == school)})


def schools_in_conflict(cluster: int, person: int, since: date, until: date) -> frozenset[int]:
    """The schools whose plans that person must not judge: those he belongs to, those his units are paired with."""
    own = {tie.unit for tie in ties_of([person], since, until).get(person, ())}
    return frozenset(own | {school for partner, school in _paired(cluster, since, until) if partner in own})


def conflicted_people(
    cluster: int, school: int, people: Iterable[int], since: date, until: date, authors: Collection[int] = ()
) -> dict[int, str]:
    """Those of `people` who must not judge what concerns `school`, each with the reason in a sentence."""
    people, wrote = list(people), _with_twins(authors)
    concerned = units_concerned(cluster, school, since, until)
    ties, name = ties_of(people, since, until), _name_of(school)
    found = {}
    for person in people:
        if tie := next((one for one in ties.get(person, ()) if one.unit in concerned), None):
            found[person] = f"{tie.words}。" if tie.unit == school else f"{tie.words}，该校与{name}结对。"
        elif person in wrote:
            found[person] = "参加了计划的编写。"
    return found


def ties_of(people: Iterable[int], since: date, until: date) -> dict[int, list[Tie]]:
    """The units each of `people` belongs to on any day of the span, his present one first; three queries for all."""
    rows = _rows_of(people)
    first, last = min(since, until), max(since, until)
    held: dict[int, list[Appointment]] = defaultdict(list)
    there = Appointment.objects.within(first, last).filter(person__in=[one.person for one in rows])
    for one in there.select_related(*_PLACES, *_LEADERS).order_by("pk"):
        held[one.person_id].append(one)
    found: dict[int, list[Tie]] = defaultdict(list)
    for row in rows:
        ties = [Tie(row.person.unit_id, f"是{row.person.unit}人员")] if row.is_listed else []
        ties += [tie for one in held[row.person.pk] for tie in _ties(one)]
        for person in row.whose:
            found[person] += ties
    return found


def _ties(held: Appointment) -> Iterator[Tie]:
    """The units an appointment ties to: its own, its seat's, and those of the post it follows or assists."""
    words = terms.term_words(held.begins, held.ends)
    about = f"任{held.place}{held.post_name}" + (f"（{words}）" if words else "")
    seen: set[int] = set()
    for unit in _units(held):
        if unit.pk not in seen:
            seen.add(unit.pk)
            yield Tie(unit.pk, about, held.begins, held.ends)


def _units(held: Appointment) -> Iterator[Unit]:
    for one in (held, held.follows, held.assists):
        if one and one.unit:
            yield one.unit
    for one in (held, held.assists):
        if one and one.seat:
            yield from (unit for unit in (one.seat.unit, one.seat.body.unit) if unit)


@dataclass(frozen=True)
class _Row:
    """A row of the directory, and which of the people asked about it stands for.

    Who left one unit's list and stands on another's was at the first by the days of his posts, where those are known.
    """

    person: Person
    whose: frozenset[int]
    is_listed: bool = True


def _rows_of(people: Iterable[int]) -> list[_Row]:
    """The rows of `people`, then those of whoever is plainly the same person on another unit's list.

    The directory enters somebody who changes units anew; the same name with the same number or address is he.
    """
    asked = list(Person.objects.filter(pk__in=set(people)).select_related("unit"))
    rows = [_Row(one, frozenset({one.pk})) for one in asked]
    names = {one.name for one in asked if one.phone or one.email}
    if not names:
        return rows
    posts = Appointment.objects.filter(person=OuterRef("pk"))
    known = Person.objects.filter(Q(phone__gt="") | Q(email__gt=""), name__in=names).select_related("unit")
    for other in known.annotate(had_posts=Exists(posts)).order_by("pk"):
        whose = frozenset(one.pk for one in asked if one.pk != other.pk and _same(one, other))
        if whose:
            rows.append(_Row(other, whose, is_listed=other.is_open or not other.had_posts))
    return rows


def _same(one: Person, other: Person) -> bool:
    alike = (one.phone and one.phone == other.phone) or (one.email and one.email == other.email)
    return one.name == other.name and bool(alike)


def selves(person: int) -> frozenset[int]:
    """The rows of the directory that are plainly one person: his own, and those on the lists of other units."""
    return frozenset(row.person.pk for row in _rows_of([person]))


def _with_twins(people: Collection[int]) -> set[int]:
    return {row.person.pk for row in _rows_of(people)} if people else set()


def _paired(cluster: int, since: date, until: date) -> list[tuple[int, int]]:
    """Partner and school of every pair that held on any day of the span."""
    first, last = min(since, until), max(since, until)
    return [
        (one.partner_id, one.supported_id)
        for one in standing(cluster).pairs
        if (one.begins or date.min) <= last and (one.ends or date.max) >= first
    ]


def _name_of(unit: int) -> str:
    return Unit.objects.filter(pk=unit).values_list("name", flat=True).first() or "该校"
