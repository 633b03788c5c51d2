"""验收: whether an uploaded file may be opened at all.

The reader lays a sheet out as a full rectangle: a file of two cells in opposite corners asks for 500 GB and ends the
process. So the extent of every sheet is measured first, cell by cell, without building anything.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from ...kit import words
from ...kit.errors import RuleBroken
from ..archive import DAMAGED

_BYTES = 10 * 2**20
_UNPACKED = 100 * 2**20
_CELLS = 2_000_000
_DAMAGED = (*DAMAGED, etree.XMLSyntaxError)  # a damaged sheet of lxml too
_PLACE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def accept(content: bytes) -> None:
    """RuleBroken unless `content` is an .xlsx of a size that can be read."""
    if len(content) > _BYTES:
        raise RuleBroken(f"文件超过{_BYTES // 2**20} MB。请拆分后分次上传。")
    try:
        with ZipFile(BytesIO(content)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                raise _unreadable()
            _measure(archive)
    except _DAMAGED as fault:
        raise _unreadable() from fault


def _unreadable() -> RuleBroken:
    return RuleBroken(
        "打不开这个文件：它不是Excel文件，或设有密码，或已损坏。请用Excel或WPS另存为“.xlsx”，去掉密码后再上传。"
    )


def _measure(archive: ZipFile) -> None:
    if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED:
        raise RuleBroken("文件展开后过大。请删去图片和多余的工作表后再上传。")
    for entry in archive.infolist():
        part = archive.read(entry)
        if b"sheetData" in part:
            _check(part)


def _check(part: bytes) -> None:
    extent = _Extent()
    for event, element in etree.iterparse(
        BytesIO(part), events=("start", "end"), tag=("{*}row", "{*}c"), resolve_entities=False, no_network=True
    ):
        extent.see(element, ends=event == "end")
    if extent.rows * extent.columns > _CELLS:
        furthest = f"第{words.number(extent.rows)}行、第{words.number(extent.columns)}列"
        raise RuleBroken(f"表格用到了{furthest}。请删去离数据很远的内容后再上传。")


class _Extent:
    """The last row and the last column that hold a value; rows and cells may leave their place unsaid."""

    def __init__(self) -> None:
        self.rows = self.columns = 0
        self._row = self._column = 0

    def see(self, element: etree._Element, *, ends: bool) -> None:
        """Take in that a row or a cell begins or ends."""
        if element.tag.endswith("}row"):
            self._row, self._column = (self._row, 0) if ends else (_number(element.get("r")) or self._row + 1, 0)
        elif not ends:
            self._enter(element.get("r", ""))
        elif len(element):
            self.rows, self.columns = max(self.rows, self._row), max(self.columns, self._column)
        if ends:
            element.clear()

    def _enter(self, reference: str) -> None:
        place = _PLACE.fullmatch(reference)
        if place is None:
            self._column += 1
        else:
            self._column, self._row = _letters(place[1]), int(place[2])


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 0


def _letters(text: str) -> int:
    """1 for A, 27 for AA."""
    column = 0
    for letter in text.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
