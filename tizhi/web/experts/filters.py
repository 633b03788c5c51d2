"""提名与聘书的筛选: all of it stands in the address."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.pipeline.experts import queries
from tizhi.pipeline.experts.models import Nomination


class NominationFilter(filters.FilterSet):
    """Words, and where it stands."""

    q = filters.CharFilter(
        label="姓名、单位、编号", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名、单位、编号"}),
    )  # fmt: skip
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", choices=Nomination.State.choices)

    def by_words(self, queryset: QuerySet[Nomination], name: str, value: str) -> QuerySet[Nomination]:
        """Name, unit or number of the letter hold each word."""
        return queries.matching(queryset, value)
