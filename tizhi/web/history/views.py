"""留痕: everything done in a cluster, or to accounts and schemes, to be searched."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from tizhi.base.audit.queries import acts
from tizhi.pipeline.directory import queries
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import HistoryFilter


def history(request: Request) -> HttpResponse:
    """For the secretariat its cluster's, for administrators accounts and schemes; nobody else has this page."""
    if not (request.actor.is_administrator or request.actor.has("secretariat")):
        raise Http404
    chosen = HistoryFilter(request.GET, queries.history_visible_to(request.actor))
    page = page_of(request, chosen.qs)
    return render(request, "history/list.html", {"filter": chosen, "page": page, "acts": acts(page.object_list)})
