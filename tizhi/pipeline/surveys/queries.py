"""问卷的查询: who sees which survey, who was invited and has answered, what opens a link."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Member, Unit
from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.studies.models import Study

from . import rules
from .models import Invitation, Response, ResponseFile, Survey
from .who import makes_surveys

State = Survey.State

# Who reads which


def visible_to(actor: Actor) -> QuerySet[Survey]:
    """Its unit's surveys; of others what has been opened, for who reads the cluster and for units that were invited."""
    if actor.cluster_id is None or not colleague(actor, None):
        return Survey.objects.none()
    mine = Q(unit=actor.unit_id)
    opened = Q(binned_at=None) & ~Q(state=State.DRAFT)
    if actor.has("read-cluster"):
        sees = mine | opened
    else:
        invited = Invitation.objects.filter(survey=OuterRef("pk"), unit=actor.unit_id)
        sees = mine | (opened & Q(Exists(invited)))
    return Survey.objects.filter(sees, cluster=actor.cluster_id)


def results_visible_to(actor: Actor) -> QuerySet[Survey]:
    """The surveys whose results `actor` reads (`who.reader_of_results`)."""
    found = visible_to(actor)
    return found if actor.has("read-cluster") else found.filter(unit=actor.unit_id)


def files_of(surveys: QuerySet[Survey]) -> QuerySet:
    """The ids of the files that were handed in with answers of `surveys`."""
    return ResponseFile.objects.filter(response__survey__in=surveys.order_by()).order_by().values("file")


def in_full(surveys: QuerySet[Survey]) -> QuerySet[Survey]:
    """With unit, study and the numbers of answers and invitations at hand."""
    handed_in = Response.objects.filter(survey=OuterRef("pk"), submitted_at__isnull=False)
    return surveys.select_related("unit", "study", "writer").annotate(
        answered=_count(handed_in), invited=_count(Invitation.objects.filter(survey=OuterRef("pk")))
    )


def _count(rows: QuerySet) -> Coalesce:
    """Counted apart: joined together, answers and invitations would be multiplied."""
    return Coalesce(Subquery(rows.order_by().values("survey").annotate(many=Count("pk")).values("many")), 0)


def listed(surveys: QuerySet[Survey], *, binned: bool) -> QuerySet[Survey]:
    """Those in the bin, or those that are not."""
    return surveys.filter(binned_at__isnull=not binned)


def matching(surveys: QuerySet[Survey], text: str) -> QuerySet[Survey]:
    """Those whose title or introduction holds each word of `text`."""
    for word in text.split():
        surveys = surveys.filter(Q(title__icontains=word) | Q(intro__icontains=word))
    return surveys


def standing_as(surveys: QuerySet[Survey], code: str) -> QuerySet[Survey]:
    """Those that stand so now; what is over counts as closed whether or not anybody closed it."""
    over = Q(closes_at__lte=clock.now())
    found = {
        "draft": Q(state=State.DRAFT),
        "open": Q(state=State.OPEN) & ~(Q(closes_at__isnull=False) & over),
        "closed": Q(state=State.CLOSED) | (Q(state=State.OPEN) & over),
    }
    return surveys.filter(found[code])


def member_made_for(actor: Actor) -> Member | None:
    """The unit for which `actor` makes surveys, as it stands in the cluster today."""
    if not makes_surveys(actor):
        return None
    return Member.objects.on(clock.today()).filter(cluster=actor.cluster_id, unit=actor.unit_id).first()


def studies_of(cluster: int, unit: int) -> QuerySet[Study]:
    """The studies a survey of a unit may belong to."""
    return Study.objects.filter(cluster=cluster, unit=unit, binned_at=None)


def units_to_invite(cluster: int) -> list[Unit]:
    """The units of the cluster today, in the scheme's order."""
    return list(schemes.members(cluster, clock.today()))


# Who has answered


@dataclass
class Tally:
    """The invitations of one unit: how many there are, were answered, were begun; who has not answered, by name."""

    unit: Unit
    invited: int = 0
    answered: int = 0
    begun: int = 0
    missing: list[str] = field(default_factory=list)
    reminded_at: datetime | None = None

    @property
    def open(self) -> int:
        """How many answers are still to come."""
        return self.invited - self.answered


def by_unit(survey: Survey, unit: int | None = None) -> list[Tally]:
    """How far each invited unit is, in the order of invitation; one query."""
    rows = Invitation.objects.filter(survey=survey).select_related("unit", "response")
    found: dict[int, Tally] = {}
    for one in rows.filter(unit=unit) if unit else rows:
        tally = found.setdefault(one.unit_id, Tally(one.unit))
        response = getattr(one, "response", None)
        tally.invited += 1
        tally.answered += bool(response and response.submitted_at)
        tally.begun += bool(response and not response.submitted_at)
        if one.name and not (response and response.submitted_at):
            tally.missing.append(one.name)
        if one.reminded_at and (tally.reminded_at is None or one.reminded_at > tally.reminded_at):
            tally.reminded_at = one.reminded_at
    return list(found.values())


