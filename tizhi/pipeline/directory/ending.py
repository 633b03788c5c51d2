"""随方案终止的任职: whose posts and seats a scheme to come no longer has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import F

from tizhi.pipeline.scheme.bodies import places, sitters
from tizhi.pipeline.scheme.declared import Scheme
from tizhi.pipeline.scheme.edges import ONE_DAY
from tizhi.pipeline.scheme.entries import Dated
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.units import find_units

from .models import Appointment
from .queries import held_in

Place = tuple[str, int | None, str, int | None]  # body and the unit it stands in, seat and the unit that fills it


def ending(cluster: Cluster, scheme: Scheme, begins: date) -> list[Appointment]:
    """The appointments that lose their place when `scheme` is in force from `begins` on.

    Posts of units first, then seats. A unit that leaves takes its posts along, a body its seats; what had ended before
    is left out.
    """
    if cluster.pk is None:
        return []
    rows = {match.entry.id: match.row.pk for match in find_units(scheme.units) if match.row}
    units = {rows.get(unit.id) for unit in scheme.units if _lasts(begins, unit)}
    posts = {post.id for post in scheme.posts}
    seats = set(_seats(scheme, rows, begins))
    order = (F("seat__body__order").asc(nulls_first=True), "seat__order", "unit", "post__rank", "pk")
    held = held_in(cluster).on(begins).filter(person__is_open=True).order_by(*order)
    return [one for one in held if _stood(one, begins - ONE_DAY) and not _stays(one, units, posts, seats)]


def _stood(one: Appointment, day: date) -> bool:
    """Whether its place was there up to the day before."""
    return one.seat.holds_on(day) if one.seat else bool(one.post and one.post.is_open)


def _stays(one: Appointment, units: set[int | None], posts: set[str], seats: set[Place]) -> bool:
    if one.seat:
        return (one.seat.body.declared, one.seat.body.unit_id, one.seat.post, one.seat.unit_id) in seats
    return bool(one.post and one.post.key in posts and one.unit_id in units)


def _seats(scheme: Scheme, rows: dict[str, int], begins: date) -> Iterator[Place]:
    for body in scheme.bodies:
        for place in places(scheme, body):
            for seat, unit in sitters(scheme, body):
                if _lasts(begins, body, seat, place, unit):
                    yield body.id, rows.get(place.id) if place else None, seat.post, rows.get(unit.id) if unit else None


def _lasts(begins: date, *entries: Dated | None) -> bool:
    """Whether none of `entries` has ended by `begins`."""
    return all(one is None or one.ends is None or one.ends >= begins for one in entries)
