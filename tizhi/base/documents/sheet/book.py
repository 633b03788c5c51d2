"""工作簿: several sheets in one .xlsx, each written as `write_sheet` writes its one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

from ..document import Column
from .write import _EPOCH, Value, _finish, _formats, _lay_out, _name, _write


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns, its rows, which are read one by one."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def write_book(title: str, sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx of these sheets in order; text is written as text whatever it begins with."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": True, "remove_timezone": True})
    book.set_properties({"title": title, "created": _EPOCH})
    formats = _formats(book)
    for one in sheets:
        sheet = book.add_worksheet(_name(one.title))
        _lay_out(sheet, one.columns, formats["head"])
        last = 0
        for last, row in enumerate(one.rows, start=1):
            for place, (value, column) in enumerate(zip(row, one.columns, strict=True)):
                _write(sheet, (last, place), value, column, formats)
        _finish(sheet, last, max(len(one.columns) - 1, 0))
    book.close()
    return content.getvalue()
