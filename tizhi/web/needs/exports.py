"""需求诊断的导出: one school's as Word, one school's or all that the actor reads as Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.documents.word import write_word
from tizhi.base.kit import clock
from tizhi.pipeline.needs import queries, rules
from tizhi.pipeline.needs.models import Need, Trait
from tizhi.pipeline.needs.paper import diagnosis
from tizhi.pipeline.scheme.queries import name_on
from tizhi.pipeline.scheme.who import colleague
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

from .schools import place

COLUMNS = [
    Column("院校", width=10), Column("类别", width=10), Column("编号"), Column("重点内容", width=10),
    Column("内容", width=30), Column("说明", width=36), Column("依据", width=24), Column("优先程度"), Column("状态"),
    Column("提出单位", width=10), Column("登记日期", "date", 10), Column("来自调研", width=22),
    Column("经过", width=40),
]  # fmt: skip


@require_safe
def word(request: Request, unit: int) -> HttpResponse:
    """The diagnosis of one school as a Word document."""
    member, actor, today = place(request, unit), request.actor, clock.today()
    needs = list(queries.in_full(queries.of_school(actor, unit)))
    name = name_on(member.unit, today)
    content = write_word(diagnosis(name, list(queries.traits_of(actor, unit)), needs, today))
    return attachment(content, f"{name}需求诊断{today:%Y%m%d}.docx")


@require_safe
def sheet(request: Request, unit: int) -> HttpResponse:
    """The diagnosis of one school as a table."""
    member, actor = place(request, unit), request.actor
    traits = queries.traits_of(actor, unit).select_related("unit", "area")
    lines = _lines(traits, queries.in_full(queries.of_school(actor, unit)))
    name = f"{member.unit.called}需求诊断"
    return attachment(write_sheet(name, COLUMNS, lines), f"{name}{clock.today():%Y%m%d}.xlsx")


@require_safe
def all_sheets(request: Request) -> HttpResponse:
    """The diagnoses of all schools that the actor reads, in one table."""
    if not colleague(request.actor, None):
        raise Http404
    traits = queries.traits_visible_to(request.actor).filter(withdrawn_at=None).select_related("unit", "area")
    needs = queries.in_full(queries.visible_to(request.actor)).order_by("unit", "number")
    content = write_sheet("需求诊断", COLUMNS, _lines(traits.order_by("unit", "kind", "priority", "pk"), needs))
    return attachment(content, f"需求诊断{clock.today():%Y%m%d}.xlsx")


def _lines(traits: Iterable[Trait], needs: Iterable[Need]) -> Iterator[list[Value]]:
    for one in traits:
        yield [
            one.unit.called, one.get_kind_display(), "", one.area.name if one.area else "", one.text, "", one.evidence,
            one.get_priority_display(), "", "", timezone.localtime(one.stated_at), "", "",
        ]  # fmt: skip
    for need in sorted(needs, key=lambda one: (one.unit_id, one.number)):
        course = [
            f"{timezone.localtime(each.at):%Y-%m-%d} {each.get_kind_display()}{'：' + each.note if each.note else ''}"
            for each in need.events.all()
        ]
        yield [
            need.unit.called, "需求", rules.code_of(need), need.area.name if need.area else "", need.title, need.text,
            need.evidence, need.get_priority_display(), need.get_state_display(),
            (need.proposer or need.unit).called, timezone.localtime(need.stated_at),
            str(need.finding.study) if need.finding else "", "\n".join(course),
        ]  # fmt: skip
