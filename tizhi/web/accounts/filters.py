"""账号的筛选: by name, by state."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from tizhi.base.accounts.models import User
from tizhi.base.accounts.queries import STATES, in_state


class AccountFilter(filters.FilterSet):
    """Accounts of the installation."""

    q = filters.CharFilter(
        label="姓名、用户名、单位", method="by_name",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "姓名、用户名、单位"}),
    )  # fmt: skip
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", method="by_state", choices=list(STATES.items()))

    def by_name(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """The name, the user name or the unit holds it."""
        return queryset.filter(
            Q(name__contains=value) | Q(username__contains=value.lower()) | Q(unit_name__contains=value)
        )

    def by_state(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """One state."""
        return in_state(queryset, value)
