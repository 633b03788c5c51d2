"""问诊行: a case as lists and its page show it – how it stands, by when, what it is called in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.base.kit import clock, words
from tizhi.pipeline.consultations import rules
from tizhi.pipeline.consultations.deadlines import Deadlines
from tizhi.pipeline.consultations.models import Consultation
from tizhi.web.frame.parts import Step

State = Consultation.State


@dataclass(frozen=True)
class Line:
    """A case with its standing and its deadline."""

    case: Consultation
    standing: rules.Standing
    due: date | None
    provisional: str

    @property
    def asked_on(self) -> date | None:
        """The day it was asked."""
        return rules.day_of(self.case.asked_at)

    @property
    def answered_on(self) -> date | None:
        """The day it was answered."""
        return rules.day_of(self.case.answered_at)

    @property
    def in_time(self) -> bool | None:
        """Whether the answer came in time; None while there is none."""
        return rules.is_in_time(self.case.answered_at, self.due)

    @property
    def is_open(self) -> bool:
        """Whether the answer is still to come."""
        return self.case.state in rules.OPEN


def lines_of(cases: Iterable[Consultation]) -> list[Line]:
    """The cases, all of one cluster, with their deadlines; no further query for each."""
    cases, today = list(cases), clock.today()
    deadlines = Deadlines(cases[0].cluster_id) if cases else None
    found = []
    for one in cases:
        due = deadlines.of(one.asked_at) if deadlines else None
        day = due.day if due else None
        found.append(Line(one, rules.standing(one, day, today), day, due.note if due else ""))
    return found


def line_of(one: Consultation) -> Line:
    """One case."""
    return lines_of([one])[0]


# The course as steps


def steps_of(line: Line) -> Sequence[Step]:
    """Asked, taken on, answered, adopted, effect: who and when, and where it is now."""
    one = line.case
    if one.state == State.DRAFT:
        return [Step("提出", "now"), *(Step(name, "todo") for name in ("受理", "答复", "采纳", "成效"))]
    done = [
        ("提出", one.asked_at, one.unit.called), ("受理", one.triaged_at, one.helper.called if one.helper else ""),
        ("答复", one.answered_at, one.answered_words), ("采纳", one.decided_at, one.get_decision_display()),
    ]  # fmt: skip
    steps = []
    now_given = one.state in (State.WITHDRAWN,)
    for name, at, who in done:
        on = rules.day_of(at)
        if on:
            steps.append(Step(name, "done", [words.day(on), who] if who else [words.day(on)]))
        else:
            due = [words.deadline(line.due, clock.today())] if name == "答复" and line.due and line.is_open else []
            steps.append(Step(name, "todo" if now_given else "now", due))
            now_given = True
    return [*steps, _effect_step(one, now_given)]


def _effect_step(one: Consultation, is_later: bool) -> Step:
    if one.state == State.CLOSED:
        closed = rules.day_of(one.closed_at)
        told = "办结" if one.decision != Consultation.Decision.REFUSED else "未采纳，办结"
        return Step("成效", "done", [words.day(closed), told] if closed else [told])
    if is_later or one.state != State.DECIDED:
        return Step("成效", "todo")
    asked = rules.next_effect(one, {effect.after_months for effect in one.effects.all()})
    return Step("成效", "now", [f"{words.day(asked.on)}起登记"] if asked else [])
