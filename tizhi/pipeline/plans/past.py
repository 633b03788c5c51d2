"""经过: what was done to a plan and what belongs to it; many savings of one sitting are told as one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from tizhi.base.audit.models import Entry

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
    """The last deeds, the latest first: two queries."""
    names = {one.pk: one.name for one in _sections(plan)}
    told: list[Deed] = []
    last: tuple[int | None, int, str] | None = None
    for entry in _entries(plan)[: most * 12]:
        sitting = (entry.person_id, entry.target_id, f"{entry.at:%Y%m%d}") if entry.code == SAVING else None
        if sitting and sitting == last:
            continue
        last = sitting
        about = f"“{names.get(entry.target_id, '章节')}”" if sitting else ""
        told.append(Deed(entry.at, entry.name, entry.label, about, entry.note))
        if len(told) == most:
            break
    return told


def _sections(plan: Plan) -> list[Section]:
    found = list(Section.objects.filter(plan=plan).defer("html"))
    return [_of(one, plan) for one in found]


def _of(section: Section, plan: Plan) -> Section:
    section.plan = plan
    return section


def _entries(plan: Plan):  # type: ignore[no-untyped-def]
    kinds = ContentType.objects.get_for_models(Plan, *OF_PLAN)
    about = Q(kind=kinds[Plan], target_id=plan.pk)
    for model in OF_PLAN:
        ids = model._base_manager.filter(plan=plan).values("pk")  # type: ignore[attr-defined]
        about |= Q(kind=kinds[model], target_id__in=ids)
    return Entry.objects.filter(about).order_by("-id")
