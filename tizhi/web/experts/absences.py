"""请假: days on which an expert takes nothing on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.models import Absence
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .expert import seen
from .forms import AbsenceForm


def new(request: Request, person: int) -> HttpResponse:
    """Enter days of absence."""
    found = seen(request, person)
    absence = Absence(cluster_id=request.actor.cluster_id or 0, person=found)
    actions.take_leave.require(request.actor, absence)
    form = AbsenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.take_leave, absence, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已登记，指派评审和问诊时会提示。")
            return redirect("experts:person", person)
    context = {"form": form, "person": found, "back": reverse("experts:person", args=[person])}
    return render(request, "experts/absence.html", context, status=form_status(form))


@require_POST
def cancel(request: Request, pk: int) -> HttpResponse:
    """Come back early, or do not go."""
    absence = get_object_or_404(queries.absences_seen_by(request.actor), pk=pk)
    perform(request, actions.cancel_leave, absence)
    messages.success(request, "已取消请假。")
    return redirect("experts:person", absence.person_id)
