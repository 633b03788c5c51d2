"""工作方案的规则: which text may be put in force, and from which day."""

from __future__ import annotations

from datetime import date

from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.words import day as said

from . import declared
from .check import check


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
