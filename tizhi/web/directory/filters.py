"""通讯录的筛选: by name or initials, unit, post or body, and as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet

from tizhi.base.kit import clock
from tizhi.pipeline.directory import queries
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import bodies, members, posts
from tizhi.web.frame.widgets import DayInput

POST, BODY = "post", "body"
LEFT, ALL = "left", "all"


class PeopleFilter(filters.FilterSet):
    """People of a cluster; posts are those of the day."""

    q = filters.CharFilter(
        label="姓名或拼音首字母", method="by_name",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名或拼音首字母"}),
    )  # fmt: skip
    unit = filters.ChoiceFilter(label="单位", empty_label="全部单位", method="by_unit")
    place = filters.ChoiceFilter(label="职务或机构", empty_label="全部职务、机构", method="by_place")
    on = filters.DateFilter(label="截至", method="as_of", widget=DayInput())
    listed = filters.ChoiceFilter(
        label="在册", empty_label="在册人员", method="by_list", choices=[(LEFT, "不在册人员"), (ALL, "全部人员")]
    )

    def __init__(self, data: Any, queryset: QuerySet[Person], *, cluster: Cluster) -> None:
        super().__init__(data, queryset)
        self.cluster = cluster
        today = clock.today()
        self.filters["unit"].extra["choices"] = [(str(one.pk), one.called) for one in members(cluster, today)]
        self.filters["place"].extra["choices"] = [
            ("单位职务", [(f"{POST}-{one.pk}", one.name) for one in posts(cluster)]),
            ("机构", [(f"{BODY}-{one.pk}", one.name) for one in bodies(cluster, today)]),
        ]

    @property
    def day(self) -> date:
        """The day the list speaks of."""
        return (self.form.is_valid() and self.form.cleaned_data.get("on")) or clock.today()

    def filter_queryset(self, queryset: QuerySet[Person]) -> QuerySet[Person]:
        """Leave out who left, unless they or another day were asked for."""
        asked = self.form.cleaned_data
        known = asked.get("listed") or asked.get("on")
        return super().filter_queryset(queryset if known else queries.on_list(queryset))

    def by_name(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """The name holds it, or its initials begin with it."""
        return queries.named(queryset, value)

    def by_unit(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """On that unit's list."""
        return queries.of_unit(queryset, int(value))

    def by_place(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Holding that post of a unit, or a seat of that body, on the day."""
        kind, key = value.split("-")
        field = "post" if kind == POST else "seat__body"
        return queries.holding(queryset, self.day, **{field: int(key)})

    def as_of(self, queryset: QuerySet[Person], name: str, value: date) -> QuerySet[Person]:
        """Whoever held any post on that day."""
        return queries.holding(queryset, value, cluster=self.cluster.pk)

    def by_list(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Those who are not on the list any more, or everybody."""
        return queries.left(queryset) if value == LEFT else queryset
