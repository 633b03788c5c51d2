"""留痕: everything done in a cluster, or to accounts and schemes, to be searched."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from tizhi.base.audit.models import Entry
from tizhi.base.audit.queries import acts
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory import queries
from tizhi.pipeline.reviews.queries import history_open_to
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import HistoryFilter


def history(request: Request) -> HttpResponse:
    """For the secretariat its cluster's, for administrators accounts and schemes; nobody else has this page."""
    if not (request.actor.is_administrator or request.actor.has("secretariat")):
        raise Http404
    chosen = HistoryFilter(request.GET, _open_to(request.actor))
    page = page_of(request, chosen.qs)
    return render(request, "history/list.html", {"filter": chosen, "page": page, "acts": acts(page.object_list)})


def _open_to(actor: Actor) -> QuerySet[Entry]:
    """What was done in expert reviews is read by who assigns the experts only."""
    return history_open_to(queries.history_visible_to(actor), actor)
