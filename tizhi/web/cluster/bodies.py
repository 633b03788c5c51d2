"""机构的页面: a body with its seats, and what an office does about its project groups."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory.actions import appoint_to_seat
from tizhi.pipeline.directory.queries import BodyOn, seats_of_bodies
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import close_group, found_group, rename_body
from tizhi.pipeline.scheme.entries import BodyEntry
from tizhi.pipeline.scheme.models import Body
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import NameForm


@dataclass(frozen=True)
class May:
    """Which buttons the page of a body has."""

    rename: bool
    close: bool
    appoint: bool
    found: list[BodyEntry]


def body(request: Request, pk: int) -> HttpResponse:
    """A body with its seats and the bodies inside it; one that ended, as it was on its last day."""
    shown = get_object_or_404(queries.bodies_visible_to(request.actor), pk=pk)
    day = min(shown.ends or clock.today(), clock.today())
    standing = seats_of_bodies(shown.cluster, day)
    on = next((one for one in standing if one.body == shown), BodyOn(shown))
    context = {
        "body": shown,
        "day": day,
        "on": on,
        "inside": [one for one in standing if one.body.parent_id == shown.pk],
        "pairs": queries.pairs(shown.cluster, day).filter(partner=shown.unit_id) if shown.unit else [],
        "may": _may(request.actor, shown, on.missing),
    }
    return render(request, "cluster/body.html", context)


def _may(actor: Actor, body: Body, missing: int) -> May:
    return May(
        rename=rename_body.open_to(actor, body),
        close=close_group.open_to(actor, body),
        appoint=body.holds_on(clock.today()) and appoint_to_seat.allowed(actor, body) and missing > 0,
        found=queries.groups_of(body) if found_group.open_to(actor, body) else [],
    )


def rename(request: Request, pk: int) -> HttpResponse:
    """Give a project group its own name."""
    shown = get_object_or_404(queries.bodies_visible_to(request.actor), pk=pk)
    return _name(request, rename_body, shown, f"{shown}改名", name=shown.name)


def found(request: Request, pk: int, declared: str) -> HttpResponse:
    """Found one more project group in an office."""
    office = get_object_or_404(queries.bodies_visible_to(request.actor), pk=pk)
    entry = next((one for one in queries.groups_of(office) if one.id == declared), None)
    if entry is None:
        raise Http404
    return _name(request, found_group, office, f"组建{entry.name}", declared=declared)


def _name(request: Request, act: Action, body: Body, title: str, name: str = "", **given: str) -> HttpResponse:
    if not act.allowed(request.actor, body):
        raise Denied(act.label)
    form = NameForm(request.POST or None, initial={"name": name})
    if request.method == "POST" and form.is_valid():
        try:
            written = perform(request, act, body, **given, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已保存：{written}。")
            return redirect("cluster:body", written.pk)
    context = {"form": form, "body": body, "heading": title, "back": reverse("cluster:body", args=[body.pk])}
    return render(request, "cluster/name.html", context, status=form_status(form))


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """End a project group."""
    group = get_object_or_404(queries.bodies_visible_to(request.actor), pk=pk)
    perform(request, close_group, group)
    messages.success(request, f"已撤销{group}。")
    return redirect("cluster:body", group.parent_id)
