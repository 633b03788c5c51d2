"""施行: what the tests of putting a scheme in force share."""

from datetime import date

from tizhi.base.kit.actor import system
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.entries import Dated
from tizhi.pipeline.scheme.models import (
    Area,
    Body,
    Cluster,
    Member,
    Pair,
    Post,
    Seat,
    Unit,
    UnitName,
    UnitRole,
    Version,
)  # fmt: skip

SEPTEMBER = date(2026, 9, 1)
AUGUST = date(2026, 8, 31)
# 阿坝师范学院 goes from 西北师范大学 to 安徽师范大学.
REPAIRED = (("pair[3].partner", "ahnu"),)


def state(but: type | None = None) -> list[tuple]:
    """Every row that a scheme makes."""
    models = (Unit, UnitName, Cluster, Version, Member, UnitRole, Pair, Post, Area, Body, Seat)
    return [row for model in models if model is not but for row in model.objects.order_by("pk").values_list()]


def seats(body: str, cluster: Cluster | None = None) -> list[tuple[str, str | None, int]]:
    """Post, unit and count of each seat of the body that is called so."""
    row = Body.objects.get(name=body)
    return [(seat.post, seat.unit and seat.unit.called, seat.count) for seat in row.seats.select_related("unit")]


def holds(entry: Dated, day: date) -> bool:
    return (entry.begins or date.min) <= day <= (entry.ends or date.max)


def apply(text: str, begins: date | None = None, key: str = "bnu") -> Version:
    return apply_scheme(system(), queries.cluster_by_key(key) or Cluster(key=key), text=text, begins=begins)
