"""组团页、单位页、跨组团概览。"""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.obligations import queries as obligations
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.obligations.rules import State
from tizhi.pipeline.reports.overview import overview_for
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.models import Unit
from tizhi.web.frame.request import Request

from .forms import day_of
from .outline import outline
from .profile import profile


def home(request: Request) -> HttpResponse:
    """The cluster acted in, as of a day; who reads across clusters goes to the overview."""
    cluster = queries.clusters_visible_to(request.actor).first()
    if cluster is None:
        return redirect("cluster:overview")
    form, day = day_of(request)
    return render(request, "cluster/show.html", {"form": form, "day": day, "outline": outline(cluster, day)})


def unit(request: Request, pk: int) -> HttpResponse:
    """One unit of the cluster acted in, now or formerly."""
    found = get_object_or_404(queries.with_names(queries.units_visible_to(request.actor)), pk=pk)
    form, day = day_of(request)
    shown = profile(request.actor, queries.clusters_visible_to(request.actor).get(), found, day)
    context = {"form": form, "day": day, "profile": shown, "lines": _duties(request.actor, found, day)}
    return render(request, "cluster/unit.html", context)


def _duties(actor: Actor, unit: Unit, day: date) -> list[Line]:
    """What the unit owes in the year of `day` and how it stood, the pressing first; none for who may not see it."""
    ledger = obligations.visible_year(actor, day.year, min(day, clock.today()))
    if ledger is None or not any(unit.pk in line.units for line in ledger.lines):
        return []
    owed = [line for line in obligations.owed_by(ledger, [unit.pk]).lines if line.state is not State.NOT_YET]
    return sorted(owed, key=lambda line: not line.state.is_open)


def overview(request: Request) -> HttpResponse:
    """All clusters whose issued reports the person reads, in agreed figures only."""
    lines = overview_for(request.actor)
    if not lines:
        raise Http404
    return render(request, "cluster/overview.html", {"lines": lines})
