"""工作方案的规则: from which day a version is in force."""

from __future__ import annotations

from datetime import date

from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.words import day as said


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
