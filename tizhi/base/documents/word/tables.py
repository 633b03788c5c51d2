"""表格: tables, built as XML in one go: python-docx, cell by cell, needs seconds for an annex of 400 rows."""

from __future__ import annotations

from collections.abc import Iterable

from ..document import Column, Row, Run, Table
from .measures import SIZE_5, SIZE_SMALL_4, length
from .properties import aligned, bold
from .xml import Element, paragraph, run, w

_PADDING = 160  # left and right of a cell together, in twips
_LONG = 300  # characters in a cell from which its row may run over a page
_WHOLE = 12  # a table of up to so many rows is kept on one page


def table(block: Table, width: int) -> list[Element]:
    """The table, `width` twips wide, with its caption above and its note below.

    The head is repeated on every page; no row is torn in two, unless it is very long.
    """
    caption = [paragraph("TableCaption", run(block.caption))] if block.caption else []
    note = [paragraph("TableNote", run(f"注：{block.note}"))] if block.note else []
    return [*caption, _Grid(block.columns, width).filled(block.rows), *note]


class _Grid:
    """The columns of one table: 小四 type, or 五号 when they ask for more characters than fit."""

    def __init__(self, columns: tuple[Column, ...], width: int) -> None:
        self._columns = columns
        self._small = "Small" if sum(_asked(columns, SIZE_SMALL_4)) > width else ""
        self._widths = _shares(_asked(columns, SIZE_5 if self._small else SIZE_SMALL_4), width)

    def filled(self, rows: tuple[Row, ...]) -> Element:
        last = len(rows) - 1 if len(rows) <= _WHOLE else 0
        grid = w("tblGrid", *(w("gridCol", w=width) for width in self._widths))
        body = (self._row(row, kept=position < last) for position, row in enumerate(rows))
        return w("tbl", _properties(sum(self._widths)), grid, self._head(), *body)

    def _head(self) -> Element:
        titles = (paragraph(f"{self._small}TableHead", run(_title(column))) for column in self._columns)
        return self._line(titles, w("cantSplit"), w("tblHeader"))

    def _row(self, row: Row, *, kept: bool) -> Element:
        """A row; `kept` on the page of the next one."""
        cells = zip(row.cells, self._columns, strict=True)
        whole = all(len(cell.text) <= _LONG for cell in row.cells)
        contents = (self._cell(cell, column, row.total, kept and whole) for cell, column in cells)
        return self._line(contents, w("cantSplit") if whole else None)

    def _cell(self, cell: Run, column: Column, total: bool, kept: bool) -> Element:
        strong = total or getattr(cell, "bold", False)
        words = [run(cell.text, bold() if strong else None)] if cell.text else []
        side = aligned(column.aligned) if column.aligned != "left" else None
        return paragraph(f"{self._small}TableText", *words, properties=(w("keepNext") if kept else None, side))

    def _line(self, contents: Iterable[Element], *properties: Element | None) -> Element:
        height = w("trHeight", val=400 if self._small else 454, hRule="atLeast")
        cells = (
            w("tc", w("tcPr", w("tcW", w=width, type="dxa")), content)
            for content, width in zip(contents, self._widths, strict=True)
        )
        return w("tr", w("trPr", height, *properties), *cells)


def _properties(width: int) -> Element:
    return w(
        "tblPr",
        w("tblStyle", val="Grid"),
        w("tblW", w=width, type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )


def _title(column: Column) -> str:
    """The head of a column, its measure （人次） on a line of its own when both do not fit in one."""
    return column.title.replace("（", "\n（") if length(column.title) > column.width else column.title


def _asked(columns: tuple[Column, ...], points: float) -> list[float]:
    """How wide each column would like to be, in twips."""
    return [column.width * points * 20 + _PADDING for column in columns]


def _shares(asked: list[float], width: int) -> list[int]:
    """`width` divided in proportion; the last takes what rounding leaves."""
    shares = [int(each * width / sum(asked)) for each in asked]
    return [*shares[:-1], width - sum(shares[:-1])]