def invitations_of(survey: Survey) -> QuerySet[Invitation]:
    """Every invitation with its unit and whether it was answered."""
    return Invitation.objects.filter(survey=survey).select_related("unit", "response").order_by("order", "pk")


# What was answered


def submitted(survey: Survey) -> QuerySet[Response]:
    """The answers that were handed in."""
    return Response.objects.filter(survey=survey, submitted_at__isnull=False)


def has_answers(survey: Survey) -> bool:
    """Whether anybody has begun to answer: from then on the meaning of the questions stands."""
    return Response.objects.filter(survey=survey).exists()


def answers_of(survey: Survey, *, submitted_only: bool = True) -> Iterator[dict[str, Any]]:
    """The answers one after the other, in the order they were begun."""
    found = submitted(survey) if submitted_only else Response.objects.filter(survey=survey)
    return (answers for _, answers in _read(found))


def answers_with_unit(survey: Survey) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """The answers with the unit that was invited; no unit where anybody with the link answers."""
    return _read(submitted(survey))


def _read(found: QuerySet[Response]) -> Iterator[tuple[int | None, dict[str, Any]]]:
    """Several answers are parsed as one text, in which each key is made once: twice as fast as one by one."""
    rows = found.order_by("pk").values_list("invitation__unit", Cast("answers", TextField())).iterator(2000)
    for chunk in _batched(rows, 250):
        units = [unit for unit, _ in chunk]
        yield from zip(units, json.loads(f"[{','.join(text for _, text in chunk)}]"), strict=True)


def _batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """`rows` in lists of `size`, the last one shorter."""
    rest = iter(rows)
    while chunk := list(islice(rest, size)):
        yield chunk


def invited_units(survey: Survey) -> QuerySet[Unit]:
    """The units somebody was invited from."""
    return Unit.objects.filter(pk__in=Invitation.objects.filter(survey=survey).order_by().values("unit"))


def files_by_response(survey: Survey) -> dict[int, str]:
    """The names of all files handed in, by their id."""
    found = ResponseFile.objects.filter(response__survey=survey, response__submitted_at__isnull=False)
    return dict(found.values_list("file_id", "file__name"))


def begun_since(survey: Survey, since: timedelta) -> int:
    """How many began to answer in the last minutes."""
    return Response.objects.filter(survey=survey, began_at__gt=clock.now() - since).count()


# What a link opens


@dataclass(frozen=True)
class Door:
    """A survey behind a link, with the invitation if the link is personal."""

    survey: Survey
    invitation: Invitation | None = None

    @property
    def is_right(self) -> bool:
        """Whether this is the kind of link by which the survey is answered."""
        return (self.survey.way == Survey.Way.INVITED) == (self.invitation is not None)


def door(secret: str) -> Door | None:
    """What a link opens; nothing for a link that does not exist or a survey that was never opened."""
    opened = Survey.objects.filter(binned_at=None).exclude(state=State.DRAFT).select_related("unit")
    if survey := opened.filter(secret=secret).first():
        return Door(survey)
    rows = Invitation.objects.select_related("survey__unit", "unit").filter(secret=secret, survey__binned_at=None)
    invitation = rows.exclude(survey__state=State.DRAFT).first()
    return Door(invitation.survey, invitation) if invitation else None


def response_behind(found: Door, secret: str) -> Response | None:
    """The answer already begun: that of the invitation, or the one whose secret this phone keeps."""
    rows = Response.objects.filter(survey=found.survey)
    if found.invitation:
        return rows.filter(invitation=found.invitation).first()
    return rows.filter(secret=secret, invitation=None).first() if secret else None


def files_in(response: Response | None) -> dict[str, list[tuple[int, str]]]:
    """What was uploaded so far, by question: id and name."""
    found: dict[str, list[tuple[int, str]]] = {}
    if response:
        for one in ResponseFile.objects.filter(response=response).select_related("file"):
            found.setdefault(one.question, []).append((one.pk, one.file.name))
    return found


# What waits for whom


def waiting_for(actor: Actor) -> list[Todo]:
    """For who enters for a unit: surveys that run and that some of the unit's people have not answered yet."""
    if actor.cluster_id is None or actor.body_id or not actor.has("report-unit"):
        return []
    running = standing_as(Survey.objects.filter(cluster=actor.cluster_id, binned_at=None), "open")
    mine = Q(invitations__unit=actor.unit_id)
    done = mine & Q(invitations__response__submitted_at__isnull=False)
    counted = running.filter(mine).annotate(
        asked=Count("invitations", filter=mine), told=Count("invitations", filter=done)
    )
    found = [one for one in counted.select_related("unit") if one.told < one.asked]
    return [
        Todo(
            "组织填写", one.title, f"{one.unit.called}的问卷，本单位{one.asked}份，还有{one.asked - one.told}份未填",
            "surveys:show", (one.pk,), due=one.closes_at.date() if one.closes_at else None, icon="list-check",
            button="查看",
        )
        for one in found
    ]  # fmt: skip


def standing_now(survey: Survey) -> tuple[str, str]:
    """How it stands at this moment, for a chip."""
    return rules.standing(survey, clock.now())
