"""承诺的办理: a department undertakes, says how it goes, fulfils or withdraws; its schools say what has come [I5]."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import File

from tizhi.base.acts.action import action
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import approver_of_unit, reporter_for_unit, secretariat

from . import queries, rules
from .models import Commitment, CommitmentUnit, Feedback, Progress
from .queries import school_concerned

State = Commitment.State
COLUMNS = frozenset({"kind", "title", "text", "amount", "promised_on", "due", "source"})


def _require_reason(note: str) -> None:
    if not note.strip():
        raise RuleBroken("请写明原因。", {"note": "请写明原因，面向的院校会看到"})


def _fill(commitment: Commitment, given: Mapping[str, Any]) -> None:
    if unknown := given.keys() - COLUMNS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in given.items():
        setattr(commitment, name, value)
    commitment.title = " ".join(commitment.title.split())
    commitment.source = " ".join(commitment.source.split())


def _save(commitment: Commitment, schools: Collection[int] | None) -> Commitment:
    delivered = commitment.delivered if commitment.pk else None
    faults = rules.faults(commitment, delivered, clock.today())
    if schools is not None and not _may_name(commitment, set(schools)):
        faults["schools"] = "请从本省的成员院校中选择"
    require_sound(faults)
    commitment.save()
    if schools is not None:
        _name(commitment, schools)
    return commitment


def _may_name(commitment: Commitment, schools: set[int]) -> bool:
    """Schools of the department's province, and those named already: one may have left since."""
    known = queries.schools_of(commitment.cluster_id, commitment.unit.province, clock.today())
    named = commitment.units.values_list("unit", flat=True) if commitment.pk else ()
    return schools <= {*known.values_list("pk", flat=True), *named}


def _name(commitment: Commitment, schools: Collection[int]) -> None:
    """Written anew only when they differ, so that the history tells true changes."""
    if set(commitment.units.values_list("unit", flat=True)) == set(schools):
        return
    commitment.units.all().delete()
    for place, school in enumerate(schools):
        CommitmentUnit.objects.create(commitment=commitment, unit_id=school, order=place)


@action("登记承诺事项", by=[reporter_for_unit, approver_of_unit], when=rules.not_department, creates=True)
def promise(actor: Actor, member: Member, *, schools: Collection[int] = (), **given: Any) -> Commitment:
    """Enter what the department `member` undertakes, for `schools` of its province or, without any, for all of them.

    `given` are the columns of COLUMNS; RuleBroken names the fields that are wrong.
    """
    commitment = Commitment(cluster_id=member.cluster_id, unit=member.unit, writer_id=person_of(actor))
    _fill(commitment, given)
    return _save(commitment, schools)


@action("修改承诺事项", by=[reporter_for_unit, approver_of_unit], when=rules.not_open)
def change_commitment(
    actor: Actor, commitment: Commitment, *, schools: Collection[int] | None = None, **given: Any
) -> Commitment:
    """Put an open commitment right, or raise its amount; what is not given stays."""
    _fill(commitment, given)
    return _save(commitment, schools)


def _tell(actor: Actor, commitment: Commitment, on: date, text: str, amount: Decimal | None, file: File | None) -> None:
    Progress.objects.create(
        commitment=commitment, on=on, text=text.strip(), amount=amount, file=_kept(actor, file),
        person_id=person_of(actor), words=actor.words[:160], at=clock.now(),
    )  # fmt: skip


def _kept(actor: Actor, file: File | None) -> StoredFile | None:
    if file is None:
        return None
    try:
        return take(file, StoredFile.Kind.PAPER, actor.person_id)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, {"file": fault.message}) from fault


@action("登记进展", by=[reporter_for_unit, approver_of_unit], when=rules.not_open)
def report_progress(
    actor: Actor,
    commitment: Commitment,
    *,
    on: date,
    text: str,
    amount: Decimal | None = None,
    file: File | None = None,
) -> Commitment:
    """Say how far it was on day `on`; of money, how much had come altogether (万元).

    What was said stays; a later word puts a wrong one right.
    """
    require_sound(rules.faults_of_progress(commitment, on, text, amount, clock.today()))
    _tell(actor, commitment, on, text, amount, file)
    return commitment


@action("登记兑现", by=[reporter_for_unit, approver_of_unit], when=rules.not_open)
def fulfil(
    actor: Actor,
    commitment: Commitment,
    *,
    on: date,
    text: str,
    amount: Decimal | None = None,
    file: File | None = None,
) -> Commitment:
    """Say that it was kept on day `on`; where a sum was promised, only when all of it has come."""
    faults = rules.faults_of_fulfilling(commitment, on, amount)
    require_sound(faults | rules.faults_of_progress(commitment, on, text, amount, clock.today()))
    _tell(actor, commitment, on, text, amount, file)
    commitment.state, commitment.done_on = State.DONE, on
    commitment.save()
    return commitment


@action("恢复办理", by=[reporter_for_unit, approver_of_unit], when=rules.not_closed)
def reopen(actor: Actor, commitment: Commitment, *, note: str) -> Commitment:
    """Take up again what was called done or withdrawn; the reason is required."""
    _require_reason(note)
    commitment.state, commitment.done_on, commitment.withdrawn_reason = State.OPEN, None, ""
    commitment.save()
    return commitment


@action("撤回承诺", by=[reporter_for_unit, approver_of_unit], when=rules.not_open)
def withdraw(actor: Actor, commitment: Commitment, *, note: str) -> Commitment:
    """Take the commitment back; it stays on the list with the reason, which is required."""
    _require_reason(note)
    commitment.state, commitment.withdrawn_reason = State.WITHDRAWN, note[:200]
    commitment.save()
    return commitment


@action("反馈承诺事项", by=[school_concerned, secretariat, reporter_for_unit, approver_of_unit])
def remark(
    actor: Actor, commitment: Commitment, *, text: str = "", receipt: str = "", school: int | None = None
) -> Commitment:
    """Leave a word; who speaks for a school concerned says whether it has come (`receipt`), for `school` of several."""
    speaks = [unit.pk for unit in queries.speaks_for(actor, commitment)]
    if school is not None and school not in speaks:
        raise RuleBroken("请选择你所办理的院校。", {"school": "请选择你所办理的院校"})
    unit = school or next(iter(speaks), None)
    require_sound(rules.faults_of_feedback(receipt, text, unit))
    Feedback.objects.create(
        commitment=commitment, unit_id=unit, receipt=receipt, text=text.strip(), person_id=person_of(actor),
        words=actor.words[:160], at=clock.now(),
    )  # fmt: skip
    return commitment
