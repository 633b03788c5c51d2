"""填写问卷: the public page behind a link or QR code – on a phone, without an account, with or without JavaScript.

The link is the only key. Nothing of who asks is read but the link and, on an open link, the signed cookie in which a
phone keeps the secret of its own answer.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.surveys import filling, queries, rules
from tizhi.pipeline.surveys.filling import Closed, Submitted
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.models import Response
from tizhi.pipeline.surveys.queries import Door
from tizhi.pipeline.surveys.reading import read

from .asked import pages_of

DAYS_90 = 90 * 24 * 3600
STALE = "这份问卷刚在另一台设备或另一个窗口填写过。下面是这里填的答案，再提交一次即以这里为准。"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def fill(request: HttpRequest, secret: str) -> HttpResponse:
    """The questionnaire; what was typed stays on the page whatever goes wrong."""
    door = queries.door(secret)
    if door is None:
        return _say(request, "没有找到这份问卷", "链接可能不完整，或者问卷还没有开放。请向发给你链接的人核对。", 404)
    response = _response(request, door)
    if response and response.submitted_at:
        return _thanks(request, door)
    if not door.is_right:
        return _say(request, door.survey.title, "这份问卷按邀请填写，请用发给你的专属链接打开。", 403)
    if not rules.accepts(door.survey, clock.now()):
        return _closed(request, door)
    if request.method != "POST":
        return _page(request, door, response, response.answers if response else {})
    return _sent(request, door, response)


def _sent(request: HttpRequest, door: Door, response: Response | None) -> HttpResponse:
    sent = dict(request.POST.lists())
    given = (door, response, sent, _version(request), _uploads(request))
    faults: dict[str, str] = {}
    try:
        if request.POST.get("do") == "save":
            kept = filling.keep(*given)
        else:
            kept, faults = filling.submit(*given)
    except (Closed, Submitted):
        return redirect("q:fill", request.resolver_match.kwargs["secret"])  # type: ignore[union-attr]
    except Stale:
        fresh = _response(request, door)
        return _again(request, door, fresh, sent, {}, STALE, 409)
    except RuleBroken as fault:
        return _again(request, door, response, sent, fault.fields, fault.message)
    if faults:
        page = _again(request, door, kept, sent, faults, "")
    elif kept.submitted_at:
        page = redirect("q:fill", request.resolver_match.kwargs["secret"])  # type: ignore[union-attr]
    else:
        page = _page(request, door, kept, kept.answers, said="已保存。以后用同一部手机打开这个链接，可以接着填。")
    return _remembered(page, door, kept)


def _again(
    request: HttpRequest, door: Door, response: Response | None, sent: dict[str, Any], faults: Any, words: str,
    status: int = 422,
) -> HttpResponse:  # fmt: skip
    answers, unread = read(form_of(door.survey.form), sent)
    # What is no number is shown again as it was typed.
    answers |= {key: sent[key][-1] for key in unread if sent.get(key)}
    return _page(request, door, response, answers, {**unread, **faults}, words, status=status)


@login_not_required
@never_cache
@require_POST
def autosave(request: HttpRequest, secret: str) -> HttpResponse:
    """Keep what is typed; answers the version, the time and the files that lie there now."""
    door = queries.door(secret)
    if door is None:
        return JsonResponse({"words": "没有找到这份问卷"}, status=404)
    response = _response(request, door)
    try:
        kept = filling.keep(door, response, dict(request.POST.lists()), _version(request), _uploads(request))
    except Stale:
        words = "这份问卷刚在另一台设备上填写过。请刷新页面看最新的答案，或直接提交这里的答案。"
        fresh = _response(request, door)
        return JsonResponse({"words": words, "version": fresh.version if fresh else 0}, status=409)
    except RuleBroken as fault:
        return JsonResponse({"words": fault.message, "closed": isinstance(fault, Closed | Submitted)}, status=422)
    files = {key: [{"id": pk, "name": name} for pk, name in rows] for key, rows in queries.files_in(kept).items()}
    saved_at = f"{timezone.localtime(kept.saved_at):%H:%M}"
    return _remembered(JsonResponse({"version": kept.version, "saved_at": saved_at, "files": files}), door, kept)


def _page(
    request: HttpRequest, door: Door, response: Response | None, answers: Any, faults: Any = None, words: str = "",
    status: int = 200, said: str = "",
) -> HttpResponse:  # fmt: skip
    survey = door.survey
    secret = door.invitation.secret if door.invitation else survey.secret
    context = {
        "survey": survey,
        "invitation": door.invitation,
        "pages": pages_of(form_of(survey.form), answers, faults, queries.files_in(response)),
        "description": survey.form,
        "version": response.version if response else 0,
        "autosave_url": reverse("q:save", args=[secret]),
        "faulty": bool(faults),
        "words": words,
        "said": said,
    }
    return render(request, "surveys/fill.html", context, status=status)


def _thanks(request: HttpRequest, door: Door) -> HttpResponse:
    words = door.survey.thanks or "答卷已经提交，谢谢你的参与。"
    return _say(request, door.survey.title, words, heading="已提交", icon="circle-check")


def _closed(request: HttpRequest, door: Door) -> HttpResponse:
    survey = door.survey
    at = timezone.localtime(survey.closes_at) if survey.closes_at and survey.closes_at <= clock.now() else None
    when = f"填写截止时间为{at.year}年{at.month}月{at.day}日{at:%H:%M}。" if at else "发起单位已结束填写。"
    status = 200 if request.method != "POST" else 422
    return _say(request, survey.title, f"{when}如需补填，请联系{survey.unit.called}。", status, "已截止", "clock")


def _say(
    request: HttpRequest, title: str, words: str, status: int = 200, heading: str = "", icon: str = "alert-circle"
) -> HttpResponse:
    context = {"title": title, "words": words, "heading": heading or title, "icon_name": icon}
    return render(request, "surveys/said.html", context, status=status)


def _response(request: HttpRequest, door: Door) -> Response | None:
    secret = request.get_signed_cookie(_cookie(door), "", salt="surveys", max_age=DAYS_90)
    return queries.response_behind(door, secret or "")


def _remembered(page: HttpResponse, door: Door, response: Response) -> HttpResponse:
    """An open link lets the phone go on where it was: it alone keeps the secret of its answer."""
    if door.invitation is None:
        page.set_signed_cookie(
            _cookie(door), response.secret, salt="surveys", max_age=DAYS_90, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE, path=reverse("q:fill", args=[door.survey.secret]),
        )  # fmt: skip
    return page


def _cookie(door: Door) -> str:
    return f"survey-{door.survey.pk}"


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def _uploads(request: HttpRequest) -> dict[str, list[Any]]:
    return {name: list(files) for name, files in request.FILES.lists()}
