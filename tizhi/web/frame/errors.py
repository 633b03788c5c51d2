"""出错页面: what a person reads when a request fails – what happened, what to do, and all that was typed."""

import logging
import re
import secrets

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from tizhi.base.kit.errors import Denied, RuleBroken, Stale

log = logging.getLogger("tizhi.errors")

# A sentence rather than the key of a choice: Chinese, or several words, or long.
WORDS = re.compile(r"[\u4e00-\u9fff]|\S{40}|\S\s+\S")
# Never shown again: what only machines read, and what nobody else may read.
HIDDEN = ("csrfmiddlewaretoken", "once", "version", "read", "password", "code")
# Addresses and marks of ours, by their whole names.
MARKS = ("key", "back")


def rule_broken(request: HttpRequest, fault: RuleBroken) -> HttpResponse:
    """422: the programme's rules forbid it; the sentence says what to do."""
    sentences = [fault.message, *(text for text in fault.fields.values() if text not in fault.message)]
    return _show(request, 422, "不能办理", "".join(sentences), again=True)


def denied(request: HttpRequest, fault: Denied) -> HttpResponse:
    """403: the thing is visible, doing this to it is not this post's right."""
    sentence = (
        f"你现在的职务不能办理“{fault}”。如有其他职务，可在右上角换一个职务再办理；"
        "应由你办理的，请联系本单位牵头部门（处室）。"
    )
    return _show(request, 403, "没有办理权限", sentence)


def stale(request: HttpRequest, fault: Stale) -> HttpResponse:
    """409 for an act without a form: look again, then decide."""
    sentence = "你打开页面以后，这条记录被他人修改过，这次没有办理。请重新打开，看过最新内容再办理。"
    return _show(request, 409, "记录已有变化", sentence, again=True)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for what somebody else may see."""
    sentence = "地址可能写错了，内容可能已移走，或者你现在的职务看不到它。"
    return _show(request, 404, "没有找到这个页面", sentence)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself."""
    return _show(request, 403, "没有权限", "你现在的职务不能打开这个页面。")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 when what was sent is too large, 400 for everything else that cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return _show(request, 400, "没有看懂这次提交", "提交的内容不完整或格式不对。请返回上一页，刷新后重新提交。")


def too_large(request: HttpRequest) -> HttpResponse:
    """413: text or files beyond the limit."""
    sentence = "一次提交的内容太大，没有收下。请把文件分几次上传，或压缩照片后再试。"
    return _plain_or_full(request, 413, "内容太大", sentence)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long, or cookies are off. What was typed is given back, never sent on by itself."""
    sentence = "页面打开太久，或浏览器没有保存登录信息，这次没有提交。请重新打开页面再提交一次。"
    return _show(request, 403, "页面已过期", sentence, again=True)


def signed_out(request: HttpRequest) -> HttpResponse:
    """403 for something written after the session ended: it is given back before the way to sign-in is shown."""
    sentence = "登录已过期，这次没有提交。请先复制下面的内容，重新登录后再填一次。"
    return _show(request, 403, "需要重新登录", sentence, again=True)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with a number to quote; the log holds the same number. Draws nothing that could fail again."""
    number = secrets.token_hex(4).upper()
    log.exception("错误编号 %s: %s %s", number, request.method, request.path)
    sentence = "系统出了问题，这次没有办理成功，已记下。请稍后再试。"
    given = {"heading": "系统出错", "sentence": sentence, "number": number}
    if request.headers.get("HX-Request"):
        return _toast(f"{sentence}错误编号 {number}", 500)
    return HttpResponse(render_to_string("frame/plain_error.html", given), status=500)


def _show(request: HttpRequest, status: int, heading: str, sentence: str, again: bool = False) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _toast(sentence, status)
    given = {
        "heading": heading,
        "sentence": sentence,
        "mark": "map-off" if status == 404 else "alert-triangle",
        "typed": typed(request),
        "again_url": _here(request) if again else "",
        "again_label": "重新打开",
    }
    return render(request, "frame/error.html", given, status=status)


def _plain_or_full(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    """What was sent cannot be read any more, so nothing typed is asked for."""
    if request.headers.get("HX-Request"):
        return _toast(sentence, status)
    given = {"heading": heading, "sentence": sentence, "mark": "alert-triangle"}
    return render(request, "frame/error.html", given, status=status)


def _toast(sentence: str, status: int) -> HttpResponse:
    """For htmx: the page stays as it is, the sentence comes as a toast."""
    body = render_to_string("frame/_toast.html", {"text": sentence, "level": "error"})
    return HttpResponse(body, status=status, headers={"HX-Retarget": "#toasts", "HX-Reswap": "beforeend"})


def _here(request: HttpRequest) -> str:
    """The page the person came from, if it is one of ours."""
    came_from = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return came_from if came_from.startswith(own) else "/"


def typed(request: HttpRequest) -> list[str]:
    """The texts of this POST that a person wrote; not the keys of what was chosen."""
    if request.method != "POST":
        return []
    lists = [
        values
        for name, values in request.POST.lists()
        if name not in MARKS and not any(word in name for word in HIDDEN)
    ]
    return [value.strip() for values in lists for value in values if WORDS.search(value)]
