"""字词: what changed within one block, word by word as a reader of Chinese sees words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Final

from .model import Run

_ISLAND: Final = 2  # signs: so little that stayed between two changes is shown as changed too
_LONG: Final = 4000  # words of both texts together above which a block is shown as replaced
_WORD = re.compile(r"[\w.]+|\s+|.", re.S)


def reworded(old: str, new: str) -> tuple[Run, ...]:
    """The runs of a block; the cells of a row are compared each with its own."""
    if old.count("\t") != new.count("\t"):
        return tuple(_tidied(_runs(old, new)))
    found: list[Run] = []
    for nth, (was, now) in enumerate(zip(old.split("\t"), new.split("\t"), strict=True)):
        found += [("\t", "same")] if nth else []
        found += _tidied(_runs(was, now))
    return tuple(found)


def _runs(old: str, new: str) -> Iterator[Run]:
    if old == new:
        yield (new, "same")
        return
    was, now = _words(old), _words(new)
    first = next((nth for nth, (a, b) in enumerate(zip(was, now, strict=False)) if a != b), min(len(was), len(now)))
    last = 0
    while last < min(len(was), len(now)) - first and was[-1 - last] == now[-1 - last]:
        last += 1
    yield ("".join(was[:first]), "same")
    yield from _middle(was[first : len(was) - last], now[first : len(now) - last])
    yield ("".join(was[len(was) - last :]), "same")


def _middle(was: list[str], now: list[str]) -> Iterator[Run]:
    if not was or not now or len(was) + len(now) > _LONG:
        yield from (("".join(was), "removed"), ("".join(now), "added"))
        return
    for what, was_from, was_to, now_from, now_to in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            yield ("".join(was[was_from:was_to]), "same")
        else:
            yield ("".join(was[was_from:was_to]), "removed")
            yield ("".join(now[now_from:now_to]), "added")


def _tidied(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours joined, and islands of a sign or two between changes drowned: what is left reads in whole phrases."""
    parts = [run for run in runs if run[0]]
    gone = fresh = ""
    for nth, (text, kind) in enumerate(parts):
        if kind == "removed":
            gone += text
        elif kind == "added":
            fresh += text
        elif nth + 1 < len(parts) and (gone and fresh) and len(text) <= _ISLAND:
            gone, fresh = gone + text, fresh + text
        else:
            yield from _change(gone, fresh)
            gone = fresh = ""
            yield (text, "same")
    yield from _change(gone, fresh)


def _change(gone: str, fresh: str) -> Iterator[Run]:
    if gone:
        yield (gone, "removed")
    if fresh:
        yield (fresh, "added")


@lru_cache(maxsize=1)
def _cutter() -> Any:
    import rjieba  # its dictionary takes a moment to load, which only a comparison needs

    return rjieba


def _words(text: str) -> list[str]:
    found = _cutter().cut(text)
    return found if "".join(found) == text else _WORD.findall(text)
