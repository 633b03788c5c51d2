"""验收: whether a file from outside may be opened at all."""

from __future__ import annotations

from io import BytesIO
from typing import Final
from zipfile import ZipFile

from ...kit.errors import RuleBroken
from ..archive import DAMAGED

_BYTES: Final = 50 * 2**20
_UNPACKED: Final = 300 * 2**20
_XML: Final = 40 * 2**20
_ENTRIES: Final = 5000
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")  # what old Office files and locked new ones are kept in
_DAMAGED = (*DAMAGED, OSError, KeyError)


def accept(content: bytes) -> None:
    """RuleBroken unless `content` is a .docx of a size that can be read, without tricks in its XML."""
    if len(content) > _BYTES:
        raise RuleBroken(f"文件超过{_BYTES // 2**20} MB。请压缩或删去其中的图片后再导入。")
    if content.startswith(_COMPOUND):
        raise RuleBroken("这是旧版Word文件（.doc）或设有密码。请用Word或WPS另存为“.docx”，去掉密码后再导入。")
    try:
        with ZipFile(BytesIO(content)) as archive:
            _look_into(archive)
    except _DAMAGED as fault:
        raise unreadable() from fault


def unreadable() -> RuleBroken:
    """The sentence for what is no readable Word file."""
    return RuleBroken("打不开这个文件：它不是Word文件（.docx），或已损坏。请用Word或WPS打开后另存为“.docx”再导入。")


def _look_into(archive: ZipFile) -> None:
    entries = archive.infolist()
    if "word/document.xml" not in archive.namelist():
        raise unreadable()
    texts = [entry for entry in entries if entry.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(entries) > _ENTRIES
        or sum(entry.file_size for entry in entries) > _UNPACKED
        or sum(entry.file_size for entry in texts) > _XML
    ):
        raise RuleBroken("文件展开后过大。请删去图片和不需要的内容后再导入。")
    for entry in texts:
        beginning = archive.read(entry)[:4096]
        if b"<!DOCTYPE" in beginning or "<!DOCTYPE".encode("utf-16-le") in beginning:
            raise unreadable()
