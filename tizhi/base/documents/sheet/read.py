"""导入: an uploaded .xlsx as rows that know their place, so that a fault can be named: 第3行“姓名”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from ...kit import words
from ...kit.errors import RuleBroken
from ..part import printable
from .guard import accept

Cell = str | int | float | bool | date | time | timedelta | None

_HEAD_WITHIN = 20  # rows in which the head must stand
_MARKS = re.compile(r"[\s*＊]|[（(](必填|选填)[)）]")


@dataclass(frozen=True)
class SheetRow:
    """A row that is not empty, with the number Excel shows for it; cells by the name of their column."""

    number: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """The cell as text, empty if there is none; a whole number without a point."""
        value = self.cells.get(column)
        return "" if value is None else str(value)

    def place(self, column: str = "") -> str:
        """第3行“姓名”, or 第3行."""
        return f"第{self.number}行“{column}”" if column else f"第{self.number}行"


def read_sheet(content: bytes, columns: Sequence[str] = (), *, most: int = 5000) -> list[SheetRow]:
    """The rows of the first sheet of an .xlsx.

    The head is the first row that names all `columns` (without any given: the first row with two names). Marks such
    as * or （必填） are not part of a name. RuleBroken, with what to do, if the file is no readable .xlsx, is too
    large, lacks a column, names one twice, or holds nothing or more than `most` rows.
    """
    accept(content)
    grid = [[_tidy(value) for value in line] for line in _grid(content)]
    head = _head(grid, columns)
    names = _names(grid[head])
    rows = [
        SheetRow(number, {name: value for name, value in zip(names, line, strict=False) if name})
        for number, line in enumerate(grid[head + 1 :], start=head + 2)
        if any(value is not None for value in line)
    ]
    if not rows:
        raise RuleBroken("表头下面没有数据。请填写后再上传。")
    if len(rows) > most:
        raise RuleBroken(f"表中有{words.number(len(rows))}行，一次最多{words.number(most)}行。请拆分后分次上传。")
    return rows


def _grid(content: bytes) -> list[list]:
    """The first sheet a person sees, from its first row and column on."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(content)) as book:
            for position, sheet in enumerate(book.sheets_metadata):
                if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
                    return book.get_sheet_by_index(position).to_python(skip_empty_area=False)
    except CalamineError as fault:
        raise RuleBroken("打不开这个文件，它可能已损坏。请用Excel或WPS打开后另存一份再上传。") from fault
    return []


def _tidy(value: Cell) -> Cell:
    """Text without blanks at its ends, whole numbers as such, an empty cell as nothing."""
    if isinstance(value, str):
        return printable(value).strip() or None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _name(value: Cell) -> str:
    return _MARKS.sub("", value) if isinstance(value, str) else ""


def _head(grid: list[list[Cell]], columns: Iterable[str]) -> int:
    """The position of the head; if no row has all columns, the fault names what the likeliest one lacks."""
    wanted = set(columns)
    lacking: dict[int, set[str]] = {}
    for position, line in enumerate(grid[:_HEAD_WITHIN]):
        found = {_name(value) for value in line} - {""}
        lacking[position] = wanted - found
        if not lacking[position] and len(found) >= min(2, len(wanted) or 2):
            return position
    fewest = min(lacking.values(), key=len, default=wanted)
    if not wanted or fewest == wanted:
        listed = "、".join(f"“{name}”" for name in columns)
        raise RuleBroken(f"没有找到表头。第一张工作表的前{_HEAD_WITHIN}行中应有一行写明各列名称{listed}。")
    missing = "".join(f"“{name}”" for name in columns if name in fewest)
    raise RuleBroken(f"表头缺少{missing}。请对照模板补上后再上传。")


def _names(line: list[Cell]) -> list[str]:
    names = [_name(value) for value in line]
    twice = [name for name, times in Counter(names).items() if name and times > 1]
    if twice:
        raise RuleBroken(f"表头中{''.join(f'“{name}”' for name in twice)}出现了不止一次。请改名或删去多余的列。")
    return names
