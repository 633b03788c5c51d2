"""调研列表: what is planned beside what was done and what came of it; filtered, counted, paged, exported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock, words
from tizhi.pipeline.activities.kinds import FIELD_STUDY
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.agenda import rules as plans
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.studies import queries
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.web.files.sending import attachment
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import BINNED, StudyFilter

MOST_PLANNED = 12
COLUMNS = [
    Column("开始日期", "date", 10), Column("结束日期", "date", 10), Column("名称", width=24), Column("轮次", width=8),
    Column("方式"), Column("牵头单位", width=10), Column("受调研院校", width=10), Column("地点", width=12),
    Column("方法", width=14), Column("调研组成员", width=24), Column("其中专家", width=18), Column("目的", width=20),
    Column("总体情况", width=36), Column("发现（条）", "number"), Column("主要发现", width=40),
    Column("转为需求（项）", "number"), Column("调研报告", width=16), Column("登记时间", "date", 10),
]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A study with how many needs came of it."""

    study: Study
    needs: int


@dataclass(frozen=True)
class Planned:
    """A study that is planned, and whether whoever reads it may record it."""

    item: PlannedItem
    standing: plans.Standing
    school: str
    may_record: bool


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen = _filter(request)
    page = page_of(request, queries.rows(chosen.qs))
    came = needs.counts_of_studies(request.actor, [one.pk for one in page.object_list])
    page.object_list = [Row(one, came.get(one.pk, 0)) for one in page.object_list]
    may_enter = bool(queries.entered_for(request.actor))
    context = {
        "filter": chosen,
        "page": page,
        "planned": _planned(request, chosen, may_enter) if page.number == 1 else (),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_enter": may_enter,
        "query": request.GET.urlencode(),
    }
    return render(request, "studies/list.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    content = write_sheet("调研", COLUMNS, _lines(request, _filter(request).qs))
    return attachment(content, f"调研{clock.today():%Y%m%d}.xlsx")


def _filter(request: Request) -> StudyFilter:
    appointment = request.appointment
    if appointment is None or not colleague(request.actor, None):
        raise Http404
    chosen = StudyFilter(request.GET, queries.visible_to(request.actor), cluster=appointment.cluster)
    chosen.form.is_valid()
    return chosen


def _planned(request: Request, chosen: StudyFilter, may_enter: bool) -> list[Planned]:
    """The studies that lie ahead, and those whose day has passed without a word of them, under the same filter."""
    if chosen.chosen("state") in ("recorded", BINNED) or chosen.chosen("q"):
        return []
    today = clock.today()
    planned = agenda.visible_to(request.actor).filter(agenda.UNCERTAIN, kind=FIELD_STUDY.code)
    if stage := chosen.chosen("round"):
        planned = planned.filter(stage=stage)
    if year := chosen.chosen("year"):
        planned = planned.filter(last_day__year=int(year))
    schools = {one.pk: one.called for one in queries.schools_of(request.actor.cluster_id or 0)}
    wanted = int(school) if (school := chosen.chosen("school")) else None
    if wanted:
        planned = agenda.concerning(planned, {wanted})
    found = agenda.rows(planned).order_by("first_day", "pk")[:MOST_PLANNED]
    own = {one.unit_id for one in queries.entered_for(request.actor)} if may_enter else set()
    return [
        Planned(
            one,
            plans.standing(one, today),
            words.listing([schools[part.unit_id] for part in one.units.all() if part.unit_id in schools]),
            one.unit_id in own and one.first_day <= today,
        )
        for one in found
    ]


def _lines(request: Request, studies: QuerySet[Study]) -> Iterator[list[Value]]:
    found = list(queries.in_full(queries.rows(studies)).order_by("-last_day", "-pk"))
    came = needs.counts_of_studies(request.actor, [one.pk for one in found])
    for one in found:
        team = list(one.team.all())
        yield [
            one.first_day, one.last_day, str(one), one.get_round_display(), one.get_mode_display(), one.unit.called,
            one.school.called, one.place, words.listing(one.methods), words.listing([str(each) for each in team]),
            words.listing([each.name for each in team if each.is_expert]), one.purpose, one.summary,
            len(one.findings.all()), "\n".join(_told(each) for each in one.findings.all()), came.get(one.pk, 0),
            one.report.name if one.report else "",
            timezone.localtime(one.recorded_at) if one.recorded_at else None,
        ]  # fmt: skip


def _told(finding: Finding) -> str:
    area = f"（{finding.area.name}）" if finding.area else ""
    return f"{finding.get_kind_display()}{area}：{finding.text}"
