"""答卷文件: few answers are written while one waits, many by a job – asked for, watched, fetched.

The file is the same for all who may read the results, so there is one of each kind. Reading is no act: neither is this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tizhi.base.jobs.job import enqueue
from tizhi.base.jobs.models import Run
from tizhi.base.kit import clock

from . import queries
from .jobs import make_export
from .models import Export, Survey

Kind = Export.Kind

# How many answers are written within a second: 10,000 of 30 questions take Excel six seconds, SPSS 0.8.
AT_ONCE: Final = {Kind.EXCEL: 1_000, Kind.SPSS: 10_000}


@dataclass(frozen=True)
class Made:
    """How far a file is: not asked for, underway, failed – with the reason – or ready since `at`."""

    run: Run | None = None
    at: datetime | None = None
    fault: str = ""

    @property
    def is_underway(self) -> bool:
        """Whether a job is still to finish it."""
        return self.run is not None and not self.at and not self.fault


def needs_job(survey: Survey, kind: str) -> bool:
    """Whether there are too many answers to be written while one waits."""
    return queries.submitted(survey).count() > AT_ONCE[Kind(kind)]


def made(survey: Survey, kind: str) -> Made:
    """How far the file is."""
    found = Export.objects.filter(survey=survey, kind=kind).defer("content").first()
    return _standing(found) if found else Made()


def _standing(found: Export) -> Made:
    run = Run.objects.filter(pk=found.run_id).select_related("task").first()
    if found.made_at:
        return Made(run, found.made_at)
    if run is None or run.is_over:
        return Made(run, fault=run.message if run and run.message else "文件没有生成成功，请重新生成。")
    return Made(run)


def ask(survey: Survey, kind: str, person_id: int | None) -> None:
    """Have the file made anew; asked twice while it is being made, it is made once."""
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)  # two who ask at once take turns
        if made(survey, kind).is_underway:
            return
        fresh = {"asked_at": clock.now(), "made_at": None, "content": None}
        found, _ = Export.objects.update_or_create(survey=survey, kind=kind, defaults=fresh)
        found.run_id = enqueue(make_export, found.pk, person_id=person_id).pk
        found.save(update_fields=["run_id"])


def content_of(survey: Survey, kind: str) -> tuple[bytes, datetime] | None:
    """The finished file, and as of when it is; None when there is none."""
    found = Export.objects.filter(survey=survey, kind=kind).first()
    return (bytes(found.content or b""), found.made_at) if found and found.made_at else None
