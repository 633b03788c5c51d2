"""逐条答复的页面: the authors answer point by point beside what was asked, and hand all of it in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.reviews import queries, replying, rules
from tizhi.pipeline.reviews.actions import answer, submit_replies
from tizhi.pipeline.reviews.models import Point, Review
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from .forms import AnswerForm


def reply(request: Request, pk: int) -> HttpResponse:
    """All open points with their replies; a POST answers one of them or hands all in."""
    review = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    if not answer.allowed(request.actor, review):
        raise Denied(answer.label)
    answer.require(request.actor, review)
    if request.method != "POST":
        return _page(request, review)
    if "send" in request.POST:
        return _handed_in(request, review)
    return _answered(request, review)


def _answered(request: Request, review: Review) -> HttpResponse:
    points = replying.to_answer(review)
    point = next((one for one in points if str(one.pk) == request.POST.get("point")), None)
    if point is None:
        raise RuleBroken("请从列出的意见中选择。")
    form = AnswerForm(request.POST, point=point)
    if form.is_valid():
        try:
            # Two who answer different points do not touch each other; of one point the version of its reply is asked.
            perform(request, answer, review, version=None, point=point.pk, read=_read(request), **form.cleaned_data)
            return redirect(reverse("reviews:reply", args=[review.pk]) + f"#p{point.pk}")
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            sentence = "他人刚刚答复过这一条，下面是你填写的内容；核对上方现有的答复以后再保存，将以你的为准。"
            form.add_error(None, sentence)
            return _page(request, review, bound=(point.pk, form), status=409)
    return _page(request, review, bound=(point.pk, form), status=422)


def _handed_in(request: Request, review: Review) -> HttpResponse:
    try:
        again = perform(request, submit_replies, review)
    except RuleBroken as fault:
        return _page(request, review, fault=fault, status=422)
    messages.success(request, f"已提交逐条答复和修改后的文本，{again.called}已经开始。")
    return redirect("reviews:show", review.pk)


def _read(request: Request) -> int | None:
    text = request.POST.get("read-version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else None


def _page(
    request: Request, review: Review, *, bound: tuple[int, AnswerForm] | None = None, fault: RuleBroken | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    points = replying.to_answer(review)
    rows = [_row(one, review, bound) for one in points]
    answered = sum(one["is_answered"] for one in rows)
    context = {
        "target": review,
        "rows": rows,
        "answered": answered,
        "left": len(points) - answered,
        "names": dict(rules.sections_of(review.version_read.content)),
        "may_send": submit_replies.open_to(request.actor, review),
        "fault": fault,
        "back": reverse("reviews:show", args=[review.pk]),
    }
    return render(request, "reviews/reply.html", context, status=status)


def _row(point: Point, review: Review, bound: tuple[int, AnswerForm] | None) -> dict[str, Any]:
    is_bound = bound is not None and bound[0] == point.pk
    form = bound[1] if bound and is_bound else AnswerForm(point=point)
    reply = replying.reply_of(point)
    return {
        "point": point, "form": form, "reply": reply, "is_open": is_bound,
        "is_answered": replying.is_answered(point, review), "version": reply.version if reply else 0,
    }  # fmt: skip
