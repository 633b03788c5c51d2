"""计划列表: where every plan stands, whom it waits for and how long; filtered, paged, exported."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock
from tizhi.pipeline.plans import queries, rules
from tizhi.pipeline.plans.declared import kinds
from tizhi.pipeline.plans.lines import Line, lines_of
from tizhi.pipeline.results.queries import schools_visible_to
from tizhi.pipeline.scheme.models import Unit
from tizhi.pipeline.scheme.who import colleague
from tizhi.web.files.sending import attachment
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import PlanFilter

COLUMNS = [
    Column("院校", width=12), Column("计划", width=14), Column("起止年份", width=10), Column("所处步骤", width=14),
    Column("进度", width=12), Column("等待办理的单位", width=20), Column("等待起始日期", "date", 10),
    Column("已等天数", "number", 8), Column("现行文本施行日期", "date", 12), Column("修订次数", "number", 8),
]  # fmt: skip


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    chosen, lines = _lines(request)
    context = {
        "filter": chosen,
        "page": page_of(request, lines, 50),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "may_open": bool(queries.schools_to_write_for(request.actor)),
        "without": _without(request),
        "may_walk_chain": bool(schools_visible_to(request.actor)),
        "query": request.GET.urlencode(),
    }
    return render(request, "plans/list.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    _, lines = _lines(request)
    return attachment(write_sheet("一校一策", COLUMNS, _rows(lines)), f"一校一策进展{clock.today():%Y%m%d}.xlsx")


def _lines(request: Request) -> tuple[PlanFilter, list[Line]]:
    if not colleague(request.actor, None) or request.actor.cluster_id is None:
        raise Http404
    chosen = PlanFilter(request.GET, queries.visible_to(request.actor), request.actor.cluster_id)
    step = chosen.form.cleaned_data.get("step") if chosen.form.is_valid() else ""
    lines = lines_of(chosen.qs, queries.drafts_visible_to(request.actor))
    return chosen, [one for one in lines if not step or one.step == step]


def _without(request: Request) -> list[tuple[str, list[Unit]]]:
    """Of each kind the schools that have no plan of the span that runs."""
    today, found = clock.today(), []
    for entry in kinds(request.actor.cluster_id or 0):
        period, first, last = rules.span_of(entry, today)
        if schools := queries.without_plan(request.actor, entry.id, first):
            found.append((f"{rules.words_of_span(period, first, last)}的{entry.name}", schools))
    return found


def _rows(lines: list[Line]) -> Iterator[list[Value]]:
    for one in lines:
        plan = one.plan
        yield [
            plan.unit.name, plan.kind_words, plan.span_words, one.status_words, one.progress_words, one.waits_for,
            one.since, one.days, plan.in_force_on, plan.revision or None,
        ]  # fmt: skip
