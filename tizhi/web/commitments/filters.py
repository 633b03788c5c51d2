"""承诺的筛选: what the list is narrowed by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.pipeline.commitments import queries, rules
from tizhi.pipeline.commitments.models import Commitment


class CommitmentFilter(filters.FilterSet):
    """Department, kind, how it stands, words."""

    q = filters.CharFilter(
        label="事项、内容、依据", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "事项、内容、依据"}),
    )  # fmt: skip
    department = filters.ChoiceFilter(label="承诺单位", empty_label="全部单位", field_name="unit")
    kind = filters.ChoiceFilter(label="类别", empty_label="全部类别", choices=Commitment.Kind.choices)
    state = filters.ChoiceFilter(
        label="状态", empty_label="全部状态", method="by_standing", choices=list(rules.STANDINGS.items())
    )

    def __init__(self, data: Any, queryset: QuerySet[Commitment]) -> None:
        super().__init__(data, queryset)
        self.filters["department"].extra["choices"] = [
            (str(unit.pk), unit.called) for unit in queries.departments_in(queryset)
        ]

    def by_words(self, queryset: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        """Every word stands in the title, the text or the source."""
        return queries.matching(queryset, value)

    def by_standing(self, queryset: QuerySet[Commitment], name: str, value: str) -> QuerySet[Commitment]:
        """How it stands today."""
        return queries.standing_as(queryset, value)
