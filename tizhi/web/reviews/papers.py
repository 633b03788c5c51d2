"""审核文书的下载: opinion, conclusion and reply table as Word or PDF, under the names the reader may see."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Document
from tizhi.base.documents.pdf import write_pdf
from tizhi.base.documents.word import write_word
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.reviews import papers, queries, sight
from tizhi.pipeline.reviews.models import Review
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

WRITERS: dict[str, tuple[str, Callable[[Document], bytes]]] = {"word": ("docx", write_word), "pdf": ("pdf", write_pdf)}


@require_safe
def opinion(request: Request, pk: int, form: str) -> HttpResponse:
    """专家意见书: one's own with one's name; another's as 专家一, but for who assigns."""
    rows = queries.opinions_visible_to(request.actor).select_related("person", "review__plan__unit")
    assignment = get_object_or_404(rows.select_related("review__version_read"), pk=pk)
    seen = sight.sight_of(request.actor, assignment.review)
    is_own = assignment.person_id == request.actor.person_id
    called = assignment.person.name if is_own or seen.is_assigner else assignment.called
    points = sorted(assignment.points.all(), key=lambda one: (one.number or 0, one.order, one.pk))
    made = papers.opinion_paper(assignment.review, assignment, called, list(assignment.opinions.all()), points)
    return _sent(made, form, f"专家意见书（{called}）")


@require_safe
def conclusion(request: Request, pk: int, form: str) -> HttpResponse:
    """审核结论, with all points."""
    review = _concluded(request, pk)
    made = papers.conclusion_paper(review, sight.points_seen(request.actor, review))
    return _sent(made, form, f"{review.plan}专家审核结论")


@require_safe
def replies(request: Request, pk: int, form: str) -> HttpResponse:
    """专家意见逐条答复表."""
    review = _concluded(request, pk)
    points = sight.points_seen(request.actor, review)
    made = papers.reply_paper(review, points, course_of(review.plan).author_words)
    return _sent(made, form, f"{review.plan}专家意见逐条答复表")


def _concluded(request: Request, pk: int) -> Review:
    seen = queries.in_full(queries.visible_to(request.actor)).filter(concluded_at__isnull=False)
    return get_object_or_404(seen, pk=pk)


def _sent(made: Document, form: str, name: str) -> HttpResponse:
    if form not in WRITERS:
        raise Http404
    ending, write = WRITERS[form]
    return attachment(write(made), f"{name}.{ending}")
