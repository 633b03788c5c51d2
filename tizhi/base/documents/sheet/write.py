"""导出: any rows as an .xlsx: head frozen and filtered, dates as dates, text always as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...kit import words
from ...kit.errors import RuleBroken
from ..document import Column
from ..part import printable

Value = str | int | float | Decimal | bool | date | None

_LONGEST = 32767  # characters a cell can hold
_ROWS = 1048575  # rows a sheet can hold below its head
_EXACT = 10**15  # longer numbers, such as 18-digit codes, would lose digits: they stay text
_FIRST_YEAR = 1900  # Excel knows no date before
_EPOCH = datetime(1980, 1, 1)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}


def write_sheet(
    title: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, created: datetime | None = None
) -> bytes:
    """An .xlsx of one sheet; rows are read one by one, so they may be any number.

    Text is written as text whatever it begins with: = + - @ never become a formula. The moment `created` is written
    into the file; the same arguments give the same bytes. RuleBroken if the rows do not fit a sheet.
    """
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, "remove_timezone": True})
    book.set_properties({"title": title, "created": created or _EPOCH})
    sheet = book.add_worksheet(_name(title))
    formats = _formats(book)
    _lay_out(sheet, columns, formats["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        if last > _ROWS:
            raise RuleBroken(f"数据超过{words.number(_ROWS)}行，一张Excel工作表放不下。请缩小筛选范围后再导出。")
        for place, (value, column) in enumerate(zip(row, columns, strict=True)):
            _write(sheet, (last, place), value, column, formats)
    _finish(sheet, last, len(columns) - 1)
    book.close()
    return content.getvalue()


def _name(title: str) -> str:
    """A name Excel accepts for a sheet: at most 31 characters, some of them forbidden."""
    return _FORBIDDEN.sub(" ", printable(title)).strip("' \n")[:31].rstrip("' ") or "数据"


def _formats(book: xlsxwriter.Workbook) -> dict[str, Format]:
    special: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "align": "center", "bg_color": "#E7EFEE", "border": 1},
        "text": {"align": "left"},
        "number": {"align": "right", "num_format": "#,##0.######"},
        "whole": {"align": "right", "num_format": "#,##0"},
        "date": {"align": "center", "num_format": 'yyyy"年"m"月"d"日"'},
        "moment": {"align": "center", "num_format": 'yyyy"年"m"月"d"日" hh:mm'},
    }
    return {name: book.add_format({**_FONT, **own}) for name, own in special.items()}


def _lay_out(sheet: Worksheet, columns: Sequence[Column], head: Format) -> None:
    """Widths, then the head: the order in which rows are streamed."""
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(column.width, len(column.title)) * 2 + 2)
    sheet.set_row(0, 24)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, printable(column.title), head)


def _finish(sheet: Worksheet, last_row: int, last_column: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last_row, last_column)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last_row + 1}"})
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write(
    sheet: Worksheet, place: tuple[int, int], value: Value, column: Column, formats: Mapping[str, Format]
) -> None:
    if isinstance(value, bool):
        value = "是" if value else "否"
    if value is None or value == "":
        return
    if isinstance(value, date) and value.year >= _FIRST_YEAR:
        at = value if isinstance(value, datetime) else datetime.combine(value, time())
        sheet.write_datetime(*place, at, formats["moment" if isinstance(value, datetime) else "date"])
    elif not isinstance(value, str | date) and -_EXACT < value < _EXACT:
        counted = "whole" if value == int(value) else "number"
        sheet.write_number(*place, float(value), formats[counted if column.kind == "number" else "text"])
    else:
        sheet.write_string(*place, _text(value), formats["text"])


def _text(value: object) -> str:
    text = printable(str(value))
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
