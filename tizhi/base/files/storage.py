"""存放: bytes lie under their own hash; the same bytes lie there once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.core.files.storage import default_storage

_BLOCK = 1 << 20


def path_of(sha256: str) -> str:
    """Where the bytes with this hash lie."""
    return f"{sha256[:2]}/{sha256}"


def thumbnail_of(sha256: str) -> str:
    """Where the small picture of the photo with this hash lies."""
    return f"{path_of(sha256)}.480"


def digest(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of what `content` holds, read block by block."""
    hashed, size = hashlib.sha256(), 0
    content.seek(0)
    while block := content.read(_BLOCK):
        hashed.update(block)
        size += len(block)
    content.seek(0)
    return hashed.hexdigest(), size


def put(path: str, content: IO[bytes], size: int) -> None:
    """Store `content` at `path` unless it lies there whole already (a crash may have left a part)."""
    if default_storage.exists(path):
        if default_storage.size(path) == size:
            return
        default_storage.delete(path)
    stored = default_storage.save(path, File(content))
    if stored != path:  # somebody stored the same bytes at the same moment
        default_storage.delete(stored)


def opened(path: str) -> File:
    """The bytes at `path`, to be closed by the caller; FileNotFoundError if they are gone."""
    return default_storage.open(path, "rb")


def size_of(path: str) -> int:
    """How many bytes lie at `path`."""
    return default_storage.size(path)


def exists(path: str) -> bool:
    """Whether anything lies at `path`."""
    return default_storage.exists(path)


def all_paths() -> Iterator[str]:
    """Everything that lies in the storage."""
    if not default_storage.exists(""):
        return
    folders, _ = default_storage.listdir("")
    for folder in sorted(folders):
        _, names = default_storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in sorted(names))
