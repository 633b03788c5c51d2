"""需求规则: what a sound need, strength or gap says, which state permits which act. No database."""

from __future__ import annotations

from typing import Any, Final

from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.studies.models import Finding
from tizhi.pipeline.studies.rules import in_bin

from .models import Need, Priority, Trait

State = Need.State
LONGEST: Final = {"title": 120, "text": 2000, "evidence": 500}
LONGEST_OF_TRAIT: Final = {"text": 500, "evidence": 500}
LABELS: Final = {
    "title": "需求", "text": "说明", "evidence": "依据", "area": "重点内容", "priority": "优先程度",
}  # fmt: skip


def code_of(need: Need) -> str:
    """N3: the number of a need within its school, never used again."""
    return f"N{need.number}"


# What is wrong, by field


def faults(need: Need) -> dict[str, str]:
    """What is wrong with a need."""
    found = _too_long(need, LONGEST)
    if not need.title:
        found["title"] = "请写明需求"
    if need.priority not in Priority.values:
        found["priority"] = "请选择优先程度"
    return found


def faults_of_trait(trait: Trait) -> dict[str, str]:
    """What is wrong with a strength or a gap."""
    found = _too_long(trait, LONGEST_OF_TRAIT)
    if trait.kind not in Trait.Kind.values:
        found["kind"] = "请选择优势特色或者短板"
    if not trait.text:
        found["text"] = "请写明内容"
    if trait.priority not in Priority.values:
        found["priority"] = "请选择优先程度"
    return found


def _too_long(row: Any, longest: dict[str, int]) -> dict[str, str]:
    return {
        name: f"{'内容' if name == 'text' and isinstance(row, Trait) else LABELS[name]}不超过{most:,}字"
        for name, most in longest.items()
        if len(getattr(row, name)) > most
    }


def words_of(need: Need) -> dict[str, str]:
    """What a need says, by field, as history keeps it when it is refined."""
    return {
        "title": need.title,
        "text": need.text,
        "evidence": need.evidence,
        "area": need.area.name if need.area else "",
        "priority": Priority(need.priority).label,
    }


def proposed_from(finding: Finding) -> dict[str, Any]:
    """What a need takes over from a finding: its first sentence as the title, all of it as the text."""
    first = finding.text.replace("\n", "。").split("。")[0].split("；")[0].strip()
    return {
        "title": first[: LONGEST["title"]],
        "text": finding.text if finding.text.strip("。 \n") != first else "",
        "evidence": finding.evidence,
        "area_id": finding.area_id,
    }


# Why a state forbids an act, in a sentence; None when it does not.


def not_open(need: Need) -> str | None:
    """What is met or withdrawn rests until it is taken up again."""
    return None if need.state == State.OPEN else f"这项需求{need.get_state_display()}；需要再办的，请先重新提出。"


def not_closed(need: Need) -> str | None:
    """Only what is met or withdrawn is taken up again."""
    return None if need.state != State.OPEN else "这项需求还没有满足或者撤回。"


def not_to_confirm(need: Need) -> str | None:
    """Only what somebody else proposed is confirmed, once."""
    if need.proposer_id is None or need.confirmed_at:
        return "这项需求不需要确认。"
    return not_open(need)


def trait_not_open(trait: Trait) -> str | None:
    """What was withdrawn stays so."""
    return "这一条已经撤回。" if trait.withdrawn_at else None


def not_recorded(finding: Finding) -> str | None:
    """A need rests on a study that stands, and that the school can read."""
    if finding.study.is_draft:
        return "请先登记这次调研，再由发现提出需求。"
    return in_bin(finding.study)


def not_school(member: Member) -> str | None:
    """Strengths, gaps and needs are a school's."""
    return None if member.unit.kind == "university" else "需求诊断由重点支持院校填写。"
