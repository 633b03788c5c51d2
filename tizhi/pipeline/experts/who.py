"""谁提名、谁本人: predicates about nominations and experts; the rest are those of `scheme.who`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme import queries as schemes
from tizhi.pipeline.scheme.models import Body, Cluster
from tizhi.pipeline.scheme.standing import standing


@dataclass(frozen=True)
class Department:
    """The department that nominates for a body, as the scheme in force names it: 北京师范大学, 教务部."""

    unit: int | None
    unit_words: str
    name: str

    @property
    def words(self) -> str:
        """北京师范大学教务部."""
        return self.unit_words + self.name


def departments(cluster: Cluster | int) -> dict[str, Department]:
    """By the scheme's id of a body, who nominates for it today; bodies for which nobody does are left out."""
    pk = cluster.pk if isinstance(cluster, Cluster) else cluster
    today = clock.today()
    units = {one.key: one.unit for one in standing(pk).members_on(today)}
    found = {}
    for entry in schemes.in_force(pk, today).bodies:
        if named := entry.nominated_by:
            unit = units.get(named.unit)
            words = unit.name if unit else schemes.in_force(pk, today).unit(named.unit).name
            found[entry.id] = Department(unit.pk if unit else None, words, named.department)
    return found


def works_for(actor: Actor, unit: int | None) -> bool:
    """Whether `actor` enters or signs for a unit in one of its own posts, not for a body that stands in it."""
    if unit is None or actor.body_id is not None or actor.unit_id != unit:
        return False
    return actor.has("approve-unit") or (actor.has("report-unit") and unit in actor.reports_for)


def nominator(actor: Actor, target: Any) -> bool:
    """提名部门所在单位的经办人和有审签权限的负责同志。"""
    if actor.cluster_id is None or actor.cluster_id != target.cluster_id:
        return False
    body: Body = target if isinstance(target, Body) else target.seat.body
    named = departments(target.cluster_id).get(body.declared)
    return named is not None and works_for(actor, named.unit)


def nominates_here(actor: Actor) -> bool:
    """Whether `actor` nominates for any body of its cluster."""
    if actor.cluster_id is None or actor.body_id is not None or not (actor.has("approve-unit") or actor.reports_for):
        return False
    return any(works_for(actor, one.unit) for one in departments(actor.cluster_id).values())


def the_expert(actor: Actor, target: Any) -> bool:
    """专家本人。"""
    return actor.person_id is not None and (actor.person_id, actor.cluster_id) == (target.person_id, target.cluster_id)


def assigner(actor: Actor, target: Any) -> bool:
    """指派专家的席位（专家委员会主任委员、秘书）。"""
    return actor.cluster_id is not None and actor.cluster_id == target.cluster_id and actor.has("assign-experts")


def sees_experts(actor: Actor) -> bool:
    """Who reads the list of experts with loads, absences and nominations: who nominates, confirms, assigns, leads."""
    if actor.cluster_id is None or actor.has("read-issued"):
        return False
    powers = ("secretariat", "assign-experts", "read-cluster")
    return any(actor.has(power) for power in powers) or nominates_here(actor)
