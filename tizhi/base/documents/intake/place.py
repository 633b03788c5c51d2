"""归位: the parts of a Word file into the sections of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Outline, Placed, Went


def place(outline: Outline, sections: Sequence[tuple[str, str]]) -> Placed:
    """Lay the parts into the sections (key, name)."""
    keys = {name: key for key, name in sections}
    went = tuple(Went(part, keys.get(part.text, "")) for part in outline.parts)
    html = {one.key: one.heading.html for one in went if one.key}
    return Placed(html, tuple((one.heading.text, one.heading.html) for one in went if not one.key), went)
