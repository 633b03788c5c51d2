"""计划安排的规则: what a plan needs, how it stands, what a period makes of it, which state permits which act.

No database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

from django.utils import timezone

from tizhi.base.kit import words
from tizhi.base.kit.periods import Period
from tizhi.pipeline.activities.kinds import KINDS

from .models import Move, PlannedItem

LONGEST: Final = timedelta(days=366)
FARTHEST: Final = timedelta(days=3 * 366)

Days = tuple[date, date]
Code = Literal["planned", "moved", "waiting", "drafted", "done", "cancelled"]
Result = Literal["done", "moved", "cancelled", "silent", "ahead"]


# What a plan needs


def missing(planned: PlannedItem, unit_count: int) -> dict[str, str]:
    """What a plan lacks: a sentence for each field."""
    asked = (
        ("title", bool(planned.title), "请填写事项名称"),
        ("kind", planned.kind in KINDS, "请选择类型"),
        ("units", unit_count > 0, "请至少填写一个参与单位"),
    )
    return {field: sentence for field, is_there, sentence in asked if not is_there}


def faults_of_days(first: date | None, last: date | None, today: date) -> dict[str, str]:
    """What is wrong with the days of a plan: a sentence for the field. A plan lies ahead, or is under way."""
    if first is None or last is None:
        return {"first_day": "请填写日期"}
    if last < first:
        return {"last_day": "结束日期早于开始日期，请核对"}
    if last < today:
        return {"first_day": "这一天已经过去；已经开展的，请直接报送动态"}
    if last - first > LONGEST:
        return {"last_day": "一项安排最长一年，请核对日期，或者分成几项登记"}
    if first - today > FARTHEST:
        return {"first_day": "日期在三年以后，请核对年份"}
    return {}


def is_correction(planned: PlannedItem, today: date) -> bool:
    """On the day it was entered, other days are a correction; from the next day on they are a move."""
    return timezone.localtime(planned.created_at).date() == today


# How it stands


@dataclass(frozen=True)
class Standing:
    """How a planned item stands: its code and the words for it."""

    code: Code
    words: str


WORDS: Final[dict[Code, str]] = {
    "planned": "计划中", "moved": "已改期", "waiting": "待登记结果", "drafted": "已起草动态", "done": "已开展",
    "cancelled": "已取消",
}  # fmt: skip


def standing(planned: PlannedItem, today: date) -> Standing:
    """Done once its brief was sent; moved as long as it still lies ahead on other days than those first promised."""
    code = _code(planned, today)
    return Standing(code, WORDS[code])


def _code(planned: PlannedItem, today: date) -> Code:
    if planned.cancelled_at is not None:
        return "cancelled"
    if planned.brief is not None:
        return "done" if planned.brief.sent_at else "drafted"
    if planned.last_day < today:
        return "waiting"
    return "moved" if planned.has_moved else "planned"


# What a period makes of it


def stations(planned: PlannedItem, moves: Iterable[Move]) -> list[Days]:
    """The days on which it stood one after the other: those first promised, then those of each move."""
    return [(planned.promised_first, planned.promised_last), *((move.to_first, move.to_last) for move in moves)]


def days_in(stood: Sequence[Days], period: Period) -> Days | None:
    """The days first planned within `period`; an item belongs to the period its last day lies in, as activities do."""
    return next((days for days in stood if days[1] in period), None)


def result(planned: PlannedItem, period: Period, today: date) -> Result:
    """What became of an item that was planned for `period`; each is counted as one of these and no other.

    Moved means: out of the period; moved within it, it is asked for its result there.
    """
    if planned.last_day not in period:
        return "moved"
    if planned.cancelled_at is not None:
        return "cancelled"
    if planned.brief is not None and planned.brief.sent_at:
        return "done"
    return "silent" if planned.last_day < today else "ahead"


def about(planned: PlannedItem, days: Days, moves: Iterable[Move], what: Result) -> str:
    """What is said beside the result: where it was moved and why, why it was given up, when it really took place.

    `moves` are those since it stood on `days`.
    """
    told = [f"改为{_within(move.to_first, move.to_last, days)}：{move.reason}" for move in moves]
    if what == "cancelled":
        told.append(planned.cancel_reason)
    if what == "done" and (took_place := _took_place(planned)) and took_place != (planned.first_day, planned.last_day):
        told.append(f"实际于{_within(*took_place, days)}开展")
    return "；".join(told)


def _took_place(planned: PlannedItem) -> Days | None:
    brief = planned.brief
    return (brief.first_day, brief.last_day) if brief and brief.first_day and brief.last_day else None


def _within(first: date, last: date, days: Days) -> str:
    return words.span(first, last, days[1].year)


def moved_words(move: Move) -> str:
    """2026年11月5日改为12月3日至4日：专家行程冲突 (with the year where it is another)."""
    to = words.span(move.to_first, move.to_last, move.from_last.year)
    return f"{words.span(move.from_first, move.from_last)}改为{to}：{move.reason}"


# Why a state forbids an act, in a sentence; None when it does not.


def _unless_over(otherwise: str, *, with_draft: bool = True) -> Callable[[PlannedItem], str | None]:
    def when(planned: PlannedItem) -> str | None:
        if planned.cancelled_at is not None:
            return f"这项安排已取消，{otherwise}。"
        if planned.brief is None:
            return None
        if planned.brief.sent_at:
            return f"这项安排已开展并报送动态，{otherwise}。"
        return None if with_draft else f"这项安排已起草动态，{otherwise}；请先删去草稿或解除关联。"

    return when


not_changeable = _unless_over("不能修改")
not_movable = _unless_over("不能改期")
not_cancellable = _unless_over("不能取消", with_draft=False)


def not_startable(planned: PlannedItem) -> str | None:
    """What was given up has no brief; what has one leads to it."""
    return "这项安排已取消，不能起草动态。" if planned.cancelled_at else None


def not_linkable(planned: PlannedItem) -> str | None:
    """One brief at a time says what became of it."""
    if planned.brief is not None:
        return "这项安排已有动态；关联错了的，请先解除关联。"
    return "这项安排已取消，不能关联动态。" if planned.cancelled_at else None


def not_linked(planned: PlannedItem) -> str | None:
    """Only what is linked can be parted."""
    return None if planned.brief is not None else "这项安排没有关联动态。"
