"""照片和附件: what a form sends of them, and how it shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from tizhi.base.files.models import StoredFile
from tizhi.base.files.queries import owned_by_any, uploaded_by
from tizhi.pipeline.activities.actions import upload
from tizhi.pipeline.activities.models import Activity, ActivityFile
from tizhi.pipeline.activities.shots import Shot
from tizhi.pipeline.scheme.models import Member
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

# The name of the form's fields, and what they hold.
KINDS = {"photos": ActivityFile.Kind.PHOTO, "papers": ActivityFile.Kind.PAPER}


@dataclass(frozen=True)
class Shown:
    """A file in the form, as the frame's fragment draws it."""

    value: int
    name: str
    caption: str = ""

    @property
    def url(self) -> str:
        """Where it is opened."""
        return reverse("files:download", args=[self.value])

    @property
    def thumbnail(self) -> str:
        """Its small picture."""
        return reverse("files:thumbnail", args=[self.value])


def shown(stored: StoredFile) -> Shown:
    """A file that was just uploaded."""
    return Shown(stored.pk, stored.name)


def sent(request: Request) -> dict[str, list[Shot]]:
    """The photos and papers of a POST, in order, with their captions; those ticked for removal are left out."""
    return {name: _sent(request, name) for name in KINDS}


def _sent(request: Request, name: str) -> list[Shot]:
    removed = set(request.POST.getlist(f"{name}-remove"))
    return [
        Shot(int(value), request.POST.get(f"caption-{value}", "").replace("\0", ""))
        for value in request.POST.getlist(name)
        if value.isascii() and value.isdigit() and len(value) < 18 and value not in removed
    ]


def take_new(request: Request, member: Member, shots: dict[str, list[Shot]]) -> None:
    """Upload what came with the form itself (no JavaScript) and add it to `shots`; RuleBroken as `upload` raises."""
    for name, kind in KINDS.items():
        for file in request.FILES.getlist(f"{name}-new"):
            shots[name].append(Shot(keep(request, member, file, kind, once=None).pk))


def keep(request: Request, member: Member, file: UploadedFile, kind: str, **given: Any) -> StoredFile:
    """Upload one file."""
    return perform(request, upload, member, version=None, file=file, kind=kind, **given)


def in_form(request: Request, activity: Activity | None, shots: dict[str, list[Shot]] | None) -> dict[str, Any]:
    """What the form draws: the files as they were sent, else those of the activity."""
    if shots is None:
        return {name: _of(activity, kind) for name, kind in KINDS.items()}
    names = _names(request, activity, [one.file_id for several in shots.values() for one in several])
    return {
        name: [Shown(one.file_id, names[one.file_id], one.caption) for one in several if one.file_id in names]
        for name, several in shots.items()
    }


def as_sent(activity: Activity) -> dict[str, list[str]]:
    """What the form of `activity` would send of its files."""
    held = {name: _of(activity, kind) for name, kind in KINDS.items()}
    captions = {f"caption-{one.value}": [one.caption] for several in held.values() for one in several}
    return {name: [str(one.value) for one in several] for name, several in held.items()} | captions


def _of(activity: Activity | None, kind: str) -> list[Shown]:
    files = activity.files.all() if activity else []
    return [Shown(one.file_id, one.file.name, one.caption) for one in files if one.kind == kind]


def _names(request: Request, activity: Activity | None, ids: Iterable[int]) -> dict[int, str]:
    held = [activity.files.values("file")] if activity else []
    visible = owned_by_any([uploaded_by(request.actor.person_id), *held])
    return dict(visible.filter(pk__in=list(ids)).values_list("pk", "name"))
