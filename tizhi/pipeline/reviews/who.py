"""谁可以审核: predicates on plans, reviews and assignments; conflicts are asked of the records every time."""

from __future__ import annotations

from typing import Any

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.plans.who import author_of_plan

from . import queries, secrecy
from .models import Assignment, Review


def assigner_for_plan(actor: Actor, target: Plan) -> bool:
    """持有指派专家权限、与该计划没有回避关系的人员。"""
    if actor.cluster_id != target.cluster_id or not actor.has("assign-experts") or actor.person_id is None:
        return False
    return actor.person_id not in secrecy.conflicts_on(target, "", [actor.person_id])


def assigner(actor: Actor, target: Review | Assignment) -> bool:
    """持有指派专家权限、没有回避关系的人员。"""
    return actor.has("assign-experts") and queries.assigned_by(actor).filter(pk=_review(target)).exists()


def clerk(actor: Actor, target: Assignment) -> bool:
    """持有指派专家权限、没有回避关系、自己没有待提交意见的人员（代录签字意见书）。"""
    if not actor.has("assign-experts"):
        return False
    mine = queries.assigned_by(actor).exclude(secrecy.is_pending(actor.person_id))
    return mine.filter(pk=_review(target)).exists()


def invited_expert(actor: Actor, target: Assignment) -> bool:
    """被指派、没有回避关系的专家本人。"""
    if actor.person_id is None or actor.person_id != target.person_id or not actor.has("expert"):
        return False
    return queries.read_as_expert(actor).filter(pk=target.review_id).exists()


def rechecking_expert(actor: Actor, target: Review) -> bool:
    """参加再次审读、没有回避关系的专家。"""
    return actor.has("expert") and queries.read_as_expert(actor).filter(pk=target.pk).exists()


def chair(actor: Actor, target: Review) -> bool:
    """这次审核的组长，没有回避关系，且已提交自己的意见。"""
    if actor.person_id is None or actor.person_id != target.chair_id or not actor.has("expert"):
        return False
    read = queries.read_as_expert(actor).filter(secrecy.has_given(actor.person_id))
    return read.filter(pk=target.pk).exists()


def author(actor: Actor, target: Review) -> bool:
    """方案规定的该计划编制单位（如联系该校的小组团办公室）的经办人。"""
    return author_of_plan(actor, target.plan)


def _review(target: Any) -> int:
    return int(target.review_id if isinstance(target, Assignment) else target.pk)
