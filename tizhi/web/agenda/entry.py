"""登记计划: the form of a new item and of one that stands, other days, the brief that it became."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.agenda import queries, rules
from tizhi.pipeline.agenda.actions import change_item, link_brief, make_brief, move_item, plan_item
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.scheme.models import Member
from tizhi.web.activities.offer import Offer
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import LinkForm, MoveForm, PlanForm


def new(request: Request) -> HttpResponse:
    """An empty form with what can be guessed filled in."""
    offer = _offer(request)
    form = PlanForm(request.POST if request.method == "POST" else None, offer=offer)
    if request.method == "POST" and form.is_valid():
        member = _member(form, offer)
        try:
            planned = perform(request, plan_item, member, **form.given(member.unit_id))
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已登记，参加单位现在可以看到。")
            return redirect("agenda:show", planned.pk)
    context = {"form": form, "offer": offer, "back": reverse("agenda:list")}
    return render(request, "agenda/form.html", context, status=form_status(form))


def edit(request: Request, pk: int) -> HttpResponse:
    """The form of an item that stands: everything but its days."""
    planned = _own(request, pk, change_item)
    if change_item.why_not(planned):
        return redirect("agenda:show", pk)
    offer = _offer(request)
    form = PlanForm(request.POST if request.method == "POST" else None, offer=offer, planned=planned)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, change_item, planned, **form.given(planned.unit_id))
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _own(request, pk, change_item)
            return conflict.show(request, form, fresh, current=PlanForm(offer=offer, planned=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("agenda:show", pk)
    context = {"form": form, "offer": offer, "target": planned, "back": reverse("agenda:show", args=[pk])}
    return render(request, "agenda/form.html", context, status=form_status(form))


def move(request: Request, pk: int) -> HttpResponse:
    """Other days, with the reason."""
    planned = _own(request, pk, move_item)
    move_item.require(request.actor, planned)
    form = MoveForm(request.POST if request.method == "POST" else None, planned=planned, today=clock.today())
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("first_day", "last_day")}
        try:
            perform(request, move_item, planned, **days)
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _own(request, pk, move_item)
            return conflict.show(request, form, fresh, current=MoveForm(planned=fresh, today=clock.today()))
        else:
            messages.success(request, "已改期，原来的日期保留在记录里。" if "note" in form.fields else "日期已更正。")
            return redirect("agenda:show", pk)
    context = {
        "form": form,
        "target": planned,
        "is_correction": rules.is_correction(planned, clock.today()),
        "back": reverse("agenda:show", args=[pk]),
    }
    return render(request, "agenda/move.html", context, status=form_status(form))


@require_POST
def brief(request: Request, pk: int) -> HttpResponse:
    """One tap makes the draft brief; a second one leads to the same."""
    planned = _own(request, pk, make_brief)
    if planned.brief is None:
        # Whoever changed the item meanwhile changed nothing about its having taken place.
        made = perform(request, make_brief, planned, version=None)
        messages.success(request, "已按计划起草。请补充经过、数字和照片，然后提交。")
    else:
        made = planned.brief
    if made.is_open and made.unit_id in request.actor.reports_for:
        return redirect("activities:edit", made.pk)
    return redirect("activities:show", made.pk)


def link(request: Request, pk: int) -> HttpResponse:
    """Choose the brief that tells what became of the item, where it was reported without it."""
    planned = _own(request, pk, link_brief)
    link_brief.require(request.actor, planned)
    briefs = queries.likely_briefs(request.actor, planned)
    form = LinkForm(request.POST if request.method == "POST" else None, briefs=briefs)
    if request.method == "POST" and form.is_valid():
        perform(request, link_brief, planned, activity=form.chosen)
        messages.success(request, "已关联。")
        return redirect("agenda:show", pk)
    context = {"form": form, "target": planned, "briefs": briefs, "back": reverse("agenda:show", args=[pk])}
    return render(request, "agenda/link.html", context, status=form_status(form))


def _offer(request: Request) -> Offer:
    offer = Offer(request.actor)
    if not offer.own:
        raise Denied(plan_item.label)
    return offer


def _own(request: Request, pk: int, action: Action) -> PlannedItem:
    planned = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    if not action.allowed(request.actor, planned):
        raise Denied(action.label)
    return planned


def _member(form: PlanForm, offer: Offer) -> Member:
    chosen = form.cleaned_data.get("unit")
    return next((one for one in offer.own if one.unit_id == chosen), offer.own[0])
