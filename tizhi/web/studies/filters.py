"""调研的筛选: school, round, year, state, words; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.studies import queries
from tizhi.pipeline.studies.models import Study

BINNED = "binned"
STATES = [("recorded", "已登记"), ("draft", "草稿"), (BINNED, "回收站")]


class StudyFilter(filters.FilterSet):
    """What the list is narrowed by."""

    q = filters.CharFilter(
        label="名称、地点、发现", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "名称、地点、发现"}),
    )  # fmt: skip
    school = filters.ChoiceFilter(label="受调研院校", empty_label="全部院校", field_name="school")
    round = filters.ChoiceFilter(label="轮次", empty_label="全部轮次", choices=Study.Round.choices)
    year = filters.ChoiceFilter(label="年度", empty_label="全部年度", field_name="last_day__year")
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", method="by_state", choices=STATES)

    def __init__(self, data: Any, queryset: QuerySet[Study], *, cluster: Cluster) -> None:
        super().__init__(data, queryset)
        years = range(clock.today().year, cluster.starts.year - 1, -1)
        self.filters["year"].extra["choices"] = [(str(year), f"{year}年") for year in years]
        self.filters["school"].extra["choices"] = [(str(one.pk), one.called) for one in queries.schools_of(cluster)]

    def filter_queryset(self, queryset: QuerySet[Study]) -> QuerySet[Study]:
        """Leave out the recycle bin unless it was asked for."""
        in_bin = self.form.cleaned_data.get("state") == BINNED
        return super().filter_queryset(queryset.filter(binned_at__isnull=not in_bin))

    def by_words(self, queryset: QuerySet[Study], name: str, value: str) -> QuerySet[Study]:
        """Every word stands in the study or in a finding of it."""
        return queries.matching(queryset, value)

    def by_state(self, queryset: QuerySet[Study], name: str, value: str) -> QuerySet[Study]:
        """Recorded or not; the recycle bin is chosen in `filter_queryset`."""
        return queryset if value == BINNED else queryset.filter(recorded_at__isnull=value == "draft")

    def chosen(self, name: str) -> str:
        """What was chosen for `name`; nothing when it is not on the list."""
        return str(self.form.cleaned_data.get(name) or "")
