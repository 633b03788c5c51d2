"""采编台: the quarter's activities, the text, and why each number is what it is – side by side [F2]."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.audit.queries import acts
from tizhi.base.kit.errors import Denied
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.compiled import Compiled, compiled
from tizhi.pipeline.reports.models import Brief, Part, Report
from tizhi.pipeline.reports.tray import tray_of
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

from .blocks import sections_of
from .course import open_acts
from .explained import number, opened
from .forms import PartForm
from .places import places_of
from .quarters import tabs

SHOWN = 8  # acts of history beside a paragraph


@require_safe
def desk(request: Request, pk: int) -> HttpResponse:
    """The three panes; once the text stands still, the report itself."""
    report = drafted(request, pk)
    if report.is_frozen:
        return redirect("reports:show", pk)
    return page(request, report)


def page(
    request: Request, report: Report, form: forms.BaseForm | None = None, editing: int | None = None
) -> HttpResponse:
    """The desk, with the paragraph `editing` open as `form`; from the address where nobody says else."""
    whole = compiled(report)
    editing = editing or number(request.GET.get("edit"))
    part = next((one.part for one in whole.passages if one.part is not None and one.part.pk == editing), None)
    form = form or (PartForm(instance=part) if part else None)
    context = _panes(request, report, whole) | {
        "form": form,
        "editing": part,
        "sources": queries.sources_of(request.actor, part) if part else (),
    }
    return render(request, "reports/compose.html", context, status=422 if form and form.errors else 200)


def _panes(request: Request, report: Report, whole: Compiled) -> dict[str, object]:
    assert whole.facts is not None  # noqa: S101  # drafted reports are made from data
    asked = opened(request, whole)
    fate = request.GET.get("fate", "")
    return {
        "target": report,
        "whole": whole,
        "opened": asked,
        "tabs": tabs(request, report, "compose"),
        "sections": sections_of(whole, asked.address, asked.part),
        "tray": tray_of(report, whole.facts, fate if fate in Brief.Fate.values else ""),
        "fate": fate,
        "shown": number(request.GET.get("item")),
        "chosen": _chosen(whole, asked.part),
        "changes": acts(queries.history_of_part(report, asked.part)[:SHOWN]) if asked.part else (),
        "places": places_of(whole.facts),
        "names": [(f"{{{value.label}}}", value) for value in whole.values.listed],
        "removed": queries.removed_parts(report),
        "due": queries.due_of(report.cluster_id, report.span),
        "buttons": open_acts(request, report) if report.composed_at else (),
    }


def _chosen(whole: Compiled, part: int | None) -> frozenset[int]:
    """The activities of the paragraph that is open: the tray marks them."""
    found = [one.records for one in whole.passages if one.part is not None and one.part.pk == part]
    return frozenset(found[0]) if found else frozenset()


@require_POST
def draft(request: Request, pk: int) -> HttpResponse:
    """拟整稿: one click."""
    report = drafted(request, pk)
    perform(request, actions.compose_draft, report)
    messages.success(request, "已拟整稿。改写过的段落未动。")
    return redirect("reports:compose", pk)


def drafted(request: Request, pk: int) -> Report:
    """The report, for who edits it."""
    actor = request.actor
    report = get_object_or_404(queries.visible_to(actor), pk=pk)
    if not actions.compose_draft.allowed(actor, report):
        raise Denied(actions.compose_draft.label)
    return report


def back_to(part: Part) -> str:
    """The desk with that paragraph open."""
    return f"{reverse('reports:compose', args=[part.report_id])}?part={part.pk}#part-{part.pk}"
