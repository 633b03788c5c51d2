"""计划的筛选: what a list is narrowed by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.base.kit import clock, periods
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.agenda import queries
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.agenda.rules import WORDS
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import members

AHEAD = 2  # quarters after this one


class PlanFilter(filters.FilterSet):
    """Quarter (planned for it at some time), unit (responsible or taking part), kind, state, words."""

    q = filters.CharFilter(
        label="名称、地点", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、地点"}),
    )  # fmt: skip
    quarter = filters.ChoiceFilter(label="季度", empty_label="全部季度", method="by_quarter")
    unit = filters.ChoiceFilter(label="单位", empty_label="全部单位", method="by_unit")
    kind = filters.ChoiceFilter(
        label="类型", empty_label="全部类型", choices=[(kind.code, kind.label) for kind in KINDS.values()]
    )
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", method="by_state", choices=list(WORDS.items()))

    def __init__(self, data: Any, queryset: QuerySet[PlannedItem], *, cluster: Cluster) -> None:
        super().__init__(data, queryset)
        today = clock.today()
        until = periods.period_of(today).shifted(AHEAD).first
        quarters = periods.since(periods.period_of(cluster.starts).first, until)
        self.filters["quarter"].extra["choices"] = [(one.key, one.words) for one in reversed(quarters)]
        self.filters["unit"].extra["choices"] = [(str(one.pk), one.called) for one in members(cluster, today)]

    def by_words(self, queryset: QuerySet[PlannedItem], name: str, value: str) -> QuerySet[PlannedItem]:
        """Every word stands in the title or the place."""
        return queries.matching(queryset, value)

    def by_quarter(self, queryset: QuerySet[PlannedItem], name: str, value: str) -> QuerySet[PlannedItem]:
        """It was planned for that quarter, at first or later."""
        return queries.touching(queryset, periods.parse(value))

    def by_unit(self, queryset: QuerySet[PlannedItem], name: str, value: str) -> QuerySet[PlannedItem]:
        """Is responsible or takes part."""
        return queries.concerning(queryset, {int(value)})

    def by_state(self, queryset: QuerySet[PlannedItem], name: str, value: str) -> QuerySet[PlannedItem]:
        """As it stands today."""
        return queries.standing_as(queryset, value, clock.today())
