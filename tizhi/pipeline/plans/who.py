"""谁可以: predicates about a plan, or what belongs to one. The steps' `by` and the plan's `author` are the scheme's."""

from __future__ import annotations

from typing import Any

from tizhi.base.kit import memory
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.who import colleague, department_of_unit, secretariat

from .course import course_of
from .declared import entry_of, kinds
from .models import Plan
from .parties import ENTERS, Parties, Role


def _here(actor: Actor, target: Any) -> bool:
    return actor.cluster_id is not None and actor.cluster_id == target.cluster_id


def _parties(cluster: int) -> Parties:
    return memory.once(("parties", cluster, Parties.of(cluster).day), lambda: Parties.of(cluster))


def plan_of(target: Any) -> Plan:
    """The plan itself, or the one a section, a comment or a measure belongs to."""
    return target if isinstance(target, Plan) else target.plan


def author_for_school(actor: Actor, member: Any) -> bool:
    """方案规定的编制单位（重点联系院校及其小组团办公室）的经办人，为其结对院校。"""
    if not _here(actor, member):
        return False
    there = _parties(member.cluster_id)
    return there.acts_as(actor, {one.author for one in kinds(member.cluster_id)}, member.unit_id)


def author_of_plan(actor: Actor, target: Any) -> bool:
    """方案规定的该计划编制单位（如联系该校的小组团办公室）的经办人。"""
    if not _here(actor, target):
        return False
    plan = plan_of(target)
    entry = entry_of(plan.cluster_id, plan.declared)
    return entry is not None and _parties(plan.cluster_id).acts_as(actor, (entry.author,), plan.unit_id)


def school_of_plan(actor: Actor, target: Any) -> bool:
    """该计划所属院校的经办人和有审签权限的负责同志。"""
    return (
        _here(actor, target)
        and actor.body_id is None
        and actor.unit_id == target.unit_id
        and any(actor.has(one) for one in ENTERS)
    )


def office_of_school(actor: Actor, target: Any) -> bool:
    """联系该校的重点联系院校及其小组团办公室的经办人。"""
    return _here(actor, target) and _parties(target.cluster_id).acts_as(actor, (Role.PARTNER,), target.unit_id)


def reader_of_plan(actor: Actor, target: Any) -> bool:
    """能看到计划草稿的人员：该校、结对的重点联系院校、大组团办公室、阅览全组团的负责同志、所在省教育厅（委）。"""
    return _here(actor, target) and reads_drafts_of(actor, target.unit_id)


def may_do_step(actor: Actor, target: Any) -> bool:
    """方案规定的该步骤承办单位的经办人（机构承办的，为其席位上的人员）。"""
    if not _here(actor, target):
        return False
    now = course_of(plan_of(target)).now
    return now is not None and _parties(target.cluster_id).acts_as(actor, now.declared.by, target.unit_id)


def may_comment(actor: Actor, target: Any) -> bool:
    """编制单位、该校、结对的重点联系院校、大组团办公室、所在省教育厅（委）的人员；专家通过评审提意见。"""
    if actor.has("expert") or not _here(actor, target):
        return False
    tests = (author_of_plan, school_of_plan, office_of_school, secretariat, department_of_unit)
    return any(test(actor, target) for test in tests)


# Reading


def reads_drafts_of(actor: Actor, school: int) -> bool:
    """Whether `actor` reads what is not yet in force of a school of its cluster."""
    schools = schools_read(actor)
    return schools is None or school in schools


def schools_read(actor: Actor) -> frozenset[int] | None:
    """The schools whose drafts `actor` reads; None: all of its cluster.

    An expert's seat stands in no unit and reads no drafts: what an expert is to review comes by the assignment.
    """
    if actor.cluster_id is None or not colleague(actor, None):
        return frozenset()
    if actor.has("secretariat") or actor.has("read-cluster"):
        return None
    if actor.has("expert") or actor.has("assign-experts"):
        return frozenset()
    return actor.reads | _parties(actor.cluster_id).schools_of(actor.unit_id)


def same_person(actor: Actor, target: Any) -> bool:
    """批注人本人。"""
    return actor.person_id is not None and actor.person_id == target.person_id
