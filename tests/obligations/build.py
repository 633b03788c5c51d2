"""台账的造数: visits, briefs, inputs and appointments as the ledger counts them, and the line it draws from them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tests import make
from tests.scheme.writing import put, real, toml
from tizhi.base.kit import clock
from tizhi.pipeline.activities.models import Activity, ActivityLeader
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.ledger import Ledger, Line
from tizhi.pipeline.scheme.models import Cluster, Post, Version

STARTS = date(2022, 4, 1)
PARTNER, SCHOOL, OTHER_SCHOOL = "安徽师范大学", "阜阳师范大学", "青海师范大学"
LEAD = "北京师范大学"
VISIT = "partner-leader-visit"
LEAD_VISIT = "lead-leader-visit"
STUDY = "implementation-study"
# A column of an activity is empty until it has come so far.
_COURSE = ("sent_at", "submitted_at", "accepted_at", "published_at")


def at(day: date, hour: int = 10) -> datetime:
    """A moment of that day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


# The cluster


def since_the_start() -> Cluster:
    """The cluster of the real plan on a platform that has known it since its first day."""
    with clock.at(STARTS):
        cluster = make.bnu()
    # Outside these tests the cluster is there already, and known since that day only.
    Version.objects.filter(cluster=cluster, number=1, applied_at__gt=at(STARTS, 12)).update(applied_at=at(STARTS, 12))
    return cluster


def under(*changes: tuple[str, Any], since: date = STARTS, key: str = "bnu") -> Cluster:
    """The same under the real plan with these changes (see `tests.scheme.writing`), known since that day."""
    return _applied(changes, since, key, begins=None)


def changed(*changes: tuple[str, Any], begins: date, on: date | None = None) -> Cluster:
    """Put the plan with these changes in force from `begins` on; loaded on that day, or `on` another."""
    return _applied(changes, on or begins, "bnu", begins=begins)


def twin() -> Cluster:
    """A second cluster of the same units under the same rules."""
    return under(("cluster.id", "twin"), ("cluster.name", "另一组团"), key="twin")


def _applied(changes: Iterable[tuple[str, Any]], on: date, key: str, begins: date | None) -> Cluster:
    plan = real()
    for path, value in changes:
        put(plan, path, value)
    with clock.at(on):
        return make.cluster_of(key, toml(plan), begins=begins)


def rule(id: str, **given: Any) -> dict[str, Any]:
    """A rule of a plan: 安徽师范大学's like owe a training once a year, unless `given` says else."""
    base = {"id": id, "name": "举办培训", "who": "partner", "evidence": {"kind": "activity", "activity": "training"}}
    period = {} if given.get("once") else {"every": "year"}
    return {**base, **period, **given}


# People


def holder(
    name: str, unit: str = PARTNER, post: str = "vice-president", *,
    begins: date | None = None, ends: date | None = None, cluster: Cluster | None = None,
) -> Person:  # fmt: skip
    """Somebody of the unit who holds the post from `begins` (the start of the cluster) to `ends`."""
    cluster = cluster or make.bnu()
    person = Person.objects.filter(name=name).first() or Person.objects.create(name=name, unit=make.unit(unit))
    row = Post.objects.get(cluster=cluster, key=post)
    make.appoint(person, cluster=cluster, post=row, unit=make.unit(unit), begins=begins or cluster.starts, ends=ends)
    return person


def vice_president(unit: str = PARTNER, cluster: Cluster | None = None) -> Person:
    """The vice president of the unit, appointed when there is none."""
    cluster = cluster or make.bnu()
    held = Appointment.objects.filter(cluster=cluster, unit__name=unit, post__key="vice-president").first()
    return held.person if held else holder(f"{unit}分管校领导", unit, cluster=cluster)


# What was done


def brief(last: date, *, of: str = PARTNER, state: str = "published", **given: Any) -> Activity:
    """A training of `of` that ended on `last`; entered, sent and accepted the next day unless `given` says else."""
    next_day = at(last + timedelta(days=1))
    reached = {"draft": 0, "approving": 1, "submitted": 2, "returned": 2, "accepted": 3, "published": 4}[state]
    course = {name: next_day if place < reached else None for place, name in enumerate(_COURSE)}
    columns = {"first_day": last, "last_day": last, "created_at": next_day, "held_since": next_day, **course, **given}
    return make.activity(of, state=state, **columns)


def visit(
    last: date, *, by: str = PARTNER, to: str = SCHOOL, who: Person | list[Person] | None = None, **given: Any
) -> Activity:
    """A study on site: the vice president of `by` went to `to`; accepted the next day, as of the implementation."""
    columns = {
        "kind": "field-study", "title": f"赴{to}调研", "mode": "on-site", "stage": "implementation",
        "details": {"team": 6, "talks": 3}, "units": ((to, "host"), (by, "visitor")), **given,
    }  # fmt: skip
    made = brief(last, of=by, **columns)
    people = who if isinstance(who, list) else [who or vice_president(by, given.get("cluster"))]
    for order, person in enumerate(people):
        held = person.appointments.first()
        ActivityLeader.objects.create(activity=made, person=person, appointment=held, name=person.name, order=order)
    return made


def online(last: date, **given: Any) -> Activity:
    """The same by video."""
    return visit(last, mode="online", place="", **given)


def handed_in(period: str, on: date, *, of: str = PARTNER, **given: Any) -> UnitInput:
    """The input of a unit for a period, sent and signed on that day."""
    columns = {
        "state": "handed-in", "highlights": "共建实训室", "next_steps": "课程资源验收", "sent_at": at(on),
        "handed_in_at": at(on), **given,
    }  # fmt: skip
    return UnitInput.objects.create(cluster=make.bnu(), unit=make.unit(of), period=period, **columns)


# How it stands


def ledger(year: int = 2026, as_of: date | None = None, cluster: Cluster | None = None) -> Ledger:
    """The ledger of a year, today or as of a day."""
    return queries.of_year(cluster or make.bnu(), year, as_of)


def lines(
    rule: str, who: str | None = PARTNER, toward: str | None = None, period: str | None = None,
    as_of: date | None = None, cluster: Cluster | None = None,
) -> list[Line]:  # fmt: skip
    """What `who` (anybody, if None) owes by that rule – toward a school, in a period, as of a day."""
    year = int(period[:4]) if period else (as_of or clock.today()).year
    return [
        line
        for line in ledger(year, as_of, cluster).lines
        if line.rule.id == rule
        and who in (None, line.who.name, line.who.called)
        and toward in (None, line.instance.toward and line.instance.toward.name)
        and period in (None, line.instance.period and line.instance.period.key)
    ]


def line_of(rule: str, who: str = PARTNER, **given: Any) -> Line:
    """The one line of a rule that the words mean; fails where there are several or none."""
    found = lines(rule, who, **given)
    assert len(found) == 1, [line.key for line in found]
    return found[0]


def state_of(rule: str, who: str = PARTNER, **given: Any) -> str:
    """How that line stands, in its word."""
    return line_of(rule, who, **given).state.word


def score_of(rule: str, who: str = PARTNER, **given: Any) -> tuple[int, int]:
    """How much of how much was found for that line."""
    found = line_of(rule, who, **given).finding
    assert found is not None
    return found.done, found.needed
