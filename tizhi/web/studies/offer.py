"""可选项: what the form of a study offers one actor – leading units, schools, people, experts first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.attending import words_of
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import in_office
from tizhi.pipeline.scheme.models import Area, Member, Unit
from tizhi.pipeline.scheme.queries import areas
from tizhi.pipeline.scheme.standing import standing
from tizhi.pipeline.studies import queries

Choice = tuple[str, str]


@dataclass(frozen=True)
class Offer:
    """What `actor` may choose from today; everything lies in the page."""

    actor: Actor

    @property
    def cluster(self) -> int:
        """The cluster of the post acted in; who has none gets no form."""
        return self.actor.cluster_id or 0

    @cached_property
    def own(self) -> list[Member]:
        """The units the actor enters studies for, its own first."""
        return queries.entered_for(self.actor)

    @cached_property
    def schools(self) -> list[Unit]:
        """The schools that may be studied, those paired with the actor's unit first."""
        paired = {school for partner, school in standing(self.cluster).pairs_on(clock.today()) if self._is_own(partner)}
        return sorted(queries.schools_of(self.cluster), key=lambda one: one.pk not in paired)

    def _is_own(self, unit: int) -> bool:
        return unit == self.actor.unit_id

    @cached_property
    def areas(self) -> list[Area]:
        """The areas of the work plan."""
        return list(areas(self.cluster))

    @cached_property
    def _held(self) -> list[Appointment]:
        today = clock.today()
        return [one for one in in_office(self.cluster) if one.holds_on(today)]

    def people_choices(self) -> list[tuple[Choice, str]]:
        """One post of everybody who holds one – that of a unit before a seat, the highest first – with initials."""
        return _choices(sorted(self._held, key=_by_rank))

    def expert_choices(self) -> list[tuple[Choice, str]]:
        """The same with the members of bodies of experts first, in that seat."""
        return _choices(sorted(self._held, key=lambda one: ("expert" not in one.powers, *_by_rank(one))))

    def area_choices(self) -> list[Choice]:
        """The areas, and nothing for what belongs to none."""
        return [("", "不属于某一项重点内容"), *((str(one.pk), one.name) for one in self.areas)]


def _by_rank(one: Appointment) -> tuple[bool, int, int]:
    return one.post is None, one.post.rank if one.post else 99, one.pk


def _choices(held: list[Appointment]) -> list[tuple[Choice, str]]:
    known: dict[int, Appointment] = {}
    for one in held:
        known.setdefault(one.person_id, one)
    return [((str(one.pk), f"{one.person.name}（{words_of(one)}）"), one.person.initials) for one in known.values()]
