"""提名名单: rows of people to nominate, from a sheet or pasted from Excel, Word or plain lines; and back into text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from io import StringIO
from typing import Final

from tizhi.base.documents.part import printable
from tizhi.base.documents.sheet import SheetRow
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory.intake import COLUMNS as PEOPLE
from tizhi.pipeline.directory.intake import clean, columns_named

# Field, column, what else the column may be called; in this order a list without a head is read.
COLUMNS: Final = {
    "name": ("姓名", ("被提名人", "专家姓名", "专家", *PEOPLE["name"][1])),
    "unit": PEOPLE["unit"],
    "title": ("职称", ("职务", "职务/职称", "职称/职务", "职务职称", "专业技术职务", "职务、职称")),
    "speciality": ("专业特长", ("专长", "特长", "专业", "专业方向", "研究方向", "研究领域")),
    "areas": ("重点内容", ("熟悉的重点内容", "熟悉的领域")),
    "reason": ("提名理由", ("理由", "推荐理由", "提名原因")),
    "seat": ("席位", ("提名席位", "拟任席位", "拟任")),
    "department": PEOPLE["department"],
    "phone": PEOPLE["phone"],
    "email": PEOPLE["email"],
}
TITLES: Final = [title for title, _ in COLUMNS.values()]
REQUIRED: Final = ("name", "unit", "speciality", "reason", "seat")
MOST: Final = 100
MOST_TEXT: Final = 200_000
EMPTY: Final = "名单里没有人员。请粘贴名单，或者上传填好的模板。"

_HEAD_WITHIN = 20  # lines in which the head must stand, as in a sheet
_PLAIN = 6  # columns of a plain line, the reason last: it may hold commas
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Row:
    """One person of the list, as written; `number` is the row in Excel or the line that was pasted."""

    number: int
    name: str = ""
    unit: str = ""
    title: str = ""
    speciality: str = ""
    areas: str = ""
    reason: str = ""
    seat: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it names nobody: only the seat that the template filled in stands there."""
        return not any(astuple(replace(self, number=0, seat="")))


def row_of(number: int, cells: Iterable[tuple[str, str]]) -> Row:
    """A row of fields and what is written in them; a name such as 罗　衡 is read without its blank."""
    said = {name: printable(text) if name == "reason" else clean(printable(text)) for name, text in cells}
    said["reason"] = said.get("reason", "").strip()
    said["name"] = _BETWEEN.sub("", said.get("name", ""))
    return Row(number, **said)


def read(sheet: Sequence[SheetRow], seat: str = "") -> list[Row]:
    """The rows of a sheet, for `seat` where they name none. RuleBroken when a column, or everything, is missing."""
    called = columns_named(sheet[0].cells, COLUMNS) if sheet else {}
    if sheet and (missing := [COLUMNS[name][0] for name in ("name", "unit") if name not in called]):
        raise RuleBroken(f"表头缺少{''.join(f'“{column}”' for column in missing)}，请对照模板补上。")
    found = [row_of(one.number, ((name, one.text(column)) for name, column in called.items())) for one in sheet]
    return limited([replace(one, seat=one.seat or seat) for one in found if not one.is_empty])


def read_text(text: str, seat: str = "") -> list[Row]:
    """The rows of what was pasted: with a head in any order of columns, or without one in the order of `COLUMNS`."""
    grid = _grid(text)
    head, names = _head(grid, TITLES if "\t" in text else TITLES[:_PLAIN])
    return read([SheetRow(number, dict(_fitted(names, cells))) for number, cells in grid if number > head], seat)


def limited(rows: list[Row]) -> list[Row]:
    """`rows`, if there are any and not too many."""
    if not rows:
        raise RuleBroken(EMPTY)
    if len(rows) > MOST:
        raise RuleBroken(f"名单有{len(rows)}行，一次最多{MOST}行。请分几次提名。")
    return rows


def as_text(rows: Iterable[Row]) -> str:
    """The rows as one would paste them from Excel, with their head."""
    lines = StringIO()
    writer = csv.writer(lines, delimiter="\t", lineterminator="\n")
    writer.writerow(TITLES)
    writer.writerows([getattr(one, name) for name in COLUMNS] for one in rows)
    return lines.getvalue()


def _grid(text: str) -> list[tuple[int, list[str]]]:
    """Lines that say something with their numbers, cut at tabs; where there are none at commas, else at 、."""
    text = text.replace("\0", "")
    if "\t" not in text:
        text = text.replace("，", ",")
    mark = next((one for one in "\t,、" if one in text), "\t")
    # Excel puts a cell of several lines between quotes; a single quote somewhere else is no such thing.
    quotechar = "\0" if text.count('"') % 2 else '"'
    lines = csv.reader(StringIO(text, newline=""), delimiter=mark, quotechar=quotechar)
    try:
        return [(number, cells) for number, cells in enumerate(lines, start=1) if any(map(str.strip, cells))]
    except csv.Error as fault:
        raise RuleBroken("没有读懂粘贴的内容。请从Excel或Word表格里复制后再粘贴，或者上传模板。") from fault


def _head(grid: Sequence[tuple[int, list[str]]], otherwise: Sequence[str]) -> tuple[int, Sequence[str]]:
    """The number of the line with the names of the columns, and these; 0 and `otherwise` where there is none."""
    for number, cells in grid[:_HEAD_WITHIN]:
        found = columns_named(cells, COLUMNS)
        if "name" in found and len(found) > 1:
            return number, [one.strip() for one in cells]
    return 0, otherwise


def _fitted(names: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each column with its cell; what is left over belongs to the last one, which was cut at its commas."""
    last = len(names) - 1
    yield from zip(names[:last], cells, strict=False)
    if rest := [one for one in map(str.strip, cells[last:]) if one]:
        yield names[last], "，".join(rest)
