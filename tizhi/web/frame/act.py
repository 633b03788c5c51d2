"""办理: from a POST to an action – the version read, the token of this one request, the note."""

import uuid
from typing import Any

from tizhi.base.acts.action import Action
from tizhi.base.kit.errors import RuleBroken

from .request import Request

BROKEN = "这个页面的内容不完整，没有办理。请刷新页面后重新提交。"


def perform(request: Request, action: Action, target: Any, **given: Any) -> Any:
    """Do `action` to `target` as the acting person; what `{% act_fields %}` sent is passed on.

    Raises RuleBroken for fields that no form of ours sends, and whatever the action raises.
    """
    sent = {"version": _version(request), "once": _once(request), "note": _note(request)}
    written = action(request.actor, target, **{**sent, **given})
    request.wrote = [*request.wrote, written]
    return written


def _version(request: Request) -> int | None:
    text = request.POST.get("version", "")
    if not text:
        return None
    # Nine digits: a longer number is no version of ours and would not fit the column either.
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise RuleBroken(BROKEN)
    return int(text)


def _once(request: Request) -> uuid.UUID | None:
    text = request.POST.get("once", "")
    try:
        return uuid.UUID(text) if text else None
    except ValueError as error:
        raise RuleBroken(BROKEN) from error


def _note(request: Request) -> str:
    # PostgreSQL keeps no NUL in a text.
    return request.POST.get("note", "").replace("\0", "").strip()
