"""收文件: checked by content, hashed while it is read, stored once per content."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from django.core.files.base import File

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken

from . import storage
from .formats import ACCEPTED, Format, format_of
from .models import StoredFile
from .photos import redrawn

MEGABYTE = 1024 * 1024
MOST_BYTES = {StoredFile.Kind.PHOTO: 20 * MEGABYTE, StoredFile.Kind.PAPER: 100 * MEGABYTE}
_LONGEST_NAME = 120
# Control characters, and those that turn the direction of writing and so hide an ending.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class _Kept:
    """What lies in the storage."""

    format: Format
    sha256: str
    size: int
    width: int | None = None
    height: int | None = None


def take(upload: File, kind: str, person_id: int | None = None) -> StoredFile:
    """Store `upload` as a photo or a paper; RuleBroken, with a sentence, if it cannot be taken.

    A photo is written anew without its hidden data and gets a thumbnail; a paper is kept byte for byte.
    """
    kind = StoredFile.Kind(kind)
    name = plain_name(upload.name or "")
    _require_size(name, kind, upload.size)
    content: IO[bytes] = upload.file  # type: ignore[assignment]
    found = format_of(content)
    if found is None:
        raise RuleBroken(f"“{name}”的内容不是可以接收的格式。可以上传：{ACCEPTED}。")
    kept = _keep_photo(name, content, found) if kind == StoredFile.Kind.PHOTO else _keep_paper(name, content, found)
    return StoredFile.objects.create(
        name=_suffixed(name, kept.format),
        kind=kind,
        media_type=kept.format.media_type,
        size=kept.size,
        sha256=kept.sha256,
        width=kept.width,
        height=kept.height,
        person_id=person_id,
        uploaded_at=clock.now(),
    )


def plain_name(name: str) -> str:
    """A file's name without folders, control characters and excess."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    path = PurePosixPath(_INVISIBLE.sub("", last).strip(". ") or "未命名")
    return f"{path.stem[:_LONGEST_NAME]}{path.suffix[:12]}"


def _require_size(name: str, kind: StoredFile.Kind, size: int) -> None:
    if size == 0:
        raise RuleBroken(f"“{name}”是空文件。请检查后重新上传。")
    most = MOST_BYTES[kind]
    if size > most:
        noun, advice = ("照片", "请缩小后") if kind == StoredFile.Kind.PHOTO else ("文件", "请压缩或拆分后")
        limit, actual = most // MEGABYTE, -(-size // MEGABYTE)
        raise RuleBroken(f"“{name}”有{actual}MB，{noun}不能超过{limit}MB。{advice}再上传。")


def _keep_photo(name: str, content: IO[bytes], found: Format) -> _Kept:
    if not found.is_image:
        raise RuleBroken(f"“{name}”是{found.name}，不是照片。请选择JPG、PNG或WebP图片。")
    photo = redrawn(content, found)
    sha256, size = storage.digest(photo.content)
    storage.put(storage.path_of(sha256), photo.content, size)
    storage.put(storage.thumbnail_of(sha256), photo.thumbnail, photo.thumbnail.getbuffer().nbytes)
    return _Kept(photo.format, sha256, size, photo.width, photo.height)


def _keep_paper(name: str, content: IO[bytes], found: Format) -> _Kept:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix and suffix not in found.suffixes:
        raise RuleBroken(f"“{name}”的内容是{found.name}，与文件名的后缀不符。请用原来的软件另存后再上传。")
    sha256, size = storage.digest(content)
    storage.put(storage.path_of(sha256), content, size)
    return _Kept(found, sha256, size)


def _suffixed(name: str, found: Format) -> str:
    """The name with an ending that tells the truth."""
    path = PurePosixPath(name)
    return name if path.suffix.lower() in found.suffixes else f"{path.stem}{found.suffixes[0]}"
