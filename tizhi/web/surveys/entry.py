"""问卷设置: a survey is begun, and its words and deadline put right."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.surveys import queries
from tizhi.pipeline.surveys.actions import change_survey, start_survey
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import SurveyForm


def new(request: Request) -> HttpResponse:
    """Begin a survey of one's own unit, then word its questions."""
    member = queries.member_made_for(request.actor)
    if member is None:
        raise Denied(start_survey.label)
    form = SurveyForm(request.POST or None, studies=queries.studies_of(member.cluster_id, member.unit_id))
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(request, start_survey, member, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已建立，请编制题目。")
            return redirect("surveys:form", made.pk)
    context = {"form": form, "unit": member.unit, "back": reverse("surveys:list")}
    return render(request, "surveys/settings.html", context, status=form_status(form))


def edit(request: Request, pk: int) -> HttpResponse:
    """Put the settings right."""
    survey = get_object_or_404(queries.visible_to(request.actor).select_related("unit"), pk=pk)
    change_survey.require(request.actor, survey)
    studies = queries.studies_of(survey.cluster_id, survey.unit_id)
    form = SurveyForm(request.POST or None, studies=studies, survey=survey)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, change_survey, survey, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = get_object_or_404(queries.visible_to(request.actor), pk=pk)
            return conflict.show(request, form, fresh, current=SurveyForm(studies=studies, survey=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("surveys:show", pk)
    context = {"form": form, "target": survey, "unit": survey.unit, "back": reverse("surveys:show", args=[pk])}
    return render(request, "surveys/settings.html", context, status=form_status(form))
