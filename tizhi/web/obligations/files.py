"""台账的导出: the lines in Excel; in Word the sentences by rule, and what is still open first."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Annex, Block, Column, Document, Heading, Table, paragraph, row
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.documents.word import write_word
from tizhi.base.kit import words
from tizhi.pipeline.obligations import queries, sentences
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.obligations.rules import State
from tizhi.web.frame.request import Request

from .asked import Asked, asked
from .lists import narrowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = [
    Column("事项", width=24), Column("条款", width=8), Column("责任单位", width=14), Column("对象", width=12),
    Column("期间", width=10), Column("期限", "date", 8), Column("状态"), Column("办结日期", "date", 8),
    Column("说明", width=50), Column("本组团约定", width=12),
]  # fmt: skip


@require_safe
def excel(request: Request) -> HttpResponse:
    """The lines that the list shows, as a sheet."""
    found = asked(request)
    _, lines = narrowed(request, found)
    content = write_sheet(f"履约台账{found.year}年", COLUMNS, (_cells(line) for line in lines))
    return _file(found, content, XLSX, "xlsx")


def _cells(line: Line) -> list[Value]:
    on = line.finding.on if line.finding and not line.state.is_open else None
    return [
        line.rule.name, sentences.clause(line.rule), line.who.name, line.toward, line.span, line.due, line.state.word,
        on, line.sentence, sentences.chosen(line.rule),
    ]  # fmt: skip


@require_safe
def word(request: Request) -> HttpResponse:
    """The ledger as a document: what presses, then every rule with its lines."""
    found = asked(request)
    signed_by = request.actor.unit_words if request.actor.has("secretariat") else ""
    return _file(found, write_word(document(found, signed_by)), DOCX, "docx")


def document(found: Asked, signed_by: str = "") -> Document:
    """What the actor sees of it, neutral of its format; only the cluster office signs it."""
    ledger = found.ledger
    return Document(
        title=(ledger.cluster.name, f"{found.year}年履约台账"),
        kind="履约台账",
        blocks=tuple(_blocks(found)),
        signature=signed_by,
        dated=ledger.as_of,
        annexes=(Annex("履约事项总表", (_table(found),), landscape=True),),
    )


def _blocks(found: Asked) -> Iterator[Block]:
    ledger = found.ledger
    yield paragraph(
        f"截至{words.day(ledger.as_of)}，本台账列{found.year}年各期和一次性履约事项共{len(ledger.lines)}项："
        f"{sentences.listed(ledger.counts.items())}。状态由平台记录算出，不计分，不排名。"
    )
    lost = sum(not line.waits for line in ledger.in_state(State.LATE))
    if (pressing := queries.pressing(ledger)) or lost:
        yield Heading("逾期和临期事项")
        yield from (paragraph(line.sentence) for line in pressing)
        if lost:
            yield paragraph(f"{'另' if pressing else ''}有{lost}项已逾期、无法补办（如动态已逾期报送），见附件。")
    yield Heading("各事项办理情况")
    for one in ledger.rows:
        yield Heading(one.rule.name, 2)
        told = "，".join(filter(None, [one.clause, one.often, sentences.chosen(one.rule)]))
        yield paragraph(f"{told}。{sentences.listed(one.counts.items())}。")


def _table(found: Asked) -> Table:
    columns = (
        Column("事项", width=16), Column("责任单位", width=8), Column("对象", width=8), Column("期间", width=10),
        Column("期限", "date", 12), Column("状态", width=6), Column("查得", width=12),
    )  # fmt: skip
    rows = tuple(
        row(
            line.rule.name, line.who.called, line.toward, line.span, words.day(line.due) if line.due else "",
            line.state.word, _found(line),
        )
        for line in found.ledger.lines
    )  # fmt: skip
    return Table("", columns, rows)


def _found(line: Line) -> str:
    if line.measure is None or line.finding is None:
        return ""
    if line.finding.excused:
        return line.finding.excused.reason
    return line.measure.progress(line.instance, line.finding)


def _file(found: Asked, content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"履约台账{found.year}年（截至{found.ledger.as_of:%Y%m%d}）.{ending}"
    return HttpResponse(content, kind, headers={"Content-Disposition": content_disposition_header(True, name)})
