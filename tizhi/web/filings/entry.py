"""填写季报材料: written, saved as one types, handed in; two windows on one input lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.filings import queries
from tizhi.pipeline.filings.actions import hand_in, save_input, start_input
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.scheme.who import approver_of_unit
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from .forms import InputForm
from .found import input_or_404


def edit(request: Request, period: str, unit: int) -> HttpResponse:
    """The form, while the input lies with its writer."""
    entry = _own(request, period, unit)
    if save_input.why_not(entry):
        return redirect("filings:show", period, unit)
    form = InputForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept(request, form, period, unit)
        except Stale as stale:
            return conflict.show(request, form, stale.target)
    return _page(request, form, entry, 422 if form.errors else 200)


def _kept(request: Request, form: InputForm, period: str, unit: int) -> HttpResponse:
    """Keep what was typed; hand it in where that was asked – what is missing keeps it from being sent, not kept."""
    entry = _save(request, _own(request, period, unit), form)
    if "send" not in request.POST:
        messages.success(request, "草稿已保存，可随时继续填写。")
        return redirect("filings:show", period, unit)
    try:
        entry = perform(request, hand_in, entry, version=entry.version, once=None)
    except RuleBroken as fault:
        show_fault(form, fault)
        return _page(request, form, entry, 422)
    done = entry.state == UnitInput.State.HANDED_IN
    messages.success(request, "已报送大组团办公室。" if done else "已提交本单位审签。")
    return redirect("filings:show", period, unit)


@require_POST
def autosave(request: Request, period: str, unit: int) -> HttpResponse:
    """Keep what is typed; the first time this begins the draft."""
    entry = _own(request, period, unit)
    form = InputForm(request.POST, instance=entry)
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(faults[0]) for name, faults in form.errors.items()}}, status=422)
    try:
        entry = _save(request, _own(request, period, unit), form)
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse({"version": entry.version, "saved_at": f"{timezone.localtime(clock.now()):%H:%M}"})


def _save(request: Request, entry: UnitInput, form: InputForm) -> UnitInput:
    return perform(request, save_input if entry.pk else start_input, entry, **form.cleaned_data)


def _own(request: Request, period: str, unit: int) -> UnitInput:
    entry = input_or_404(request, period, unit)
    if not save_input.allowed(request.actor, entry):
        raise Denied(save_input.label)
    return entry


def _page(request: Request, form: InputForm, entry: UnitInput, status: int) -> HttpResponse:
    signs = approver_of_unit(request.actor, entry)
    context: dict[str, Any] = {
        "form": form,
        "target": entry,
        "back": reverse("filings:show", args=[entry.period, entry.unit_id]),
        "due": queries.due_of(entry.cluster_id, entry.span),
        "waits_for_signature": queries.needs_signature(entry) and not signs,
        "last_plans": queries.last_plans(entry),
        "known": queries.known_of(request.actor, entry),
    }
    return render(request, "filings/edit.html", context, status=status)
