"""计划列表: what lies ahead first; filtered, counted, paged, exported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock, words
from tizhi.base.kit.periods import period_of
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.agenda import queries, rules
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.web.activities.lists import XLSX
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import PlanFilter


@dataclass(frozen=True)
class Row:
    """An item with what its line says."""

    planned: PlannedItem
    standing: rules.Standing

    @property
    def kind(self) -> str:
        """Its kind in words."""
        return kind_of(self.planned.kind).label

    @property
    def others(self) -> list[str]:
        """The other units that take part."""
        return [one.unit.called for one in self.planned.units.all() if one.unit_id != self.planned.unit_id]


def rows_of(planned: QuerySet[PlannedItem]) -> list[Row]:
    """The lines of `planned`, read with `queries.rows`."""
    today = clock.today()
    return [Row(one, rules.standing(one, today)) for one in planned]


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen = _filter(request)
    page = page_of(request, queries.soonest_first(queries.rows(chosen.qs), clock.today()))
    page.object_list = rows_of(page.object_list)  # type: ignore[arg-type]
    context = {
        "filter": chosen,
        "page": page,
        "standing": _standing(request),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_plan": bool(request.actor.reports_for),
        "query": request.GET.urlencode(),
    }
    return render(request, "agenda/list.html", context)


def _standing(request: Request) -> dict[str, int]:
    """How what was planned for this quarter stands in the cluster."""
    cluster = request.actor.cluster_id
    found = queries.in_period(cluster, period_of(clock.today())) if cluster and queries.sees(request.actor) else []
    return {"planned": len(found), **Counter(one.result for one in found)}


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    content = write_sheet("计划安排", _columns(), _lines(_filter(request).qs))
    name = f"计划安排{clock.today():%Y%m%d}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": content_disposition_header(True, name)})


def _filter(request: Request) -> PlanFilter:
    appointment = request.appointment
    if appointment is None:
        raise Http404
    chosen = PlanFilter(request.GET, queries.visible_to(request.actor), cluster=appointment.cluster)
    chosen.form.is_valid()
    return chosen


def _columns() -> list[Column]:
    return [
        Column("开始日期", "date", 8), Column("结束日期", "date", 8), Column("事项名称", width=24), Column("类型"),
        Column("负责单位", width=10), Column("参加单位", width=18), Column("到场负责同志", width=18),
        Column("地点", width=12), Column("方式"), Column("重点内容", width=10), Column("事项", width=10),
        Column("状态"), Column("最初安排的开始日期", "date", 8), Column("改期", width=24), Column("取消原因", width=16),
        Column("说明", width=24),
    ]  # fmt: skip


def _lines(planned: QuerySet[PlannedItem]) -> Iterator[list[Value]]:
    today = clock.today()
    for one in queries.in_full(queries.soonest_first(planned, today)).iterator(chunk_size=1000):
        yield [
            one.first_day, one.last_day, one.title, kind_of(one.kind).label, one.unit.called,
            words.listing([str(unit) for unit in one.units.all()]),
            words.listing([str(leader) for leader in one.leaders.all()]), one.place, one.get_mode_display(),
            one.area.name if one.area else "", one.item, rules.standing(one, today).words, one.promised_first,
            "；".join(rules.moved_words(move) for move in one.moves.all()), one.cancel_reason, one.about,
        ]  # fmt: skip
