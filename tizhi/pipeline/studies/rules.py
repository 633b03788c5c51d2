"""调研规则: what a sound study and a sound finding say, what a study lacks before it is recorded. No database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from tizhi.base.kit import words

from .models import Finding, Study

Round, Mode = Study.Round, Study.Mode

METHODS: Final = ("座谈", "访谈", "听课", "问卷", "走访", "实地察看", "查阅资料", "线上交流", "其他")
EARLIEST: Final = date(2000, 1, 1)
MOST_TEAM: Final = 60
LONGEST: Final = {"title": 120, "place": 120, "purpose": 500, "summary": 8000}


# What is wrong, even in a draft


def faults(study: Study, schools: Collection[int], helpers: Collection[int]) -> dict[str, str]:
    """What cannot be so, by field; `schools` may be studied, `helpers` may lead a study. Unfinished is not wrong."""
    found = {}
    if study.unit_id not in helpers:
        found["unit"] = "牵头单位应为牵头高校或者重点联系院校"
    if study.school_id not in schools:
        found["school"] = "请从重点支持院校中选择受调研院校"
    if study.round not in Round.values:
        found["round"] = "请选择轮次"
    if study.mode not in Mode.values:
        found["mode"] = "请选择方式"
    if not set(study.methods) <= set(METHODS):
        found["methods"] = "请从所列的调研方法中选择"
    return found | _faults_of_days(study.first_day, study.last_day) | _too_long(study)


def _faults_of_days(first: date | None, last: date | None) -> dict[str, str]:
    if first and first < EARLIEST:
        return {"first_day": "开始日期的年份有误，请核对"}
    if first and last and last < first:
        return {"last_day": "结束日期早于开始日期，请核对"}
    if first and last and (last - first).days > 180:
        return {"last_day": "调研时间超过半年，请核对日期"}
    return {}


def _too_long(study: Study) -> dict[str, str]:
    labels = {"title": "名称", "place": "地点", "purpose": "目的", "summary": "总体情况"}
    return {
        name: f"{labels[name]}不超过{words.number(most)}字"
        for name, most in LONGEST.items()
        if len(getattr(study, name)) > most
    }


# Complete


def missing(study: Study, team: int, today: date, *, by_brief: bool = False) -> dict[str, str]:
    """What a study lacks before it is recorded; findings and report may follow, and the team too where a brief of the
    study has been sent (`by_brief`): that it took place is told already.
    """
    asked: tuple[tuple[str, bool, str], ...] = (
        ("first_day", study.first_day is not None, "请填写调研日期"),
        ("last_day", not study.last_day or study.last_day <= today, "调研还没有结束，结束以后再登记"),
        ("place", bool(study.place) or study.mode == Mode.ONLINE, "请填写地点；线上调研可不填"),
        ("members", team > 0 or by_brief, "请填写调研组成员"),
    )
    return {field: sentence for field, is_there, sentence in asked if not is_there}


def title_of(unit: str, school: str, study: Study) -> str:
    """安徽师范大学赴阜阳师范大学第一轮调研: the title of a study to which its writer gave none."""
    verb = "线上对" if study.mode == Mode.ONLINE else "赴"
    return f"{unit}{verb}{school}{Round(study.round).label}"[: LONGEST["title"]]


def faults_of_finding(finding: Finding) -> dict[str, str]:
    """What is wrong with a finding, by field."""
    found = {}
    if finding.kind not in Finding.Kind.values:
        found["kind"] = "请选择类别"
    if not finding.text.strip():
        found["text"] = "请写明发现的内容"
    elif len(finding.text) > 2000:
        found["text"] = "内容不超过2,000字，请分成几条"
    if len(finding.evidence) > 500:
        found["evidence"] = "依据不超过500字"
    return found


# Why a state forbids an act, in a sentence; None when it does not.


def in_bin(study: Study) -> str | None:
    """What lies in the recycle bin is not worked on."""
    return "这次调研在回收站里，请先恢复。" if study.binned_at else None


def not_recordable(study: Study) -> str | None:
    """A study is recorded once."""
    return in_bin(study) or (None if study.is_draft else "这次调研已经登记，可以直接修改。")


def not_binnable(study: Study) -> str | None:
    """What is recorded stays: plans may rest on it."""
    return in_bin(study) or (None if study.is_draft else "已登记的调研不能移入回收站；登记有误的，请修改。")


def not_restorable(study: Study) -> str | None:
    """Only what lies in the bin comes out of it."""
    return None if study.binned_at else "这次调研不在回收站里。"


def finding_not_open(finding: Finding) -> str | None:
    """The findings of a study in the bin rest with it."""
    return in_bin(finding.study)
