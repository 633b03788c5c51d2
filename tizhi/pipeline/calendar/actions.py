"""工作日历的登记: the office corrects single days, or enters a year's notice at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme import who

from . import queries
from .models import DayMark
from .rules import Mark

KEEPERS = [who.any_secretariat, who.administrator]


@action("登记工作日", by=KEEPERS, creates=True)
def mark_day(actor: Actor, target: date, *, is_workday: bool, name: str = "") -> DayMark:
    """Say that `target` is worked or off, whatever the built-in calendar holds."""
    mark, _ = DayMark.objects.update_or_create(day=target, defaults={"is_workday": is_workday, "name": name.strip()})
    queries.forget()
    return mark


@action("撤销工作日登记", by=KEEPERS)
def clear_day(actor: Actor, target: DayMark) -> None:
    """Take the office's mark back; the day follows the built-in calendar again."""
    DayMark.objects.filter(pk=target.pk).delete()
    queries.forget()


@action("导入放假安排", by=KEEPERS, creates=True)
def import_days(actor: Actor, target: int, *, marks: Sequence[Mark]) -> DayMark:
    """Enter the days of the notice for the year `target`, all or none; the marks come from `notice.read`."""
    if not marks:
        raise RuleBroken("没有读到日期。请粘贴国务院办公厅通知原文，或每行写一天，如“2027年1月1日 休息 元旦”。")
    if astray := sorted({mark.day.year for mark in marks} - {target - 1, target, target + 1}):
        raise RuleBroken(f"通知中有{astray[0]}年的日期，与所选的{target}年不符，请核对。")
    entered = [mark_day(actor, mark.day, is_workday=mark.is_workday, name=mark.name) for mark in marks]
    return entered[0]
