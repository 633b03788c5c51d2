"""载入: turns a declared scheme into the rows that others point to, and keeps its text as a version.

Rows with dates (members, roles, pairs, bodies, seats) begin and end on the version's first day. What has no dates of
its own (names, powers, duties) is brought up to date when that day has come: on loading, or that morning (`jobs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from .bodies import load_bodies
from .declared import Scheme
from .models import Area, Cluster, Post
from .units import load_places, load_units

Listed = TypeVar("Listed", Post, Area)


def load(cluster: Cluster, scheme: Scheme, begins: date, *, effective: bool) -> None:
    """Make the rows of `cluster` agree with `scheme` from `begins` on. Doing so twice changes nothing.

    Not yet `effective`, the scheme only opens and closes what has dates.
    """
    if effective:
        _load_cluster(cluster, scheme)
        _load_posts(cluster, scheme)
        _load_areas(cluster, scheme)
    units = load_units(scheme, begins, effective=effective)
    times = load_places(cluster, scheme, units, begins, effective=effective)
    load_bodies(cluster, scheme, units, times, begins, effective=effective)


def _load_cluster(cluster: Cluster, scheme: Scheme) -> None:
    entry = scheme.cluster
    cluster.name, cluster.title, cluster.programme = entry.name, entry.title, scheme.programme.name
    cluster.starts, cluster.ends = entry.starts, entry.ends
    cluster.save()


def _load_posts(cluster: Cluster, scheme: Scheme) -> None:
    posts = [
        Post(
            cluster=cluster, key=entry.id, name=entry.name, each=list(entry.each), count=entry.count,
            at_least=entry.at_least, rank=entry.rank, powers=list(entry.powers), order=order,
        )
        for order, entry in enumerate(scheme.posts)
    ]  # fmt: skip
    _list(posts, list(cluster.posts.all()), ["name", "each", "count", "at_least", "rank", "powers", "order", "is_open"])


def _load_areas(cluster: Cluster, scheme: Scheme) -> None:
    areas = [
        Area(
            cluster=cluster, key=entry.id, name=entry.name, items=list(entry.items), is_individual=entry.individual,
            order=order,
        )
        for order, entry in enumerate(scheme.areas)
    ]  # fmt: skip
    _list(areas, list(cluster.areas.all()), ["name", "items", "is_individual", "order", "is_open"])


def _list(wanted: Sequence[Listed], held: Sequence[Listed], fields: list[str]) -> None:
    """Add what is new, update what stays, shut what the scheme no longer has: appointments may still point to it."""
    if not (wanted or held):
        return
    rows = {row.key: row for row in held}
    new = [row for row in wanted if row.key not in rows]
    for row in held:
        row.is_open = False
    for want in wanted:
        for name in fields if want.key in rows else ():
            setattr(rows[want.key], name, getattr(want, name))
    manager = type((new or held)[0])._base_manager
    manager.bulk_create(new)
    manager.bulk_update(held, fields)
