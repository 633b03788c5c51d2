"""状态: why the state of a plan forbids an act, in a sentence; None when it does not."""

from __future__ import annotations

from typing import Any

from .course import Course, course_of
from .models import Plan, PlanMeasure
from .who import plan_of

CLOSED = "文本已送交，现在不能修改；退回或启动修订以后才能再改。"


def text_closed(target: Any) -> str | None:
    """The text of a plan is written while a step that brings one is still to come."""
    return None if course_of(plan_of(target)).is_text_open else CLOSED


def no_text_wanted(plan: Plan) -> str | None:
    """A text is submitted when the open step asks for it."""
    course = course_of(plan)
    if course.wants_text:
        return None
    return _not_yet(course) or f"计划正在“{course.now.name}”，这一步不用送交文本。"  # type: ignore[union-attr]


def no_step_to_complete(plan: Plan) -> str | None:
    """The experts' conclusion completes its step by itself."""
    course = course_of(plan)
    if sentence := _not_yet(course):
        return sentence
    if course.now and course.now.declared.evidence.conclusion is not None:
        return "这一步由专家评审结论办结。"
    return None


def nothing_to_return(plan: Plan) -> str | None:
    """A text is sent back while it waits to be confirmed or accepted."""
    course = course_of(plan)
    if sentence := _not_yet(course):
        return sentence
    asked = course.now.declared.evidence  # type: ignore[union-attr]
    if (asked.confirmed or asked.text == "accepted") and course.handed is not None:
        return None
    return "现在没有等待确认或核收的文本。"


def nothing_to_undo(plan: Plan) -> str | None:
    """Only what was done in this revision can be taken back."""
    return None if course_of(plan).done_records else "还没有办过的步骤可以撤销。"


def not_in_force(plan: Plan) -> str | None:
    """What is in force is revised; what is under way is simply written on."""
    course = course_of(plan)
    return None if course.now is None and course.is_in_force else "计划还在办理中，不需要启动修订。"


def no_review_wanted(plan: Plan) -> str | None:
    """The reviews act on a plan whose open step asks for their conclusion."""
    course = course_of(plan)
    if sentence := _not_yet(course):
        return sentence
    if course.now and course.now.declared.evidence.conclusion is not None:
        return None
    return f"计划正在“{course.now.name}”，不在专家评审阶段。"  # type: ignore[union-attr]


def text_not_opened(plan: Plan) -> str | None:
    """A second reading follows only where the text was opened for changes."""
    return None if plan.is_text_open else "文本没有开放修改，不需要再次送审。"


def withdrawn(measure: PlanMeasure) -> str | None:
    """What was withdrawn stays as it was."""
    return "这条举措已经撤销，不能再改。" if measure.withdrawn_at else None


def _not_yet(course: Course) -> str | None:
    if course.entry is None:
        return "现行工作方案里没有这种计划了。"
    return None if course.now else "这份计划的各步骤已经办完；确需改动的，请启动修订。"
