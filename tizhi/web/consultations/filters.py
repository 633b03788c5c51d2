"""问诊的筛选: what the lists are narrowed by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.pipeline.consultations import queries
from tizhi.pipeline.consultations.models import Consultation

OPEN = "open"


class ConsultationFilter(filters.FilterSet):
    """Words, school, area, state."""

    q = filters.CharFilter(
        label="问题、情况、建议", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "问题、情况、建议"}),
    )  # fmt: skip
    school = filters.ChoiceFilter(label="问诊院校", empty_label="全部院校", field_name="unit")
    area = filters.ChoiceFilter(label="重点内容", empty_label="全部重点内容", field_name="area")
    state = filters.ChoiceFilter(
        label="状态", empty_label="全部状态", method="by_state",
        choices=[(OPEN, "待答复"), *Consultation.State.choices],
    )  # fmt: skip

    def __init__(self, data: Any, queryset: QuerySet[Consultation], cluster: int) -> None:
        super().__init__(data, queryset)
        schools = [(str(unit.pk), unit.called) for unit in queries.schools_in(queryset)]
        self.filters["school"].extra["choices"] = schools
        self.filters["area"].extra["choices"] = _areas(cluster)

    def by_words(self, queryset: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Every word stands in the case."""
        return queries.matching(queryset, value)

    def by_state(self, queryset: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """One state, or all that wait for their answer."""
        return queries.unanswered(queryset) if value == OPEN else queryset.filter(state=value)


class CaseFilter(filters.FilterSet):
    """Words and area of the case base."""

    q = filters.CharFilter(
        label="案例中的词", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "如：实训、教研、学前教育"}),
    )  # fmt: skip
    area = filters.ChoiceFilter(label="重点内容", empty_label="全部重点内容", field_name="area")

    def __init__(self, data: Any, queryset: QuerySet[Consultation], cluster: int) -> None:
        super().__init__(data, queryset)
        self.filters["area"].extra["choices"] = _areas(cluster)

    def by_words(self, queryset: QuerySet[Consultation], name: str, value: str) -> QuerySet[Consultation]:
        """Every word stands in the text of the case."""
        return queries.cases_matching(queryset, value)


def _areas(cluster: int) -> list[tuple[str, str]]:
    return [(str(area.pk), area.name) for area in queries.areas(cluster)]
