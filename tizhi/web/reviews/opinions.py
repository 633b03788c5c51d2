"""填写意见: an expert writes, saved as he types; a secretary enters what was signed on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.reviews import queries, rules, writing
from tizhi.pipeline.reviews.actions import enter_for, save_opinion, submit_opinion
from tizhi.pipeline.reviews.models import Assignment, Review
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import OpinionForm
from .records import changed_of


def write(request: Request, pk: int) -> HttpResponse:
    """The form of one's own opinion, beside the text."""
    assignment = _own(request, pk)
    save_opinion.require(request.actor, assignment)
    form = _form(request, assignment)
    if request.method == "POST" and form.is_valid():
        try:
            return _kept_or_handed_in(request, assignment, form)
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _own(request, pk)
            return conflict.show(request, form, fresh, current=_form(request, fresh, fresh=True))
    return _page(request, form, assignment)


def _kept_or_handed_in(request: Request, assignment: Assignment, form: OpinionForm) -> HttpResponse:
    said = form.said()
    if "send" not in request.POST:
        perform(request, save_opinion, assignment, said=said)
        messages.success(request, "草稿已保存，只有你自己能看到。")
        return redirect("reviews:show", assignment.review_id)
    try:
        perform(request, submit_opinion, assignment, said=said)
    except RuleBroken:
        # What is missing keeps it from being handed in, not from being kept.
        if not rules.faults_of_said(said, {key for key, _ in form.sections}):
            perform(request, save_opinion, assignment, said=said, once=None)
        raise
    messages.success(request, "已提交。在作出结论以前，可以写明原因撤回修改。")
    return redirect("reviews:show", assignment.review_id)


@require_POST
def autosave(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed."""
    assignment = _own(request, pk)
    form = _form(request, assignment)
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(faults[0]) for name, faults in form.errors.items()}}, status=422)
    try:
        assignment = perform(request, save_opinion, assignment, said=form.said())
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse({"version": assignment.version, "saved_at": f"{timezone.localtime(clock.now()):%H:%M}"})


def enter(request: Request, pk: int) -> HttpResponse:
    """What an expert gave on signed paper, entered by who assigns; marked 代录. An expert's own draft is not shown."""
    rows = queries.assignments_visible_to(request.actor).select_related("review__plan__unit", "review__version_read")
    assignment = get_object_or_404(rows.select_related("person", "review__previous__version_read"), pk=pk)
    if not enter_for.allowed(request.actor, assignment):
        raise Denied(enter_for.label)
    enter_for.require(request.actor, assignment)
    form = OpinionForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        sections=writing.sections_of(assignment), with_paper=True,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, enter_for, assignment, said=form.said(), paper=form.cleaned_data["paper"])
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已代录，签字意见书已存档。")
            return redirect("reviews:show", assignment.review_id)
    return _page(request, form, assignment, is_entered=True)


def _own(request: Request, pk: int) -> Assignment:
    rows = queries.assignments_visible_to(request.actor).filter(person=request.actor.person_id)
    return get_object_or_404(
        rows.select_related("review__plan__unit", "review__version_read", "review__previous__version_read"), pk=pk
    )  # fmt: skip


def _form(request: Request, assignment: Assignment, *, fresh: bool = False) -> OpinionForm:
    data = request.POST if request.method == "POST" and not fresh else None
    return OpinionForm(data, sections=writing.sections_of(assignment), said=writing.said_by(assignment))


def _page(request: Request, form: OpinionForm, assignment: Assignment, **more: Any) -> HttpResponse:
    review = assignment.review
    texts = {one["key"]: one["html"] for one in review.version_read.content}
    changed = {one.key: one.changes for one in changed_of(review)}
    shown = [(one, texts.get(one.key, ""), changed.get(one.key, [])) for one in form.shown()]
    if review.reading > 1:
        # A second reading shows only the changed text; the rest is as it was read.
        shown = [one for one in shown if one[2] or one[0].points]
    for name in _asked_at_last(form, review):
        # Not needed to keep a draft, but to hand it in: the page says so.
        form.fields[name].required = True
    context = {
        "form": form,
        "target": assignment,
        "review": review,
        "shown": shown,
        "general": form.general(),
        "unshown": [] if review.reading == 1 else _unshown(form, shown),
        "back": reverse("reviews:show", args=[review.pk]),
        "autosave_url": reverse("reviews:autosave", args=[assignment.pk]),
        **more,
    }
    return render(request, "reviews/opinion.html", context, status=form_status(form))


def _asked_at_last(form: OpinionForm, review: Review) -> list[str]:
    verdicts = [f"verdict-{key}" for key, _ in form.sections] if review.reading == 1 else []
    return ["verdict", "summary", *verdicts]


def _unshown(form: OpinionForm, shown: list[Any]) -> list[Any]:
    """The controls of sections left out, which keep what stands in them."""
    there = {one.key for one, _, _ in shown}
    left_out = [key for key, _ in form.sections if key not in there]
    return [form[f"{kind}-{key}"].as_hidden() for key in left_out for kind in ("verdict", "text")]
