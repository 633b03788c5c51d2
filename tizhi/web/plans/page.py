"""计划页: what every page of one plan shows – title, where it stands, the course, the tabs, what may be done next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.course import Course, course_of
from tizhi.pipeline.plans.lines import Line, drawn
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.reviews.queries import of_plan
from tizhi.web.frame.acts import Act, buttons
from tizhi.web.frame.parts import Tab
from tizhi.web.frame.request import Request

ACTS = (
    Act(
        actions.return_text, "退回修改", "已退回，编制单位会看到原因。", "arrow-back-up", wants_reason=True,
        hint="编制单位会看到，请写明哪里要改",
    ),
    Act(
        actions.revise, "启动修订", "已启动修订；修订完成前，现行文本继续有效。", "refresh", wants_reason=True,
        hint="写明为什么修订，留在计划的经过里",
    ),
    Act(
        actions.undo_step, "撤销上一步", "已撤销，记录保留。", "history", wants_reason=True,
        hint="上一步的记录和材料都保留，注明已撤销",
    ),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@dataclass(frozen=True)
class Next:
    """The one next action, as a button."""

    words: str
    url: str
    icon: str = "arrow-right"


def found(request: Request, pk: int) -> Plan:
    """The plan, or 404."""
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def found_draft(request: Request, pk: int) -> Plan:
    """The plan of which the actor reads more than what is in force, or 404."""
    return get_object_or_404(queries.in_full(queries.drafts_visible_to(request.actor)), pk=pk)


def shell(request: Request, plan: Plan, tab: str, course: Course | None = None) -> dict[str, Any]:
    """The context that every page of the plan shares."""
    course = course or course_of(plan)
    actor = request.actor
    reads_draft = queries.reads_draft(actor, plan)
    return {
        "target": plan,
        "plan": plan,
        "course": course,
        "line": Line(plan, course, reads_draft),
        "reads_draft": reads_draft,
        "steps": drawn(course) if reads_draft else (),
        "tabs": _tabs(request, plan, tab, reads_draft),
        "may_write": actions.import_text.open_to(actor, plan),
        "next": _next(request, plan, course),
        "buttons": buttons(ACTS, actor, plan, "plans:act", plan.pk) if reads_draft else (),
    }


def _next(request: Request, plan: Plan, course: Course) -> Next | None:
    actor = request.actor
    if actions.submit_text.open_to(actor, plan):
        return Next("送交文本", reverse("plans:submit", args=[plan.pk]), "send")
    if actions.complete_step.open_to(actor, plan):
        return Next(queries.verb_of(course), reverse("plans:step", args=[plan.pk]), "check")
    return None


def _tabs(request: Request, plan: Plan, current: str, reads_draft: bool) -> list[Tab]:
    pages = [("show", "文本", "plans:show"), ("measures", "举措", "plans:measures")]
    pages += [("chain", "关联链条", "results:chain")] if reads_draft else []
    # Whether there is a review is told by the reviews themselves, so that none shows itself by a tab.
    pages += [("reviews", "专家审核", "reviews:of-plan")] if of_plan(request.actor, plan.pk).exists() else []
    pages += [("versions", "版本", "plans:versions")]
    pages += [("history", "文件与经过", "plans:history")] if reads_draft else []
    return [Tab(label, reverse(name, args=[plan.pk]), is_current=key == current) for key, label, name in pages]
