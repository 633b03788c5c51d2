"""发起与指派的页面: a review is opened, its days are moved, experts are looked through and asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.reviews import queries
from tizhi.pipeline.reviews.actions import change_days, invite, open_review
from tizhi.pipeline.reviews.candidates import candidates
from tizhi.pipeline.reviews.models import Review
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import DaysForm


def open_one(request: Request, plan: int) -> HttpResponse:
    """Open the review of a plan that has come to its step."""
    target = queries.plan_to_review(request.actor, plan)
    if target is None:
        raise Http404
    open_review.require(request.actor, target)
    form = DaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            review = perform(request, open_review, target, version=None, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已发起，请邀请专家。")
            return redirect("reviews:experts", review.pk)
    context = {"form": form, "plan": target, "back": reverse("reviews:list")}
    return render(request, "reviews/open.html", context, status=form_status(form))


def days(request: Request, pk: int) -> HttpResponse:
    """Move the day due and the last day."""
    review = _assigned(request, pk)
    change_days.require(request.actor, review)
    form = DaysForm(request.POST or None, review=review)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, change_days, review, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _assigned(request, pk)
            return conflict.show(request, form, fresh, current=DaysForm(review=fresh))
        else:
            messages.success(request, "已调整期限，专家看到新的期限。")
            return redirect("reviews:show", pk)
    context = {"form": form, "target": review, "plan": review.plan, "back": reverse("reviews:show", args=[pk])}
    return render(request, "reviews/open.html", context, status=form_status(form))


def experts(request: Request, pk: int) -> HttpResponse:
    """Every expert with load, leave and what he knows; those the plan concerns stand apart with the reason."""
    review = _assigned(request, pk)
    chosen, fault = "", None
    if request.method == "POST":
        chosen = request.POST.get("person", "")
        try:
            return _ask(request, review, chosen)
        except RuleBroken as broken:
            fault = broken
    if not invite.allowed(request.actor, review):
        raise Denied(invite.label)
    found = candidates(review, request.actor)
    context = {
        "review": review,
        "open": [one for one in found if not one.barred],
        "barred": [one for one in found if one.barred],
        "fault": fault,
        "chosen": int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 18 else 0,
        "typed": request.POST.get("override", "")[:200],
        "is_running": invite.open_to(request.actor, review),
    }
    return render(request, "reviews/experts.html", context, status=422 if fault else 200)


def _ask(request: Request, review: Review, chosen: str) -> HttpResponse:
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 18):
        invite.require(request.actor, review)
        raise RuleBroken("请从专家名单中选择。")
    override = request.POST.get("override", "").replace("\0", "")
    asked = perform(request, invite, review, version=None, person=int(chosen), override=override)
    messages.success(request, f"已邀请{asked.person.name}，并已通知本人。")
    return redirect("reviews:experts", review.pk)


def _assigned(request: Request, pk: int) -> Review:
    return get_object_or_404(queries.in_full(queries.assigned_by(request.actor)), pk=pk)
