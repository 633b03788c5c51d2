"""示例载入: the whole sample in one transaction, on an empty installation only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from importlib.resources import files

from django.db import transaction
from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.calendar import queries as calendar
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.models import Cluster

from . import planning
from .people import Cast, fill
from .reporting import Desk


@dataclass(frozen=True)
class Loaded:
    """What was loaded: for the words printed afterwards."""

    cast: Cast
    activities: int


def load(today: date) -> Loaded:
    """Load the sample up to `today`; RuleBroken when there is a cluster already."""
    if Cluster.objects.exists():
        raise RuleBroken("已有组团数据，示例只能载入空库；请另设 TIZHI_HOME 后再试。")
    begun = planning.quarters(today)[0].first
    with transaction.atomic():
        with clock.at(begun):
            cluster = _cluster()
            cast = fill(cluster, begun)
        desk = Desk(cast, timezone.make_aware(datetime.combine(today, time(17, 30))))
        entered = [
            desk.report(one)
            for one in planning.plan(today, _pairs(cluster, cast), _names(cast), calendar.workdays().is_workday)
        ]
        return Loaded(cast, len([one for one in entered if one]))


def _cluster() -> Cluster:
    text = (files("tizhi") / "schemes" / "bnu-2022.toml").read_text("utf-8")
    return apply_scheme(system(), Cluster(key="bnu"), text=text).cluster


def _pairs(cluster: Cluster, cast: Cast) -> list[tuple[str, str]]:
    scheme = queries.in_force(cluster, clock.today())
    return [(pair.partner, pair.supported) for pair in scheme.pairs]


def _names(cast: Cast) -> dict[str, str]:
    return {key: member.unit.called for key, member in cast.members.items()}
