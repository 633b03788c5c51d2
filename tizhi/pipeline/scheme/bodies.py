"""机构与席位的载入: which bodies a scheme calls for, who must sit in them, and their rows [四(一)]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from . import entries
from .declared import Scheme
from .edges import period, reconcile, time_within
from .models import Body, Cluster, Seat, Unit

_BODY_WORDS = ("also", "duties", "order")
_SEAT_WORDS = ("unit_posts", "departments", "count", "powers", "people", "order")
_NUMERALS = "一二三四五六七八九十"


def places(scheme: Scheme, body: entries.BodyEntry) -> list[entries.UnitEntry | None]:
    """Where the body stands: in each unit of a role, wherever the other body stands, or (None) once for the cluster."""
    if body.per is None:
        return [None]
    if any(other.id == body.per for other in scheme.bodies):
        return places(scheme, scheme.body(body.per))
    return [unit for unit in scheme.units if body.per in unit.roles]


def sitters(scheme: Scheme, body: entries.BodyEntry) -> Iterator[tuple[entries.SeatEntry, entries.UnitEntry | None]]:
    """Each seat of the body with the unit that fills it; a unit that has a seat is not asked again by `each`."""
    seated = {unit for seat in body.seats for unit in seat.units}
    for seat in body.seats:
        if not seat.units and not seat.each:
            yield seat, None
        for id in seat.units:
            yield seat, scheme.unit(id)
        asked = [unit for unit in scheme.units if any(unit.is_a(word) for word in seat.each)]
        for unit in asked:
            if unit.id not in seated and unit.id not in seat.excluding:
                seated.add(unit.id)
                yield seat, unit


def load_bodies(
    cluster: Cluster,
    scheme: Scheme,
    units: Mapping[str, Unit],
    times: Mapping[str, entries.Dated],
    begins: date,
    *,
    effective: bool,
) -> None:
    """The cluster's bodies and their seats from `begins` on; `times` is each unit's time in the cluster."""
    held = list(cluster.bodies.all())
    wanted = _bodies(cluster, scheme, units, times, begins, held)
    declared = [entry for entry, _ in wanted]
    rows = reconcile(held, [body for _, body in wanted], _key, begins, _BODY_WORDS if effective else ())
    if effective:
        _name(rows, [body.name for _, body in wanted])
    _subordinate(declared, rows)
    seats = [
        seat
        for entry, row, time in zip(declared, rows, time_within(held, rows, begins), strict=True)
        for seat in _seats(scheme, entry, row, time, units, times)
    ]
    reconcile(
        Seat.objects.filter(body__cluster=cluster),
        seats,
        lambda row: (row.body_id, row.unit_id, row.post),
        begins,
        _SEAT_WORDS if effective else (),
    )


def _bodies(
    cluster: Cluster,
    scheme: Scheme,
    units: Mapping[str, Unit],
    times: Mapping[str, entries.Dated],
    begins: date,
    held: list[Body],
) -> list[tuple[entries.BodyEntry, Body]]:
    """At least as many bodies as each entry asks for; those that stand stay, an office's own with their own days."""
    standing: dict[tuple[str, int | None], list[Body]] = defaultdict(list)
    for one in held:
        if one.ends is None or one.ends >= begins:
            standing[_key(one)].append(one)
    wanted = []
    for order, entry in enumerate(scheme.bodies):
        for unit in places(scheme, entry):
            row = units[unit.id] if unit else None
            time = period(_own_time(entry, begins), times[unit.id]) if unit else period(entry)
            here = standing[entry.id, row.pk if row else None]
            missing = entry.at_least - sum(not (body.is_own and body.ends) for body in here)
            spans = [_span(body, time) for body in here] + [time] * missing
            wanted += [
                (entry, Body(
                    cluster=cluster, declared=entry.id, name=_name_of(entry, row, nth, len(spans)), also=entry.also,
                    duties=entry.duties, unit=row, order=order, **span,
                ))
                for nth, span in enumerate(spans)
            ]  # fmt: skip
    return wanted


def _span(body: Body, time: dict[str, date | None]) -> dict[str, date | None]:
    """An office's own body keeps its days, as long as its unit's time lasts."""
    if not body.is_own:
        return time
    ends = [day for day in (body.ends, time["ends"]) if day]
    return {"begins": body.begins, "ends": min(ends, default=None)}


def _own_time(entry: entries.BodyEntry, begins: date) -> entries.Dated:
    """A body `per` something that was declared long ago still begins late where its unit came late."""
    return entries.Dated(begins=entry.begins if entry.begins and entry.begins > begins else None, ends=entry.ends)


def _name_of(entry: entries.BodyEntry, unit: Unit | None, nth: int, number: int) -> str:
    name = f"{unit.called if unit else ''}{entry.name}"
    if number == 1:
        return name
    return f"{name}{_NUMERALS[nth] if nth < len(_NUMERALS) else nth + 1}"


def found_body(parent: Body, entry: entries.BodyEntry, scheme: Scheme, name: str, begins: date) -> Body:
    """One more body of the declared `entry` inside `parent`, with the seats the scheme gives it."""
    units = {member.key: member.unit for member in parent.cluster.members.select_related("unit")}
    body = Body.objects.create(
        cluster=parent.cluster, declared=entry.id, name=name, is_own=True, also=entry.also, duties=entry.duties,
        unit=parent.unit, parent=parent, begins=begins, order=[one.id for one in scheme.bodies].index(entry.id),
    )  # fmt: skip
    times = dict.fromkeys(units, entries.Dated())
    seats = _seats(scheme, entry, body, entries.Dated(begins=begins), units, times)
    Seat.objects.bulk_create(seats)
    return body


def _key(body: Body) -> tuple[str, int | None]:
    return body.declared, body.unit_id


def _name(rows: list[Body], names: list[str]) -> None:
    """Names follow the scheme and the unit's name, until an office has given its body a name of its own."""
    renamed = []
    for row, name in zip(rows, names, strict=True):
        if row.name != name and not row.is_own:
            row.name = name
            renamed.append(row)
    Body.objects.bulk_update(renamed, ["name"])


def _subordinate(declared: list[entries.BodyEntry], rows: list[Body]) -> None:
    """Put each body under its parent: the one in the same unit where the parent stands in each, else the only one."""
    first = {_key(row): row for row in reversed(rows)}
    moved = []
    for entry, row in zip(declared, rows, strict=True):
        parent = None
        if entry.parent:
            parent = first.get((entry.parent, row.unit_id)) or first.get((entry.parent, None))
        if row.parent_id != (parent.pk if parent else None):
            row.parent = parent
            moved.append(row)
    Body.objects.bulk_update(moved, ["parent"])


def _seats(
    scheme: Scheme,
    entry: entries.BodyEntry,
    body: Body,
    time: entries.Dated,
    units: Mapping[str, Unit],
    times: Mapping[str, entries.Dated],
) -> list[Seat]:
    return [
        Seat(
            body=body, post=seat.post, unit=units[unit.id] if unit else None, unit_posts=list(seat.unit_post),
            departments=list(seat.departments), count=seat.count, powers=list(seat.powers), people=seat.people,
            order=order, **period(seat, time, *([times[unit.id]] if unit else [])),
        )
        for order, (seat, unit) in enumerate(sitters(scheme, entry))
    ]  # fmt: skip
