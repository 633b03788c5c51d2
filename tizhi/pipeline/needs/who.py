"""谁可以办理需求: the school itself, the pair office that helps it, whoever proposed."""

from __future__ import annotations

from typing import Any

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.studies.models import Finding
from tizhi.pipeline.studies.queries import schools_of, writes_finding

from .models import Need


def school_itself(actor: Actor, target: Any) -> bool:
    """重点支持院校本校的经办人、牵头部门负责同志。"""
    return (
        actor.cluster_id is not None
        and actor.cluster_id == target.cluster_id
        and actor.has("report-unit")
        and actor.unit_id == target.unit_id
        and target.unit_id in {one.pk for one in schools_of(actor.cluster_id)}
    )


def proposer_of_need(actor: Actor, need: Need) -> bool:
    """代为提出需求的单位，学校确认以前。"""
    return (
        actor.cluster_id == need.cluster_id
        and need.confirmed_at is None
        and need.proposer_id is not None
        and actor.has("report-unit")
        and actor.unit_id == need.proposer_id
    )


def school_of_finding(actor: Actor, finding: Finding) -> bool:
    """受调研院校本校的经办人、牵头部门负责同志。"""
    return (
        actor.cluster_id == finding.study.cluster_id
        and actor.has("report-unit")
        and actor.unit_id == finding.study.school_id
    )


def proposer_from_finding(actor: Actor, finding: Finding) -> bool:
    """登记该次调研的单位、联系受调研院校的小组团办公室。"""
    return writes_finding(actor, finding)
