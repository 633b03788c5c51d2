"""示例时间线: lets many courses of work run side by side, each step at its own moment, in the order of the clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from tizhi.base.kit import clock

# Yields when a step happens and what is done then; is sent what the step made.
Course = Generator[tuple[datetime, Callable[[], Any]], Any, None]


def play(courses: Iterable[Course], until: datetime) -> int:
    """Take every step up to `until`; what comes later has not happened yet. Returns the number of steps."""
    waiting: list[tuple[datetime, int, Callable[[], Any], Course]] = []
    for number, course in enumerate(courses):
        _wait(waiting, number, course, next(course, None), until)
    taken = 0
    while waiting:
        moment, number, step, course = heapq.heappop(waiting)
        with clock.at(moment):
            made = step()
        taken += 1
        try:
            following = course.send(made)
        except StopIteration:
            continue
        _wait(waiting, number, course, following, until)
    return taken


def _wait(waiting: list, number: int, course: Course, step: tuple[datetime, Callable] | None, until: datetime) -> None:
    if step is not None and (moment := in_office_hours(step[0])) <= until:
        heapq.heappush(waiting, (moment, number, step[1], course))


def on(day: date, hour: int, minute: int = 0) -> datetime:
    """That day at that time in the programme's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def in_office_hours(moment: datetime) -> datetime:
    """The same moment, or the next one at which somebody is in the office."""
    at = timezone.localtime(moment)
    if at.hour >= 18:
        at = (at + timedelta(days=1)).replace(hour=8)
    return at.replace(hour=9) if at.hour < 9 else at
