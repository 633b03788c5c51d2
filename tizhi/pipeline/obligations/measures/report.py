"""汇总报告: the cluster's report of the period, issued or sent on to whom the scheme names [四(四)]."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.models import Dispatch
from tizhi.pipeline.scheme import terms

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, late_words, said


class ReportMeasure(Measure):
    """Looks whether the report of a period was issued, or its sending entered. Yearly reports have no place yet."""

    kind = "report"
    unit = "份"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`."""
        duties = [one for one in asked.instances if one.period and _has_place(one)]
        keys = {one.period.key for one in duties if one.period}
        sent = {
            row.period: row for row in filings.dispatches(asked.cluster, keys) if row.kind == Dispatch.Kind.QUARTERLY
        }
        return {one.key: _finding(one, sent.get(one.period.key), asked) for one in duties if one.period}

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        reports, state = one.scheme.reports, one.rule.evidence.state
        if state == "sent" and reports:
            return f"{one.who}应将{one.period}工作开展情况汇总报送{one.scheme.unit(reports.to).name}"
        return f"{one.who}应印发{one.period}工作开展情况汇总"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return found.note or "尚未印发"

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        state = terms.REPORT_STATES[one.rule.evidence.state or "issued"]
        return [f"报告{state}并在平台登记" if one.rule.evidence.state == "sent" else f"报告{state}"]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`."""
        row = filings.dispatch_of(asked.cluster, one.period) if one.period else None
        if row is None or row.issued_at > asked.at:
            return []
        told = f"{row.number}，{said(row.issued_on)}印发"
        return [Record(row.sent_on or row.issued_on, told, why_not="" if found.is_met else found.note)]

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("打开报告", "reports:of-period", (one.period.key,)) if one.period else None


def _has_place(one: Instance) -> bool:
    reports = one.scheme.reports
    return one.rule.evidence.report == "quarterly" and reports is not None and one.rule.every == reports.every


def _finding(one: Instance, row: Dispatch | None, asked: Asked) -> Finding:
    if row is None or row.issued_at > asked.at:
        return Finding()
    if one.rule.evidence.state == "issued":
        return Finding(done=1, on=row.issued_on, note=_note("印发", row.issued_on, one))
    if row.sent_on is None or row.sent_on > asked.day or row.recorded_at is None or row.recorded_at > asked.at:
        return Finding(note=f"{said(row.issued_on)}印发，尚未登记报送")
    return Finding(done=1, on=row.sent_on, note=_note("报送", row.sent_on, one))


def _note(verb: str, on: date, one: Instance) -> str:
    late = late_words(on, one)
    return f"{said(on)}{verb}" + (f"，{late}" if late else "")
