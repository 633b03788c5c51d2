"""有起止的关系: brings the dated rows of one kind to what a scheme declares, from a day on.

An edge that the scheme no longer has ends the day before; one that it has anew begins that day, or on the day the entry
itself names. What stays keeps its row, so that whatever points to it (an appointment to a seat) stays too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from tizhi.base.kit.rows import Dated

from . import entries

Edge = TypeVar("Edge", bound=Dated)
Key = Callable[[Any], Hashable]

ONE_DAY = timedelta(days=1)


def period(*entries: entries.Dated) -> dict[str, date | None]:
    """The days on which all of `entries` hold, as fields of a row; None where nobody names a day."""
    begins = [entry.begins for entry in entries if entry.begins]
    ends = [entry.ends for entry in entries if entry.ends]
    return {"begins": max(begins, default=None), "ends": min(ends, default=None)}


def time_within(held: Iterable[Dated], kept: Iterable[Edge], begins: date) -> list[entries.Dated]:
    """What time each of the `kept` rows leaves to the edges inside it (a member's roles, a body's seats).

    A row that stood before `held` and stays has no say in when something new inside it begins; a new row has.
    """
    known = {row.pk for row in held if row.begins is None or row.begins <= begins}
    return [entries.Dated(begins=None if row.pk in known else row.begins, ends=row.ends) for row in kept]


def reconcile(
    held: Iterable[Edge], wanted: Sequence[Edge], key: Key, begins: date, fields: Sequence[str] = ()
) -> list[Edge]:
    """Make `held` rows agree with the unsaved `wanted` ones from `begins` on; `fields` are brought up to date in place.

    Answers the rows that stand for `wanted`, in its order. A new row without a first day of its own begins on `begins`.
    """
    rows: dict[Hashable, list[Edge]] = defaultdict(list)
    for old in held:
        rows[key(old)].append(old)
    kept: list[Edge] = []
    new: list[Edge] = []
    changed: list[Edge] = []
    for want in wanted:
        row = _row_for(rows[key(want)], want, begins)
        if row is None:
            want.begins = want.begins or _first_day(want, begins)
            new.append(want)
        else:
            rows[key(want)].remove(row)
            if _brought_up_to_date(row, want, begins, fields):
                changed.append(row)
        kept.append(row or want)
    changed += [left for group in rows.values() for left in group if _ended(left, begins)]
    _save(new, changed, fields)
    return kept


def _row_for(rows: list[Edge], want: Edge, begins: date) -> Edge | None:
    """The row that `want` goes on with: one that holds in its time, else one that it takes up without a gap."""
    first = want.begins or min(begins, want.ends or begins)
    lasting = [row for row in rows if row.begins == first or _meets(row, first, want.ends)]
    if not lasting and want.begins is None:
        lasting = [row for row in rows if _meets(row, first - ONE_DAY, want.ends)]
    return lasting[0] if lasting else None


def _first_day(want: Dated, begins: date) -> date | None:
    """What the scheme adds begins with the version; what it says had ended by then held from the start (None)."""
    return None if want.ends and want.ends < begins else begins


def _meets(row: Dated, first: date, last: date | None) -> bool:
    begun, end = row.begins or date.min, row.ends or date.max
    return begun <= end and begun <= (last or date.max) and first <= end


def _brought_up_to_date(row: Edge, want: Edge, begins: date, fields: Sequence[str]) -> bool:
    first = want.begins or (row.begins and min(row.begins, begins))
    values = {"begins": first, "ends": want.ends} | {name: getattr(want, name) for name in fields}
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return bool(changed)


def _ended(row: Dated, begins: date) -> bool:
    """End `row` the day before `begins`, unless it ended earlier; whether it was changed."""
    if row.ends is not None and row.ends < begins:
        return False
    row.ends = begins - ONE_DAY
    return True


def _save(new: list[Edge], changed: list[Edge], fields: Sequence[str]) -> None:
    # In bulk, beside the field-by-field history: the version's text says what changed, entry by entry.
    if new:
        type(new[0])._base_manager.bulk_create(new)
    if changed:
        type(changed[0])._base_manager.bulk_update(changed, ["begins", "ends", *fields])
