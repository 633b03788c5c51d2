"""经过: what was done to a plan and what belongs to it; many savings of one sitting are told as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet

from tizhi.base.audit.models import Entry

from .declared import entry_of
from .models import Comment, Plan, PlanMeasure, PlanVersion, Section, StepRecord

SAVING = "plans.save_section"
OF_PLAN = (Section, PlanVersion, Comment, PlanMeasure, StepRecord)


@dataclass(frozen=True)
class Deed:
    """Who did what, when, in words."""

    at: datetime
    name: str
    label: str
    about: str = ""
    note: str = ""


def deeds_of(plan: Plan, most: int) -> list[Deed]:
    """The last deeds, the latest first: a constant number of queries."""
    names = _names(plan)
    told: list[Deed] = []
    last: tuple[int | None, int, str] | None = None
    for entry in _entries(plan)[: most * 12]:
        sitting = (entry.person_id, entry.target_id, f"{entry.at:%Y%m%d}") if entry.code == SAVING else None
        if sitting and sitting == last:
            continue
        last = sitting
        told.append(
            Deed(entry.at, entry.name, entry.label, names.get((entry.kind_id, entry.target_id), ""), entry.note)
        )
        if len(told) == most:
            break
    return told


def _names(plan: Plan) -> dict[tuple[int, int], str]:
    """What each deed is about, by kind and id of its row: the section, the step, the version."""
    kinds = ContentType.objects.get_for_models(Section, StepRecord, PlanVersion)
    entry = entry_of(plan.cluster_id, plan.declared)
    sections = {one.id: one.name for one in entry.sections} if entry else {}
    steps = {one.id: one.name for one in entry.steps} if entry else {}
    found = {}
    for pk, key in Section.objects.filter(plan=plan).values_list("pk", "key"):
        found[kinds[Section].pk, pk] = f"“{sections.get(key, '其他')}”"
    for pk, step in StepRecord.objects.filter(plan=plan).values_list("pk", "step"):
        found[kinds[StepRecord].pk, pk] = f"“{steps.get(step, '以前的步骤')}”"
    for pk, number in PlanVersion.objects.filter(plan=plan).values_list("pk", "number"):
        found[kinds[PlanVersion].pk, pk] = f"（第{number}版）"
    return found


def _entries(plan: Plan) -> QuerySet[Entry]:
    kinds = ContentType.objects.get_for_models(Plan, *OF_PLAN)
    about = Q(kind=kinds[Plan], target_id=plan.pk)
    for model in OF_PLAN:
        ids = model._base_manager.filter(plan=plan).values("pk")  # type: ignore[attr-defined]
        about |= Q(kind=kinds[model], target_id__in=ids)
    return Entry.objects.filter(about).order_by("-id")
