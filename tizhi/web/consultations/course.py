"""办理问诊: taken on, met about, answered, decided, its effect told – each step on a page of its own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.consultations import actions, queries, rules
from tizhi.pipeline.consultations.models import Consultation
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import AnswerForm, DecisionForm, EffectForm, SessionForm, TriageForm
from .lines import line_of

# More briefs of guidance than anybody picks from.
MOST = 30


def triage(request: Request, pk: int) -> HttpResponse:
    """Take the case on for a unit, or hand it over."""
    case = found(request, pk)
    actions.triage.require(request.actor, case)
    helpers = queries.helpers(case.cluster_id)
    partners = queries.partners_of(case.cluster_id, case.unit_id)
    first = case.helper_id or next((one.pk for one in helpers if one.pk in partners), None)
    form = TriageForm(posted(request), helpers=helpers, first=first)
    verb = "转办" if case.helper_id else "受理"
    return step(request, case, actions.triage, form, f"已{verb}。", heading=f"{verb}问诊", submit=verb)


def session(request: Request, pk: int) -> HttpResponse:
    """Enter when and how the experts meet."""
    case = found(request, pk)
    actions.record_session.require(request.actor, case)
    briefs = list(queries.guidance_for(request.actor, case)[:MOST])
    form = SessionForm(posted(request), briefs=briefs, case=case)
    return step(request, case, actions.record_session, form, "已登记会诊。", heading="登记会诊")


def answer(request: Request, pk: int) -> HttpResponse:
    """Write the answer, the experts' advice beside it."""
    case = found(request, pk)
    actions.answer.require(request.actor, case)
    form = AnswerForm(posted(request), request.FILES if request.method == "POST" else None)
    return step(request, case, actions.answer, form, "已答复，院校会收到通知。", heading="答复问诊", submit="答复")


def decide(request: Request, pk: int) -> HttpResponse:
    """Say whether the advice is adopted."""
    case = found(request, pk)
    actions.decide.require(request.actor, case)
    form = DecisionForm(posted(request))
    return step(request, case, actions.decide, form, "已反馈。", heading="反馈采纳情况", submit="提交")


def effect(request: Request, pk: int) -> HttpResponse:
    """Tell what came of the advice."""
    case = found(request, pk)
    actions.tell_effect.require(request.actor, case)
    asked = rules.next_effect(case, {one.after_months for one in case.effects.all()})
    if asked is None or asked.on > clock.today():
        raise RuleBroken("还没有到登记成效的时间。")
    form = EffectForm(posted(request), months=asked.months)
    heading = f"登记采纳{asked.months}个月后的成效"
    return step(request, case, actions.tell_effect, form, "已登记成效。", heading=heading, submit="登记")


def posted(request: Request) -> QueryDict | None:
    """What was sent, also when nothing was; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def found(request: Request, pk: int) -> Consultation:
    """The case, with all that its pages show; 404 for who does not read it."""
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def step(
    request: Request, case: Consultation, act: Action, form: Any, said: str, *, heading: str, **context: Any
) -> HttpResponse:
    """The form of one step and what it writes; what was typed stays when something is wrong with it."""
    target = context.get("target", case)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, act, target, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, said)
            return redirect("consultations:show", case.pk)
    given = {
        "form": form, "case": case, "target": target, "line": line_of(case), "heading": heading, "submit": "保存",
        "back": reverse("consultations:show", args=[case.pk]), **context,
    }  # fmt: skip
    return render(request, context.get("template", "consultations/step.html"), given, status=form_status(form))
