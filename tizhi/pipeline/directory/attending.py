"""到场人员: finds the appointment behind a name, so that somebody stands in the post held on that day [四(五)2]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tizhi.base.kit.rows import DatedQuerySet

from .models import Appointment


@dataclass(frozen=True)
class Attendee:
    """Somebody who was there: an appointment of the cluster, or a name and post in words."""

    name: str = ""
    post_words: str = ""
    appointment_id: int | None = None

    @classmethod
    def read(cls, text: str) -> Attendee:
        """From 姓名 职务, as people type it."""
        name, _, post_words = text.strip().partition(" ")
        return cls(name.strip()[:60], post_words.strip()[:120])


def words_of(held: Appointment) -> str:
    """西北师范大学分管校领导: the post as a brief names it."""
    return f"{held.place}{held.title or held.post_name}"


@dataclass(frozen=True)
class Known:
    """The appointments of a cluster that a list of people speaks of, by id and by name."""

    by_id: Mapping[int, Appointment]
    by_name: Mapping[str, Appointment]

    def of(self, one: Attendee) -> Appointment | None:
        """The appointment of one; None for a name that is nobody's or several people's, and for an unknown id."""
        return self.by_id.get(one.appointment_id) if one.appointment_id else self.by_name.get(one.name)


def known(cluster: int, day: date, given: Iterable[Attendee]) -> Known:
    """Two queries for any number: the appointments named, and the highest post of a unit that each name held then."""
    given = list(given)
    held: DatedQuerySet[Appointment] = Appointment.objects.filter(cluster=cluster).select_related(
        "person", "unit", "post", "seat__body"
    )
    by_id = held.in_bulk([one.appointment_id for one in given if one.appointment_id])
    return Known(by_id, _by_name(held, day, {one.name for one in given if one.appointment_id is None}))


def _by_name(held: DatedQuerySet[Appointment], day: date, names: set[str]) -> dict[str, Appointment]:
    bearers: dict[str, list[Appointment]] = defaultdict(list)
    for row in held.on(day).filter(person__name__in=names, post__isnull=False).order_by("post__rank", "pk"):
        bearers[row.person.name].append(row)
    return {name: rows[0] for name, rows in bearers.items() if len({row.person_id for row in rows}) == 1}
