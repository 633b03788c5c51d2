"""专家审核列表: for who assigns all of them, for an expert his own; what is over as what is under way."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tizhi.pipeline.reviews import queries, todos
from tizhi.pipeline.reviews.models import Assignment, Review
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request


@dataclass(frozen=True)
class Line:
    """One review on the list; `asked` and `given` only where the actor may know them."""

    review: Review
    mine: Assignment | None
    due_words: str
    counts: str


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    actor = request.actor
    is_assigner = actor.has("assign-experts")
    if not (is_assigner or actor.has("expert")):
        raise Http404
    page = page_of(request, queries.in_order(queries.in_full(queries.judged_by(actor))))
    mine = queries.states_of(list(page.object_list), actor)
    page.object_list = [_line(one, mine.get(one.pk), is_assigner) for one in page.object_list]
    context = {
        "page": page,
        "is_assigner": is_assigner,
        "waiting": queries.waiting_plans(actor) if is_assigner else [],
        "expert": actor.has("expert"),
    }
    return render(request, "reviews/list.html", context)


def _line(review: Review, mine: Assignment | None, is_assigner: bool) -> Line:
    asked, given = review.asked, review.given  # type: ignore[attr-defined]
    is_running = review.state in queries.RUNNING
    counts = f"{given}/{asked}" if is_assigner else ""
    return Line(review, mine, todos.what_is_due(review) if is_assigner and is_running else "", counts)
