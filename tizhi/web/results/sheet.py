"""链条的表格: one row for each way from a need over its findings to a measure, with where it is broken off."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock
from tizhi.pipeline.results.chain import Chain, Piece, Row
from tizhi.web.files.sending import attachment

COLUMNS = [
    Column("需求编号"), Column("需求", width=26), Column("重点内容", width=12), Column("需求情况", width=12),
    Column("调研发现", width=40), Column("所属调研", width=24), Column("举措编号"), Column("举措", width=26),
    Column("举措所属", width=24), Column("断开处", width=16), Column("项目、指标、成效", width=14),
]  # fmt: skip
NOT_YET = "尚未启用"


def sent(chain: Chain, title: str) -> HttpResponse:
    """The chain as an Excel file to be kept."""
    content = write_sheet("关联链条", COLUMNS, rows_of(chain))
    return attachment(content, f"{title}{clock.today():%Y%m%d}.xlsx")


def rows_of(chain: Chain) -> Iterator[list[Value]]:
    """The lines of the chain, a measure in each."""
    for row in chain.rows:
        for measure in row.measures:
            yield _row(chain, row, measure)
        if not row.measures:
            yield _row(chain, row, None)


def _row(chain: Chain, row: Row, measure: Piece | None) -> list[Value]:
    need = row.need
    about = next((one.area for one in row.pieces if one.area), "")
    why = [words for one in (need, measure, *row.findings) if one and (words := chain.why_broken(one))]
    return [
        need.code if need else "", need.words if need else "", about, need.note if need else "",
        "；".join(one.words for one in row.findings), "；".join(dict.fromkeys(one.note for one in row.findings)),
        measure.code if measure else "", measure.words if measure else "", measure.note if measure else "",
        "；".join(why), NOT_YET if measure else "",
    ]  # fmt: skip
