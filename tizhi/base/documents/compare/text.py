"""对照: two texts laid beside one another."""

from __future__ import annotations

from .. import rich
from .model import Change, Comparison


def compare(old_html: str, new_html: str) -> Comparison:
    """What changed from the old text to the new one."""
    old, new = rich.plain(old_html).split("\n"), rich.plain(new_html).split("\n")
    gone = [Change("removed", ((line, "removed"),)) for line in old if line not in new]
    kept = [Change("same", ((line, "same"),)) if line in old else Change("added", ((line, "added"),)) for line in new]
    return Comparison((*gone, *kept))
