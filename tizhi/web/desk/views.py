"""工作台: what waits for me, what is due, how the cluster stands; each role sees what is its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from tizhi.base.kit import clock
from tizhi.base.kit.periods import period_of
from tizhi.pipeline.desk import queries
from tizhi.web.frame.request import Request


def desk(request: Request) -> HttpResponse:
    """The first page after sign-in; who reads issued reports only, and administrators, go to what is theirs."""
    actor = request.actor
    if actor.cluster_id is None:
        return redirect("system:accounts") if actor.is_administrator else render(request, "desk/no_post.html")
    if actor.powers == {"read-issued"}:
        return redirect("reports:list")
    todos = queries.todos(actor)
    today = clock.today()
    reported = queries.reported(actor.cluster_id, period_of(today))
    context = {
        "today": today,
        "todos": todos,
        "due_today": sum(todo.due == today for todo in todos),
        "late": sum(todo.due is not None and todo.due < today for todo in todos),
        "reported": reported,
        "sent": sum(row.sent for row in reported),
        "in_time": sum(row.in_time for row in reported),
        "most": max((row.sent for row in reported), default=0),
        "dates": queries.dates(request.appointment.cluster) if request.appointment else [],
        "latest": queries.latest(actor),
        "own": queries.own(actor),
    }
    return render(request, "desk/show.html", context)
