"""需求的办理: a school states its strengths, gaps and needs; studies refine them; they are met or withdrawn [C1]."""

from __future__ import annotations

from typing import Any

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import pair_office_of_unit
from tizhi.pipeline.studies.models import Finding, Study

from . import rules, writing
from .models import Need, NeedEvent, Trait
from .who import proposer_from_finding, proposer_of_need, school_itself, school_of_finding

State, Kind = Need.State, NeedEvent.Kind


# Strengths and gaps


@action("登记优势与短板", by=[school_itself, pair_office_of_unit], when=rules.not_school, creates=True)
def state_trait(actor: Actor, member: Member, *, finding: Finding | None = None, **given: Any) -> Trait:
    """Enter a strength or a gap of the school `member`, from a `finding` of a study if it comes from one."""
    writing.require_school(member.cluster_id, member.unit_id)
    trait = Trait(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), stated_at=clock.now(),
        finding=finding,
    )  # fmt: skip
    return writing.fill_trait(trait, given)


@action("修改优势与短板", by=[school_itself, pair_office_of_unit], when=rules.trait_not_open)
def change_trait(actor: Actor, trait: Trait, **given: Any) -> Trait:
    """Put a strength or a gap right."""
    return writing.fill_trait(trait, given)


@action("撤回优势与短板", by=[school_itself, pair_office_of_unit], when=rules.trait_not_open)
def withdraw_trait(actor: Actor, trait: Trait, *, note: str) -> Trait:
    """Take a strength or a gap off the list; the reason is required."""
    trait.withdrawn_reason = writing.require_reason(note, "请写明撤回的原因")[:200]
    trait.withdrawn_at = clock.now()
    trait.save()
    return trait


# Needs


def _begin(actor: Actor, cluster: int, unit: int, finding: Finding | None, given: dict[str, Any]) -> Need:
    """A numbered need; what another unit proposes for the school is marked as such until the school confirms it."""
    writing.require_school(cluster, unit)
    own, now = actor.unit_id == unit, clock.now()
    need = Need(
        cluster_id=cluster, unit_id=unit, writer_id=person_of(actor), stated_at=now, finding=finding,
        proposer_id=None if own else actor.unit_id, confirmed_at=now if own else None,
        number=writing.next_number(cluster, unit),
    )  # fmt: skip
    writing.fill(need, given)
    writing.add_event(actor, need, Kind.STATED, finding=finding, study=finding.study if finding else None)
    return need


@action("提出需求", by=[school_itself], when=rules.not_school, creates=True)
def state_need(actor: Actor, member: Member, **given: Any) -> Need:
    """State a need of the school `member`: `title`, `text`, `evidence`, `area_id`, `priority`, `trait_id`."""
    return _begin(actor, member.cluster_id, member.unit_id, None, given)


@action(
    "由调研发现提出需求", by=[school_of_finding, proposer_from_finding], when=rules.not_recorded, creates=True
)  # fmt: skip
def need_from_finding(actor: Actor, finding: Finding, **given: Any) -> Need:
    """Make a finding a need in one step; without `given` it says what the finding says.

    The school states it, whoever made the study proposes it.
    """
    study = finding.study
    return _begin(actor, study.cluster_id, study.school_id, finding, {**rules.proposed_from(finding), **given})


@action("确认需求", by=[school_itself], when=rules.not_to_confirm)
def confirm_need(actor: Actor, need: Need) -> Need:
    """The school says that what was proposed for it is its need."""
    need.confirmed_at = clock.now()
    need.save()
    writing.add_event(actor, need, Kind.CONFIRMED)
    return need


@action("细化需求", by=[school_itself, pair_office_of_unit], when=rules.not_open)
def refine_need(
    actor: Actor,
    need: Need,
    *,
    study: Study | None = None,
    finding: Finding | None = None,
    note: str = "",
    **given: Any,
) -> Need:
    """Say a need more precisely, by a study or one of its findings; the words before are kept.

    The school itself may do so without a study and then says why.
    """
    before = rules.words_of(need)
    study = finding.study if finding else study
    _require_ground(actor, need, study, note)
    writing.fill(need, given)
    if rules.words_of(need) == before:
        raise RuleBroken("内容没有变化，没有保存。", {"title": "内容没有变化，请写明细化后的需求"})
    writing.add_event(actor, need, Kind.REFINED, note=note.strip(), before=before, study=study, finding=finding)
    return need


def _require_ground(actor: Actor, need: Need, study: Study | None, note: str) -> None:
    if study is not None:
        if (study.cluster_id, study.school_id) != (need.cluster_id, need.unit_id) or study.is_draft or study.binned_at:
            raise RuleBroken("请选择本校已登记的调研。", {"ground": "请选择本校已登记的调研"})
    elif not school_itself(actor, need):
        raise RuleBroken("请选择依据的调研。", {"ground": "请选择依据的调研或者发现"})
    elif not note.strip():
        raise RuleBroken("请选择依据的调研，或者写明修改的原因。", {"note": "没有依据调研的，请写明修改的原因"})


@action("登记需求已满足", by=[school_itself], when=rules.not_open)
def meet_need(actor: Actor, need: Need, *, note: str) -> Need:
    """Say that the need is met, and how; the words are required."""
    return _close(actor, need, State.MET, Kind.MET, writing.require_reason(note, "请写明怎样得到了满足"))


@action("撤回需求", by=[school_itself, proposer_of_need], when=rules.not_open)
def withdraw_need(actor: Actor, need: Need, *, note: str) -> Need:
    """Take the need back; it keeps its number and stays on the list with the reason, which is required."""
    return _close(actor, need, State.WITHDRAWN, Kind.WITHDRAWN, writing.require_reason(note, "请写明撤回的原因"))


@action("重新提出需求", by=[school_itself], when=rules.not_closed)
def reopen_need(actor: Actor, need: Need, *, note: str) -> Need:
    """Take up again what was met or withdrawn; the reason is required."""
    need.confirmed_at = need.confirmed_at or clock.now()
    return _close(actor, need, State.OPEN, Kind.REOPENED, writing.require_reason(note, "请写明重新提出的原因"))


def _close(actor: Actor, need: Need, state: str, kind: str, note: str) -> Need:
    need.state = state
    need.save()
    writing.add_event(actor, need, kind, note=note)
    return need
