"""计划的东西: what the table of doors finds of plans."""

from datetime import date

from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.models import Plan, Section

from . import building


def things() -> dict[str, object]:
    """A yearly plan of 阜阳师范大学 that is being written, with a comment and a measure; one in force."""
    draft = building.written(building.opened("year", date(2024, 6, 1)))
    section = Section.objects.filter(plan=draft)[0]
    said = actions.comment(building.author(), draft, section=section.key, text="写明牵头教师")
    measure = actions.add_measure(building.author(), draft, title="共建课程教研组")
    held = building.year_plan_of(date(2023, 6, 1))
    confirmed = building.year_plan_of(date(2022, 6, 1), "agreed")
    return {
        "plan-draft": draft.pk, "plan-force": Plan.objects.get(pk=held.pk).pk, "plan-agreed": confirmed.pk,
        "plan-section": section.key, "plan-comment": said.pk, "plan-measure": measure.pk,
    }  # fmt: skip
