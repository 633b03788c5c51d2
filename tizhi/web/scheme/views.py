"""工作方案的页面。"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory.ending import ending
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.obligations.effects import Effects, effects
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.in_words import chapters
from tizhi.pipeline.scheme.models import Cluster, Version
from tizhi.pipeline.scheme.preview import Preview
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import LoadForm


@dataclass(frozen=True)
class Group:
    """The versions of one cluster, and which of them is in force."""

    cluster: Cluster
    in_force: int
    versions: list[Version]


def versions(request: Request) -> HttpResponse:
    """Every version the actor may read, cluster by cluster."""
    seen = queries.versions_visible_to(request.actor).order_by("cluster__key", "-number")
    may_load = apply_scheme.allowed(request.actor, None)
    if not seen and not may_load:
        raise Http404
    today = clock.today()
    groups = [
        Group(cluster, queries.version_on(cluster, today).number, list(ones))
        for cluster, ones in groupby(seen, key=lambda one: one.cluster)
    ]
    return render(request, "scheme/list.html", {"groups": groups, "may_load": may_load})


def show(request: Request, key: str, number: int | None = None) -> HttpResponse:
    """One version in words; without a number, the one in force today."""
    seen = queries.versions_visible_to(request.actor).filter(cluster__key=key)
    latest = seen.first()
    if latest is None:
        raise Http404
    in_force = queries.version_on(latest.cluster_id, clock.today())
    version = get_object_or_404(seen, number=number or in_force.number)
    context = {
        "version": version,
        "versions": seen,
        "in_force": in_force,
        "chapters": list(chapters(queries.scheme_of(version))),
        "may_load": apply_scheme.allowed(request.actor, None),
        "entries": queries.history(version.cluster_id)[:8],
    }
    return render(request, "scheme/show.html", context)


def text(request: Request, key: str, number: int) -> HttpResponse:
    """The text of a version as it was loaded."""
    version = get_object_or_404(queries.versions_visible_to(request.actor), cluster__key=key, number=number)
    response = HttpResponse(version.text, content_type="application/toml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}-{number}.toml"'
    return response


@dataclass(frozen=True)
class Follows:
    """What a version brings about beyond its own text: in the ledger, and for those who hold posts."""

    ledger: Effects
    ending: list[Appointment]


def _what_follows(shown: Preview | None) -> Follows | None:
    if shown is None or shown.is_same_text:
        return None
    found = effects(shown.cluster, shown.scheme, shown.begins)
    return Follows(found, [] if found.is_too_large else ending(shown.cluster, shown.scheme, shown.begins))


def load(request: Request) -> HttpResponse:
    """Check a file, show what it changes, and put it in force once confirmed."""
    if not apply_scheme.allowed(request.actor, None):
        raise Denied(apply_scheme.label)
    form = LoadForm(request.POST, request.FILES) if request.method == "POST" else LoadForm()
    shown = form.preview if form.is_valid() else None
    if shown and "confirm" in request.POST:
        given = form.cleaned_data
        try:
            perform(request, apply_scheme, shown.cluster, text=shown.text, begins=given["begins"], after=given["after"])
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"“{shown.scheme.cluster.name}”的方案已施行。")
            return redirect("scheme:show", shown.scheme.cluster.id)
    context = {"form": form, "shown": shown, "follows": _what_follows(shown), "back": reverse("scheme:list")}
    return render(request, "scheme/load.html", context, status=form_status(form))
