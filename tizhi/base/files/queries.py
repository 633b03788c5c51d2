"""文件的读取: what somebody may see is said by the files' owners; nothing is visible by its number alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from .models import StoredFile


def owned_by_any(owners: Iterable[QuerySet]) -> QuerySet[StoredFile]:
    """The files whose ids one of the querysets of ids holds."""
    visible = Q(pk__in=[])
    for ids in owners:
        visible |= Q(pk__in=ids)
    return StoredFile.objects.filter(visible)


def uploaded_by(person_id: int | None) -> QuerySet:
    """The ids of what a person uploaded; none for nobody."""
    return StoredFile.objects.filter(person_id=person_id, person_id__isnull=False).values("pk")
