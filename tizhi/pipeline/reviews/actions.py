"""专家审核的办理: opened, experts asked, opinions given, concluded, answered, read again [四(一), C6]."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File

from tizhi.base.acts.action import action
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.plans.models import Plan

from . import concluding, opening, replying, rules, telling, writing
from .candidates import candidate
from .models import Assignment, Point, Reply, Review
from .rules import Said
from .who import assigner, assigner_for_plan, author, chair, clerk, invited_expert, rechecking_expert

State, Given = Review.State, Assignment.State


# Opening and assigning


@action("发起专家审核", by=[assigner_for_plan], when=opening.why_not, creates=True)
def open_review(actor: Actor, plan: Plan, *, due: date, closes: date) -> Review:
    """Have the text that was submitted last read by experts, until `due` and at the latest until `closes`."""
    require_sound(rules.faults_of_days(due, closes, clock.today()))
    return opening.opened(actor, plan, due, closes)


@action("调整审核期限", by=[assigner], when=rules.not_running)
def change_days(actor: Actor, review: Review, *, due: date, closes: date, note: str) -> Review:
    """Move the day due and the last day; the reason is required."""
    _require_reason(note)
    require_sound(rules.faults_of_days(due, closes, clock.today()))
    review.due, review.closes = due, closes
    review.save()
    return review


@action("撤销专家审核", by=[assigner], when=rules.not_running)
def cancel(actor: Actor, review: Review, *, note: str) -> Review:
    """End a review that should not have been opened, without a conclusion; the reason is required."""
    _require_reason(note)
    review.state, review.cancelled_reason = State.CLOSED, note[:300]
    review.save()
    return review


@action("邀请专家", by=[assigner], when=rules.not_running)
def invite(actor: Actor, review: Review, *, person: int, override: str = "") -> Assignment:
    """Ask an expert of the committee; never one whom the plan concerns. Beyond his pace or on leave with a reason."""
    chosen = candidate(review, person)
    if chosen is None:
        raise RuleBroken("请从专家名单中选择。")
    if chosen.barred:
        raise RuleBroken(f"{chosen.expert.person}需要回避：{chosen.barred}")
    if chosen.is_asked:
        raise RuleBroken(f"{chosen.expert.person}已经在这次审核的名单里。")
    if chosen.why_override and not override.strip():
        raise RuleBroken(
            f"{chosen.expert.person}{chosen.why_override}，仍要邀请的，请写明原因。", {"override": "请写明原因"}
        )
    assignment = opening.asked(actor, review, chosen, override)
    telling.tell_invited(assignment)
    return assignment


@action("指定组长", by=[assigner], when=rules.not_released)
def name_chair(actor: Actor, assignment: Assignment) -> Assignment:
    """Let this expert give the conclusion."""
    review = assignment.review
    review.chair_id = assignment.person_id
    review.save()
    return assignment


@action("解除指派", by=[assigner], when=rules.not_released)
def release(actor: Actor, assignment: Assignment, *, note: str) -> Assignment:
    """Let an expert go; what he said no longer counts. The reason is required and stays with who assigns."""
    _require_reason(note)
    assignment.state = Given.RELEASED
    assignment.save()
    opening.without_chair(assignment)
    return assignment


# The expert


@action("接受审核邀请", by=[invited_expert], when=rules.not_invited)
def accept(actor: Actor, assignment: Assignment) -> Assignment:
    """Take the review on."""
    assignment.state, assignment.answered_at = Given.ACCEPTED, clock.now()
    assignment.save()
    return assignment


@action("谢绝审核邀请", by=[invited_expert], when=rules.not_declinable)
def decline(actor: Actor, assignment: Assignment, *, note: str = "") -> Assignment:
    """Not take it on, or give it back; a reason may be said. Who assigns is told at once."""
    assignment.state, assignment.answered_at = Given.DECLINED, clock.now()
    assignment.declined_reason = note.strip()[:300]
    assignment.save()
    opening.without_chair(assignment)
    review = assignment.review
    when = f"declined|{assignment.pk}|{clock.now().isoformat(timespec='seconds')}"
    telling.tell_assigners(
        review,
        (when,),
        f"{review.plan}：{assignment.person}谢绝了审核邀请",
        assignment.declined_reason or "请另邀专家。",
    )
    return assignment


@action("保存专家意见", by=[invited_expert], when=rules.not_writable)
def save_opinion(actor: Actor, assignment: Assignment, *, said: Said) -> Assignment:
    """Keep the opinion as it is, finished or not; nobody else reads it yet."""
    return writing.keep(assignment, said)


@action("提交专家意见", by=[invited_expert], when=rules.not_writable)
def submit_opinion(actor: Actor, assignment: Assignment, *, said: Said) -> Assignment:
    """Hand in the own opinion, whole; from now on those of the others may be read."""
    if sentence := rules.after_the_last_day(assignment.review, clock.today()):
        raise RuleBroken(sentence)
    writing.require_whole(assignment, said)
    concluding.require_rechecked(assignment)
    return _hand_in(writing.keep(assignment, said))


@action("撤回专家意见", by=[invited_expert], when=rules.not_withdrawable)
def take_back(actor: Actor, assignment: Assignment, *, note: str) -> Assignment:
    """Take the opinion back to change it, until the conclusion; the reason is required and stays on record."""
    _require_reason(note)
    if sentence := rules.after_the_last_day(assignment.review, clock.today()):
        raise RuleBroken(sentence)
    assignment.state, assignment.submitted_at = Given.ACCEPTED, None
    assignment.save()
    return assignment


@action("代录专家意见", by=[clerk], when=rules.not_enterable)
def enter_for(actor: Actor, assignment: Assignment, *, said: Said, paper: File) -> Assignment:
    """Enter what an expert gave on signed paper, which is kept beside it; the opinion is marked 代录 [B7]."""
    writing.require_whole(assignment, said)
    stored = opening.signed_paper(paper)
    assignment.signed, assignment.entered_words = stored, actor.words[:160]
    assignment.answered_at = assignment.answered_at or clock.now()
    return _hand_in(writing.keep(assignment, said))


def _hand_in(assignment: Assignment) -> Assignment:
    assignment.state, assignment.submitted_at = Given.SUBMITTED, clock.now()
    assignment.save()
    review = assignment.review
    if not review.assignments.filter(state__in=(Given.INVITED, Given.ACCEPTED)).exists():
        telling.tell_all_in(review)
    return assignment


# The conclusion


@action("作出审核结论", by=[chair], when=rules.not_concludable)
def conclude(
    actor: Actor,
    review: Review,
    *,
    verdict: str,
    conclusion: str,
    reply_due: date | None = None,
    note: str = "",
) -> Review:
    """Give the conclusion of this reading: the points get their numbers, and the plan goes on, waits or goes back.

    While opinions are still out, a reason (`note`) is required; those experts are released.
    """
    require_sound(rules.faults_of_conclusion(verdict, conclusion, reply_due, clock.today()))
    return concluding.concluded(actor, review, verdict, conclusion.strip(), reply_due, note)


# Replies and the second reading


@action("答复专家意见", by=[author], when=rules.not_replying)
def answer(
    actor: Actor, review: Review, *, point: int, decision: str, reason: str = "", place: str = "",
    read: int | None = None,
) -> Reply:  # fmt: skip
    """Say what was made of one open point: adopted, partly or not, why, and where the text changed.

    `read` is the version of the reply as it was read; Stale when somebody else wrote meanwhile.
    """
    require_sound(rules.faults_of_reply(decision, reason.strip(), place.strip()))
    return replying.answered(actor, review, point, decision, reason.strip(), place.strip(), read)


@action("提交逐条答复", by=[author], when=rules.not_replying)
def submit_replies(actor: Actor, review: Review, *, note: str = "") -> Review:
    """Hand in all replies with the changed text: the second reading begins with the same experts; returns it."""
    return replying.handed_in(actor, review, note)


@action("复核意见", by=[rechecking_expert], when=rules.not_rechecking)
def recheck(actor: Actor, review: Review, *, point: int, is_settled: bool, reason: str = "") -> Point:
    """Say of one open point whether the reply settles it: its own expert, or the chair; kept open with the reason."""
    return concluding.rechecked(actor, review, point, is_settled, reason.strip())


def _require_reason(note: str) -> None:
    if not note.strip():
        raise RuleBroken("请写明原因。", {"note": "请写明原因"})
    if len(note) > 300:
        raise RuleBroken("原因不超过300字。", {"note": "原因不超过300字"})
