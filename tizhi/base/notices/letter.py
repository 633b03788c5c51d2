"""邮件的行文: one plain letter of all that is new to a person."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from .models import Notice

PREFIX = "【提质平台】"
SENDER = "本邮件由提质平台自动发出，请勿直接回复。"


def subject(notices: Sequence[Notice]) -> str:
    """What it is about, in one line: the title, and how many more there are."""
    first = " ".join(notices[0].title.split())
    return PREFIX + (first if len(notices) == 1 else f"{first}等{len(notices)}条通知")


def body(notices: Sequence[Notice]) -> str:
    """Each notice with its text and the address of its page; who sends this, and where to read it again."""
    is_one = len(notices) == 1
    said = "你有一条新通知：" if is_one else f"你有{len(notices)}条新通知："
    parts = [_part(notice, "" if is_one else f"{number}. ") for number, notice in enumerate(notices, 1)]
    return "\n\n".join([f"{notices[0].name}：", said, *parts, _end(notices[0])]) + "\n"


def _part(notice: Notice, number: str) -> str:
    page = f"{settings.SITE_ADDRESS}{notice.url}" if notice.url else ""
    return "\n".join(line for line in (number + notice.title, notice.text.strip(), page) if line)


def _end(notice: Notice) -> str:
    if notice.user_id is None:
        return f"{SENDER}\n你还没有平台账号，如需登录查看，请联系本单位的通讯录维护人。"
    return f"{SENDER}\n登录后点页面右上角的“通知”，可以查看全部通知：\n{settings.SITE_ADDRESS}{reverse('notices:list')}"
