"""谁可以: predicates about an actor's post and the cluster or unit a target belongs to.

Each reads as a sentence and asks the target only for `cluster_id` and, where units matter, `unit_id`. They are the one
place where a power of the scheme turns into a right; the permission matrix prints their first lines.
"""

from typing import Any

from tizhi.base.kit.actor import Actor


def _here(actor: Actor, target: Any) -> bool:
    return actor.cluster_id is not None and actor.cluster_id == target.cluster_id


def administrator(actor: Actor, target: Any) -> bool:
    """系统管理员。"""
    return actor.is_administrator


def platform(actor: Actor, target: Any) -> bool:
    """系统自动办理。"""
    return actor.has("system")


def secretariat(actor: Actor, target: Any) -> bool:
    """大组团办公室（持有接收、编报权限的席位）。"""
    return _here(actor, target) and actor.has("secretariat")


def any_secretariat(actor: Actor, target: Any) -> bool:
    """任一组团的大组团办公室。"""
    return actor.has("secretariat")


def reporter_for_unit(actor: Actor, target: Any) -> bool:
    """报送单位的经办人，含小组团办公室、项目组为其所联系院校报送。"""
    return _here(actor, target) and actor.has("report-unit") and target.unit_id in actor.reports_for


def approver_of_unit(actor: Actor, target: Any) -> bool:
    """报送单位有审签权限的负责同志。"""
    return _here(actor, target) and actor.has("approve-unit") and actor.unit_id == target.unit_id


def keeper_of_unit(actor: Actor, target: Any) -> bool:
    """本单位通讯录的维护人。"""
    return _here(actor, target) and actor.has("people-unit") and actor.unit_id == target.unit_id


def office_head_of_unit(actor: Actor, target: Any) -> bool:
    """本单位牵头部门负责同志（既维护通讯录又有审签权限）。"""
    return keeper_of_unit(actor, target) and actor.has("approve-unit")


def pair_office_of_unit(actor: Actor, target: Any) -> bool:
    """联系该校的小组团办公室。"""
    return _here(actor, target) and actor.has("pair") and target.unit_id in actor.reports_for


def department_of_unit(actor: Actor, target: Any) -> bool:
    """报送单位所在省教育厅（委）的分管同志。"""
    return _here(actor, target) and actor.has("read-province") and target.unit_id in actor.reads


def approver_of_lead(actor: Actor, target: Any) -> bool:
    """牵头高校有审签权限的校领导或负责同志。"""
    return _here(actor, target) and actor.has("approve-unit") and actor.leads_cluster


def keeper_in_cluster(actor: Actor, target: Any) -> bool:
    """本组团任一单位的通讯录维护人（只及于本单位）。"""
    return _here(actor, target) and actor.has("people-unit")


def keeper_of_people(actor: Actor, target: Any) -> bool:
    """人员所在单位的通讯录维护人。"""
    return actor.has("people-unit") and actor.unit_id is not None and actor.unit_id == target.unit_id


def secretariat_for_people(actor: Actor, target: Any) -> bool:
    """大组团办公室，对本组团各单位的人员。"""
    return actor.has("secretariat") and target.unit_id in actor.reads


def oneself(actor: Actor, target: Any) -> bool:
    """本人。"""
    return actor.user_id is not None and actor.user_id == target.user_id


def colleague(actor: Actor, target: Any) -> bool:
    """本组团有任职的人员（只阅读正式报告的除外）。"""
    return actor.appointment_id is not None and not actor.has("read-issued")


def principal(actor: Actor, target: Any) -> bool:
    """被代录的本人。"""
    return actor.person_id is not None and actor.person_id == target.entry.principal_id


def proxy(actor: Actor, target: Any) -> bool:
    """代录的经办人。"""
    return actor.person_id is not None and actor.person_id == target.entry.person_id


def account_holder(actor: Actor, target: Any) -> bool:
    """账号本人。"""
    return actor.user_id is not None and actor.user_id == target.pk
