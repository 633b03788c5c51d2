"""说明: a duty as a sentence made from its rule – clause, who, what, by when, how far; what the cluster chose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tizhi.base.kit import words
from tizhi.pipeline.scheme.entries import ObligationEntry
from tizhi.pipeline.scheme.in_words import Wording, label_of
from tizhi.pipeline.scheme.keys import SCHEME

from .finding import Finding
from .instances import Instance
from .measures.measure import Measure
from .rules import State

CHOSEN = "本组团约定"
_EVERY = {"quarter": "每季度", "half-year": "每半年", "year": "每年"}
_KEYS = next(key.value.table for key in SCHEME.keys if key.name == "obligation")  # type: ignore[union-attr]
_LABELS = {"every": "周期", "count": "次数", "due": "期限", "evidence": "依据", "also_counts_for": "计入办法"}


def clause(rule: ObligationEntry) -> str:
    """四(五)2, or 本组团约定 where the plan has no such clause."""
    return rule.source or CHOSEN


def often(rule: ObligationEntry) -> str:
    """每季度, 每年2次, 一次性."""
    count = f"{rule.count}次" if rule.count > 1 else ""
    return f"{_EVERY[rule.every]}{count}" if rule.every else count or "一次性"


def chosen(rule: ObligationEntry) -> str:
    """周期、次数为本组团约定: what of a rule the plan leaves open and the cluster set for itself."""
    if "id" in rule.chosen or not rule.source:
        return f"{CHOSEN}的事项"
    labels = [_label(name) for name in rule.chosen]
    return f"{'、'.join(labels)}为{CHOSEN}" if labels else ""


def _label(name: str) -> str:
    known = (label_of(key) for key in _KEYS.keys if key.name == name)
    return _LABELS.get(name) or next(known, name)


def sentence(one: Instance, measure: Measure | None, found: Finding | None, state: State, today: date) -> str:
    """四(五)2：安徽师范大学分管校领导2026年应至少1次实地调研阜阳师范大学；已完成0次，还剩39天。"""
    if measure is None or found is None:
        due = f"，期限{words.day(one.due.day)}" if one.due else ""
        return f"{clause(one.rule)}：{_plain_duty(one)}{due}。平台尚不能查得其依据（{evidence(one)}），待启用后计算。"
    parts = [measure.duty(one), "；", measure.progress(one, found)]
    return f"{clause(one.rule)}：{''.join(parts)}{_standing(one, found, state, today)}。"


def _plain_duty(one: Instance) -> str:
    toward = f"，对象为{one.toward}" if one.toward else ""
    return f"{one.who}{one.period.words if one.period else ''}应落实{words.quoted(one.rule.name)}{toward}"


def evidence(one: Instance) -> str:
    """开展活动，活动类型：调研，方式：现场: what the rule asks as its evidence, in the words of its scheme."""
    wording = Wording(one.scheme)
    key = next(key for key in _KEYS.keys if key.name == "evidence")
    return wording.say(key, one.rule.evidence, one.rule)


def _standing(one: Instance, found: Finding, state: State, today: date) -> str:
    """，还剩39天（暂按周一至周五计算）; nothing for what is done."""
    if state is State.WAIVED and found.excused:
        return f"，已由{found.excused.words}免除：{found.excused.reason}"
    if state is State.NIL:
        return "，本期无"
    if state is State.LATE and found.is_lost and (found.is_past_help or one.due_day is None or one.due_day >= today):
        share = one.rule.evidence.share
        return "，未能全部及时" if share >= 1 else f"，及时的不足{words.percent(share, 0)}"
    if not state.is_open or one.due is None:
        return ""
    note = f"（{one.due.note}）" if one.due.note else ""
    return f"，{left(one.due.day, today)}{note}"


def left(due: date, today: date) -> str:
    """还剩39天, 今天到期, 已逾期2天."""
    return words.distance(due, today).replace("还有", "还剩")


def listed(states: Iterable[tuple[State, int]]) -> str:
    """逾期1，临期3，已完成25: counts in words, those that are none left out."""
    return "，".join(f"{state.word}{count}" for state, count in states if count)
