"""文件检查: what the rows promise and the storage holds, compared byte for byte."""

from __future__ import annotations

from collections.abc import Iterator

from . import storage
from .models import StoredFile


def damage() -> Iterator[str]:
    """A sentence for every file that is missing or altered, and one for bytes nobody owns."""
    wanted: set[str] = set()
    for sha256, is_photo, name in _stored():
        path = storage.path_of(sha256)
        wanted.add(path)
        if not storage.exists(path):
            yield f"文件“{name}”的内容丢失（{path}）。请从备份恢复。"
        elif _digest(path) != sha256:
            yield f"文件“{name}”的内容已被改动（{path}）。请从备份恢复。"
        if is_photo:
            thumbnail = storage.thumbnail_of(sha256)
            wanted.add(thumbnail)
            if not storage.exists(thumbnail):
                yield f"照片“{name}”的缩略图丢失（{thumbnail}）。请从备份恢复。"
    if orphans := [path for path in storage.all_paths() if path not in wanted]:
        yield f"有{len(orphans)}个文件没有登记，如{orphans[0]}。可能是上传中断的残留，确认后可删除。"


def _stored() -> Iterator[tuple[str, bool, str]]:
    rows = StoredFile.objects.order_by("sha256", "kind", "pk").values_list("sha256", "kind", "name")
    last: tuple[str, str] | None = None
    for sha256, kind, name in rows.iterator():
        if (sha256, kind) != last:
            yield sha256, kind == StoredFile.Kind.PHOTO, name
        last = (sha256, kind)


def _digest(path: str) -> str:
    with storage.opened(path) as file:
        return storage.digest(file)[0]  # type: ignore[arg-type]
