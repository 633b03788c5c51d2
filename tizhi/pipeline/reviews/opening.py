"""发起与指派: a review is opened for a text, experts get their places in it."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File

from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.plans.models import Plan

from . import queries
from .candidates import Candidate
from .models import Assignment, Review

State, Given = Review.State, Assignment.State


def why_not(plan: Plan) -> str | None:
    """Why the plan cannot be reviewed now, in a sentence: another step is open, no text, or it is being reviewed."""
    course = course_of(plan)
    if course.now is None or course.now.declared.evidence.conclusion is None:
        step = course.now.name if course.now else "已办结"
        return f"计划正在“{step}”，不在专家审核的步骤。"
    if course.latest is None:
        return "计划还没有提交过文本，不能审核。"
    if running := queries.running_of(plan.pk):
        return "这份计划正在审核。" if running.state != State.REPLYING else "编制单位正在答复上一次审核的意见。"
    return None


def opened(actor: Actor, plan: Plan, due: date, closes: date) -> Review:
    """The review of the text submitted last."""
    # Two who open at once: the second one finds it open.
    Plan.objects.select_for_update().get(pk=plan.pk)
    if sentence := why_not(plan):
        raise RuleBroken(sentence)
    course = course_of(plan)
    assert course.now is not None and course.latest is not None  # noqa: S101
    return Review.objects.create(
        cluster_id=plan.cluster_id, plan=plan, version_read=course.latest, step=course.now.declared.id, due=due,
        closes=closes, opened_at=clock.now(), opened_words=actor.words[:160],
    )  # fmt: skip


def asked(actor: Actor, review: Review, chosen: Candidate, override: str) -> Assignment:
    """The expert's place in the review; one who declined before is asked again in the same place."""
    assignment = chosen.assignment or Assignment(
        review=review, person=chosen.expert.person, number=_next_number(review)
    )  # fmt: skip
    assignment.state, assignment.invited_at = Given.INVITED, clock.now()
    assignment.invited_words, assignment.override = actor.words[:160], override.strip()[:200]
    assignment.answered_at, assignment.declined_reason, assignment.submitted_at = None, "", None
    assignment.save()
    if review.state == State.ASSIGNING:
        review.state = State.REVIEWING
        review.save()
    return assignment


def _next_number(review: Review) -> int:
    last = review.assignments.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def without_chair(assignment: Assignment) -> None:
    """Somebody who no longer takes part no longer concludes."""
    review = assignment.review
    if review.chair_id == assignment.person_id:
        review.chair = None
        review.save()


def signed_paper(paper: File) -> StoredFile:
    """The signed opinion in the storage. It is the review's, not the uploader's: who may no longer read, may not."""
    try:
        return take(paper, StoredFile.Kind.PAPER)
    except RuleBroken as fault:
        raise RuleBroken(fault.message, {"paper": fault.message}) from fault
