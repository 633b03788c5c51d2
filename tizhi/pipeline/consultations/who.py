"""谁可以: predicates about a case – its school, its owner, who assigns, the expert who was asked."""

from __future__ import annotations

from typing import Any

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities.queries import works_for
from tizhi.pipeline.scheme.who import colleague

from .models import Consultant, Consultation


def _here(actor: Actor, target: Any) -> bool:
    return actor.cluster_id is not None and actor.cluster_id == target.cluster_id


def asking_school(actor: Actor, target: Any) -> bool:
    """问诊院校的经办人和有审签权限的负责同志。"""
    return _here(actor, target) and actor.unit_id == target.unit_id and target.unit_id in works_for(actor)


def owner_of_case(actor: Actor, consultation: Consultation) -> bool:
    """承办单位的小组团办公室。"""
    return _here(actor, consultation) and actor.has("pair") and actor.unit_id == consultation.helper_id


def assigner(actor: Actor, target: Any) -> bool:
    """有指派专家权限的席位。"""
    return _here(actor, target) and actor.has("assign-experts")


def expert_asked(actor: Actor, consultant: Consultant) -> bool:
    """受邀的专家本人。"""
    return _here(actor, consultant) and actor.person_id is not None and actor.person_id == consultant.person_id


def reader_of_cases(actor: Actor, target: Any) -> bool:
    """本组团有任职的人员，读案例库。"""
    return _here(actor, target) and colleague(actor, target)
