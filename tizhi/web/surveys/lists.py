"""问卷列表: filtered, counted, paged."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.surveys import queries
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.who import reader_of_results
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

STATES = [("open", "填写中"), ("draft", "编制中"), ("closed", "已结束"), ("bin", "回收站")]


class SurveyFilter(filters.FilterSet):
    """Words and how it stands."""

    q = filters.CharFilter(
        label="标题、说明", method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "标题、说明"}),
    )  # fmt: skip
    state = filters.ChoiceFilter(label="状态", empty_label="全部状态", method="by_standing", choices=STATES)

    def by_words(self, queryset: QuerySet[Survey], name: str, value: str) -> QuerySet[Survey]:
        """Every word stands in the title or the introduction."""
        return queries.matching(queryset, value)

    def by_standing(self, queryset: QuerySet[Survey], name: str, value: str) -> QuerySet[Survey]:
        """How it stands now; what lies in the bin is asked for by name."""
        return queryset if value == "bin" else queries.standing_as(queryset, value)


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    actor = request.actor
    if not colleague(actor, None):
        raise Http404
    binned = request.GET.get("state") == "bin"
    chosen = SurveyFilter(request.GET, queries.listed(queries.visible_to(actor), binned=binned))
    chosen.form.is_valid()
    page = page_of(request, queries.in_full(chosen.qs))
    page.object_list = [_line(actor, one) for one in page.object_list]
    context = {
        "filter": chosen,
        "page": page,
        "may_make": queries.member_made_for(actor) is not None,
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
    }
    return render(request, "surveys/list.html", context)


def _line(actor: Any, survey: Survey) -> dict[str, Any]:
    return {"survey": survey, "standing": queries.standing_now(survey), "reads": reader_of_results(actor, survey)}
