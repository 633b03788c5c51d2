"""办理步骤: hand over the text, complete the open step, send back, revise, take back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.course import course_of
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import StepForm, SubmitForm
from .page import BY_NAME, found_draft
from .records import draft_parts


def submit(request: Request, pk: int) -> HttpResponse:
    """Hand the text over; what is still empty is said before."""
    plan = found_draft(request, pk)
    actions.submit_text.require(request.actor, plan)
    course = course_of(plan)
    form = SubmitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            version = perform(request, actions.submit_text, plan)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"第{version.number}版文本已送交，原样留存。")
            return redirect("plans:show", pk)
    context = {
        "form": form, "target": plan, "course": course, "empty": [one for one in draft_parts(plan, {}) if one.is_empty],
        "back": reverse("plans:show", args=[pk]),
    }  # fmt: skip
    return render(request, "plans/submit.html", context, status=form_status(form))


def complete(request: Request, pk: int) -> HttpResponse:
    """Complete the open step with what its evidence asks for."""
    plan = found_draft(request, pk)
    actions.complete_step.require(request.actor, plan)
    course = course_of(plan)
    now = course.now
    if now is None:
        raise Http404
    form = StepForm(
        request.POST or None, request.FILES or None, step=now.declared, studies=queries.studies_for(plan, course)
    )
    if request.method == "POST" and form.is_valid():
        given = {name: value for name, value in form.cleaned_data.items() if value}
        if "study" in given:
            given["study"] = int(given["study"])
        try:
            perform(request, actions.complete_step, plan, step=now.declared.id, **given)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"“{now.name}”已办结。")
            return redirect("plans:show", pk)
    context = {
        "form": form, "target": plan, "course": course, "now": now, "verb": queries.verb_of(course),
        "back": reverse("plans:show", args=[pk]),
    }  # fmt: skip
    return render(request, "plans/step.html", context, status=form_status(form))


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Send back, revise or take back, with the reason."""
    plan = found_draft(request, pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], plan, back=reverse("plans:show", args=[pk]))
