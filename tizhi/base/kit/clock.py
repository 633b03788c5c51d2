"""时钟: today in the programme's time zone; the one place tests and the sample years set the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This moment, aware; the moment set by `at` inside it."""
    return _set.get() or timezone.now()


def today() -> date:
    """The day in the programme's time zone (Asia/Shanghai)."""
    return timezone.localtime(now()).date()


def midnight(day: date) -> datetime:
    """The first moment of `day`."""
    return timezone.make_aware(datetime.combine(day, time()))


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let everything inside happen at `moment` (a date means noon of that day)."""
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime.combine(moment, time(12)))
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
