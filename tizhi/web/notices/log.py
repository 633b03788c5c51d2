"""投递记录的页面: what was told to whom in a cluster, how it went, and another try for a mail that did not go."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tizhi.base.notices import queries, resending
from tizhi.base.notices.models import Delivery
from tizhi.pipeline.directory import queries as directory
from tizhi.pipeline.reviews.queries import KIND
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import LogFilter


def log(request: Request) -> HttpResponse:
    """Every notice of the cluster by every channel; the secretariat's page, nobody else has it."""
    _require_secretariat(request)
    chosen = LogFilter(request.GET, _log(request))
    context = {"filter": chosen, "page": page_of(request, chosen.qs), "has_mail": settings.HAS_MAIL}
    return render(request, "notices/log.html", context)


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    """Send a mail again, to the address that the directory has now; who asked stands on the delivery."""
    _require_secretariat(request)
    delivery = get_object_or_404(_log(request), pk=pk)
    person = directory.visible_to(request.actor).filter(pk=delivery.notice.person_id).first()
    address = person.email if person else ""
    resending.resend(delivery, address=address, words=request.actor.words)
    messages.success(request, f"正在重新发送给{delivery.notice.name}。")
    return redirect("notices:log")


def _log(request: Request) -> QuerySet[Delivery]:
    """What experts are told stays with who assigns them: it names who reviews which plan."""
    return queries.log(request.actor.cluster_id).exclude(notice__kind=KIND)


def _require_secretariat(request: Request) -> None:
    if not request.actor.has("secretariat"):
        raise Http404
