"""结论与复核: the chair's conclusion numbers the points and moves the plan; a later reading settles them."""

from __future__ import annotations

from datetime import date

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, system
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans import actions as plans

from . import queries, rules, telling
from .models import Assignment, Point, Review, Verdict

State, Given = Review.State, Assignment.State
COMMITTEE = "专家委员会"


def concluded(
    actor: Actor, review: Review, verdict: str, text: str, reply_due: date | None, note: str
) -> Review:  # fmt: skip
    """Write the conclusion and let the plan follow it."""
    late = list(review.assignments.filter(state__in=(Given.INVITED, Given.ACCEPTED)))
    if late and not note.strip():
        raise RuleBroken(
            f"还有{len(late)}位专家没有提交意见。不再等待的，请写明原因。", {"note": "请写明不再等待的原因"}
        )
    chain = queries.chain_of(review)
    points = _numbered(chain)
    open_musts = sum(one.weight == Point.Weight.MUST and one.settled_at is None for one in points)
    open_ones = [one for one in points if one.settled_at is None]
    if sentence := rules.why_not_pass(verdict, review.reading, len(open_ones), open_musts):
        raise RuleBroken(sentence, {"verdict": sentence})
    for one in late:
        one.state = Given.RELEASED
        one.save()
    _close(actor, review, verdict, text, reply_due)
    _move_plan(review)
    telling.tell_authors(review)
    return review


def _close(actor: Actor, review: Review, verdict: str, text: str, reply_due: date | None) -> None:
    conditional = verdict == Verdict.CONDITIONAL
    review.verdict, review.conclusion = verdict, text
    review.concluded_at, review.concluded_words = clock.now(), actor.words[:160]
    review.reply_due = reply_due if conditional else None
    review.state = State.REPLYING if conditional else State.CLOSED
    review.save()


def _move_plan(review: Review) -> None:
    # The plan keeps the committee's name, not the chair's: names stay with who assigns.
    committee = system(COMMITTEE)
    note = f"专家审核结论：{Verdict(review.verdict).label}"
    if review.verdict == Verdict.PASSED:
        plans.pass_step(committee, review.plan, passed=review.version_read, note=note)
    elif review.verdict == Verdict.CONDITIONAL:
        plans.open_text(committee, review.plan, note=note)
    else:
        plans.send_back(committee, review.plan, note=note)


def _numbered(chain: list[Review]) -> list[Point]:
    """All points of the readings so far; those of the last one get the next numbers, in the order of the text."""
    review = chain[-1]
    known = list(queries.points_of(chain[:-1])) if len(chain) > 1 else []
    order = {key: place for place, (key, _) in enumerate(rules.sections_of(review.version_read.content))}
    given = Assignment.State.SUBMITTED
    new = Point.objects.filter(assignment__review=review, assignment__state=given).select_related("assignment")
    ordered = sorted(new, key=lambda one: (order.get(one.section, -1), one.assignment.number, one.order, one.pk))
    first = max((one.number or 0 for one in known), default=0) + 1
    for number, point in enumerate(ordered, start=first):
        point.number = number
        point.save()
    return known + ordered


# A later reading


def rechecked(actor: Actor, review: Review, point: int, is_settled: bool, reason: str) -> Point:
    """Settle a point, or keep it open with the reason."""
    found = next((one for one in open_points(review, and_settled_here=True) if one.pk == point), None)
    if found is None:
        raise RuleBroken("请从列出的意见中选择。")
    if actor.person_id not in (found.assignment.person_id, review.chair_id):
        raise RuleBroken("这一条由提出意见的专家或组长复核。")
    _require_taking_part(actor, review)
    if not is_settled and not reason:
        raise RuleBroken("请写明还要怎样修改。", {"reason": "请写明还要怎样修改"})
    if len(reason) > 500:
        raise RuleBroken("说明不超过500字。", {"reason": f"说明不超过500字，现有{len(reason)}字"})
    found.settled_at = clock.now() if is_settled else None
    found.settled_words = actor.words[:160] if is_settled else ""
    found.kept_reason, found.kept_in = ("", None) if is_settled else (reason, review.reading)
    found.save()
    return found


def _require_taking_part(actor: Actor, review: Review) -> None:
    mine = review.assignments.filter(person=actor.person_id).first()
    if mine is None or mine.state not in (Given.ACCEPTED, Given.SUBMITTED):
        raise RuleBroken("请先接受邀请，再复核意见。")


def open_points(review: Review, *, and_settled_here: bool = False) -> list[Point]:
    """What a later reading is about: points of earlier readings not settled before it began."""
    chain = queries.chain_of(review)
    points = queries.points_of(chain[:-1]) if len(chain) > 1 else []
    return [
        one
        for one in points
        if one.settled_at is None or (and_settled_here and one.settled_at >= review.opened_at)
    ]  # fmt: skip


def own_points(review: Review, person: int | None) -> list[Point]:
    """Those of them that this expert is to recheck: his own, and as chair those whose expert takes no part any more."""
    points = open_points(review, and_settled_here=True)
    there = set(review.assignments.filter(state__in=_TAKING_PART).values_list("person", flat=True))
    left = [one for one in points if one.assignment.person_id not in there] if review.chair_id == person else []
    return [one for one in points if one.assignment.person_id == person or one in left]


_TAKING_PART = (Given.INVITED, Given.ACCEPTED, Given.SUBMITTED)


def require_rechecked(assignment: Assignment) -> None:
    """In a later reading an expert says of each of his points whether it is settled, before he hands in."""
    review = assignment.review
    if review.reading == 1:
        return
    undecided = [
        one
        for one in own_points(review, assignment.person_id)
        if one.settled_at is None and one.kept_in != review.reading
    ]  # fmt: skip
    if undecided:
        numbers = "、".join(str(one.number) for one in undecided)
        raise RuleBroken(f"还有意见没有复核：第{numbers}条。请逐条选择“复核通过”或“仍需修改”。")
