"""提名: somebody is proposed for a seat, the office confirms or declines, the nominator corrects or withdraws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.audit.queries import history_of
from tizhi.base.kit import clock, words
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.directory import queries as directory
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.models import Nomination
from tizhi.pipeline.experts.who import departments
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Body, Seat
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import AboutForm, NominateForm

ACTS = (
    Act(actions.withdraw_nomination, "撤回提名", "已撤回。", "circle-minus", wants_reason=True, hint="留在办理记录里"),
    Act(
        actions.decline_nomination,
        "不予确认",
        "已登记，提名人会收到通知。",
        "x",
        wants_reason=True,
        hint="提名人会看到",
    ),
    Act(actions.confirm_nomination, "确认提名", "已确认，接下来填写聘期和聘书编号。", "user-check"),
)
BY_NAME = {act.name: act for act in ACTS}
State = Nomination.State


def new(request: Request, body: int) -> HttpResponse:
    """Propose somebody for a seat; `seat` and `person` in the address are chosen already (a renewal)."""
    actor, target = request.actor, body_to_nominate(request, body)
    form = NominateForm(
        request.POST or None,
        seats=queries.seats_to_nominate(target),
        people=directory.on_list(directory.visible_to(actor)),
        members=list(directory.visible_members(actor, clock.today())),
        areas=list(schemes.areas(target.cluster_id)),
        initial=_chosen(request),
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(request, actions.nominate, target, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已提名，等待大组团办公室确认。")
            return redirect("experts:nomination", made.pk)
    context = {"form": form, **about(target, form.seats.values())}
    return render(request, "experts/nominate.html", context, status=form_status(form))


def body_to_nominate(request: Request, pk: int) -> Body:
    """The body, if the actor may nominate for it."""
    body: Body = get_object_or_404(schemes.bodies_visible_to(request.actor), pk=pk)
    actions.nominate.require(request.actor, body)
    return body


def about(body: Body, seats: Iterable[Seat]) -> dict[str, Any]:
    """What a page for nominating says beside its form: who nominates, and which places are free."""
    seats = list(seats)
    free = queries.free_places_of(seats)
    return {
        "body": body,
        "free": [(one, free[one.pk]) for one in seats],
        "named": departments(body.cluster_id)[body.declared],
        "back": reverse("experts:list"),
    }


def _chosen(request: Request) -> dict[str, Any]:
    """What the address says, and for a renewal what was said of the person the last time."""
    found: dict[str, Any] = {
        name: request.GET[name] for name in ("seat", "person") if request.GET.get(name, "").isdigit()
    }
    if "person" in found:
        letters = queries.letters_of(request.actor.cluster_id or 0, int(found["person"][:9]))
        if letters:
            last = letters[0]
            found |= {"title": last.title, "speciality": last.speciality}
            found["areas"] = [str(one.pk) for one in last.areas.all()]
    return found


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record of a nomination with where it stands."""
    actor, nomination = request.actor, _found(request, pk)
    context = {
        "target": nomination,
        "steps": steps_of(nomination),
        "buttons": buttons(ACTS, actor, nomination, "experts:act", pk),
        "may_edit": actions.change_nomination.open_to(actor, nomination),
        "may_appoint": actions.appoint_expert.open_to(actor, nomination),
        "entries": history_of(nomination),
    }
    return render(request, "experts/nomination.html", context)


def edit(request: Request, pk: int) -> HttpResponse:
    """Put the words of a nomination right before it is confirmed."""
    nomination = _found(request, pk)
    actions.change_nomination.require(request.actor, nomination)
    areas = list(schemes.areas(nomination.cluster_id))
    form = AboutForm(request.POST or None, areas=areas, nomination=nomination)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.change_nomination, nomination, **form.about())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _found(request, pk)
            return conflict.show(request, form, fresh, current=AboutForm(areas=areas, nomination=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("experts:nomination", pk)
    context = {"form": form, "target": nomination, "back": reverse("experts:nomination", args=[pk])}
    return render(request, "experts/edit.html", context, status=form_status(form))


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Confirm, decline or withdraw."""
    nomination = _found(request, pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], nomination, back=reverse("experts:nomination", args=[pk]))


def _found(request: Request, pk: int) -> Nomination:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


@dataclass(frozen=True)
class Step:
    """A step of a nomination as it is drawn: done, now or todo."""

    name: str
    state: str
    lines: Sequence[str] = ()


def steps_of(nomination: Nomination) -> list[Step]:
    """提名, 确认, 聘任; none for one that was declined or withdrawn."""
    if nomination.state in (State.DECLINED, State.WITHDRAWN):
        return []
    done = [State.NOMINATED, State.CONFIRMED, State.APPOINTED].index(State(nomination.state))
    lines = [
        [nomination.department, _on(nomination.nominated_at)],
        [nomination.decided_words, _on(nomination.decided_at)],
        [nomination.letter_number, words.day(nomination.issued_on) if nomination.issued_on else ""],
    ]
    return [
        Step(name, "done" if at <= done else "now" if at == done + 1 else "todo", [one for one in told if one])
        for at, (name, told) in enumerate(zip(("提名", "确认", "聘任"), lines, strict=True))
    ]


def _on(at: Any) -> str:
    return words.day(timezone.localtime(at).date()) if at else ""
