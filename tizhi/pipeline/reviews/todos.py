"""审核的待办: who is to answer, to write, to conclude, to assign, to chase, to reply."""

from __future__ import annotations

from collections.abc import Iterator

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.todo import Todo

from . import queries, secrecy
from .models import Assignment, Review

State, Given = Review.State, Assignment.State
ICON = "user-check"


def waiting_for(actor: Actor) -> list[Todo]:
    """What waits for an expert, for the chair, for who assigns and for the authors; nobody else is asked about."""
    if actor.cluster_id is None or actor.person_id is None:
        return []
    found = list(_of_expert(actor)) if actor.has("expert") else []
    if actor.has("assign-experts"):
        found += _of_assigner(actor)
    if actor.has("pair"):
        found += _of_author(actor)
    return found


def _of_expert(actor: Actor) -> Iterator[Todo]:
    """Asked, at work, or as chair with all opinions in; the records of conflict are read only when something waits."""
    mine = Assignment.objects.filter(
        person=actor.person_id, review__cluster=actor.cluster_id, review__state=State.REVIEWING, state__in=secrecy.LIVE
    )
    rows = list(mine.select_related("review__plan__unit"))
    if not rows:
        return
    seen = queries.in_full(queries.read_as_expert(actor).filter(pk__in=[one.review_id for one in rows]))
    reviews = {one.pk: one for one in seen}
    for one in rows:
        if review := reviews.get(one.review_id):
            yield from _of_assignment(actor, review, one)


def _of_assignment(actor: Actor, review: Review, one: Assignment) -> Iterator[Todo]:
    args = (review.pk,)
    if one.state == Given.INVITED:
        about = f"{review.called}，请答复是否参加"
        yield Todo("答复邀请", str(review.plan), about, "reviews:show", args, review.due, ICON, "答复")
    elif one.state == Given.ACCEPTED:
        about = f"{review.called}，{'请逐条复核后提交意见' if review.reading > 1 else '请提交意见'}"
        yield Todo("审核", str(review.plan), about, "reviews:show", args, review.due, ICON, "填写意见")
    elif review.chair_id == actor.person_id and review.asked == review.given:  # type: ignore[attr-defined]
        about = f"{review.called}，{review.given}位专家的意见已收齐"  # type: ignore[attr-defined]
        yield Todo("作结论", str(review.plan), about, "reviews:show", args, review.closes, ICON, "作结论")


def _of_assigner(actor: Actor) -> Iterator[Todo]:
    for plan in queries.waiting_plans(actor):
        yield Todo("发起专家审核", str(plan), "计划已办到审核步骤", "reviews:of-plan", (plan.pk,), None, ICON, "发起")
    running = queries.in_full(queries.assigned_by(actor).filter(state__in=queries.RUNNING))
    for review in queries.in_order(running):
        about = what_is_due(review)
        if about:
            yield Todo("组织审核", str(review.plan), about, "reviews:show", (review.pk,), review.due, ICON, "处理")


def what_is_due(review: Review) -> str:
    """What who assigns has to see to, in words; nothing while all are at work in time. `review` from `in_full`."""
    asked, given = review.asked, review.given  # type: ignore[attr-defined]
    if not asked:
        return "还没有邀请专家" if review.state == State.ASSIGNING else "没有专家参加，请另邀"
    if review.chair_id is None:
        return "还没有指定组长"
    if given < asked and clock.today() > review.due:
        return f"已提交{given}份意见，{asked - given}位专家逾期"
    return ""


def _of_author(actor: Actor) -> Iterator[Todo]:
    waiting = Review.objects.filter(
        cluster=actor.cluster_id, state=State.REPLYING, plan__unit__in=secrecy.schools_spoken_for(actor)
    )
    for review in waiting.select_related("plan__unit"):
        about = "有条件通过，请逐条答复并修改文本"
        yield Todo(
            "答复专家意见", str(review.plan), about, "reviews:reply", (review.pk,), review.reply_due, ICON, "答复"
        )  # fmt: skip
