"""留痕的筛选: by who or what, by kind of act, by days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from tizhi.base.acts.action import ACTIONS
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.web.frame.widgets import DayInput


class HistoryFilter(filters.FilterSet):
    """Acts of history."""

    q = filters.CharFilter(
        label="办理人、对象", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "办理人、对象、说明"}),
    )  # fmt: skip
    code = filters.ChoiceFilter(label="事项", empty_label="全部事项", field_name="code")
    since = filters.DateFilter(label="自", method="from_day", widget=DayInput())
    until = filters.DateFilter(label="至", method="to_day", widget=DayInput())

    def __init__(self, data: Any, queryset: QuerySet[Entry]) -> None:
        super().__init__(data, queryset)
        self.filters["code"].extra["choices"] = sorted(((one.code, one.label) for one in ACTIONS.values()), key=_label)

    def by_words(self, queryset: QuerySet[Entry], name: str, value: str) -> QuerySet[Entry]:
        """Who, for whom, on what, or the note."""
        words = Q(name__contains=value) | Q(target_words__contains=value) | Q(note__contains=value)
        return queryset.filter(words | Q(principal_words__contains=value) | Q(unit_words__contains=value))

    def from_day(self, queryset: QuerySet[Entry], name: str, value: date) -> QuerySet[Entry]:
        """That day or later."""
        return queryset.filter(at__gte=clock.midnight(value))

    def to_day(self, queryset: QuerySet[Entry], name: str, value: date) -> QuerySet[Entry]:
        """That day or earlier."""
        return queryset.filter(at__lt=clock.midnight(value + timedelta(days=1)))


def _label(choice: tuple[str, str]) -> str:
    return choice[1]
