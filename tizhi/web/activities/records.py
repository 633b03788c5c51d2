"""一条动态: its course, its text and figures, what may be done next, what was done."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock, words
from tizhi.pipeline.activities import actions, queries, rules
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.activities.models import Activity, ActivityFile
from tizhi.pipeline.agenda.queries import became
from tizhi.pipeline.reports.queries import fates_of
from tizhi.pipeline.scheme.queries import name_on
from tizhi.pipeline.studies import queries as studies
from tizhi.web.frame.parts import Step
from tizhi.web.frame.request import Request

from .acts import open_to

State = Activity.State


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    actor = request.actor
    activity = _found(request, pk)
    signers = queries.signers(activity) if activity.state == State.APPROVING else []
    context = _told(activity) | {
        "steps": _steps(activity),
        "holder": _holder(activity, [f"{one.person.name}（{one.title or one.post_name}）" for one in signers]),
        "held_days": (clock.today() - timezone.localtime(activity.held_since).date()).days,
        "acts": open_to(actor, activity),
        "may_edit": actions.save_draft.open_to(actor, activity),
        "may_remark": actions.remark.open_to(actor, activity),
        "sees_reason": activity.unit_id in queries.works_for(actor) or actor.has("secretariat"),
        "entries": queries.history(activity),
        "fates": fates_of(activity) if activity.unit_id in actor.reads else (),
        "planned": became(actor, activity),
        "study": studies.visible_to(actor).filter(pk=activity.study_id).first() if activity.study_id else None,
    }
    return render(request, "activities/show.html", context)


@require_safe
def printed(request: Request, pk: int) -> HttpResponse:
    """The brief on paper."""
    return render(request, "activities/print.html", _told(_found(request, pk)))


def _found(request: Request, pk: int) -> Activity:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _told(activity: Activity) -> dict[str, object]:
    kind = kind_of(activity.kind)
    day = activity.last_day or clock.today()
    files = list(activity.files.all())
    deadlines = Deadlines(activity.cluster_id)
    return {
        "target": activity,
        "kind": kind,
        "unit": name_on(activity.unit, day),
        "units": [(name_on(one.unit, day), one.get_part_display()) for one in activity.units.all()],
        "stage": kind.stage_words(activity.stage),
        "figures": [(figure.label, value, figure.unit) for figure, value in kind.filled(activity.details)],
        "photos": [one for one in files if one.kind == ActivityFile.Kind.PHOTO],
        "papers": [one for one in files if one.kind == ActivityFile.Kind.PAPER],
        "counted_in": rules.quarter(activity),
        "timeliness": deadlines.timeliness(activity.last_day, activity.sent_at),
        "workdays": deadlines.workdays(activity.last_day) if activity.last_day else None,
    }


def _steps(activity: Activity) -> list[Step]:
    with_approval = rules.needs_approval(queries.briefs_of(activity.cluster_id))
    return [
        Step(stage.name, stage.state, [stage.who, *([_moment(stage)] if stage.at else [])])
        for stage in rules.course(activity, with_approval)
    ]


def _moment(stage: rules.Stage) -> str:
    return words.moment(timezone.localtime(stage.at)) if stage.at else ""


def _holder(activity: Activity, signers: list[str]) -> str:
    """Who has it now; nobody once it is published."""
    if activity.state == State.APPROVING:
        return words.listing(signers) or f"{activity.unit.called}（尚无审签人，请先在通讯录登记）"
    if activity.state in (State.SUBMITTED, State.ACCEPTED):
        return "大组团办公室"
    return "" if activity.state == State.PUBLISHED else activity.writer.name
