"""报送规则: whom a period asks, by when, what a complete input holds, what is in time. No database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from tizhi.base.kit.periods import Period
from tizhi.pipeline.scheme.declared import Scheme

from .models import UnitInput

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


def workdays(scheme: Scheme) -> int:
    """Working days after the period's end by which an input is due."""
    if scheme.reports is None:
        return 0
    given = scheme.reports.input_due_workdays
    return scheme.reports.due_workdays if given is None else given


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
