"""单位季报材料: handed in for the period; 本期无 is a signed statement, 免报 somebody's decision [四(四), F1]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings import rules
from tizhi.pipeline.filings.models import UnitInput

from ..finding import Excuse, Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, late_words, said

State = UnitInput.State


class UnitInputMeasure(Measure):
    """Looks whether a unit's input for a period was handed in."""

    kind = "unit-input"
    unit = "份"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`."""
        keys = {one.period.key for one in asked.instances if one.period}
        entries = {(row.unit_id, row.period): row for row in filings.inputs_known(asked.cluster, keys)}
        return {
            one.key: _finding(one, entries.get((one.who.unit_id, one.period.key)), asked)
            for one in asked.instances
            if one.period and one.who.unit_id
        }

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        return f"{one.who}应报送{one.period}材料（亮点、问题、建议和下季度安排）"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return found.note or "尚未报送"

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        return ["本单位审签后报大组团办公室，即为报送", "签报“本期无”视同报送", "是否及时，以首次提交为准"]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`."""
        if one.period is None or one.who.unit_id not in actor.reads:
            return []
        why_not = "" if found.is_met or found.is_nil else found.note or "尚未填写"
        return [Record(found.on, f"{one.who.called}{one.period}材料", "filings:show", _args(one), why_not)]

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("填写材料", "filings:edit", _args(one))


def _args(one: Instance) -> tuple[object, ...]:
    return (one.period.key if one.period else "", one.who.unit_id)


def _finding(one: Instance, row: UnitInput | None, asked: Asked) -> Finding:
    if row is None:
        return Finding()
    if row.state == State.EXEMPT:
        return _exempt(row) if _was(row.exempt_at, asked) else Finding()
    if row.state != State.HANDED_IN or not _was(row.handed_in_at, asked):
        return Finding(note=_underway(row, asked))
    in_time = one.due_day is None or rules.is_in_time(row.sent_at, one.due_day)
    on = _day(row.sent_at)
    note = f"{said(on)}报送" + ("" if in_time else f"，{late_words(on, one)}")
    return Finding(done=1, on=on, is_nil=row.is_nil, note=note)


def _exempt(row: UnitInput) -> Finding:
    return Finding(excused=Excuse(row.exempt_words, row.exempt_reason, _day(row.exempt_at)), note="免报")


def _underway(row: UnitInput, asked: Asked) -> str:
    """How far it is. What was sent but handed in only after the day asked for waited for its unit's signature then."""
    if row.sent_at is not None and row.sent_at > asked.at:
        return ""
    return State.APPROVING.label if row.state == State.HANDED_IN else row.get_state_display()


def _was(at: datetime | None, asked: Asked) -> bool:
    """Whether it had come by the day asked for; a row older than such moments has always been so."""
    return at is None or at <= asked.at


def _day(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at else None
