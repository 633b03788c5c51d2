"""计划安排: of what was planned for the period how much was done, moved out of it, given up, or left without word [E9].

Each item is counted as one of these and no other, so that together they make the whole.
"""

from __future__ import annotations

from tizhi.base.kit.words import quoted, span

from ..facts import RESULTS, Facts, Plan
from .figure import Count, Figure, Left, Line


def words_of(plan: Plan) -> str:
    """安徽师范大学“校领导实地调研”（计划12月9日至10日）: an item as an explanation lists it."""
    return f"{plan.unit.called}{quoted(plan.title)}（计划{span(plan.first, plan.last)}）"


def outcome_of(plan: Plan) -> str:
    """What became of it, with the new days or the reason: what the annex and the explanations say."""
    return f"{RESULTS[plan.result]}（{plan.about}）" if plan.about else RESULTS[plan.result]


def _total() -> Figure:
    def count(facts: Facts) -> Count:
        return Count(tuple(Line(1, words=words_of(plan)) for plan in facts.plans))

    definition = "各单位事先登记、计划在本期结束的事项（以最后一天计），含后来改期到本期以外和取消的"
    return Figure("planned", "计划事项数", "项", definition, count)


def _with(result: str, label: str, definition: str) -> Figure:
    def count(facts: Facts) -> Count:
        lines = tuple(
            Line(1, plan.record if plan.record in facts.by_id else 0, words_of(plan))
            for plan in facts.plans
            if plan.result == result
        )
        others = [plan for plan in facts.plans if plan.result != result]
        if result == "done":
            return Count(lines, tuple(Left(outcome_of(plan), words=words_of(plan)) for plan in others))
        return Count(lines, others=f"另有{len(others)}项计划事项不属于此类" if others else "")

    return Figure(f"planned-{result}", label, "项", definition, count)


FIGURES = (
    _total(),
    _with("done", "已开展计划事项数", "计划事项中已形成动态并报送的"),
    _with("moved", "改期到本期以外计划事项数", "计划事项中改期到本期以外的；在本期以内改期的，按改期后的结果统计"),
    _with("cancelled", "取消计划事项数", "计划事项中登记取消的"),
    _with("silent", "未登记结果计划事项数", "计划事项中日期已过，没有报送动态，也没有改期或取消的"),
    _with("ahead", "尚未到期计划事项数", "计划事项中日期未到的"),
)
