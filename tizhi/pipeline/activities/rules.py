"""动态的规则: what a complete brief has, what is in time, which state permits which act. No database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils import timezone

from tizhi.base.kit import words
from tizhi.base.kit.periods import Period, period_of
from tizhi.pipeline.calendar.rules import Deadline
from tizhi.pipeline.scheme.entries import Briefs
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.scheme.terms import NO_APPROVAL

from .kinds import kind_of
from .models import Activity, ActivityUnit

State = Activity.State


# Complete


def missing(activity: Activity, unit_count: int, today: date) -> dict[str, str]:
    """What an activity lacks before it can be sent: a sentence for each field, the kind's required figures included."""
    kind = kind_of(activity.kind)
    asked: tuple[tuple[str, bool, str], ...] = (
        ("title", bool(activity.title), "请填写标题"),
        ("first_day", activity.first_day is not None, "请填写活动日期"),
        ("last_day", not activity.last_day or activity.last_day <= today, "活动还没有结束，结束以后再提交"),
        ("place", bool(activity.place) or activity.mode == Activity.Mode.ONLINE, "请填写地点；线上活动可不填"),
        ("units", unit_count > 0, "请至少填写一个参与单位"),
        ("area", activity.area_id is not None, "请选择所属的重点内容"),
        ("stage", bool(activity.stage) or not kind.stages, "请选择调研阶段"),
        ("text", bool(activity.text.strip()), "请写明活动经过"),
    )
    return {field: sentence for field, is_there, sentence in asked if not is_there} | kind.missing(activity.details)


# In time


@dataclass(frozen=True)
class Timeliness:
    """How an activity stands to its deadline: sent in time or late, or not sent with days left or none."""

    code: Literal["in-time", "late", "open", "overdue"]
    due: Deadline
    words: str


def timeliness(due: Deadline, sent_at: datetime | None, today: date) -> Timeliness:
    """In time means first sent on or before the due day [四(四)]; what becomes of it afterwards changes nothing."""
    if sent_at is None:
        return Timeliness("overdue" if today > due.day else "open", due, words.distance(due.day, today))
    days = (timezone.localtime(sent_at).date() - due.day).days
    return Timeliness("late", due, f"逾期{days}天") if days > 0 else Timeliness("in-time", due, "及时")


def quarter(activity: Activity) -> Period | None:
    """The quarter an activity belongs to: that of its last day [F1]."""
    return period_of(activity.last_day) if activity.last_day else None


# The course of a brief


def needs_approval(briefs: Briefs | None) -> bool:
    """Whether what a unit sends first waits for the unit's own signature."""
    return briefs is not None and briefs.approved_by != NO_APPROVAL


def _only_in(*states: State, otherwise: str) -> Callable[[Activity], str | None]:
    def when(activity: Activity) -> str | None:
        if activity.binned_at is not None:
            return "这条动态在回收站里，请先恢复。"
        return None if activity.state in states else f"这条动态现为“{State(activity.state).label}”，{otherwise}"

    return when


# Why a state forbids an act, in a sentence; None when it does not.
_OPEN = (State.DRAFT, State.RETURNED)
not_editable = _only_in(*_OPEN, otherwise="不能修改；确需修改的，请先撤回或者请大组团办公室退回。")
not_sendable = _only_in(*_OPEN, otherwise="已经提交过了。")
not_binnable = _only_in(*_OPEN, otherwise="不能移入回收站；尚未接收的可以先撤回。")
not_withdrawable = _only_in(State.APPROVING, State.SUBMITTED, otherwise="不能撤回；已接收的，请大组团办公室退回。")
not_approvable = _only_in(State.APPROVING, otherwise="不需要审签。")
not_acceptable = _only_in(State.SUBMITTED, otherwise="不能接收。")
not_returnable = _only_in(State.SUBMITTED, State.ACCEPTED, otherwise="不能退回。")
not_publishable = _only_in(State.ACCEPTED, otherwise="接收以后才能发布，且只发布一次。")
not_discussable = _only_in(*(state for state in State if state != State.DRAFT), otherwise="提交以后才能留言。")


def not_restorable(activity: Activity) -> str | None:
    """Why an activity cannot be taken out of the recycle bin."""
    return None if activity.binned_at else "这条动态不在回收站里。"


@dataclass(frozen=True)
class Stage:
    """One step in the course of a brief: done (by whom, when), now with somebody, or still to come."""

    name: str
    state: Literal["done", "now", "todo"]
    who: str
    at: datetime | None = None


def course(activity: Activity, with_approval: bool) -> list[Stage]:
    """The steps of a brief from writing to publishing; `with_approval` as the scheme asks."""
    office = "大组团办公室"
    steps = [
        (State.DRAFT, "填报", activity.writer.name, activity.sent_at),
        (State.APPROVING, "本单位审签", activity.approved_words or activity.unit.called, activity.approved_at),
        (State.SUBMITTED, "接收", office, activity.accepted_at),
        (State.ACCEPTED, "发布", office, activity.published_at),
    ]
    if not (with_approval or activity.approved_at or activity.state == State.APPROVING):
        del steps[1]
    now = State.DRAFT if activity.state == State.RETURNED else activity.state
    reached = next((place for place, step in enumerate(steps) if step[0] == now), len(steps))
    return [_stage(place - reached, name, who, at) for place, (_, name, who, at) in enumerate(steps)]


def _stage(ahead: int, name: str, who: str, at: datetime | None) -> Stage:
    if ahead < 0:
        return Stage(name, "done", who, at)
    return Stage(name, "todo" if ahead else "now", who)


# What the form proposes


@dataclass(frozen=True)
class Proposal:
    """The area and item a title speaks of."""

    area: Area
    item: str


def propose(areas: Iterable[Area], title: str, kind: str) -> Proposal | None:
    """The item that shares most two-character words with the title, at least two; the kind's own words count thrice."""
    scored = [(_shared(title, item) + 3 * _shared(kind, item), area, item) for area in areas for item in area.items]
    score, area, item = max(scored, key=lambda one: one[0], default=(0, None, ""))
    return Proposal(area, item) if area is not None and score >= 2 else None


def _shared(said: str, item: str) -> int:
    pairs = {item[at : at + 2] for at in range(len(item) - 1)}
    return sum(pair in said for pair in pairs)


def proposed_part(visits: bool, is_supported: bool, is_own: bool) -> ActivityUnit.Part:
    """When one side goes to the other, the supported school is host to its helper; else who reports is host."""
    if visits:
        return ActivityUnit.Part.HOST if is_supported else ActivityUnit.Part.VISITOR
    return ActivityUnit.Part.HOST if is_own else ActivityUnit.Part.ATTENDING
