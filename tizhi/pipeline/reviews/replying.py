"""逐条答复: what the authors make of each point, and the second reading that follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.experts.queries import experts_of
from tizhi.pipeline.plans import actions as plans
from tizhi.pipeline.plans.models import PlanVersion

from . import queries, rules, secrecy, telling
from .models import Assignment, Point, Reply, Review

State, Given = Review.State, Assignment.State
LEAST_DAYS = 7


def to_answer(review: Review) -> list[Point]:
    """The points that wait for a reply after this reading: all that are not settled, in order; two queries."""
    return [one for one in queries.points_of(queries.chain_of(review)) if one.settled_at is None]


def reply_of(point: Point) -> Reply | None:
    """What was replied to a point, at any time."""
    return getattr(point, "reply", None)


def is_answered(point: Point, review: Review) -> bool:
    """Whether the authors have answered after this reading."""
    reply = reply_of(point)
    return reply is not None and reply.reading == review.reading


def answered(
    actor: Actor, review: Review, point: int, decision: str, reason: str, place: str, read: int | None
) -> Reply:  # fmt: skip
    """Write the reply to one point; one to an earlier reading is kept beside it."""
    found = next((one for one in to_answer(review) if one.pk == point), None)
    if found is None:
        raise RuleBroken("请从列出的意见中选择。")
    reply = reply_of(found)
    if reply is None:
        reply = Reply(point=found, version=0)
    elif read is not None and read != reply.version:
        raise Stale(reply)
    elif reply.reading != review.reading:
        reply.earlier = [*reply.earlier, _kept(reply)]
    reply.decision, reply.reason, reply.place, reply.reading = decision, reason, place, review.reading
    reply.person_id, reply.words, reply.at = person_of(actor), actor.words[:160], clock.now()
    reply.version += 1
    reply.save()
    return reply


def _kept(reply: Reply) -> dict[str, Any]:
    return {
        "reading": reply.reading, "decision": reply.get_decision_display(), "reason": reply.reason,
        "place": reply.place, "words": reply.words, "at": reply.at.isoformat(),
    }  # fmt: skip


def handed_in(actor: Actor, review: Review, note: str) -> Review:
    """Close the first reading with its replies, freeze the changed text, and open the next reading."""
    points = to_answer(review)
    faults = [_fault(one, review) for one in points]
    if left := [sentence for sentence in faults if sentence]:
        raise RuleBroken("还不能提交：" + "；".join(left) + "。")
    version = plans.submit_again(actor, review.plan, note=note or f"答复{review.called}意见后再次送审")
    review.state, review.replied_at, review.replied_words = State.CLOSED, clock.now(), actor.words[:160]
    review.save()
    return _read_again(review, version)


def _fault(point: Point, review: Review) -> str:
    if not is_answered(point, review):
        return f"第{point.number}条没有答复"
    reply = point.reply
    faults = rules.faults_of_reply(reply.decision, reply.reason, reply.place)
    return f"第{point.number}条{next(iter(faults.values()))}" if faults else ""


def _read_again(review: Review, version: PlanVersion) -> Review:
    """The next reading: the same experts, as far as they still are experts and nothing ties them to the plan."""
    opened = timezone.localtime(review.opened_at).date()
    days = max((review.due - opened).days, LEAST_DAYS)
    due = clock.today() + timedelta(days=days)
    closes = due + max(review.closes - review.due, timedelta(0))
    again = Review.objects.create(
        cluster_id=review.cluster_id, plan=review.plan, version_read=version, step=review.step,
        reading=review.reading + 1, previous=review, due=due, closes=closes, opened_at=clock.now(),
        opened_words="提交逐条答复后自动发起",
    )  # fmt: skip
    for former in _still(review):
        Assignment.objects.create(
            review=again, person_id=former.person_id, number=former.number, state=Given.ACCEPTED,
            invited_at=clock.now(), invited_words="沿用上一次审读的指派", answered_at=clock.now(),
        )  # fmt: skip
    there = list(again.assignments.select_related("review"))
    if there:
        again.state = State.REVIEWING
        again.chair_id = review.chair_id if any(one.person_id == review.chair_id for one in there) else None
        again.save()
    for one in there:
        telling.tell_second_reading(one)
    asked = "已沿用上次的专家" if len(there) else "上次的专家都已不能参加，请另邀专家"
    telling.tell_assigners(
        again, ("opened",), f"{review.plan}已提交逐条答复，开始{again.called}", f"{asked}，请核对期限和组长。"
    )  # fmt: skip
    return again


def _still(review: Review) -> list[Assignment]:
    before = list(review.assignments.filter(state=Given.SUBMITTED))
    experts = {one.person.pk for one in experts_of(review.cluster_id, clock.today())}
    barred = secrecy.conflicts_on(review.plan, review.step, [one.person_id for one in before])
    return [one for one in before if one.person_id in experts and one.person_id not in barred]
