"""组团页、单位页、跨组团概览。"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tizhi.pipeline.reports.overview import overview_for
from tizhi.pipeline.scheme import queries
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
    return render(request, "cluster/unit.html", {"form": form, "day": day, "profile": shown})


def overview(request: Request) -> HttpResponse:
    """All clusters whose issued reports the person reads, in agreed figures only."""
    lines = overview_for(request.actor)
    if not lines:
        raise Http404
    return render(request, "cluster/overview.html", {"lines": lines})
