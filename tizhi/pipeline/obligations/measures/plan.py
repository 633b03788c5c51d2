"""提质计划: a school's plan of the kind that the rule names has come to the step it names [三, 四(五)1].

A step is done on the day of its record, and known from the moment it was entered; what was sent back since is open
again. A revision later takes nothing back: the plan had come so far.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.plans.models import Plan, StepRecord
from tizhi.pipeline.scheme.entries import PlanEntry
from tizhi.pipeline.scheme.models import UnitRole

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, in_period, late_words, said


@dataclass(frozen=True)
class Known:
    """A plan with the steps that were done by the day asked for: by step, the record that came first."""

    plan: Plan
    done: Mapping[str, StepRecord]


class PlanMeasure(Measure):
    """Looks how far the plan of a school is; two queries for all schools and periods."""

    kind = "plan"
    unit = "步"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`. A plan of another rhythm than the rule's has no place: nothing is found of it."""
        duties = [one for one in asked.instances if _schools(one) and _fits(one)]
        if not duties:
            return {}
        known = _known(asked, {one.rule.evidence.plan or "" for one in duties})
        return {one.key: _finding(one, _of(one, known), asked) for one in duties}

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        entry = _entry(one)
        name = entry.name if entry else "计划"
        whose = f"{one.toward}" if one.toward else ("一所重点支持院校的" if one.schools else "")
        return f"{one.who}{in_period(one)}应将{whose}{name}办至“{_step_name(one)}”"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return found.note

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        entry = _entry(one)
        name = entry.name if entry else "计划"
        return [
            f"平台登记的{name}，“{_step_name(one)}”一步已办结",
            "以该步登记的日期为准；退回重办的，以重办的日期为准",
            "以后修订计划的，不影响已完成的事项",
        ]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`: the steps of the plans looked at, the one that counts first."""
        known = _of(one, _known(asked, {one.rule.evidence.plan or ""}))
        visible = set(
            plans.visible_to(actor).filter(pk__in=[each.plan.pk for each in known]).values_list("pk", flat=True)
        )
        told = [record for each in known if each.plan.pk in visible for record in _records(one, each)]
        return sorted(told, key=lambda record: bool(record.why_not))

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        return Place("打开一校一策", "plans:list", power="pair")


# What the scheme says


def _entry(one: Instance) -> PlanEntry | None:
    return next((entry for entry in one.scheme.plans if entry.id == one.rule.evidence.plan), None)


def _step_name(one: Instance) -> str:
    entry = _entry(one)
    names = {step.id: step.name for step in entry.steps} if entry else {}
    return names.get(one.rule.evidence.step or "", "该步")


def _fits(one: Instance) -> bool:
    """A yearly plan answers a yearly rule; what is owed once is answered by a plan of any rhythm."""
    entry = _entry(one)
    return entry is not None and (one.period is None or entry.every == one.period.every)


def _schools(one: Instance) -> list[int]:
    """Whose plan it is: that of the schools it is owed to, else of the supported school that owes it itself."""
    if one.schools:
        return [school.unit_id for school in one.schools if school.unit_id]
    return [one.who.unit_id] if one.who.unit_id and UnitRole.Role.SUPPORTED in one.who.kinds else []


# What was done


def _known(asked: Asked, kinds: set[str]) -> list[Known]:
    """Every plan of these kinds that was there, each with what had been done; two queries."""
    there = list(Plan.objects.filter(cluster=asked.cluster, declared__in=kinds, opened_at__lte=asked.at))
    done: dict[int, dict[str, StepRecord]] = defaultdict(dict)
    for record in _records_known(there, asked):
        done[record.plan_id].setdefault(record.step, record)
    return [Known(plan, done[plan.pk]) for plan in there]


def _records_known(there: Sequence[Plan], asked: Asked) -> QuerySet[StepRecord]:
    """The steps done by the day asked for and not sent back by then, the first of each first."""
    living = Q(undone_at__isnull=True) | Q(undone_at__gt=asked.at)
    done = StepRecord.objects.filter(living, plan__in=there, on__lte=asked.day, at__lte=asked.at)
    return done.order_by("on", "pk")


def _of(one: Instance, known: Sequence[Known]) -> list[Known]:
    schools, kind = _schools(one), one.rule.evidence.plan
    return [
        each
        for each in known
        if each.plan.declared == kind
        and each.plan.unit_id in schools
        and (one.period is None or each.plan.period == one.period.key)
    ]


def _finding(one: Instance, known: Sequence[Known], asked: Asked) -> Finding:
    step = one.rule.evidence.step or ""
    days = sorted((each.done[step].on, each.plan.pk) for each in known if step in each.done)
    if not days:
        return Finding(note=_underway(one, known))
    on = days[0][0]
    late = late_words(on, one)
    return Finding(done=1, on=on, note=f"{said(on)}办结" + (f"，{late}" if late else ""), records=(days[0][1],))


def _underway(one: Instance, known: Sequence[Known]) -> str:
    """How far the plan that came furthest is: 目前在“提质计划初稿”."""
    entry = _entry(one)
    if not known or entry is None:
        return "尚未建立计划"
    furthest = max(known, key=lambda each: len(each.done))
    following = next((step.name for step in entry.steps if step.id not in furthest.done), "")
    return f"目前在“{following}”" if following else "尚未办结"


def _records(one: Instance, known: Known) -> list[Record]:
    """The steps done, in the scheme's order; the one asked for, and what still lies before it."""
    entry, wanted = _entry(one), one.rule.evidence.step
    if entry is None:
        return []
    told = []
    for step in entry.steps:
        record = known.done.get(step.id)
        why_not = "" if record and step.id == wanted else "在此之前的步骤" if record else "尚未办理"
        told.append(
            Record(
                record.on if record else None, f"{known.plan.span_words}{entry.name}：{step.name}",
                "plans:show", (known.plan.pk,), why_not,
            )
        )  # fmt: skip
        if step.id == wanted:
            break
    return told
