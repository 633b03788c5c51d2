"""承诺的查询: who reads which, for whom they are, how they stand, what waits for whom."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.activities.queries import works_for
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Cluster, Member, Unit
from tizhi.pipeline.scheme.who import colleague

from . import rules
from .models import Commitment, CommitmentUnit, Progress

State = Commitment.State


# Who reads which


def visible_to(actor: Actor) -> QuerySet[Commitment]:
    """The commitments of the actor's cluster: promises in the cluster, open to all of it but who reads reports only."""
    if actor.cluster_id is None or not colleague(actor, None):
        return Commitment.objects.none()
    return Commitment.objects.filter(cluster=actor.cluster_id)


def departments_visible_to(actor: Actor) -> QuerySet[Unit]:
    """The departments whose province's work the actor reads on one page: its own, all for who reads the cluster."""
    found = schemes.units_visible_to(actor).filter(kind=Unit.Kind.DEPARTMENT)
    if actor.has("secretariat") or actor.has("read-cluster"):
        return found
    sees = Q(pk=actor.unit_id or 0)
    if actor.has("read-province"):
        own = Unit.objects.filter(pk=actor.unit_id or 0).exclude(province="")
        sees |= Q(province__in=own.values("province"))
    return found.filter(sees)


def entered_for(actor: Actor) -> list[Member]:
    """The departments that `actor` enters or signs for, as they stand in its cluster today."""
    there = Member.objects.on(clock.today()).filter(cluster=actor.cluster_id, unit__in=works_for(actor))
    return list(there.filter(unit__kind=Unit.Kind.DEPARTMENT).select_related("unit"))


# Whose and for whom


def of_department(commitments: QuerySet[Commitment], unit: int) -> QuerySet[Commitment]:
    """Those of one department."""
    return commitments.filter(unit=unit)


def for_school(commitments: QuerySet[Commitment], unit: Unit) -> QuerySet[Commitment]:
    """Those that name a school, and those that are for all schools of its province."""
    units = CommitmentUnit.objects.filter(commitment=OuterRef("pk"))
    sees = Q(Exists(units.filter(unit=unit)))
    if unit.province and unit.kind == Unit.Kind.UNIVERSITY:
        sees |= Q(~Exists(units), unit__province=unit.province)
    return commitments.filter(sees)


def departments_in(commitments: QuerySet[Commitment]) -> QuerySet[Unit]:
    """The departments that undertook any of them."""
    return Unit.objects.filter(pk__in=commitments.order_by().values("unit")).order_by("pk")


def matching(commitments: QuerySet[Commitment], text: str) -> QuerySet[Commitment]:
    """Those whose title, text or source hold each word of `text`."""
    for word in text.split():
        here = Q(title__icontains=word) | Q(text__icontains=word) | Q(source__icontains=word)
        commitments = commitments.filter(here)
    return commitments


def schools_of(cluster: Cluster | int, province: str, day: date) -> QuerySet[Unit]:
    """The universities of the cluster in a province on `day`, in the scheme's order; a province may have none."""
    if not province:
        return Unit.objects.none()
    return schemes.members(cluster, day).filter(kind=Unit.Kind.UNIVERSITY, province=province)


def departments_of(cluster: Cluster | int, province: str, day: date) -> QuerySet[Unit]:
    """The departments of a province in the cluster on `day`; a school's province may have none."""
    if not province:
        return Unit.objects.none()
    return schemes.members(cluster, day).filter(kind=Unit.Kind.DEPARTMENT, province=province)


def concerned(commitment: Commitment) -> frozenset[int]:
    """The schools a commitment is for: those it names, else all of the province today."""
    named = frozenset(commitment.units.values_list("unit", flat=True))
    if named:
        return named
    return frozenset(
        schools_of(commitment.cluster_id, commitment.unit.province, clock.today()).values_list("pk", flat=True)
    )


def speaks_for(actor: Actor, commitment: Commitment) -> list[Unit]:
    """The schools concerned that `actor` enters or signs for, its own first: it may say whether something came."""
    if actor.cluster_id != commitment.cluster_id or not works_for(actor):
        return []
    found = Unit.objects.filter(pk__in=works_for(actor) & concerned(commitment)).order_by("pk")
    return sorted(found, key=lambda unit: unit.pk != actor.unit_id)


def school_concerned(actor: Actor, commitment: Commitment) -> bool:
    """承诺面向的院校，其经办人和有审签权限的负责同志。"""
    return bool(speaks_for(actor, commitment))


# How they stand


def in_order(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """What is still open first, by the day due; then what is done, then what was withdrawn."""
    rank = Case(When(state=State.OPEN, then=Value(0)), When(state=State.DONE, then=Value(1)), default=Value(2))
    return commitments.order_by(rank, F("due").asc(nulls_last=True), "-promised_on", "-pk")


def standing_as(commitments: QuerySet[Commitment], code: str) -> QuerySet[Commitment]:
    """Those that stand so today: a code of `rules.STANDINGS`; 进行中 holds the near and the late ones too."""
    today = clock.today()
    still = Q(state=State.OPEN)
    found = {
        "open": still,
        "soon": still & Q(due__range=(today, today + rules.SOON)),
        "late": still & Q(due__lt=today),
        "done": Q(state=State.DONE),
        "withdrawn": Q(state=State.WITHDRAWN),
    }
    return commitments.filter(found[code])


def in_full(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With department, schools, progress and feedback at hand: a constant number of queries."""
    return commitments.select_related("unit", "writer").prefetch_related(
        "units__unit", "progress__file", "feedback__unit"
    )


def papers_of(commitments: QuerySet[Commitment]) -> QuerySet:
    """The ids of the files that stand with the progress of `commitments`."""
    return Progress.objects.filter(commitment__in=commitments.order_by(), file__isnull=False).order_by().values("file")


# What waits for whom


def open_of(actor: Actor) -> QuerySet[Commitment]:
    """The open commitments of the department that `actor` works for."""
    return in_order(visible_to(actor).filter(unit=actor.unit_id, unit__in=works_for(actor), state=State.OPEN))


def waiting_for(actor: Actor) -> list[Todo]:
    """For who enters for a department: open commitments near or past their day of which nothing was said lately."""
    if not actor.of_department or actor.body_id or not actor.has("report-unit"):
        return []
    today = clock.today()
    near = open_of(actor).filter(due__lte=today + rules.SOON).prefetch_related("progress")
    return [_todo(one) for one in near if rules.wants_word(one, _said_on(one), today)]


def _said_on(commitment: Commitment) -> date | None:
    return timezone.localtime(commitment.latest.at).date() if commitment.latest else None


def _todo(commitment: Commitment) -> Todo:
    about = f"{commitment.get_kind_display()}承诺"
    if commitment.latest:
        about = f"{about}，最近进展：{commitment.latest.text[:30]}"
    return Todo(
        "更新进展", commitment.title, about, "commitments:progress", (commitment.pk,), commitment.due, "target", "更新"
    )
