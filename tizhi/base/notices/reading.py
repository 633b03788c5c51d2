"""阅读: a notice that was opened is no longer new. No act of work: it leaves no entry in history."""

from __future__ import annotations

from tizhi.base.kit import clock

from . import queries
from .models import Notice


def mark_read(user_id: int | None, notice: Notice) -> None:
    """The reader has opened it; the first time stands."""
    queries.unread(user_id).filter(pk=notice.pk).update(read_at=clock.now())


def mark_all_read(user_id: int | None) -> int:
    """The reader has seen all there are; how many were new."""
    return queries.unread(user_id).update(read_at=clock.now())
