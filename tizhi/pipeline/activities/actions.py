"""动态的办理: written, sent, signed, accepted, published – or returned, taken back, put away [四(四), E3]."""

from __future__ import annotations

from typing import Any

from django.core.files.base import File

from tizhi.base.acts.action import action
from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import (
    approver_of_unit,
    department_of_unit,
    pair_office_of_unit,
    reporter_for_unit,
    secretariat,
)
from tizhi.pipeline.studies import actions as studies
from tizhi.pipeline.studies.models import Study
from tizhi.pipeline.studies.queries import leads_study, pair_office_of_school
from tizhi.pipeline.studies.rules import not_recordable

from . import queries, rules, studying, writing
from .models import Activity, Remark

State = Activity.State


def _pass_on(activity: Activity, state: State) -> Activity:
    activity.state, activity.held_since = state, clock.now()
    activity.save()
    return activity


def _hand_in(actor: Actor, activity: Activity) -> Activity:
    """Let the brief leave its unit under the signature of `actor`."""
    activity.approved_words, activity.approved_at = actor.words, clock.now()
    activity.submitted_at = clock.now()
    return _pass_on(activity, State.SUBMITTED)


def _give_back(activity: Activity, reason: str) -> Activity:
    if not reason.strip():
        raise RuleBroken("请写明退回原因，填报人要按它修改。", {"note": "请写明退回原因"})
    activity.return_reason = reason
    activity.accepted_at = None
    return _pass_on(activity, State.RETURNED)


# Writing


@action("起草动态", by=[reporter_for_unit], creates=True)
def start_draft(actor: Actor, member: Member, **given: object) -> Activity:
    """Begin a brief of the unit `member`; what was typed so far may be unfinished but not wrong."""
    now = clock.now()
    activity = Activity(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), created_at=now, held_since=now
    )
    return writing.fill(actor, activity, given)


@action("编辑动态", by=[reporter_for_unit], when=rules.not_editable)
def save_draft(actor: Actor, activity: Activity, **given: object) -> Activity:
    """Keep what was typed, finished or not: columns, `units`, `leaders`, `photos`, `papers` (see `writing.fill`)."""
    return writing.fill(actor, activity, given)


@action("上传照片或附件", by=[reporter_for_unit], creates=True)
def upload(actor: Actor, member: Member, *, file: File, kind: str) -> StoredFile:
    """Take in a photo, cleaned of the place it was taken, or a paper; it stands with a brief once that is saved.

    RuleBroken when the file is too large or not what it says.
    """
    return take(file, kind, actor.person_id)


@action("移入回收站", by=[reporter_for_unit], when=rules.not_binnable)
def put_into_bin(actor: Actor, activity: Activity) -> Activity:
    """Put away a brief that will not be sent; nothing is deleted."""
    activity.binned_at = clock.now()
    activity.save()
    return activity


@action("从回收站恢复", by=[reporter_for_unit], when=rules.not_restorable)
def restore(actor: Actor, activity: Activity) -> Activity:
    """Take a brief out of the recycle bin as it was."""
    activity.binned_at = None
    activity.save()
    return activity


@action("登记调研并起草动态", by=[leads_study, pair_office_of_school], when=not_recordable)
def report_study(actor: Actor, study: Study, *, with_brief: bool = True, **given: Any) -> Study:
    """Record a study, with what was typed last, and draft its brief in the same step; its writer completes that.

    Whoever does not enter for the leading unit, and whoever leaves the box unticked, records the study alone.
    """
    recorded: Study = studies.record_study(actor, study, **given)
    if with_brief and recorded.unit_id in actor.reports_for and not queries.briefs_of_study(recorded.pk).exists():
        member = Member.objects.filter(cluster=recorded.cluster_id, unit=recorded.unit_id).order_by("-pk")[0]
        brief: Activity = start_draft(actor, member, **studying.told_by(recorded))
        brief.study = recorded
        brief.save()
    return recorded


# From the unit to the cluster


@action("提交动态", by=[reporter_for_unit], when=rules.not_sendable)
def send(actor: Actor, activity: Activity, *, studied: int | None = None, **given: object) -> Activity:
    """Send the brief, with what was typed last, to the unit's signature; where none is needed, to the cluster office.

    Who may sign signs by sending. RuleBroken names each field that is missing. The first sending decides whether the
    brief is in time [四(四)]. A brief of a study records the study too; `studied` is its school, of several.
    """
    if given:
        writing.fill(actor, activity, given)
    require_sound(rules.missing(activity, activity.units.count(), clock.today()), "还不能提交：")
    activity.study = studying.record_of(actor, activity, studied) or activity.study
    activity.sent_at = activity.sent_at or clock.now()
    activity.return_reason = ""
    activity.approved_words, activity.approved_at = "", None
    if approver_of_unit(actor, activity):
        return _hand_in(actor, activity)
    if rules.needs_approval(queries.briefs_of(activity.cluster_id)):
        return _pass_on(activity, State.APPROVING)
    activity.submitted_at = clock.now()
    return _pass_on(activity, State.SUBMITTED)


@action("审签动态", by=[approver_of_unit], when=rules.not_approvable, proxy=True)
def approve(actor: Actor, activity: Activity) -> Activity:
    """Sign the brief for the unit: it goes to the cluster office."""
    return _hand_in(actor, activity)


@action("退回填报人", by=[approver_of_unit], when=rules.not_approvable, proxy=True)
def return_to_writer(actor: Actor, activity: Activity, *, note: str) -> Activity:
    """Give the brief back within the unit; the reason is required."""
    return _give_back(activity, note)


@action("撤回动态", by=[reporter_for_unit], when=rules.not_withdrawable)
def withdraw(actor: Actor, activity: Activity) -> Activity:
    """Take back a brief that is not accepted yet, to revise it; the time of its first sending stands."""
    activity.submitted_at = None
    return _pass_on(activity, State.DRAFT)


# At the cluster office


@action("接收动态", by=[secretariat], when=rules.not_acceptable)
def accept(actor: Actor, activity: Activity) -> Activity:
    """Accept the brief: from now on it counts."""
    activity.accepted_at = clock.now()
    return _pass_on(activity, State.ACCEPTED)


@action("发布动态", by=[secretariat], when=rules.not_publishable)
def publish(actor: Actor, activity: Activity) -> Activity:
    """Show the brief to everybody of the cluster."""
    activity.published_at = clock.now()
    return _pass_on(activity, State.PUBLISHED)


@action("接收并发布动态", by=[secretariat], when=rules.not_acceptable)
def accept_and_publish(actor: Actor, activity: Activity) -> Activity:
    """Accept and publish in one act."""
    return publish(actor, accept(actor, activity))


@action("退回单位", by=[secretariat], when=rules.not_returnable)
def return_to_unit(actor: Actor, activity: Activity, *, note: str) -> Activity:
    """Give the brief back to its unit; the reason is required, the time of the first sending stands."""
    return _give_back(activity, note)


@action(
    "留言",
    by=[secretariat, pair_office_of_unit, reporter_for_unit, approver_of_unit, department_of_unit],
    when=rules.not_discussable,
)
def remark(actor: Actor, activity: Activity, *, text: str) -> Activity:
    """Leave a word with the brief for whoever works on it."""
    if not text.strip():
        raise RuleBroken("请写下留言内容。", {"text": "请写下留言内容"})
    Remark.objects.create(
        activity=activity, person_id=person_of(actor), words=actor.words[:160], text=text.strip(), at=clock.now()
    )
    return activity
