"""段落的办理: rewritten in place, added, moved, merged, removed, restored."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.gathering import facts_of
from tizhi.pipeline.reports.models import Part
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from . import compose
from .compose import back_to, drafted
from .forms import PartForm
from .places import place_of


def edit(request: Request, pk: int) -> HttpResponse:
    """Rewrite a paragraph: a number there is not is named, two windows lose nothing; a GET opens it on the desk."""
    part = _part(request, pk)
    if request.method != "POST":
        return redirect(f"{reverse('reports:compose', args=[part.report_id])}?edit={pk}#part-{pk}")
    form = PartForm(request.POST, instance=Part(pk=part.pk))
    if form.is_valid():
        try:
            perform(request, actions.edit_part, part, text=form.cleaned_data["text"])
            return redirect(back_to(part))
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale as stale:
            return conflict.show(request, form, stale.target)
    return compose.page(request, drafted(request, part.report_id), form, part.pk)


@require_POST
def autosave(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed, once every number in it is known."""
    part = _part(request, pk)
    try:
        part = perform(request, actions.edit_part, part, text=request.POST.get("text", "").replace("\0", ""))
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse({"version": part.version, "saved_at": f"{timezone.localtime(clock.now()):%H:%M}"})


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Write a paragraph of one's own."""
    report = drafted(request, pk)
    given = place_of(facts_of(report.cluster, report.span), request.POST.get("to", ""))
    text = request.POST.get("text", "").replace("\0", "")
    part = perform(request, actions.add_part, report, version=None, text=text, **given)
    return redirect(back_to(part))


@require_POST
def place(request: Request, pk: int) -> HttpResponse:
    """Move a paragraph: up, down, into the one before it, or to another section."""
    part = _part(request, pk)
    to = request.POST.get("to", "")
    if to in ("up", "down"):
        perform(request, actions.move_part, part, up=to == "up")
    elif to == "merge":
        part = perform(request, actions.merge_parts, part)
        messages.success(request, "已合并到上一段。")
    else:
        perform(request, actions.place_part, part, **place_of(facts_of(part.report.cluster, part.report.span), to))
    return redirect(back_to(part))


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take a paragraph out; it can be restored."""
    part = _part(request, pk)
    perform(request, actions.remove_part, part)
    messages.success(request, "已移除，可在右栏恢复。")
    return redirect("reports:compose", part.report_id)


@require_POST
def restore(request: Request, pk: int) -> HttpResponse:
    """Bring a removed paragraph back."""
    part = _part(request, pk)
    perform(request, actions.restore_part, part)
    messages.success(request, "已恢复。")
    return redirect(back_to(part))


def _part(request: Request, pk: int) -> Part:
    return get_object_or_404(queries.parts_visible_to(request.actor), pk=pk)
