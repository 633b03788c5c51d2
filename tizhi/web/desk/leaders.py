"""负责同志一页: this year's duties, next trips, papers to sign – for the leader, the secretary, the office."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tizhi.pipeline.desk import leader
from tizhi.web.frame.request import Request


@require_safe
def own(request: Request) -> HttpResponse:
    """One's own page; who has none sees those of the leaders one works for."""
    seen = leader.leaders_seen_by(request.actor)
    mine = next((one for one in seen if one.pk == request.actor.appointment_id), None)
    if mine or len(seen) == 1:
        return redirect("desk:leader", (mine or seen[0]).pk)
    if not seen:
        raise Http404
    return render(request, "desk/leaders.html", {"leaders": seen})


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The page of one leader."""
    held = leader.held_of(request.actor, pk)
    if held is None:
        raise Http404
    page = leader.leader_page(held.cluster, held)
    return render(request, "desk/leader.html", {"page": page, "others": leader.leaders_seen_by(request.actor)})
