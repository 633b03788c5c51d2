"""通知的页面: what the person was told, and the way to the page it is about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.notices import queries, reading
from tizhi.base.notices.models import Notice
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.middleware import CHOSEN
from tizhi.web.frame.parts import Tab
from tizhi.web.frame.request import Request
from tizhi.web.frame.told import open_told, unread_told

UNREAD = "unread"


def inbox(request: Request) -> HttpResponse:
    """Everything the account was told, what is new first; or only what is new."""
    user_id = request.actor.user_id
    is_unread, new = request.GET.get("show") == UNREAD, unread_told(request)
    rows = open_told(request, queries.unread(user_id) if is_unread else queries.new_first(user_id))
    home = reverse("notices:list")
    tabs = [
        Tab("全部", home, is_current=not is_unread),
        Tab("未读", f"{home}?show={UNREAD}", note=str(new), is_current=is_unread),
    ]
    context = {
        "page": page_of(request, rows),
        "tabs": tabs,
        "new": new,
        "is_unread": is_unread,
        "keeps_log": request.actor.has("secretariat"),
    }
    return render(request, "notices/list.html", context)


def open_notice(request: Request, pk: int) -> HttpResponse:
    """On to the page it is about; from then on it is read."""
    user_id = request.actor.user_id
    notice = get_object_or_404(open_told(request, queries.inbox(user_id)), pk=pk)
    reading.mark_read(user_id, notice)
    if notice.url:
        _act_as_told(request, notice)
        return redirect(notice.url)
    messages.info(request, "这条通知没有要打开的页面，已记为已读。")
    return redirect("notices:list")


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Nothing is new any more."""
    count = unread_told(request)
    reading.mark_all_read(request.actor.user_id)
    messages.success(request, f"{count}条通知已记为已读。" if count else "没有未读通知。")
    return redirect("notices:list")


def _act_as_told(request: Request, notice: Notice) -> None:
    """Go on in the post in which one was told: in another of one's own the page may be invisible."""
    told = [post for post in request.posts if post.cluster_id == notice.cluster_id]
    told = [post for post in told if notice.post_words in (post.post_name, f"{post.place}{post.post_name}")]
    if told and request.appointment not in told:
        request.session[CHOSEN] = told[0].pk
        messages.info(request, f"现在以{told[0].place}{told[0].post_name}的职务办理。")
