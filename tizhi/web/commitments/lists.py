"""承诺列表: filtered, counted, paged, exported."""

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
from tizhi.base.kit import clock, words
from tizhi.pipeline.commitments import queries
from tizhi.pipeline.commitments.lines import line_of, lines_of
from tizhi.pipeline.commitments.models import Commitment
from tizhi.pipeline.scheme.who import colleague
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import CommitmentFilter

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = [
    Column("承诺单位", width=10), Column("类别"), Column("事项", width=24), Column("内容", width=36),
    Column("面向院校", width=16), Column("承诺金额（万元）", "number", 10), Column("累计到位（万元）", "number", 10),
    Column("承诺日期", "date", 10), Column("兑现期限", "date", 10), Column("依据", width=16), Column("状态"),
    Column("兑现日期", "date", 10), Column("最近进展日期", "date", 10), Column("最近进展", width=30),
    Column("院校反馈", width=20),
]  # fmt: skip


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen = _filter(request)
    page = page_of(request, queries.in_order(queries.in_full(chosen.qs)))
    page.object_list = [line_of(one) for one in page.object_list]
    context = {
        "filter": chosen,
        "page": page,
        "late": queries.standing_as(queries.visible_to(request.actor), "late").count(),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_enter": bool(queries.entered_for(request.actor)),
        "query": request.GET.urlencode(),
    }
    return render(request, "commitments/list.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    content = write_sheet("承诺事项", COLUMNS, _rows(_filter(request).qs))
    name = f"承诺事项{clock.today():%Y%m%d}.xlsx"
    return HttpResponse(content, EXCEL, headers={"Content-Disposition": content_disposition_header(True, name)})


def _filter(request: Request) -> CommitmentFilter:
    if not colleague(request.actor, None):
        raise Http404
    chosen = CommitmentFilter(request.GET, queries.visible_to(request.actor))
    chosen.form.is_valid()
    return chosen


def _rows(commitments: QuerySet[Commitment]) -> Iterator[list[Value]]:
    for line in lines_of(commitments):
        one, latest = line.commitment, line.commitment.latest
        yield [
            one.unit.called, one.get_kind_display(), one.title, one.text, line.schools_words, one.amount,
            line.delivered, one.promised_on, one.due, one.source, line.standing.words, one.done_on,
            latest.on if latest else None, latest.text if latest else "",
            words.listing([f"{said.unit.called}{said.get_receipt_display()}" for said in line.receipts if said.unit]),
        ]  # fmt: skip
