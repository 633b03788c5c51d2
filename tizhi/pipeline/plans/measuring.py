"""举措: what the plan will do, for which needs and by which findings – the middle of the chain [C2, C4]."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Max

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.scheme.models import Area

from . import queries, rules, states, writing
from .models import Plan, PlanMeasure
from .who import author_of_plan

COLUMNS = ("section", "title", "text", "schedule", "responsible")


def _fill(measure: PlanMeasure, given: dict[str, Any]) -> None:
    if unknown := given.keys() - {*COLUMNS, "area"}:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name in given.keys() & set(COLUMNS):
        setattr(measure, name, " ".join(str(given[name]).replace("\0", "").split()))
    if "area" in given:
        measure.area = given["area"]
    elif measure.section and measure.area is None:
        measure.area = _area_of(measure)
    require_sound(rules.faults_of_measure({name: getattr(measure, name) for name in COLUMNS}))


def _area_of(measure: PlanMeasure) -> Area | None:
    """The area of the section it stands in."""
    entry = queries.entry_of_plan(measure.plan)
    key = next((one.area for one in entry.sections if one.id == measure.section), None) if entry else None
    return Area.objects.filter(cluster=measure.plan.cluster_id, key=key).first() if key else None


def _tie(measure: PlanMeasure, needs: Collection[int] | None, findings: Collection[int] | None) -> None:
    plan = measure.plan
    for name, chosen, offered in (
        ("needs", needs, queries.needs_to_choose), ("findings", findings, queries.findings_to_choose),
    ):  # fmt: skip
        if chosen is None:
            continue
        known = set(offered(plan).values_list("pk", flat=True))
        if measure.pk:
            known |= set(getattr(measure, name).values_list("pk", flat=True))
        if not set(chosen) <= known:
            raise RuleBroken("请从列出的各项中选择。", {name: "请从本校的各项中选择"})
        getattr(measure, name).set(chosen)


@action("增加举措", by=[author_of_plan], when=states.text_closed)
def add_measure(
    actor: Actor, plan: Plan, *, needs: Collection[int] = (), findings: Collection[int] = (), **given: Any
) -> PlanMeasure:
    """Add a measure; `given` are COLUMNS and `area` (left out: the section's)."""
    last = PlanMeasure.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    measure = PlanMeasure(plan=plan, number=last + 1, order=last + 1)
    _fill(measure, given)
    measure.save()
    _tie(measure, needs, findings)
    return measure


def _cannot_change(measure: PlanMeasure) -> str | None:
    return states.withdrawn(measure) or states.text_closed(measure)


@action("修改举措", by=[author_of_plan], when=_cannot_change)
def change_measure(
    actor: Actor,
    measure: PlanMeasure,
    *,
    needs: Collection[int] | None = None,
    findings: Collection[int] | None = None,
    **given: Any,
) -> PlanMeasure:
    """Put a measure right; what is not given stays."""
    _fill(measure, given)
    measure.save()
    _tie(measure, needs, findings)
    return measure


@action("撤销举措", by=[author_of_plan], when=_cannot_change)
def withdraw_measure(actor: Actor, measure: PlanMeasure, *, note: str) -> PlanMeasure:
    """Take a measure out of the plan; it stays with the reason, which is required, and its number is not used again."""
    writing.require_reason(note)
    measure.withdrawn_at, measure.withdrawn_reason = clock.now(), note[:200]
    measure.save()
    return measure
