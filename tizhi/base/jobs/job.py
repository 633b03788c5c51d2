"""作业的声明: `@job`, `enqueue`, `progress`."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from tizhi.base.kit import clock

from .models import Run


@dataclass(frozen=True, kw_only=True)
class Job(Task[..., Any]):
    """A function a worker runs. It must be safe to run twice: a worker may die after the work and before saying so."""

    label: str
    retries: int = 3
    lease: timedelta = timedelta(seconds=60)

    def pause(self, attempt: int) -> timedelta:
        """How long to wait after the failed `attempt`: half a minute, two, eight … an hour at most."""
        return min(timedelta(seconds=30) * 4 ** (attempt - 1), timedelta(hours=1))


def job(label: str, *, retries: int = 3, lease: timedelta = timedelta(seconds=60)) -> Callable[..., Job]:
    """Make a function of a module a job, tried `1 + retries` times; a worker silent for `lease` counts as dead."""

    def wrap(do: Callable[..., Any]) -> Job:
        return Job(func=do, label=label, retries=retries, lease=lease)

    return wrap


def enqueue(what: Job, *ids: int | str, person_id: int | None = None, after: timedelta | None = None) -> Run:
    """Ask for a job; `person_id` is told how far it is.

    The queue lies in the same database: the job exists if and when the surrounding transaction commits.
    """
    due = what.using(run_after=clock.now() + after) if after else what
    with transaction.atomic():
        result = due.enqueue(*ids)
        task = DBTaskResult.objects.get(pk=result.id)
        return Run.objects.create(task=task, label=what.label, person_id=person_id)


class Reporter(Protocol):
    """What holds the running job."""

    def report(self, done: int, of: int, message: str) -> None: ...


running: ContextVar[Reporter | None] = ContextVar("running", default=None)


def progress(done: int, of: int, message: str = "") -> None:
    """Say from inside a job how far it is; outside one it does nothing.

    Raises LeaseLost when the job was meanwhile given to another worker. Inside a transaction it shows only at the end.
    """
    if holder := running.get():
        holder.report(done, of, message)
