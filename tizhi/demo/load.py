"""示例载入: the whole sample in one transaction, on an empty installation only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from django.db import transaction

from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.calendar import queries as calendar
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.models import Cluster

from . import planning
from .agenda import Agenda
from .commitments import Departments
from .consultations import Cases
from .experts import Committee
from .people import Cast, fill
from .plans import Plans
from .quarterly import Quarterly
from .reporting import Offices
from .studies import Studies
from .surveys import Surveys
from .timeline import on, play


@dataclass(frozen=True)
class Loaded:
    """What was loaded: for the words printed afterwards."""

    cast: Cast
    activities: int


def is_loaded() -> bool:
    """Whether there is a cluster, and so no place for the sample."""
    return Cluster.objects.exists()


def load(today: date) -> Loaded:
    """Load the sample up to `today`; RuleBroken when there is a cluster already."""
    if is_loaded():
        raise RuleBroken("已有组团数据，示例只能载入空库；请另设 TIZHI_HOME 后再试。")
    quarters = planning.quarters(today)
    with transaction.atomic(), clock.at(on(quarters[0].first, 8)):
        cluster = _cluster()
        cast = fill(cluster, quarters[0].first)
        planned = planning.plan(today, _pairs(cluster, cast), _names(cast), calendar.workdays().is_workday)
        offices, quarterly = Offices(cast, today), Quarterly(cast)
        courses = [offices.course(one) for one in planned]
        courses += [course for quarter in quarters for course in quarterly.courses(quarter)]
        agenda = Agenda(cast, today, calendar.workdays().is_workday)
        courses += agenda.courses(planned, quarters, _pairs(cluster, cast))
        courses += quarterly.waivers(today)
        courses += Departments(cast, today).courses()
        courses += Studies(cast, today).courses()
        courses += Committee(cast, quarters[0].first, today).courses()
        courses += Plans(cast, today).courses()
        courses += Cases(cast, today).courses()
        courses += Surveys(cast, today).courses()
        play(courses, on(today, 17, 30))
    return Loaded(cast, Activity.objects.filter(cluster=cluster).count())


def _cluster() -> Cluster:
    text = (files("tizhi") / "schemes" / "bnu-2022.toml").read_text("utf-8")
    return apply_scheme(system(), Cluster(key="bnu"), text=text).cluster


def _pairs(cluster: Cluster, cast: Cast) -> list[tuple[str, str]]:
    keys = {member.unit_id: key for key, member in cast.members.items()}
    return [(keys[pair.partner_id], keys[pair.supported_id]) for pair in cluster.pairs.all()]


def _names(cast: Cast) -> dict[str, str]:
    return {key: member.unit.called for key, member in cast.members.items()}
