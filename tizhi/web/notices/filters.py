"""投递记录的筛选: by recipient or title, by channel, by state."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from tizhi.base.notices.models import Delivery


class LogFilter(filters.FilterSet):
    """Deliveries of a cluster."""

    q = filters.CharFilter(
        label="收件人、通知", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "收件人、通知"}),
    )  # fmt: skip
    channel = filters.ChoiceFilter(label="渠道", empty_label="全部渠道", choices=Delivery.Channel.choices)
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", choices=Delivery.State.choices)

    def by_words(self, queryset: QuerySet[Delivery], name: str, value: str) -> QuerySet[Delivery]:
        """Who was told, or what."""
        return queryset.filter(Q(notice__name__contains=value) | Q(notice__title__contains=value))
