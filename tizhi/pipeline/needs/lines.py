"""需求的经过: what happened to a need, with the words before and after each refining, as pages and papers tell it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import rules
from .models import Need, NeedEvent


@dataclass(frozen=True)
class Change:
    """One field of a need, before and after it was refined."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One event, and what it changed."""

    event: NeedEvent
    changes: Sequence[Change] = ()


def told(need: Need) -> list[Told]:
    """The history of a need, the first event first; its events, area and studies must be at hand."""
    events, after = list(need.events.all()), rules.words_of(need)
    found: list[Told] = []
    for event in reversed(events):
        if event.before:
            found.append(Told(event, _changes(event.before, after)))
            after = {**after, **event.before}
        else:
            found.append(Told(event))
    return found[::-1]


def _changes(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [
        Change(label, before.get(name, ""), after.get(name, ""))
        for name, label in rules.LABELS.items()
        if before.get(name, "") != after.get(name, "")
    ]
