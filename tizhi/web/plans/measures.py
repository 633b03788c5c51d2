"""举措: the table, and adding, changing, withdrawing one."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.models import Plan, PlanMeasure
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import MeasureForm
from .page import found, found_draft, shell

WITHDRAW = Act(
    actions.withdraw_measure, "撤销举措", "已撤销，编号不再使用。", "circle-minus", wants_reason=True,
    hint="写明为什么撤销，留在计划的经过里",
)  # fmt: skip


@require_safe
def listed(request: Request, pk: int) -> HttpResponse:
    """The measures of the plan with the needs and findings they answer; what no measure answers is listed."""
    plan = found(request, pk)
    context = shell(request, plan, "measures")
    measures = list(queries.measures_of(plan, withdrawn=bool(context["reads_draft"])))
    if not context["reads_draft"] and plan.in_force_revision != plan.revision:
        measures = []  # those of a revision that is not yet in force
    standing = [one for one in measures if one.withdrawn_at is None]
    answered = {need.pk for one in standing for need in one.needs.all()}
    context |= {
        "measures": standing,
        "withdrawn": [one for one in measures if one.withdrawn_at],
        "unanswered": [one for one in queries.needs_to_choose(plan) if one.pk not in answered and one.state == "open"]
        if context["reads_draft"] else [],
        "may_add": actions.add_measure.open_to(request.actor, plan),
    }  # fmt: skip
    return render(request, "plans/measures.html", context)


def new(request: Request, pk: int) -> HttpResponse:
    """Add one."""
    plan = found_draft(request, pk)
    actions.add_measure.require(request.actor, plan)
    form = _form(request, plan)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.add_measure, plan, version=None, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已增加举措。")
            return redirect("plans:measures", pk)
    return _page(request, plan, form)


def edit(request: Request, pk: int, measure: int) -> HttpResponse:
    """Put one right."""
    plan = found_draft(request, pk)
    one = _measure(plan, measure)
    actions.change_measure.require(request.actor, one)
    form = _form(request, plan, one)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.change_measure, one, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _measure(plan, measure)
            return conflict.show(request, form, fresh, current=_form(None, plan, fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("plans:measures", pk)
    return _page(request, plan, form, one)


def withdraw(request: Request, pk: int, measure: int) -> HttpResponse:
    """Take one out, with the reason."""
    plan = found_draft(request, pk)
    return do(request, WITHDRAW, _measure(plan, measure), back=reverse("plans:measures", args=[pk]))


def _measure(plan: Plan, pk: int) -> PlanMeasure:
    return get_object_or_404(queries.measures_of(plan, withdrawn=True), pk=pk)


def _form(request: Request | None, plan: Plan, measure: PlanMeasure | None = None) -> MeasureForm:
    data = request.POST or None if request else None
    needs = [
        (str(one.pk), f"{one.title}{f'（{one.area}）' if one.area else ''}") for one in queries.needs_to_choose(plan)
    ]
    findings = [(str(one.pk), f"{one}（{one.study.title}）") for one in queries.findings_to_choose(plan)]
    if measure:
        needs += [
            (str(one.pk), f"{one.title}（已撤回）") for one in measure.needs.all() if str(one.pk) not in dict(needs)
        ]
        findings += [(str(one.pk), str(one)) for one in measure.findings.all() if str(one.pk) not in dict(findings)]
    section = request.GET.get("section", "") if request else ""
    return MeasureForm(
        data, sections=queries.names_of_sections(plan), needs=needs, findings=findings, measure=measure, section=section
    )


def _page(request: Request, plan: Plan, form: forms.Form, measure: PlanMeasure | None = None) -> HttpResponse:
    context = {
        "form": form, "target": measure, "plan": plan, "back": reverse("plans:measures", args=[plan.pk]),
        "may_withdraw": measure is not None and actions.withdraw_measure.open_to(request.actor, measure),
    }  # fmt: skip
    return render(request, "plans/measure.html", context, status=form_status(form))
