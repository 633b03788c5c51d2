"""动态的筛选: what a list is narrowed by; all of it stands in the address."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.base.kit import clock, periods
from tizhi.pipeline.activities import queries
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import areas, members

BINNED = "binned"
TIMELY = [("in-time", "及时"), ("late", "逾期报送"), ("not-sent", "尚未报送")]


class ActivityFilter(filters.FilterSet):
    """Quarter, unit (that reported or took part), area, kind, state, timeliness, words."""

    q = filters.CharFilter(
        label="标题、正文、地点", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "标题、正文、地点"}),
    )  # fmt: skip
    quarter = filters.ChoiceFilter(label="季度", empty_label="全部季度", method="by_quarter")
    unit = filters.ChoiceFilter(label="单位", empty_label="全部单位", method="by_unit")
    area = filters.ChoiceFilter(label="领域", empty_label="全部领域", field_name="area")
    kind = filters.ChoiceFilter(
        label="类型", empty_label="全部类型", choices=[(kind.code, kind.label) for kind in KINDS.values()]
    )
    state = filters.ChoiceFilter(
        label="状态", empty_label="全部状态", method="by_state", choices=[*Activity.State.choices, (BINNED, "回收站")]
    )
    timely = filters.ChoiceFilter(label="及时与否", empty_label="及时与否", method="by_timeliness", choices=TIMELY)

    def __init__(self, data: Any, queryset: QuerySet[Activity], *, cluster: Cluster) -> None:
        super().__init__(data, queryset)
        self.cluster = cluster
        today = clock.today()
        quarters = periods.since(periods.period_of(cluster.starts).first, today)
        self.filters["quarter"].extra["choices"] = [(one.key, one.words) for one in reversed(quarters)]
        self.filters["unit"].extra["choices"] = [(str(one.pk), one.called) for one in members(cluster, today)]
        self.filters["area"].extra["choices"] = [(str(one.pk), one.name) for one in areas(cluster)]

    def filter_queryset(self, queryset: QuerySet[Activity]) -> QuerySet[Activity]:
        """Leave out the recycle bin unless it was asked for."""
        in_bin = self.form.cleaned_data.get("state") == BINNED
        return super().filter_queryset(queryset.filter(binned_at__isnull=not in_bin))

    def by_words(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """Every word stands in the title, the text or the place."""
        return queries.matching(queryset, value)

    def by_quarter(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """The last day lies in it."""
        return queries.within(queryset, periods.parse(value))

    def by_unit(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """Reported it or took part."""
        return queries.concerning(queryset, int(value))

    def by_state(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """One state; the recycle bin is chosen in `filter_queryset`."""
        return queryset if value == BINNED else queryset.filter(state=value)

    def by_timeliness(self, queryset: QuerySet[Activity], name: str, value: str) -> QuerySet[Activity]:
        """In time or late as the calendar says, or not sent yet."""
        if value == "not-sent":
            return queryset.filter(sent_at=None)
        late = queries.late(queryset, Deadlines(self.cluster.pk))
        sent = queryset.filter(sent_at__isnull=False)
        return sent.filter(pk__in=late) if value == "late" else sent.exclude(pk__in=late)
