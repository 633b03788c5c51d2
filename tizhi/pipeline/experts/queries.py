"""专家的查询: who is an expert on a day, at which pace, absent or not; nominations, and what waits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.pipeline.directory.actors import in_force
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Area, Cluster, Seat

from . import rules
from .models import Absence, ExpertProfile

POWER = "expert"


@dataclass(frozen=True)
class ExpertOn:
    """An expert as he stands on a day: the seat and its term, what he knows, how much he takes on, when he is away."""

    person: Person
    appointment: Appointment
    speciality: str
    areas: Sequence[Area]
    at_once: int
    remind: tuple[int, ...]
    absences: Sequence[Absence]
    is_absent: bool

    @property
    def seat(self) -> Seat | None:
        """The seat he sits in; none where a post of a unit makes him an expert."""
        return self.appointment.seat

    def is_away(self, first: date, last: date) -> bool:
        """Whether he is away on any day of first–last."""
        return any((one.begins or date.min) <= last and (one.ends or date.max) >= first for one in self.absences)


def experts_of(cluster: Cluster | int, day: date) -> list[ExpertOn]:
    """Whoever may review and advise on `day`, once each, in the order of the seats; absences from `day` on.

    The same number of queries however many there are.
    """
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    held = _holding(pk, day)
    profiles = profiles_of(pk, held)
    away: dict[int, list[Absence]] = defaultdict(list)
    for one in Absence.objects.filter(cluster=pk, person__in=held, ends__gte=day):
        away[one.person_id].append(one)
    return [_told(one, profiles.get(person), away[person], day) for person, one in held.items()]


def _holding(cluster: int, day: date) -> dict[int, Appointment]:
    """By person, the appointment that makes somebody an expert on `day`, seats in their order."""
    held = in_force(Appointment.objects.filter(cluster=cluster), day).select_related(
        "person__unit", "post", "unit", "seat__body__unit", "seat__unit"
    )
    found: dict[int, Appointment] = {}
    for one in held.order_by("seat__body__order", "seat__order", "pk"):
        if POWER in one.powers:
            found.setdefault(one.person_id, one)
    return found


def _told(held: Appointment, profile: ExpertProfile | None, away: Sequence[Absence], day: date) -> ExpertOn:
    return ExpertOn(
        person=held.person,
        appointment=held,
        speciality=profile.speciality if profile else "",
        areas=list(profile.areas.all()) if profile else [],
        at_once=profile.at_once if profile else rules.AT_ONCE,
        remind=_days(profile),
        absences=away,
        is_absent=rules.is_absent([(one.begins, one.ends) for one in away], day),
    )


# The pace


def profiles_of(cluster: int, people: Iterable[int]) -> dict[int, ExpertProfile]:
    """By person, what each said of his pace, areas at hand; who said nothing is left out."""
    known = ExpertProfile.objects.filter(cluster=cluster, person__in=list(people)).prefetch_related("areas")
    return {one.person_id: one for one in known}


def profile_of(cluster: int, person: int) -> ExpertProfile | None:
    """What somebody said of his pace."""
    return profiles_of(cluster, [person]).get(person)


def remind_days(person: Person | int, cluster: Cluster | int | None = None) -> tuple[int, ...]:
    """How many days before a due day an expert wants to be reminded, the farthest first."""
    pk = person.pk if isinstance(person, Person) else person
    known = ExpertProfile.objects.filter(person=pk)
    return _days((known.filter(cluster=cluster) if cluster else known).order_by("pk").first())


def remind_days_of(cluster: Cluster | int, people: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The same for many, in one query; those who said nothing too."""
    people = list(people)
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    known = dict(ExpertProfile.objects.filter(cluster=pk, person__in=people).values_list("person", "remind"))
    return {one: rules.days_in_order(known[one]) if one in known else rules.REMIND for one in people}


def _days(profile: ExpertProfile | None) -> tuple[int, ...]:
    return rules.days_in_order(profile.remind) if profile else rules.REMIND


def away_on(cluster: Cluster | int, people: Iterable[int], first: date, last: date) -> set[int]:
    """Those of `people` who are away on any day of first–last."""
    found = Absence.objects.within(first, last).filter(cluster=cluster, person__in=list(people))
    return set(found.values_list("person", flat=True))
