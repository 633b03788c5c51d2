"""动态列表: filtered, counted, paged, exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock, words
from tizhi.base.kit.periods import period_of
from tizhi.pipeline.activities import queries
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.kind import Kind
from tizhi.pipeline.activities.kinds import KINDS, kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.rules import Timeliness
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import ActivityFilter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Row:
    """An activity with what its line says."""

    activity: Activity
    figures: str
    others: list[str]
    timeliness: Timeliness | None


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen = _filter(request)
    deadlines = Deadlines(chosen.cluster.pk)
    page = page_of(request, queries.rows(chosen.qs))
    page.object_list = [_row(one, deadlines) for one in page.object_list]
    reported = queries.reported(queries.visible_to(request.actor), period_of(clock.today()))
    context = {
        "filter": chosen,
        "page": page,
        "reported": reported.count(),
        "late": len(queries.late(reported, deadlines)),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_report": bool(request.actor.reports_for),
        "query": request.GET.urlencode(),
    }
    return render(request, "activities/list.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file; of one kind with a column for each of its figures."""
    chosen = _filter(request)
    kind = KINDS.get(chosen.form.cleaned_data.get("kind") or "")
    content = write_sheet("工作动态", _columns(kind), _lines(chosen.qs, kind, Deadlines(chosen.cluster.pk)))
    name = f"工作动态{clock.today():%Y%m%d}.xlsx"
    return HttpResponse(content, XLSX, headers={"Content-Disposition": content_disposition_header(True, name)})


def _filter(request: Request) -> ActivityFilter:
    appointment = request.appointment
    if appointment is None:
        raise Http404
    visible = queries.visible_to(request.actor)
    chosen = ActivityFilter(request.GET, visible, cluster=appointment.cluster)
    chosen.form.is_valid()
    return chosen


def _row(activity: Activity, deadlines: Deadlines) -> Row:
    return Row(
        activity,
        figures=kind_of(activity.kind).words(activity.details, most=2),
        others=[one.unit.called for one in activity.units.all() if one.unit_id != activity.unit_id],
        timeliness=deadlines.timeliness(activity.last_day, activity.sent_at),
    )


def _columns(kind: Kind | None) -> list[Column]:
    asked = kind.figures if kind else ()
    figures = [Column(f"{one.label}（{one.unit}）", "number") for one in asked] or [Column("数字", width=16)]
    return [
        Column("开始日期", "date", 8), Column("结束日期", "date", 8), Column("标题", width=24), Column("类型"),
        Column("报送单位", width=10), Column("参与单位", width=18), Column("到场负责同志", width=18),
        Column("地点", width=12), Column("方式"), Column("重点内容", width=10), Column("事项", width=10), *figures,
        Column("经过", width=40), Column("状态"), Column("首次报送时间", "date", 10), Column("报送"),
    ]  # fmt: skip


def _lines(activities: QuerySet[Activity], kind: Kind | None, deadlines: Deadlines) -> Iterator[list[Value]]:
    for one in queries.with_people(activities).iterator(chunk_size=1000):
        timeliness = deadlines.timeliness(one.last_day, one.sent_at)
        asked: list[Value] = [one.details.get(figure.key) for figure in kind.figures] if kind else []
        figures: list[Value] = asked or [kind_of(one.kind).words(one.details)]
        yield [
            one.first_day, one.last_day, str(one), kind_of(one.kind).label, one.unit.called,
            words.listing([str(unit) for unit in one.units.all()]),
            words.listing([str(leader) for leader in one.leaders.all()]), one.place, one.get_mode_display(),
            one.area.name if one.area else "", one.item, *figures, one.text, one.get_state_display(),
            timezone.localtime(one.sent_at) if one.sent_at else None, timeliness.words if timeliness else "",
        ]  # fmt: skip
