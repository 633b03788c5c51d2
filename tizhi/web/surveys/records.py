"""一份问卷: how it stands, its link, how far each unit is, what may be done next."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.audit.queries import history_of
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.surveys import actions, queries, rules
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.telling import group_notice
from tizhi.pipeline.surveys.who import reader_of_results
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.request import Request

from .links import address
from .tabs import tabs_of

ACTS = (
    Act(actions.bin_survey, "移入回收站", "已移入回收站，可在列表的“回收站”里恢复。", "trash", asks="移入回收站？"),
    Act(actions.restore_survey, "恢复", "已恢复。", "arrow-back-up"),
    Act(actions.reopen_survey, "重新开放", "已重新开放填写。", "lock-open"),
    Act(
        actions.close_survey, "结束填写", "已结束填写。", "lock",
        asks="结束以后不再接收答案，没有提交的答卷不计入结果。现在结束？",
    ),
    Act(
        actions.open_survey, "开放填写", "已开放，可以把链接发给填写人。", "send",
        asks="开放以后，有链接的人就可以填写；有人填写后，题目的含义不能再改。现在开放？",
    ),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page; an invited unit sees how far its own people are, and nothing else."""
    survey = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    if not reader_of_results(request.actor, survey):
        return _invited(request, survey)
    makes = actions.urge.allowed(request.actor, survey)
    tallies = queries.by_unit(survey) if survey.way == Survey.Way.INVITED else []
    link = address(request, survey.secret)
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "questions": list(form_of(survey.form)),
        "tabs": tabs_of(request.actor, survey, "show"),
        "tallies": tallies,
        "left": sum(one.open for one in tallies),
        "link": link if makes and survey.state != Survey.State.DRAFT and survey.way == Survey.Way.LINK else "",
        "notice": group_notice(survey, link, tallies) if makes and survey.state == Survey.State.OPEN else "",
        "buttons": buttons(ACTS, request.actor, survey, "surveys:act", survey.pk),
        "may_edit": actions.change_survey.open_to(request.actor, survey),
        "may_copy": actions.copy_survey.allowed(request.actor, survey),
        "small": rules.SMALL,
        "entries": history_of(survey),
    }
    return render(request, "surveys/show.html", context)


def _invited(request: Request, survey: Survey) -> HttpResponse:
    tally = next(iter(queries.by_unit(survey, _unit(request.actor))), None)
    context = {"target": survey, "standing": queries.standing_now(survey), "tally": tally}
    return render(request, "surveys/invited.html", context)


def _unit(actor: Actor) -> int:
    return actor.unit_id or 0


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on the survey."""
    survey = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if name == "copy-survey":
        return _copy(request, survey)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], survey, back=reverse("surveys:show", args=[pk]))


@require_POST
def _copy(request: Request, survey: Survey) -> HttpResponse:
    made = perform(request, actions.copy_survey, survey, version=None)
    return redirect("surveys:form", made.pk)
