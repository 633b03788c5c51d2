"""单位页所见: what one unit is, is tied to, holds and owes in the cluster, on a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import period_of
from tizhi.base.kit.privacy import masked
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda import rules as plans
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.commitments import queries as commitments
from tizhi.pipeline.commitments.lines import Line, lines_of
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import BodyOn, Holding, posts_of_unit, seats_of_bodies
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import ObligationEntry
from tizhi.pipeline.scheme.models import Cluster, Pair, Post, Seat, Unit, UnitRole
from tizhi.pipeline.scheme.terms import TOWARD
from tizhi.pipeline.studies import queries as studies
from tizhi.pipeline.studies.models import Study

RECENT = 8
MOST_STUDIES = 3
MOST_PROMISED = 20
EVERY = {"quarter": "每季度", "half-year": "每半年", "year": "每年"}


@dataclass(frozen=True)
class Duty:
    """An obligation of the scheme that falls on the unit."""

    entry: ObligationEntry

    @property
    def often(self) -> str:
        """How often: 每季度2次, 一次."""
        count = f"{self.entry.count}次" if self.entry.count > 1 else ""
        return f"{EVERY[self.entry.every]}{count}" if self.entry.every else count or "一次"

    @property
    def toward(self) -> str:
        """Toward whom, if anybody."""
        return TOWARD.get(self.entry.toward or "", "")


@dataclass(frozen=True)
class PersonLine:
    """A holder of a post of the unit; nobody (`held` None) where the post is empty."""

    post: Post
    held: Appointment | None = None
    missing: int = 0

    @property
    def phone(self) -> str:
        """Enough to recognise the number; who may see more asks on the person's page [B3]."""
        return masked(self.held.person.phone) if self.held else ""


@dataclass(frozen=True)
class Profile:
    """A unit as it stands in a cluster on `day`."""

    unit: Unit
    name: str
    cluster: Cluster
    day: date
    roles: Sequence[UnitRole]
    pairs: Sequence[Pair]
    people: Sequence[PersonLine]
    seats: Sequence[tuple[str, Holding]]
    bodies: Sequence[BodyOn]
    duties: Sequence[Duty]
    commitments: Sequence[Line]
    reads_province: bool
    activities: Sequence[Activity]
    promised: Sequence[tuple[PlannedItem, plans.Standing]]
    needs: needs.Summary | None
    studies: Sequence[Study]

    @property
    def roles_now(self) -> list[UnitRole]:
        """The roles it has on the day."""
        return [role for role in self.roles if role.holds_on(self.day)]

    @property
    def is_helped(self) -> bool:
        """Whether others have to plan something with it: a supported school on the day."""
        return any(role.role == UnitRole.Role.SUPPORTED for role in self.roles_now)

    @property
    def missing(self) -> int:
        """How many of its posts are empty that must not be."""
        return sum(line.missing for line in self.people)


def profile(actor: Actor, cluster: Cluster, unit: Unit, day: date) -> Profile:
    """Everything the page of a unit shows, in a constant number of queries."""
    roles = list(queries.roles_of(cluster, unit))
    standing = seats_of_bodies(cluster, day)
    bodies = [one for one in standing if one.body.unit_id == unit.pk]
    words = {unit.kind, *(role.role for role in roles if role.holds_on(day)), *(one.body.declared for one in bodies)}
    seen = activities.concerning(activities.visible_to(actor), unit.pk)
    return Profile(
        unit=unit,
        name=queries.name_on(unit, day),
        cluster=cluster,
        day=day,
        roles=roles,
        pairs=list(queries.pairs_of(cluster, unit)),
        people=_people(posts_of_unit(cluster, unit, day)),
        seats=[
            (one.body.name, seat) for one in standing for seat in one.seats if cast(Seat, seat.of).unit_id == unit.pk
        ],
        bodies=bodies,
        duties=_duties(queries.in_force(cluster, day), words),
        commitments=_commitments(actor, unit),
        reads_province=commitments.departments_visible_to(actor).filter(pk=unit.pk).exists(),
        activities=list(activities.rows(seen).order_by("-last_day", "-pk")[:RECENT]),
        promised=_promised(actor, unit, day),
        **_diagnosis(actor, unit),
    )


def _diagnosis(actor: Actor, unit: Unit) -> dict[str, Any]:
    """What a school needs and the last studies of it, for who reads its diagnosis; nothing is asked for other units."""
    if unit not in needs.schools_visible_to(actor):
        return {"needs": None, "studies": ()}
    latest = studies.of_school(actor, unit.pk).order_by("-last_day", "-pk").select_related("unit")
    return {"needs": needs.summary(actor, unit), "studies": list(latest[:MOST_STUDIES])}


def _commitments(actor: Actor, unit: Unit) -> list[Line]:
    """What a department undertook; what was undertaken for a school."""
    seen = commitments.visible_to(actor)
    if unit.kind == Unit.Kind.DEPARTMENT:
        return lines_of(commitments.of_department(seen, unit.pk))
    return lines_of(commitments.for_school(seen, unit))


def _promised(actor: Actor, unit: Unit, day: date) -> list[tuple[PlannedItem, plans.Standing]]:
    """What other units have promised to do with it: this quarter's, whatever became of them, and all to come."""
    since = period_of(day).first
    return [(one, plans.standing(one, day)) for one in agenda.promised_to(actor, unit.pk, since)[:MOST_PROMISED]]


def _people(posts: list[Holding]) -> list[PersonLine]:
    lines = []
    for holding in posts:
        post = cast(Post, holding.of)
        lines += [PersonLine(post, held) for held in holding.holders]
        if holding.missing:
            lines.append(PersonLine(post, missing=holding.missing))
    return lines


def _fills(unit: Unit, holding: Holding) -> bool:
    return cast(Seat, holding.of).unit_id == unit.pk


def _duties(scheme: Scheme, words: set[str]) -> list[Duty]:
    """The obligations that fall on a unit of these roles, of this kind, with these bodies."""
    return [Duty(entry) for entry in scheme.obligations if words.intersection(entry.who)]
