"""问诊列表: filtered, counted, paged, exported."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock
from tizhi.pipeline.consultations import queries, rules
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.scheme.who import colleague
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import ConsultationFilter
from .lines import lines_of

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    Column("问诊院校", width=14), Column("问题", width=26), Column("情况说明", width=36), Column("重点内容", width=12),
    Column("承办单位", width=14), Column("状态"), Column("提出日期", "date", 11), Column("答复期限", "date", 11),
    Column("答复日期", "date", 11), Column("是否及时"), Column("专家人数", "number", 8), Column("建议", width=36),
    Column("采纳情况"), Column("说明", width=20), Column("三个月后成效", width=24), Column("六个月后成效", width=24),
]  # fmt: skip


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen = _filter(request)
    page = page_of(request, queries.rows(chosen.qs))
    page.object_list = lines_of(page.object_list)
    context = {
        "filter": chosen,
        "page": page,
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_ask": queries.asks_for(request.actor) is not None,
        "query": request.GET.urlencode(),
    }
    return render(request, "consultations/list.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    content = write_sheet("问诊", COLUMNS, _rows(_filter(request).qs))
    name = f"问诊{clock.today():%Y%m%d}.xlsx"
    return HttpResponse(content, EXCEL, headers={"Content-Disposition": content_disposition_header(True, name)})


def _filter(request: Request) -> ConsultationFilter:
    if not colleague(request.actor, None):
        raise Http404
    chosen = ConsultationFilter(request.GET, queries.visible_to(request.actor), request.actor.cluster_id or 0)
    chosen.form.is_valid()
    return chosen


def _rows(cases: QuerySet[Consultation]) -> Iterator[list[Value]]:
    said = {True: "及时", False: "逾期", None: ""}
    for line in lines_of(queries.rows(cases).prefetch_related("effects")):
        one = line.case
        effects = {effect.after_months: effect.text for effect in one.effects.all()}
        yield [
            one.unit.called, one.title, one.text, one.area.name if one.area else "",
            one.helper.called if one.helper else "", line.standing.words, line.asked_on, line.due, line.answered_on,
            said[line.in_time], one.accepted, one.advice, one.get_decision_display(), one.decision_reason,  # type: ignore[attr-defined]
            *(effects.get(months, "") for months in rules.EFFECTS),
        ]  # fmt: skip
