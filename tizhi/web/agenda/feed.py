"""订阅日历: the address from which a person's own calendar reads the dates; shown once, renewed, closed."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tizhi.pipeline.agenda import feeds, queries
from tizhi.pipeline.agenda.actions import close_feed, open_feed
from tizhi.pipeline.directory.models import Person
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

from .ics import calendar_of

KEPT = "private, max-age=600, must-revalidate"


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The dates of whoever this secret belongs to, for a calendar that asks; a wrong or ended one is 404."""
    found = feeds.find(secret)
    if found is None or found.person.user is None:
        raise Http404
    content = calendar_of(found.person.user)
    feeds.note_fetched(found)
    # No Last-Modified: an item that is seen no more changes the calendar too, and no row tells when.
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, "text/calendar; charset=utf-8", headers={"ETag": etag, "Cache-Control": KEPT})
    response.headers["Content-Disposition"] = 'inline; filename="tizhi.ics"'
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def about(request: Request) -> HttpResponse:
    """Whether the person's calendar reads from here, and how to let it."""
    return _page(request, _person(request))


@require_POST
@never_cache
def begin(request: Request) -> HttpResponse:
    """A new address, shown this once; an earlier one ends."""
    person, secret = _person(request), feeds.new_secret()
    # Sent twice, the second address holds and is the one shown.
    open_feed(request.actor, person, secret=secret)
    address = settings.SITE_ADDRESS.rstrip("/") + reverse("agenda:calendar", args=[secret])
    return _page(request, person, address=address, opened=address.replace("https://", "webcal://", 1))


@require_POST
def end(request: Request) -> HttpResponse:
    """Void the address."""
    if feed := feeds.of_person(_person(request).pk):
        perform(request, close_feed, feed)
        messages.success(request, "已停用，原来的地址不能再读取。")
    return redirect("agenda:feed")


def _page(request: Request, person: Person, **given: Any) -> HttpResponse:
    return render(request, "agenda/feed.html", {"feed": feeds.of_person(person.pk), **given})


def _person(request: Request) -> Person:
    person = queries.own_person(request.actor)
    if person is None or not queries.sees(request.actor):
        raise Http404
    return person
