"""计划安排的办理: entered, changed, moved, given up – or done: it becomes a brief by one tap [E9]."""

from __future__ import annotations

from datetime import date

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities.actions import start_draft
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.scheme.who import oneself, reporter_for_unit

from . import feeds, queries, rules, writing
from .models import Feed, PlannedItem


@action("登记计划", by=[reporter_for_unit], creates=True)
def plan_item(actor: Actor, member: Member, **given: object) -> PlannedItem:
    """Enter what the unit `member` means to do; from now on it is promised to the units that take part."""
    planned = PlannedItem(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), created_at=clock.now()
    )
    return writing.begin(actor, planned, given)


@action("修改计划", by=[reporter_for_unit], when=rules.not_changeable)
def change_item(actor: Actor, planned: PlannedItem, **given: object) -> PlannedItem:
    """Change anything but the days: columns, `units`, `leaders` (see `writing.fill`)."""
    return writing.fill(actor, planned, given)


@action("改期", by=[reporter_for_unit], when=rules.not_movable)
def move_item(
    actor: Actor, planned: PlannedItem, *, first_day: date | None, last_day: date | None = None, note: str = ""
) -> PlannedItem:
    """Put it on other days; the reason is required, the days before are kept. On its first day this is a correction."""
    return writing.move(actor, planned, first_day, last_day, note)


@action("取消计划", by=[reporter_for_unit], when=rules.not_cancellable)
def cancel_item(actor: Actor, planned: PlannedItem, *, note: str) -> PlannedItem:
    """Give it up; the reason is required, the units that were to take part read it."""
    if not note.strip():
        raise RuleBroken("请写明取消原因，参与单位会看到。", {"note": "请写明取消原因，参与单位会看到"})
    planned.cancel_reason = note.strip()[: writing.LONGEST_REASON]
    planned.cancelled_at = planned.changed_at = clock.now()
    planned.save()
    return planned


# What became of it


def _link(planned: PlannedItem, activity: Activity | None) -> None:
    planned.activity, planned.changed_at = activity, clock.now()
    planned.save()


@action("由计划起草动态", by=[reporter_for_unit], when=rules.not_startable)
def make_brief(actor: Actor, planned: PlannedItem) -> Activity:
    """Make the draft brief with everything that was planned; a second tap leads to the same draft."""
    if planned.brief is not None:
        return planned.brief
    member = Member.objects.filter(cluster=planned.cluster_id, unit=planned.unit_id).order_by("-pk")[0]
    activity: Activity = start_draft(actor, member, **writing.taken_over(planned))
    _link(planned, activity)
    return activity


@action("关联已有动态", by=[reporter_for_unit], when=rules.not_linkable)
def link_brief(actor: Actor, planned: PlannedItem, *, activity: Activity) -> PlannedItem:
    """Say which brief, reported by the unit or with its part, is what became of it."""
    if not queries.linkable(actor, planned).filter(pk=activity.pk).exists():
        raise RuleBroken("请选择本单位报送或参加的动态。", {"activity": "请选择本单位报送或参加的动态"})
    _link(planned, activity)
    return planned


@action("解除与动态的关联", by=[reporter_for_unit], when=rules.not_linked)
def unlink_brief(actor: Actor, planned: PlannedItem) -> PlannedItem:
    """Part it from a brief that was linked by mistake; the brief itself stays."""
    _link(planned, None)
    return planned


# In one's own calendar


@action("开通日历订阅", by=[oneself], creates=True)
def open_feed(actor: Actor, person: Person, *, secret: str) -> Feed:
    """Let `secret` open the person's dates to a calendar; an earlier address is void from now on."""
    feeds.end(person.pk)
    return Feed.objects.create(person=person, digest=feeds.digest(secret), created_at=clock.now())


@action("停用日历订阅", by=[oneself])
def close_feed(actor: Actor, feed: Feed) -> Feed:
    """Void the address; calendars that read it get nothing any more."""
    feeds.end(feed.person_id)
    return feed
