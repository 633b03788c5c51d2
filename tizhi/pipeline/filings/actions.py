"""报送的办理: a unit writes its quarterly input, its leader signs it, the secretariat may return it [四(四)]."""

from __future__ import annotations

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.who import approver_of_unit, reporter_for_unit, secretariat

from . import queries, rules
from .models import UnitInput

State = UnitInput.State


def _row_of(entry: UnitInput) -> UnitInput | None:
    """The stored row of the unit and period that `entry` names, locked."""
    same = UnitInput.objects.filter(cluster=entry.cluster_id, unit=entry.unit_id, period=entry.period)
    return same.select_for_update().first()


def _fill(actor: Actor, entry: UnitInput, given: dict[str, object]) -> UnitInput:
    for name, value in given.items():
        setattr(entry, name, value)
    entry.writer_id = actor.person_id
    entry.save()
    return entry


def _handed_in(actor: Actor, entry: UnitInput) -> UnitInput:
    entry.state = State.HANDED_IN
    entry.signed_words = actor.words
    entry.handed_in_at = clock.now()
    entry.return_reason = ""
    entry.save()
    return entry


def _require_reason(note: str) -> None:
    if not note.strip():
        raise RuleBroken("请写明原因，填写人将据此修改", {"note": "请写明原因"})


@action("填写季报材料", by=[reporter_for_unit], creates=True)
def start_input(actor: Actor, entry: UnitInput, **given: object) -> UnitInput:
    """Write the first lines of a unit's input; Stale if somebody of the unit has begun it meanwhile."""
    if existing := _row_of(entry):
        raise Stale(existing)
    return _fill(actor, entry, given)


@action("修改季报材料", by=[reporter_for_unit], when=rules.not_writable)
def save_input(actor: Actor, entry: UnitInput, **given: object) -> UnitInput:
    """Keep what was typed, complete or not."""
    return _fill(actor, entry, given)


@action("报送季报材料", by=[reporter_for_unit], when=rules.not_writable)
def hand_in(actor: Actor, entry: UnitInput) -> UnitInput:
    """Send the input to the unit's signature; who may sign, or where the scheme asks for none, hands it in at once."""
    if faults := rules.faults(entry):
        raise RuleBroken("材料还不完整", faults)
    entry.sent_at = entry.sent_at or clock.now()
    if approver_of_unit(actor, entry) or not queries.needs_signature(entry):
        return _handed_in(actor, entry)
    entry.state = State.APPROVING
    entry.return_reason = ""
    entry.save()
    return entry


@action("审签季报材料", by=[approver_of_unit], when=rules.not_approving, proxy=True)
def sign_input(actor: Actor, entry: UnitInput) -> UnitInput:
    """Sign what leaves the unit, 本期无 included: with that it is handed in."""
    return _handed_in(actor, entry)


@action("退回经办人", by=[approver_of_unit], when=rules.not_approving, proxy=True)
def send_back_to_writer(actor: Actor, entry: UnitInput, *, note: str) -> UnitInput:
    """Give the input back to its writer; a reason is required."""
    _require_reason(note)
    entry.state, entry.return_reason = State.RETURNED, note
    entry.save()
    return entry


@action("退回季报材料", by=[secretariat], when=rules.not_returnable)
def return_input(actor: Actor, entry: UnitInput, *, note: str) -> UnitInput:
    """Give a handed-in input back to its unit; a reason is required, the time of the first sending stands."""
    _require_reason(note)
    entry.state, entry.return_reason = State.RETURNED, note
    entry.save()
    return entry


@action("撤回季报材料", by=[reporter_for_unit], when=rules.not_revocable)
def take_back(actor: Actor, entry: UnitInput) -> UnitInput:
    """Take the input back to revise it, until the report is issued; it must then be signed and sent again."""
    entry.state = State.DRAFT
    entry.save()
    return entry


@action("免报", by=[secretariat], when=rules.not_exemptible, creates=True)
def exempt(actor: Actor, entry: UnitInput, *, note: str) -> UnitInput:
    """Ask nothing of this unit for this period; who decided it and why are named wherever it is counted."""
    _require_reason(note)
    entry = _row_of(entry) or entry
    if reason := rules.not_exemptible(entry):
        raise RuleBroken(reason)
    entry.state, entry.exempt_reason, entry.exempt_words = State.EXEMPT, note, actor.words
    entry.save()
    return entry


@action("取消免报", by=[secretariat], when=rules.not_exempt)
def ask_again(actor: Actor, entry: UnitInput) -> UnitInput:
    """Lift the exemption: the unit owes its input again."""
    entry.state, entry.exempt_reason, entry.exempt_words = State.DRAFT, "", ""
    entry.save()
    return entry


@action("收入季度报告", by=[secretariat])
def close_inputs(actor: Actor, cluster: Cluster, *, period: str) -> None:
    """Close what was handed in for `period`: its report is issued. A part of issuing a report."""
    handed_in = UnitInput.objects.filter(cluster=cluster, period=period, state=State.HANDED_IN)
    handed_in.update(closed_at=clock.now())
