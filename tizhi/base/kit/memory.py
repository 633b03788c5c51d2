"""记住: lets a request, or a job, ask the database once for what it needs in many places."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar, cast

Made = TypeVar("Made")

_kept: ContextVar[dict[Hashable, Any] | None] = ContextVar("memory", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Keep inside what `once` made; outside nothing is kept."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def once(key: Hashable, make: Callable[[], Made]) -> Made:
    """What `make` gives: made on the first call, kept for the others inside `remembered()`."""
    kept = _kept.get()
    if kept is None:
        return make()
    if key not in kept:
        kept[key] = make()
    return cast(Made, kept[key])


def forget(key: Hashable) -> None:
    """Make `key` anew: what it was made from has changed."""
    if kept := _kept.get():
        kept.pop(key, None)
