"""对照: two texts laid beside one another."""

from __future__ import annotations

from .model import Change, Comparison
from .pairs import paired
from .units import Unit, units
from .wording import reworded


def compare(old_html: str, new_html: str) -> Comparison:
    """What changed from the old text to the new one, block by block and word by word.

    A removed block follows the block it followed in the old text; a moved one stands only at its new place.
    """
    old, new = units(old_html), units(new_html)
    pairs, moved = paired(old, new)
    kept = set(pairs.values())
    changes: list[Change] = []

    def removed_from(place: int) -> None:
        while place < len(old) and (place not in kept or place in away):
            if place not in away:
                changes.append(_whole("removed", old[place]))
            place += 1

    away = {pairs[at] for at in moved}
    removed_from(0)
    for at, unit in enumerate(new):
        if at not in pairs:
            changes.append(_whole("added", unit))
        else:
            changes.append(_pair(old[pairs[at]], unit, pairs[at] if at in moved else None))
            if at not in moved:
                removed_from(pairs[at] + 1)
    return Comparison(tuple(changes))


def _whole(kind: str, unit: Unit) -> Change:
    return Change(kind, ((unit.text, kind),), unit.block)  # type: ignore[arg-type]


def _pair(old: Unit, new: Unit, moved_from: int | None) -> Change:
    if moved_from is not None:
        return Change("moved", reworded(old.text, new.text), new.block, moved_from)
    if old == new:
        return Change("same", ((new.text, "same"),), new.block)
    return Change("changed", reworded(old.text, new.text), new.block)
