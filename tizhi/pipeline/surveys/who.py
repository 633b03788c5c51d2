"""谁可以: who makes surveys, and who reads what comes of them."""

from __future__ import annotations

from typing import Any

from tizhi.base.kit.actor import Actor

MAKING = frozenset({"pair", "secretariat", "project", "report-unit"})


def maker_for_unit(actor: Actor, target: Any) -> bool:
    """本校的小组团办公室、项目组、报送经办人，牵头高校的大组团办公室，为本校发起问卷。"""
    is_here = actor.cluster_id is not None and actor.cluster_id == target.cluster_id
    return is_here and not actor.of_department and actor.unit_id == target.unit_id and bool(actor.powers & MAKING)


def makes_surveys(actor: Actor) -> bool:
    """Whether there is a unit for which `actor` may make surveys."""
    return actor.cluster_id is not None and not actor.of_department and bool(actor.powers & MAKING)


def reader_of_results(actor: Actor, survey: Any) -> bool:
    """发起单位的人员，阅读组团全部工作的人员。"""
    if actor.cluster_id is None or actor.cluster_id != survey.cluster_id or actor.has("read-issued"):
        return False
    return actor.unit_id == survey.unit_id or actor.has("read-cluster")
