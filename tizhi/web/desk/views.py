"""工作台: what waits for me, what is due, how the cluster stands; each role sees what is its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import period_of
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.desk import queries
from tizhi.pipeline.desk.leader import leaders_seen_by
from tizhi.pipeline.obligations import actions as ledgers
from tizhi.pipeline.obligations import queries as obligations
from tizhi.pipeline.obligations.ledger import Ledger
from tizhi.pipeline.obligations.rules import State
from tizhi.pipeline.scheme.models import Cluster
from tizhi.web.frame.request import Request

MOST = 8
OF_CLUSTER = "全组团"


def desk(request: Request) -> HttpResponse:
    """The first page after sign-in; who reads issued reports only, and administrators, go to what is theirs."""
    actor = request.actor
    if actor.cluster_id is None or request.appointment is None:
        return redirect("system:accounts") if actor.is_administrator else render(request, "desk/no_post.html")
    if actor.powers == {"read-issued"}:
        return redirect("cluster:overview")
    cluster, today = request.appointment.cluster, clock.today()
    todos = queries.todos(actor)
    context = {
        "today": today,
        "todos": todos,
        "due_today": sum(todo.due == today for todo in todos),
        "late": sum(todo.due is not None and todo.due < today for todo in todos),
        "dates": queries.dates(cluster),
        "upcoming": agenda.upcoming(actor, 5),
        "latest": queries.latest(actor),
        "own": queries.own(actor),
        "given": queries.given_to(actor),
        "leaders": [one for one in leaders_seen_by(actor) if not actor.has("secretariat")],
        **_ledger(actor, cluster),
        **_reported(cluster),
    }
    return render(request, "desk/show.html", context)


def _ledger(actor: Actor, cluster: Cluster) -> dict[str, object]:
    """What presses: of the whole cluster for who reads it, else of the units one works for, or of one's body."""
    scope, shown = _shown(actor, obligations.visible_now(actor, cluster))
    pressing = obligations.pressing(shown)
    return {
        "scope": scope,
        "of_cluster": scope == OF_CLUSTER,
        "pressing": pressing[:MOST],
        "more": len(pressing) - MOST,
        "overdue": sum(line.state is State.LATE for line in pressing),
        "soon": sum(line.state is State.SOON for line in pressing),
        "lost": sum(not line.waits for line in shown.in_state(State.LATE)),
        "rules": [row for row in shown.rows if row.is_measured],
        "may_urge": ledgers.urge.allowed(actor, cluster),
    }


def _shown(actor: Actor, ledger: Ledger) -> tuple[str, Ledger]:
    """Whose duties the desk shows, and these: who sits in a body and enters nothing for a unit sees the body's."""
    if actor.has("read-cluster") or actor.has("secretariat"):
        return OF_CLUSTER, ledger
    if actor.body_id and not actor.reports_for:
        return "本机构", obligations.owed_by_body(ledger, actor.body_id)
    return "本单位", obligations.owed_by(ledger, actor.reports_for or {actor.unit_id or 0})


def _reported(cluster: Cluster) -> dict[str, object]:
    reported = queries.reported(cluster.pk, period_of(clock.today()))
    return {
        "reported": reported,
        "sent": sum(row.sent for row in reported),
        "in_time": sum(row.in_time for row in reported),
        "most": max((row.sent for row in reported), default=0),
    }
