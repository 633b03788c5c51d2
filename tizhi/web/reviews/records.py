"""一次专家审核: what each may see of it and do next – who assigns, an expert, the chair, the authors, a reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.kit import words
from tizhi.pipeline.reviews import actions, concluding, queries, rules, secrecy, sight, todos
from tizhi.pipeline.reviews.changed import changed_sections
from tizhi.pipeline.reviews.models import Assignment, Point, Review, Verdict
from tizhi.pipeline.reviews.who import author
from tizhi.web.frame.acts import Act, Button, buttons, do
from tizhi.web.frame.parts import Step
from tizhi.web.frame.request import Request

State = Review.State
ACTS = (
    Act(actions.cancel, "撤销审核", "已撤销。", "circle-minus", wants_reason=True, hint="留在办理记录里，不再有结论"),
)
OWN_ACTS = (
    Act(actions.decline, "谢绝", "已谢绝，并已告知专家委员会秘书。", "x", wants_reason=False,
        asks="谢绝以后，由专家委员会另请专家。确定谢绝吗？"),
    Act(actions.accept, "接受邀请", "已接受，可以开始填写意见。", "check"),
    Act(actions.take_back, "撤回意见", "已撤回，可以修改后重新提交。", "arrow-back-up", wants_reason=True,
        hint="留在办理记录里"),
)  # fmt: skip
ASSIGNER_ACTS = (
    Act(actions.name_chair, "请任组长", "已指定组长。", "user-star"),
    Act(actions.release, "解除", "已解除，这位专家的意见不再计入。", "user-off", wants_reason=True,
        hint="只留在办理记录里，专家本人不会收到"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
OF_ASSIGNMENT = {act.name: act for act in (*OWN_ACTS, *ASSIGNER_ACTS)}


@dataclass(frozen=True)
class ExpertLine:
    """One assigned expert as who assigns sees him: `barred` when the plan concerns him by now."""

    assignment: Assignment
    buttons: list[Button]
    may_enter: bool
    is_chair: bool
    barred: str


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    review = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    return page(request, review)


def page(request: Request, review: Review, *, fault: object = None, at: int = 0, status: int = 200) -> HttpResponse:
    """The page of `review`; with the `fault` of rechecking the point `at`."""
    actor = request.actor
    seen = sight.sight_of(actor, review)
    points = _of_this_reading(sight.points_seen(actor, review), review, seen)
    mine = concluding.own_points(review, actor.person_id) if seen.mine and review.reading > 1 else []
    context = {
        "target": review,
        "sight": seen,
        "steps": steps_of(review, seen),
        "opinions": sight.opinions_of(actor, review, seen),
        "points": points,
        "names": dict(rules.sections_of(review.version_read.content)),
        "to_recheck": {one.pk for one in mine} if review.state == State.REVIEWING else set(),
        "left_to_recheck": [one for one in mine if one.settled_at is None and one.kept_in != review.reading],
        "changed": changed_of(review) if seen.judges and review.reading > 1 else [],
        "experts": _experts(request, review) if seen.is_assigner else [],
        "due_words": todos.what_is_due(review) if seen.is_assigner and review.state in queries.RUNNING else "",
        "buttons": buttons(ACTS, actor, review, "reviews:act", review.pk) if seen.is_assigner else [],
        "own_buttons": _own_buttons(request, seen),
        "may_assign": seen.is_assigner and rules.not_running(review) is None,
        "may_write": seen.mine is not None and rules.not_writable(seen.mine) is None,
        "may_conclude": seen.is_chair and actions.conclude.open_to(actor, review),
        "may_reply": review.state == State.REPLYING and author(actor, review),
        "others": queries.of_plan(actor, review.plan_id).exclude(pk=review.pk),
        "entries": queries.history_of(review) if seen.is_assigner else [],
        "fault": fault,
        "fault_at": at,
    }
    return render(request, "reviews/show.html", context, status=status)


def _of_this_reading(points: list[Point], review: Review, seen: sight.Sight) -> list[Point]:
    """While a later reading runs, the committee sees only what was not settled before it began."""
    if review.reading == 1 or review.is_concluded or not seen.judges:
        return points
    return [one for one in points if one.settled_at is None or one.settled_at >= review.opened_at]


def changed_of(review: Review):  # type: ignore[no-untyped-def]
    """What the authors changed since the reading before."""
    before = review.previous
    return changed_sections(before.version_read, review.version_read) if before else []


def _own_buttons(request: Request, seen: sight.Sight) -> list[Button]:
    if seen.mine is None:
        return []
    return buttons(OWN_ACTS, request.actor, seen.mine, "reviews:assignment-act", seen.mine.pk)


def _experts(request: Request, review: Review) -> list[ExpertLine]:
    """Everybody who was ever asked; who may do what is asked once, for all of them."""
    rows = list(review.assignments.select_related("person__unit", "signed").order_by("number"))
    barred = secrecy.conflicts_on(review.plan, review.step, [one.person_id for one in rows])
    may_enter = rules.not_running(review) is None and not any(
        one.person_id == request.actor.person_id and one.state in secrecy.PENDING for one in rows
    )
    lines = []
    for one in rows:
        one.review = review
        acts = [act for act in ASSIGNER_ACTS if act.action.why_not(one) is None]
        if review.chair_id == one.person_id or one.person_id in barred:
            acts = [act for act in acts if act.action is not actions.name_chair]
        made = [Button(act, reverse("reviews:assignment-act", args=[one.pk, act.name])) for act in acts]
        enters = may_enter and rules.not_enterable(one) is None and one.person_id not in barred
        lines.append(ExpertLine(one, made, enters, review.chair_id == one.person_id, barred.get(one.person_id, "")))
    return lines


def steps_of(review: Review, seen: sight.Sight) -> list[Step]:
    """The course of one reading; how many opinions are in only for the committee."""
    opened = timezone.localtime(review.opened_at).date()
    is_over = review.is_concluded or review.state == State.CLOSED
    asked, given = review.asked, review.given  # type: ignore[attr-defined]
    is_assigning = review.state == State.ASSIGNING
    counted = [f"已交{given}份，共{asked}份"] if seen.is_assigner and not is_assigning else []
    steps = [
        Step("发起", "done", [words.day(opened)]),
        Step("邀请专家", "now" if is_assigning else "done", []),
        Step("专家评审", "done" if is_over else "todo" if is_assigning else "now", counted),
    ]
    verdict = [Verdict(review.verdict).label] if review.verdict else []
    day = [words.day(timezone.localtime(review.concluded_at).date())] if review.concluded_at else []
    steps.append(Step("组长结论", "done" if review.is_concluded else "todo", [*verdict, *day]))
    if review.verdict == Verdict.CONDITIONAL:
        replied = [words.day(timezone.localtime(review.replied_at).date())] if review.replied_at else []
        steps.append(Step("逐条答复", "done" if review.replied_at else "now", replied))
    return steps


@require_safe
def of_plan(request: Request, plan: int) -> HttpResponse:
    """From a plan to its review: the latest one the actor may open, or where one is opened."""
    if last := queries.of_plan(request.actor, plan).first():
        target = queries.plan_to_review(request.actor, plan)
        if not (target and actions.open_review.open_to(request.actor, target)):
            return redirect("reviews:show", last.pk)
        return redirect("reviews:open", plan)
    target = queries.plan_to_review(request.actor, plan)
    if target is None or actions.open_review.why_not(target):
        raise Http404
    return redirect("reviews:open", plan)


@require_safe
def text(request: Request, pk: int) -> HttpResponse:
    """The frozen text that is read, for the committee: an expert reads a plan through his assignment."""
    review = get_object_or_404(queries.in_full(queries.judged_by(request.actor)), pk=pk)
    context = {"target": review, "sections": review.version_read.content, "version": review.version_read}
    return render(request, "reviews/text.html", context)


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on a review."""
    review = get_object_or_404(queries.judged_by(request.actor).select_related("plan__unit"), pk=pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], review, back=reverse("reviews:show", args=[pk]))


def assignment_act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on an expert's place in a review."""
    rows = queries.assignments_visible_to(request.actor).select_related("review__plan__unit", "person")
    assignment = get_object_or_404(rows, pk=pk)
    if name not in OF_ASSIGNMENT:
        raise Http404
    # Who has just declined no longer finds the review.
    gone = name == "decline"
    back = reverse("reviews:list") if gone and request.method == "POST" else _page_of(assignment)
    return do(request, OF_ASSIGNMENT[name], assignment, back=back)


def _page_of(assignment: Assignment) -> str:
    return reverse("reviews:show", args=[assignment.review_id])
