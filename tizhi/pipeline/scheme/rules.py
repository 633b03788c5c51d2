"""工作方案的规则: which text may be put in force, and from which day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.words import day as said

from . import declared
from .check import check
from .models import Body

NAME_LIMIT: Final = 60


def require_sound(text: str | bytes) -> str:
    """The text as it is kept; raises RuleBroken when the check finds a fault in it."""
    faults = check(text).faults
    if faults:
        raise RuleBroken(f"方案有{len(faults)}处问题，未施行。请全部改正后再载入。第一处：{faults[0]}")
    return as_kept(text)


def as_kept(text: str | bytes) -> str:
    """The text without byte order mark, its lines ended the same way wherever it was written.

    Raises UnicodeDecodeError for bytes that are no UTF-8; the check finds those first.
    """
    decoded = text.decode("utf-8") if isinstance(text, bytes) else text
    return decoded.removeprefix("\ufeff").replace("\r\n", "\n")


def require_same_cluster(key: str, scheme: declared.Scheme) -> None:
    """Raises RuleBroken when the scheme is another cluster's."""
    if scheme.cluster.id != key:
        raise RuleBroken(f"这是“{scheme.cluster.name}”的方案，不是本组团的；请核对文件。")


def first_day(asked: date | None, *, latest: date, today: date) -> date:
    """The day from which a new version is in force, `latest` being the last version's; today if nothing is asked.

    Raises RuleBroken when it would rewrite what an earlier version governed, or skip a version still to come.
    """
    begins = asked or max(today, latest)
    if begins < latest:
        raise RuleBroken(f"上一版方案自{said(latest)}起施行，新版不能早于这一天；请改为这一天或更晚。")
    if latest > today and begins != latest:
        raise RuleBroken(f"上一版方案要到{said(latest)}才施行；在此之前只能以同一施行日期更正它。")
    return begins


def ended(body: Body) -> str | None:
    """Nothing is done in a body that is no more."""
    return None if body.holds_on(clock.today()) else f"{body}已经撤销，不能再办理。"


def no_group(body: Body) -> str | None:
    """Only a group inside an office takes a name, and leaves, without the scheme."""
    if body.parent is None or body.unit_id is None or body.parent.unit_id != body.unit_id:
        return f"{body}由工作方案设立，名称和存废以方案为准。"
    return ended(body)


def name_fault(name: str, taken: Collection[str]) -> str:
    """What is wrong with the name of a body; empty when nothing is."""
    if not name:
        return "请填写名称。"
    if len(name) > NAME_LIMIT:
        return f"名称不能超过{NAME_LIMIT}字；请缩短。"
    if any(character in name for character in "\n\r\t\0"):
        return "名称中有换行等控制字符；请删去。"
    return f"本组团已有名为“{name}”的机构；请换一个名称。" if name in taken else ""
