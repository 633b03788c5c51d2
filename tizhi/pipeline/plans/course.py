"""进程: how far a plan is, as the steps of the scheme and what was recorded of them say. Nothing of it is stored.

A step opens when the one before it has its evidence. `courses_of` asks the same number of queries for any number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.entries import PlanEntry, PlanStep

from . import evidence
from .declared import entry_of
from .evidence import Facts
from .models import Plan, PlanVersion, StepRecord
from .parties import Parties

State = Literal["done", "now", "todo"]


@dataclass(frozen=True)
class Stage:
    """A step of a plan's course: done, now, or still to come.

    `since` is the day it opened, `days` how long it took or has waited; `missing` are sentences of what its evidence
    still lacks; a step that stands from an earlier revision keeps that record.
    """

    declared: PlanStep
    state: State
    record: StepRecord | None = None
    since: date | None = None
    days: int = 0
    waits_for: str = ""
    missing: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The step's name."""
        return self.declared.name


@dataclass(frozen=True)
class Course:
    """How far one plan is. `entry` is None when the scheme no longer declares plans of its kind."""

    plan: Plan
    entry: PlanEntry | None
    steps: tuple[Stage, ...] = ()
    handed: PlanVersion | None = None
    latest: PlanVersion | None = None
    author_words: str = ""

    @property
    def now(self) -> Stage | None:
        """The step that is open; None when all are done."""
        return next((one for one in self.steps if one.state == "now"), None)

    @property
    def is_in_force(self) -> bool:
        """Whether a text of the plan holds, be it while the next one is being made."""
        return self.plan.in_force_id is not None

    @property
    def is_done(self) -> bool:
        """Whether every step of this revision is done."""
        return self.now is None and bool(self.steps)

    @property
    def starts_at(self) -> int:
        """The place of the first step of this revision: 0, or the one a revision goes back to."""
        return _start(self.entry, self.plan) if self.entry else 0

    @property
    def is_text_open(self) -> bool:
        """Whether the text may be written: a step that brings one is still to come, or a review opened it."""
        if self.plan.is_text_open:
            return True
        if self.now is None:
            return False
        place = self.steps.index(self.now)
        makers = evidence.makers(tuple(one.declared for one in self.steps[self.starts_at :]))
        if not makers:
            return True
        ahead = [one for one in self.steps[place:] if one.declared.id in makers]
        if not ahead:
            return False
        # A text handed over to be accepted rests until it is, or comes back.
        return not (ahead[0] is self.now and self.wants_acceptance and self.handed is not None)

    @property
    def wants_acceptance(self) -> bool:
        """Whether the step that is open is done by accepting a text."""
        return self.now is not None and self.now.declared.evidence.text == "accepted"

    @property
    def wants_text(self) -> bool:
        """Whether the authors have a text to submit now."""
        if self.now is None:
            return False
        if self.now.declared.evidence.text == "submitted":
            return True
        return self.wants_acceptance and self.handed is None

    @property
    def status_words(self) -> str:
        """现行, 修订中 · 初稿, or the name of the step that is open."""
        if self.now is None:
            return "现行" if self.is_in_force else "已办结"
        if self.plan.is_text_open:
            return f"{self.now.name}（有条件通过，修改中）"
        return f"修订中：{self.now.name}" if self.plan.revision else self.now.name

    @property
    def done_records(self) -> list[StepRecord]:
        """The records of this revision's steps, in order."""
        found = (one.record for one in self.steps)
        return [one for one in found if one is not None and one.revision == self.plan.revision]


def course_of(plan: Plan) -> Course:
    """How far one plan is today."""
    return courses_of([plan])[plan.pk]


def courses_of(plans: Iterable[Plan]) -> dict[int, Course]:
    """How far each of `plans` is: at most four queries for any number, besides what a request keeps anyway."""
    plans = list(plans)
    if not plans:
        return {}
    records = _records(plans)
    entries = {(one.cluster_id, one.declared): entry_of(one.cluster_id, one.declared) for one in plans}
    there = {cluster: Parties.of(cluster) for cluster in {one.cluster_id for one in plans}}
    facts = Facts(plans, there, records)
    return {
        one.pk: _course(one, entries[one.cluster_id, one.declared], records[one.pk], there[one.cluster_id], facts)
        for one in plans
    }


