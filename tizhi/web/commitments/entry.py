"""登记承诺: what a department undertakes is entered and put right, and how it goes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.commitments import queries
from tizhi.pipeline.commitments.actions import change_commitment, fulfil, promise, report_progress
from tizhi.pipeline.commitments.lines import line_of
from tizhi.pipeline.commitments.models import Commitment
from tizhi.pipeline.scheme.models import Unit
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import CommitmentForm, ProgressForm


def new(request: Request) -> HttpResponse:
    """Enter a commitment of one's own department."""
    member = next(iter(queries.entered_for(request.actor)), None)
    if member is None:
        raise Denied(promise.label)
    schools = list(queries.schools_of(member.cluster_id, member.unit.province, clock.today()))
    form = CommitmentForm(request.POST or None, schools=schools)
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(request, promise, member, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已登记，面向的院校可以看到并反馈。")
            return redirect("commitments:show", made.pk)
    context = {"form": form, "department": member.unit, "back": reverse("commitments:list")}
    return render(request, "commitments/form.html", context, status=form_status(form))


def edit(request: Request, pk: int) -> HttpResponse:
    """Put an open commitment right."""
    commitment = _found(request, pk)
    change_commitment.require(request.actor, commitment)
    schools = _schools(commitment)
    form = CommitmentForm(request.POST or None, schools=schools, commitment=commitment)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, change_commitment, commitment, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _found(request, pk)
            return conflict.show(request, form, fresh, current=CommitmentForm(schools=schools, commitment=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("commitments:show", pk)
    return _page(request, "commitments/form.html", form, commitment)


def progress(request: Request, pk: int) -> HttpResponse:
    """Say how far it is, or that it was kept."""
    commitment = _found(request, pk)
    report_progress.require(request.actor, commitment)
    done = "done" in request.GET
    form = ProgressForm(request.POST or None, request.FILES or None, commitment=commitment, done=done)
    if request.method == "POST" and form.is_valid():
        act, said = (fulfil, "已登记为兑现。") if form.cleaned_data["done"] else (report_progress, "已登记进展。")
        try:
            # Words on progress are only ever added: two that come at once do not touch each other.
            perform(request, act, commitment, version=None, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, said)
            return redirect("commitments:show", pk)
    return _page(request, "commitments/progress.html", form, commitment, line=line_of(commitment))


def _page(
    request: Request, template: str, form: CommitmentForm | ProgressForm, commitment: Commitment, **given: Any
) -> HttpResponse:
    context = {
        "form": form,
        "target": commitment,
        "department": commitment.unit,
        "back": reverse("commitments:show", args=[commitment.pk]),
        **given,
    }
    return render(request, template, context, status=form_status(form))


def _found(request: Request, pk: int) -> Commitment:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _schools(commitment: Commitment) -> list[Unit]:
    """The schools of the province, and those named that have left it."""
    there = list(queries.schools_of(commitment.cluster_id, commitment.unit.province, clock.today()))
    return there + [one.unit for one in commitment.units.all() if one.unit not in there]
