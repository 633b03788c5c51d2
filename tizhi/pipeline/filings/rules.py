"""报送规则: whom a period asks, by when, what a complete input holds, what is in time. No database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from tizhi.base.kit import words
from tizhi.base.kit.periods import Period
from tizhi.pipeline.directory.contacts import Contact
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.entries import Due

from .models import Dispatch, UnitInput, Waiver

EVIDENCE: Final = "unit-input"
TEXTS: Final = ("highlights", "problems", "deviations", "suggestions", "next_steps")
REQUIRED: Final = {
    "highlights": "请填写工作亮点；确无内容的，请改报“本期无”",
    "next_steps": "请填写下季度安排；确无内容的，请改报“本期无”",
}
# To-dos begin here; a unit may write, and hand in, earlier.
OPENS_BEFORE_END: Final = timedelta(days=10)

State = UnitInput.State


def asked_of(scheme: Scheme) -> tuple[str, ...]:
    """Roles, kinds and bodies that owe an input; a scheme that says nothing asks every university [四(四)]."""
    owed = [who for rule in scheme.obligations if rule.evidence.kind == EVIDENCE for who in rule.who]
    return tuple(dict.fromkeys(owed)) or ("university",)


def input_due(scheme: Scheme) -> Due:
    """What the scheme says of the day inputs are due: its obligation's word, else that of its report cycle."""
    if named := _due_named(scheme, EVIDENCE):
        return named
    reports = scheme.reports
    if reports is None:
        return Due(after="period-end", workdays=0)
    given = reports.input_due_workdays
    return Due(after="period-end", workdays=reports.due_workdays if given is None else given)


def report_due(scheme: Scheme) -> Due | None:
    """The same of the report itself; None where the scheme asks for none."""
    if scheme.reports is None:
        return None
    return _due_named(scheme, "report") or Due(after="period-end", workdays=scheme.reports.due_workdays)


def _due_named(scheme: Scheme, evidence: str) -> Due | None:
    found = (rule.due for rule in scheme.obligations if rule.evidence.kind == evidence and rule.every)
    return next((due for due in found if due and due.after == "period-end"), None)


def opens_on(period: Period) -> date:
    """From this day on a unit is reminded of its input."""
    return period.last - OPENS_BEFORE_END


def is_empty(entry: UnitInput) -> bool:
    """Whether nothing was written."""
    return not any(getattr(entry, name).strip() for name in TEXTS)


def faults(entry: UnitInput) -> dict[str, str]:
    """What keeps `entry` from being complete, by field: 本期无 is a statement, not an empty form."""
    if entry.is_nil:
        return {} if is_empty(entry) else {"is_nil": "各栏已有内容，不能同时报“本期无”：请清空各栏，或取消“本期无”"}
    return {name: sentence for name, sentence in REQUIRED.items() if not getattr(entry, name).strip()}


def is_in_time(sent_at: datetime | None, due: date) -> bool:
    """及时: the first sending lies on or before the due day, whatever was returned and sent again after it."""
    return sent_at is not None and timezone.localtime(sent_at).date() <= due


# Why a state forbids an act, in a sentence; None when it does not.


def not_writable(entry: UnitInput) -> str | None:
    """Only what still lies with its writer is written."""
    if entry.state in (State.DRAFT, State.RETURNED):
        return None
    return f"材料{entry.get_state_display()}，不能修改；如需修改请先撤回"


def not_approving(entry: UnitInput) -> str | None:
    """Only what waits for the unit's signature is signed or sent back by it."""
    return None if entry.state == State.APPROVING else f"材料{entry.get_state_display()}，不在本单位审签环节"


def not_returnable(entry: UnitInput) -> str | None:
    """Only what was handed in, and no issued report has taken in, goes back."""
    if entry.closed_at:
        return "本期报告已印发，材料已收入报告，不能再改"
    return None if entry.state == State.HANDED_IN else f"材料{entry.get_state_display()}，尚未报送"


def not_revocable(entry: UnitInput) -> str | None:
    """A unit takes back what it has sent, or wants signed, until the report is issued."""
    return None if entry.state == State.APPROVING else not_returnable(entry)


def not_exemptible(entry: UnitInput) -> str | None:
    """Who has handed in needs no exemption."""
    return f"材料{entry.get_state_display()}，无须免报" if entry.state in (State.HANDED_IN, State.EXEMPT) else None


def not_exempt(entry: UnitInput) -> str | None:
    """Only an exemption can be lifted."""
    return None if entry.state == State.EXEMPT else "该单位本期未免报"


def waiver_lifted(waiver: Waiver) -> str | None:
    """A waiver is lifted once."""
    return "这一免除已经取消" if waiver.lifted_at else None


def sending_fault(dispatch: Dispatch, sent_on: date, today: date) -> str:
    """What is wrong with the day a report is said to have been sent on; empty when nothing is."""
    if sent_on > today:
        return "报送日期还没有到，报送之后再登记"
    if sent_on < dispatch.issued_on:
        return f"报送日期早于成文日期{words.day(dispatch.issued_on)}，请核对"
    return ""


def contacts_fault(contacts: Iterable[Contact]) -> str:
    """What keeps a unit's contacts from being confirmed: posts nobody holds, holders nobody can reach [四(三)]."""
    contacts = list(contacts)
    empty = [one.post for one in contacts if one.person_id is None]
    unreachable = [one.name for one in contacts if one.person_id and not one.is_reachable]
    faults = [f"{'、'.join(empty)}空缺"] if empty else []
    if unreachable:
        faults.append(f"{'、'.join(unreachable)}没有登记手机或邮箱")
    return "，".join(faults)