def _records(plans: list[Plan]) -> dict[int, list[StepRecord]]:
    records: dict[int, list[StepRecord]] = defaultdict(list)
    found = StepRecord.objects.filter(plan__in=[one.pk for one in plans]).order_by("pk")
    for record in found.select_related("study__unit", "paper"):
        records[record.plan_id].append(record)
    return records


def _course(plan: Plan, entry: PlanEntry | None, records: list[StepRecord], there: Parties, facts: Facts) -> Course:
    if entry is None:
        return Course(plan, None)
    living = _living(entry, plan, records)
    handed = facts.handed(plan, entry.steps, records)
    steps, opened, is_open = [], _begins(plan), _is_under_way(plan)
    for declared in entry.steps:
        record = living.get(declared.id)
        # What an earlier revision left standing comes before this one begins.
        is_former = record is not None and record.revision < plan.revision
        if record is not None or not is_open:
            days = max(0, (record.on - opened).days) if record and opened and not is_former else 0
            who = _party(entry, declared, plan, there)
            steps.append(Stage(declared, "done", record, None if is_former else opened, days, who))
            opened = max(opened, record.on) if record and not is_former else opened
            continue
        if any(one.state == "now" for one in steps):
            steps.append(Stage(declared, "todo", waits_for=_party(entry, declared, plan, there)))
            continue
        since = _since(opened, declared, records, plan)
        steps.append(_open(plan, entry, declared, since, there, facts, handed))
    author = there.author_words(entry.author, plan.unit_id)
    return Course(plan, entry, tuple(steps), handed, facts.latest(plan), author)


def _open(
    plan: Plan, entry: PlanEntry, declared: PlanStep, since: date, there: Parties, facts: Facts,
    handed: PlanVersion | None,
) -> Stage:  # fmt: skip
    by_authors = plan.is_text_open or (declared.evidence.text == "accepted" and handed is None)
    waits_for = there.author_words(entry.author, plan.unit_id) if by_authors else _party(entry, declared, plan, there)
    days = max(0, (clock.today() - since).days)
    missing = facts.missing(plan, declared, handed)
    return Stage(declared, "now", None, since, days, waits_for, missing)


def _party(entry: PlanEntry, declared: PlanStep, plan: Plan, there: Parties) -> str:
    """Whose step it is; where the authors write, their office by name."""
    if declared.evidence.text == "submitted" and declared.by == (entry.author,):
        return there.author_words(entry.author, plan.unit_id)
    return there.words_of(declared.by, plan.unit_id)


def _living(entry: PlanEntry, plan: Plan, records: list[StepRecord]) -> Mapping[str, StepRecord]:
    """The record that stands for each step: of this revision; before the step a revision goes back to, the last one."""
    start = _start(entry, plan)
    earlier = {one.id for one in entry.steps[:start]}
    return {
        one.step: one
        for one in records
        if one.undone_at is None and (one.revision == plan.revision or (plan.revision and one.step in earlier))
    }


def _start(entry: PlanEntry, plan: Plan) -> int:
    if not plan.revision:
        return 0
    ids = [one.id for one in entry.steps]
    back = entry.revision_from or next((one.id for one in entry.steps if one.evidence.text), ids[0])
    return ids.index(back) if back in ids else 0


def _is_under_way(plan: Plan) -> bool:
    """A plan whose revision is in force is done, whatever steps a later scheme adds."""
    return not (plan.in_force_id and plan.in_force_revision == plan.revision)


def _begins(plan: Plan) -> date:
    return timezone.localtime(plan.revised_at or plan.opened_at).date()


def _since(opened: date, declared: PlanStep, records: list[StepRecord], plan: Plan) -> date:
    """The day the step opened: when the one before was done, or when it was last sent back."""
    back = [
        timezone.localtime(one.undone_at).date()
        for one in records
        if one.step == declared.id and one.undone_at and one.revision == plan.revision
    ]
    return max([opened, *back])
