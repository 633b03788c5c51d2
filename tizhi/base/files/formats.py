"""文件格式: told by content, never by name; what is not listed here is not taken."""

from __future__ import annotations

import codecs
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from tizhi.base.kit.errors import RuleBroken

HEAD = 64 * 1024
_LONGEST_END = 22 + 65_535  # a ZIP's last record with the longest comment
_LARGEST_DIRECTORY = 4 * 1024 * 1024
_OOXML = "application/vnd.openxmlformats-officedocument."
_MARKUP = re.compile(rb"^\s*<|^#!|<(?:!doctype|html|head|body|script|svg|iframe)\b|<\?(?:php|xml)", re.IGNORECASE)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True)
class Format:
    """A format in words, as the browser is told, and the endings its name may have (the first is the usual one)."""

    name: str
    media_type: str
    suffixes: tuple[str, ...]

    @property
    def is_image(self) -> bool:
        """Whether it can be a photo."""
        return self.media_type.startswith("image/")


JPEG = Format("JPG图片", "image/jpeg", (".jpg", ".jpeg", ".jfif"))
PNG = Format("PNG图片", "image/png", (".png",))
WEBP = Format("WebP图片", "image/webp", (".webp",))
PDF = Format("PDF文档", "application/pdf", (".pdf",))
OFD = Format("OFD文档", "application/ofd", (".ofd",))
DOCX = Format("Word文档", f"{_OOXML}wordprocessingml.document", (".docx",))
XLSX = Format("Excel工作簿", f"{_OOXML}spreadsheetml.sheet", (".xlsx",))
PPTX = Format("PPT演示文稿", f"{_OOXML}presentationml.presentation", (".pptx",))
DOC = Format("旧版Word文档", "application/msword", (".doc", ".wps"))
XLS = Format("旧版Excel工作簿", "application/vnd.ms-excel", (".xls", ".et"))
PPT = Format("旧版PPT演示文稿", "application/vnd.ms-powerpoint", (".ppt", ".dps"))
ZIP = Format("ZIP压缩包", "application/zip", (".zip",))
RAR = Format("RAR压缩包", "application/vnd.rar", (".rar",))
SEVEN_ZIP = Format("7Z压缩包", "application/x-7z-compressed", (".7z",))
TEXT = Format("文本文件", "text/plain", (".txt", ".csv"))

ACCEPTED = "PDF、OFD、Word、Excel、PPT、WPS、ZIP、RAR、7Z、TXT、CSV，以及JPG、PNG、WebP图片"
_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"%PDF-", PDF),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
)
_MAIN_PARTS = (
    (b"wordprocessingml.document.main+xml", DOCX),
    (b"spreadsheetml.sheet.main+xml", XLSX),
    (b"presentationml.presentation.main+xml", PPTX),
)
_STREAMS = (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT))


def media_type_of(name: str) -> str:
    """What a browser is told about a document of ours, by the ending of its name."""
    endings = (kind for kind in (DOCX, XLSX, PDF, TEXT, ZIP) if name.lower().endswith(kind.suffixes))
    return next((kind.media_type for kind in endings), "application/octet-stream")


def format_of(file: IO[bytes]) -> Format | None:
    """The format of the bytes in `file`; None if it is none of ours.

    RuleBroken for what could be ours and cannot be taken: encrypted, with macros, broken, HEIC.
    """
    head = _head(file)
    if found := next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None):
        return found
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise RuleBroken(
            "暂不接收HEIC格式的照片。请在手机“设置—相机—格式”中选择“兼容性最佳”后重拍，或先另存为JPG再上传。"
        )
    if head.startswith(b"PK"):
        return _of_zip(file)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _of_compound(file)
    return TEXT if _is_text(head) else None


def _head(file: IO[bytes]) -> bytes:
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return head


def _of_zip(file: IO[bytes]) -> Format:
    if _directory_size(file) > _LARGEST_DIRECTORY:
        raise RuleBroken("压缩包里的文件太多。请分成几个压缩包上传。")
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                with archive.open("[Content_Types].xml") as part:
                    return _of_content_types(part.read(HEAD * 16))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        raise RuleBroken("文件已损坏，无法打开。请重新保存后再上传。") from None
    finally:
        file.seek(0)
    return OFD if "OFD.xml" in names else ZIP


def _directory_size(file: IO[bytes]) -> int:
    """How large the list of an archive's entries says it is; it would be read into memory whole."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _LONGEST_END))
    tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    file.seek(0)
    return int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0


def _of_content_types(types: bytes) -> Format:
    if b"macroEnabled" in types or b"vbaProject" in types:
        raise RuleBroken("文件中含有宏，不能上传。请另存为不含宏的格式。")
    return next((kind for part, kind in _MAIN_PARTS if part in types), ZIP)


def _of_compound(file: IO[bytes]) -> Format | None:
    """An old Office file; its streams' names stand in UTF-16 somewhere in it."""
    wanted = {name.encode("utf-16-le"): kind for name, kind in _STREAMS}
    encrypted = "EncryptedPackage".encode("utf-16-le")
    found = None
    for window in _windows(file):
        if encrypted in window:
            raise RuleBroken("文件设有打开密码，其他人无法查看。请去掉密码后再上传。")
        found = found or next((kind for name, kind in wanted.items() if name in window), None)
    return found


def _windows(file: IO[bytes], size: int = 1 << 20, overlap: int = 64) -> Iterator[bytes]:
    file.seek(0)
    rest = b""
    while block := file.read(size):
        yield rest + block
        rest = block[-overlap:]
    file.seek(0)


def _is_text(head: bytes) -> bool:
    """Readable as UTF-8 or GB 18030, and neither a web page nor a script."""
    plain = head.removeprefix(codecs.BOM_UTF8)
    if not plain or b"\0" in plain or _MARKUP.search(plain):
        return False
    return _decodes(plain, "utf-8") or _decodes(plain, "gb18030")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True
