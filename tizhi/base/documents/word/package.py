"""文件: the .docx file itself: our own styles, lists and settings, and the same bytes for the same document."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document as File
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart

from ..document import Document
from .fonts import font_table
from .numbering import numbering_lists
from .styles import style_sheet
from .xml import Element, w

# The oldest moment a zip archive can hold.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"

# Parts of python-docx's template that we do without: Word's western theme, old styles, a picture of an empty page.
_UNUSED = (
    "/theme",
    "/stylesWithEffects",
    "/webSettings",
    "/fontTable",
    "/customXml",
    "/thumbnail",
    "/extended-properties",
)


def blank(annexes: int) -> File:
    """An empty file with the styles, lists and settings of an official document."""
    file = docx.Document()
    part = file.part
    for owner in (part, part.package):
        for relation in [key for key, each in owner.rels.items() if each.reltype.endswith(_UNUSED)]:
            del owner.rels[relation]
    _refill(part.part_related_by(RELATIONSHIP_TYPE.STYLES), style_sheet())
    _refill(part.part_related_by(RELATIONSHIP_TYPE.NUMBERING), numbering_lists(annexes))
    _refill(part.part_related_by(RELATIONSHIP_TYPE.SETTINGS), _settings())
    table = FilePart(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, font_table(), part.package)
    part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
    return file


def describe(file: File, document: Document) -> None:
    """Fill in what a file's 属性 show."""
    made = datetime.combine(document.dated or date(*_EPOCH[:3]), time())
    core = file.core_properties
    core.title = ("".join(document.title) or (document.head.name if document.head else ""))[:255]
    core.author = core.last_modified_by = document.issuer[:255]
    core.category = document.kind[:255]
    core.language = "zh-CN"
    core.created = core.modified = made
    core.comments = core.keywords = core.subject = ""
    core.revision = 1


def packed(file: File) -> bytes:
    """The bytes of the file; no moment of writing is kept in them."""
    written, steady = BytesIO(), BytesIO()
    file.save(written)
    with ZipFile(written) as source, ZipFile(steady, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(_undated(entry.filename), source.read(entry))
    return steady.getvalue()


def _undated(name: str) -> ZipInfo:
    entry = ZipInfo(name, _EPOCH)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 0
    return entry


def _refill(part: Any, children: list[Element]) -> None:
    part.element[:] = children


def _settings() -> list[Element]:
    modern = w("compatSetting", name="compatibilityMode", uri=_COMPATIBILITY, val=15)
    return [
        w("zoom", percent=100),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders"),
        w("characterSpacingControl", val="compressPunctuation"),
        w("compat", w("doNotExpandShiftReturn"), w("useFELayout"), modern),
        w("themeFontLang", val="en-US", eastAsia="zh-CN"),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    ]
