"""报送的办理: inputs written and signed, contacts confirmed, reports sent on, duties excused [四(三), 四(四), I1]."""

from __future__ import annotations

from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.directory.contacts import contacts_of
from tizhi.pipeline.scheme.models import Cluster, Member
from tizhi.pipeline.scheme.who import approver_of_unit, keeper_of_unit, reporter_for_unit, secretariat

from . import queries, rules
from .models import ContactsConfirmation, Dispatch, UnitInput, Waiver

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
    entry.state, entry.exempt_at = State.EXEMPT, clock.now()
    entry.exempt_reason, entry.exempt_words = note, actor.words
    entry.save()
    return entry


@action("取消免报", by=[secretariat], when=rules.not_exempt)
def ask_again(actor: Actor, entry: UnitInput) -> UnitInput:
    """Lift the exemption: the unit owes its input again."""
    entry.state, entry.exempt_at = State.DRAFT, None
    entry.exempt_reason, entry.exempt_words = "", ""
    entry.save()
    return entry


@action("收入季度报告", by=[secretariat])
def close_inputs(actor: Actor, cluster: Cluster, *, period: str) -> None:
    """Close what was handed in for `period`: its report is issued. A part of issuing a report."""
    handed_in = UnitInput.objects.filter(cluster=cluster, period=period, state=State.HANDED_IN)
    handed_in.update(closed_at=clock.now())


# What is sent on


@action("转入报送登记", by=[secretariat], creates=True)
def note_issue(actor: Actor, cluster: Cluster, *, period: str, number: str, issued_on: date) -> Dispatch:
    """Keep that the report of `period` was issued, so that its sending can be entered. A part of issuing a report."""
    return Dispatch.objects.create(
        cluster=cluster, period=period, number=number, issued_on=issued_on, issued_at=clock.now()
    )


@action("登记报送", by=[secretariat])
def record_sending(
    actor: Actor, dispatch: Dispatch, *, sent_on: date, channel: str = "", receipt: str = ""
) -> Dispatch:
    """Enter when and how an issued report went to whom the scheme names; entering it again corrects it.

    RuleBroken for a day before the report's date or still to come.
    """
    if fault := rules.sending_fault(dispatch, sent_on, clock.today()):
        raise RuleBroken(f"{fault}。", {"sent_on": fault})
    dispatch.sent_on, dispatch.channel, dispatch.receipt = sent_on, channel.strip(), receipt.strip()
    # Known since it was first entered, whatever was corrected later.
    dispatch.recorded_at, dispatch.recorded_words = dispatch.recorded_at or clock.now(), actor.words
    dispatch.save()
    return dispatch


# What is confirmed


@action("确认联系人名单", by=[keeper_of_unit], creates=True)
def confirm_contacts(actor: Actor, member: Member, *, period: str) -> ContactsConfirmation:
    """Confirm for `period` that the unit's contacts are as the directory has them [四(三)].

    RuleBroken when a post of the scheme is empty, or its holder has neither phone nor mail; says which.
    """
    contacts = contacts_of(member, clock.today())
    if fault := rules.contacts_fault(contacts):
        raise RuleBroken(f"{fault}；请先在通讯录中补齐，再确认。")
    return ContactsConfirmation.objects.create(
        cluster_id=member.cluster_id, unit_id=member.unit_id, period=period, words=actor.words, at=clock.now(),
        held=[{"post": one.post, "person": one.person_id, "name": one.name} for one in contacts],
    )  # fmt: skip


# What is excused


@action("免除履约事项", by=[secretariat], creates=True)
def waive(actor: Actor, waiver: Waiver, *, note: str) -> Waiver:
    """Excuse from one duty of the ledger; who decided it and why are named wherever it stands."""
    if not note.strip():
        raise RuleBroken("请写明免除原因。", {"note": "请写明免除原因"})
    if queries.waivers_in_force(waiver.cluster_id).filter(instance=waiver.instance).exists():
        raise RuleBroken("这一事项已经免除，不必再办。")
    waiver.reason, waiver.words, waiver.at = note.strip(), actor.words, clock.now()
    waiver.save()
    return waiver


@action("取消免除", by=[secretariat], when=rules.waiver_lifted)
def lift_waiver(actor: Actor, waiver: Waiver) -> Waiver:
    """Ask for the duty again; that it was once excused stays in the ledger of those days."""
    waiver.lifted_words, waiver.lifted_at = actor.words, clock.now()
    waiver.save()
    return waiver
