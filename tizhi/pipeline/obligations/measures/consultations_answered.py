"""及时问诊: of the cases whose answer fell due in a period, whether each was answered in time [四(五)2].

A case belongs to the period in which its answer is due: so that at a period's end everything in it is decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.consultations.deadlines import Deadlines
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.consultations.rules import day_of

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, in_period

MOST: Final = 40
# No scheme lets so many days go by: what was asked earlier was due before the period.
BEFORE: Final = timedelta(days=200)


@dataclass(frozen=True)
class Case:
    """A case as it stood on the day asked for: who asked, who owned it, by when, and how it went."""

    row: Consultation
    due: date
    answered_on: date | None
    is_open: bool

    @property
    def in_time(self) -> bool:
        """Whether its answer came by its day."""
        return self.answered_on is not None and self.answered_on <= self.due


class ConsultationsAnsweredMeasure(Measure):
    """Counts the cases answered in time, of all periods in one query."""

    kind = "consultations-answered"
    unit = "件"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`."""
        spans = [one.period for one in asked.instances if one.period]
        if not spans:
            return {}
        cases = _cases(asked, spans)
        return {one.key: _finding(one, _of(one, cases), asked) for one in asked.instances if one.period}

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        rule = one.scheme.consultations
        limit = f"在提出后{rule.answer_workdays}个工作日内" if rule else "及时"
        toward = f"{one.toward}" if one.toward else ""
        return f"{one.who}{in_period(one)}到期的{toward}问诊应全部{limit}答复"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return found.note

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        whose = "本单位承办的问诊" if one.who.unit_id else "组团内院校提出的全部问诊"
        return [
            f"{whose}，按答复期限所在日期归期",
            "自院校提出之日起计，承办单位答复之日为止",
            "期限以前撤回的不计；本期没有到期问诊的，计为“本期无”",
        ]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`: what is not in time first, for that is what one looks for."""
        if one.period is None:
            return []
        cases = _of(one, _cases(asked, [one.period]))[: MOST * 5]
        visible = set(
            consultations.visible_to(actor).filter(pk__in=[case.row.pk for case in cases]).values_list("pk", flat=True)
        )
        told = [
            Record(
                case.answered_on or case.due, case.row.title, "consultations:show", (case.row.pk,),
                _why_not(case, asked.day),
            )
            for case in cases
            if case.row.pk in visible
        ]  # fmt: skip
        return sorted(told, key=lambda record: not record.why_not)[:MOST]

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("打开问诊", "consultations:list", power="assign-experts" if one.who.is_body else "pair")


def _cases(asked: Asked, spans: Sequence[Period]) -> list[Case]:
    """The cases that fell due in one of `spans`, as far as they were known; one query."""
    first, last = min(one.first for one in spans) - BEFORE, min(max(one.last for one in spans), asked.day)
    deadlines = Deadlines(asked.cluster.pk)
    rows = consultations.asked_between(asked.cluster, max(first, date(2000, 1, 1)), last)
    found = []
    for row in rows.filter(asked_at__lte=asked.at):
        due = deadlines.day(row.asked_at)
        if due and any(due in span for span in spans) and not _was_withdrawn_in_time(row, due, asked.at):
            found.append(_case(row, due, asked))
    return found


def _was_withdrawn_in_time(row: Consultation, due: date, at: datetime) -> bool:
    """What was taken back by its day asked for no answer any more; later, it had been let wait."""
    on = day_of(row.withdrawn_at)
    return on is not None and row.withdrawn_at is not None and row.withdrawn_at <= at and on <= due


def _case(row: Consultation, due: date, asked: Asked) -> Case:
    known = row.answered_at is not None and row.answered_at <= asked.at
    gone = row.withdrawn_at is not None and row.withdrawn_at <= asked.at
    return Case(row, due, day_of(row.answered_at) if known else None, is_open=not known and not gone)


def _of(one: Instance, cases: list[Case]) -> list[Case]:
    """Those of this duty: of the whole cluster's body all, of a unit those it owns; toward a school only that one's."""
    return [
        case
        for case in cases
        if one.period
        and case.due in one.period
        and (one.who.unit_id is None or case.row.helper_id == one.who.unit_id)
        and (one.toward is None or case.row.unit_id == one.toward.unit_id)
    ]


def _finding(one: Instance, cases: list[Case], asked: Asked) -> Finding:
    assert one.period  # noqa: S101
    is_over = one.period.last < asked.day
    if not cases:
        return Finding(is_nil=is_over, is_still_open=True, note="没有到期的问诊" if is_over else "尚无到期的问诊")
    in_time = [case for case in cases if case.in_time]
    waits = [case for case in cases if case.is_open]
    overdue = [case for case in waits if case.due < asked.day]
    late = [case for case in cases if not case.in_time and not case.is_open]
    gone = [case for case in late if case.answered_on is None]
    return Finding(
        done=len(in_time),
        needed=len(cases),
        on=one.period.last,
        is_lost=bool(overdue or late),
        is_past_help=bool(late) and not waits,
        is_still_open=not is_over,
        next_due=min((case.due for case in waits if case.due >= asked.day), default=None),
        note=_told(
            len(cases),
            len(in_time),
            {
                "逾期答复": len(late) - len(gone),
                "逾期后撤回": len(gone),
                "逾期未答复": len(overdue),
                "待答复": len(waits) - len(overdue),
            },
        ),
        records=tuple(case.row.pk for case in in_time[:MOST]),
    )


def _told(total: int, in_time: int, others: Mapping[str, int]) -> str:
    """到期3件，及时2件，逾期未答复1件."""
    return f"到期{total}件，及时{in_time}件" + "".join(f"，{name}{n}件" for name, n in others.items() if n)


def _why_not(case: Case, today: date) -> str:
    """How it stood to its day; nothing when it was answered in time."""
    if case.in_time:
        return ""
    if case.answered_on:
        return f"逾期{(case.answered_on - case.due).days}天答复"
    if not case.is_open:
        return "逾期后撤回"
    days = (today - case.due).days
    return f"未答复，已逾期{days}天" if days > 0 else f"未答复，期限{case.due.month}月{case.due.day}日"
