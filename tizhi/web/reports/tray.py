"""采编: what becomes of each activity – adopted, or left out with a reason its unit reads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.gathering import belonging
from tizhi.pipeline.reports.models import Brief
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

from .compose import drafted


@require_POST
def adopt_rest(request: Request, pk: int) -> HttpResponse:
    """Adopt whatever is not decided yet."""
    perform(request, actions.adopt_all, drafted(request, pk), version=None)
    messages.success(request, "未处理的动态已全部采用。")
    return redirect("reports:compose", pk)


@require_POST
def adopt_one(request: Request, pk: int, activity: int) -> HttpResponse:
    """Adopt one activity."""
    perform(request, actions.adopt, _brief(request, pk, activity), version=None)
    return redirect(_back(request, pk, activity))


@require_POST
def leave_out_one(request: Request, pk: int, activity: int) -> HttpResponse:
    """Leave one activity out, with the reason."""
    perform(request, actions.leave_out, _brief(request, pk, activity), version=None)
    return redirect(_back(request, pk, activity))


def _brief(request: Request, pk: int, activity: int) -> Brief:
    report = drafted(request, pk)
    found = get_object_or_404(belonging(report.cluster, report.span), pk=activity)
    return queries.brief_of(report, found)


def _back(request: Request, pk: int, activity: int) -> str:
    fate = request.POST.get("fate", "")
    narrowed = f"?fate={fate}" if fate in Brief.Fate.values else ""
    return f"{reverse('reports:compose', args=[pk])}{narrowed}#activity-{activity}"
