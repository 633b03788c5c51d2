"""定时: periodic work as data; whichever worker comes first starts a line, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from tizhi.base.kit import clock

from .job import Job, enqueue
from .models import Run, Tick


@dataclass(frozen=True)
class Timed:
    """A job every so often (`every`), or daily at a time of the programme's zone (`at`).

    A start that was missed is made up for, once.
    """

    job: Job
    every: timedelta | None = None
    at: time | None = None

    def __post_init__(self) -> None:
        if (self.every is None) == (self.at is None):
            raise ValueError("a line of the timetable has either `every` or `at`")

    @property
    def key(self) -> str:
        """The job's path."""
        return self.job.module_path

    def latest(self, now: datetime) -> datetime:
        """The last moment up to `now` at which it should have started."""
        if self.every is not None:
            return now - self.every
        today = timezone.localtime(now)
        moment = today.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)  # type: ignore[union-attr]
        return moment if moment <= now else moment - timedelta(days=1)

    def is_due(self, last: datetime | None, now: datetime) -> bool:
        """Whether it should start, having last started at `last`."""
        return last is None or last < self.latest(now)


def enqueue_due(timetable: Sequence[Timed]) -> list[Run]:
    """Enqueue the jobs of `timetable` that are due. Any number of workers may call it at once."""
    now = clock.now()
    ticks = dict(Tick.objects.values_list("key", "at"))
    started = [_start(timed, now) for timed in timetable if timed.is_due(ticks.get(timed.key), now)]
    return [run for run in started if run]


def _start(timed: Timed, now: datetime) -> Run | None:
    with transaction.atomic():
        _, is_first = Tick.objects.get_or_create(key=timed.key, defaults={"at": now})
        tick = Tick.objects.select_for_update().get(key=timed.key)
        if not is_first and not timed.is_due(tick.at, now):
            return None  # another worker was quicker
        tick.at = now
        tick.save(update_fields=["at"])
        return enqueue(timed.job)
