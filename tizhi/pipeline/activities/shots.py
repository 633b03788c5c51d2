"""照片与附件: which uploads stand with a brief, in what order and with what caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from tizhi.base.files.models import StoredFile
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken

from .models import Activity, ActivityFile

MOST = {ActivityFile.Kind.PHOTO: 20, ActivityFile.Kind.PAPER: 10}


@dataclass(frozen=True)
class Shot:
    """An uploaded file as its writer wants it shown."""

    file_id: int
    caption: str = ""


def attach(actor: Actor, activity: Activity, kind: ActivityFile.Kind, wanted: Sequence[Shot]) -> None:
    """Let exactly `wanted` stand with the brief as photos or papers; what is taken off stays in the store.

    Raises RuleBroken for too many, and for files that are neither the brief's nor the actor's own uploads.
    """
    field, word = ("photos", "照片") if kind == ActivityFile.Kind.PHOTO else ("papers", "附件")
    wanted = list({one.file_id: one for one in wanted}.values())
    if len(wanted) > MOST[kind]:
        raise RuleBroken(f"{word}最多{MOST[kind]}个。", {field: f"{word}最多{MOST[kind]}个，请移除一些"})
    held = {row.file_id: row for row in activity.files.filter(kind=kind)}
    if len(wanted) != _usable(actor, kind, wanted, list(held)):
        raise RuleBroken(f"{word}有误。", {field: f"有{word}已不能使用，请重新上传"})
    activity.files.filter(kind=kind).exclude(file__in=[one.file_id for one in wanted]).delete()
    for place, one in enumerate(wanted):
        row = held.get(one.file_id) or ActivityFile(activity=activity, file_id=one.file_id, kind=kind)
        if row.pk is None or (row.caption, row.order) != (one.caption[:80], place):
            row.caption, row.order = one.caption[:80], place
            row.save()


def _usable(actor: Actor, kind: str, wanted: Sequence[Shot], held: Sequence[int]) -> int:
    own = Q(person_id=actor.person_id, person_id__isnull=False, kind=kind)
    files = StoredFile.objects.filter(own | Q(pk__in=held))
    return files.filter(pk__in=[one.file_id for one in wanted]).count()
