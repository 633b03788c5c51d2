"""计划的筛选: what the list is narrowed by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from tizhi.pipeline.plans import queries
from tizhi.pipeline.plans.declared import kinds
from tizhi.pipeline.plans.models import Plan


class PlanFilter(filters.FilterSet):
    """Kind, year, school; the step it stands at is asked of the course (`step`), not of the database."""

    kind = filters.ChoiceFilter(label="种类", empty_label="全部种类", field_name="declared")
    year = filters.ChoiceFilter(label="年份", empty_label="全部年份", method="by_year")
    school = filters.ChoiceFilter(label="院校", empty_label="全部院校", field_name="unit")
    step = filters.ChoiceFilter(label="所处步骤", empty_label="全部步骤", method="unchanged")

    def __init__(self, data: Any, queryset: QuerySet[Plan], cluster: int) -> None:
        super().__init__(data, queryset)
        declared = kinds(cluster)
        steps = [(f"{one.id}:{step.id}", f"{one.name}：{step.name}") for one in declared for step in one.steps]
        self.filters["kind"].extra["choices"] = [(one.id, one.name) for one in declared]
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in queries.years_in(queryset)]
        self.filters["school"].extra["choices"] = [(str(one.pk), one.called) for one in queries.schools_in(queryset)]
        self.filters["step"].extra["choices"] = [*steps, ("done", "已办完（现行）")]

    def by_year(self, queryset: QuerySet[Plan], name: str, value: str) -> QuerySet[Plan]:
        """Plans that cover the year."""
        return queryset.filter(first_year__lte=int(value), last_year__gte=int(value))

    def unchanged(self, queryset: QuerySet[Plan], name: str, value: str) -> QuerySet[Plan]:
        """Narrowed afterwards, when the courses are known."""
        return queryset
