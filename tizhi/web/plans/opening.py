"""建立计划: which plan of which school."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.plans import queries, rules
from tizhi.pipeline.plans.actions import open_plan
from tizhi.pipeline.plans.declared import kinds
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import OpeningForm


def new(request: Request) -> HttpResponse:
    """Open a plan for one of the schools the actor writes for."""
    members = queries.schools_to_write_for(request.actor)
    if not members:
        raise Denied(open_plan.label)
    spans = [
        (f"{entry.id}:{first}", f"{entry.name}（{words}）")
        for entry in kinds(request.actor.cluster_id or 0)
        for first, words in rules.spans_to_open(entry, clock.today())
    ]
    known = {"school": request.GET.get("school") or str(members[0].unit_id), "span": request.GET.get("span")}
    form = OpeningForm(request.POST or None, members=members, spans=spans, initial=known)
    if request.method == "POST" and form.is_valid():
        member = next(one for one in members if str(one.unit_id) == form.cleaned_data["school"])
        declared, _, first = form.cleaned_data["span"].partition(":")
        try:
            plan = perform(request, open_plan, member, declared=declared, day=date.fromisoformat(first))
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "计划已建立，可以开始编写。")
            return redirect("plans:show", plan.pk)
    context = {"form": form, "back": reverse("plans:list")}
    return render(request, "plans/new.html", context, status=form_status(form))
