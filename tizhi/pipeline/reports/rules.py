"""报告规则: which periods have a report, how its sections follow, what each state permits. No database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from tizhi.base.kit.periods import Period, since
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.models import Unit

from .models import Part, Report

State = Report.State
Section = Part.Section

SCHOOL_LEADER_RANK: Final = 2  # 党委书记、校长 1, 分管校领导 2 [四(二)1, 四(五)2]
# Kinds that belong to how the plan is carried out rather than to one of its areas [四(五)].
SECTION_OF_KIND: Final = {"field-study": Section.MEETINGS}
# What is said of a section in which nobody has written yet.
EMPTY: Final = {
    Section.OVERVIEW: "尚未拟稿。",
    Section.AREAS: "本期无采用的动态。",
    Section.PAIRS: "尚未拟稿。",
    Section.MEETINGS: "本期无采用的调研和会议。",
    Section.PROBLEMS: "各单位未提出问题和建议。",
    Section.NEXT: "各单位尚未报送下季度安排。",
}


def periods_to_open(starts: date, known_since: date, today: date, every: str, busy: Collection[str]) -> list[Period]:
    """The periods that have a report: each since the cluster's start that the platform has lived through, or that holds
    activities. `known_since` is when the platform first had the cluster's scheme: it owes no report of the time before.
    """
    return [one for one in since(starts, today, every) if one.last >= known_since or one.key in busy]


def is_school_leader(held: Appointment | None, unit: Unit | None) -> bool:
    """校领导: holds a post of the first two ranks of a university."""
    is_of_university = unit is not None and unit.kind == Unit.Kind.UNIVERSITY
    return bool(held and held.post and is_of_university and held.post.rank <= SCHOOL_LEADER_RANK)


def section_of(kind: str) -> Section:
    """Where the paragraph of an activity of that kind stands first; editors may move it."""
    return SECTION_OF_KIND.get(kind, Section.AREAS)


# Why a state forbids an act, in a sentence; None when it does not.


def _unless(report: Report, *states: Report.State, otherwise: str) -> str | None:
    return None if report.state in states else f"报告现为“{report.get_state_display()}”，{otherwise}"


def not_editable(report: Report) -> str | None:
    """Text and tray change only while drafting."""
    return _unless(report, State.DRAFTING, otherwise="不能改动文字；确需修改的，请先退回起草")


def part_not_editable(part: Part) -> str | None:
    """As its report; a removed paragraph is restored first."""
    return not_editable(part.report) or ("该段已移除，请先恢复" if part.is_removed else None)


def part_not_restorable(part: Part) -> str | None:
    """Only what was removed comes back."""
    return not_editable(part.report) or (None if part.is_removed else "该段没有移除")


def brief_not_decidable(brief: object) -> str | None:
    """As its report."""
    return not_editable(brief.report)  # type: ignore[attr-defined]


def not_submittable(report: Report) -> str | None:
    """Only a composed draft goes to checking."""
    if report.state == State.DRAFTING and report.composed_at is None:
        return "还没有拟稿，请先点“拟整稿”"
    return _unless(report, State.DRAFTING, otherwise="已经提交核对")


def not_checkable(report: Report) -> str | None:
    """Checked between submitting and signing."""
    return _unless(report, State.CHECKING, otherwise="不在核对环节")


def not_signable(report: Report) -> str | None:
    """Signed once checked."""
    return _unless(report, State.SIGNING, otherwise="不在签发环节")


def not_issuable(report: Report) -> str | None:
    """Issued once signed."""
    return _unless(report, State.SIGNED, otherwise="签发以后才能印发，且只印发一次")


def not_returnable(report: Report) -> str | None:
    """The secretariat takes back what is on its way; an issued report is final."""
    return _unless(report, State.CHECKING, State.SIGNING, State.SIGNED, otherwise="不能退回起草")
