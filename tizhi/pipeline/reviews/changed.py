"""改动: what changed in the text between two readings, section by section; what stayed is not shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tizhi.base.documents.compare import Change, compare
from tizhi.pipeline.plans.models import PlanVersion


@dataclass(frozen=True)
class ChangedSection:
    """One section that differs, with its changed blocks in reading order."""

    key: str
    name: str
    changes: Sequence[Change]


def changed_sections(before: PlanVersion, after: PlanVersion) -> list[ChangedSection]:
    """The sections of `after` that say something else than in `before`, and those that are gone."""
    old = {one["key"]: one for one in before.content}
    found = []
    for one in after.content:
        was = old.pop(one["key"], {"html": ""})
        found += _changed(one["key"], one["name"], was["html"], one["html"])
    for one in old.values():
        found += _changed(one["key"], one["name"], one["html"], "")
    return found


def _changed(key: str, name: str, before: str, after: str) -> list[ChangedSection]:
    if before == after:
        return []
    changes = [one for one in compare(before, after).changes if one.kind != "same"]
    return [ChangedSection(key, name, changes)] if changes else []
