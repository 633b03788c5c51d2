"""文稿下载: the plan as Word and PDF – what is in force, a frozen version, or the draft, marked as such."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Document
from tizhi.base.documents.pdf import write_pdf
from tizhi.base.documents.word import write_word
from tizhi.pipeline.plans import queries
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.plans.document import document_of, mark_of, pictures_of
from tizhi.pipeline.plans.models import Plan, PlanVersion
from tizhi.pipeline.plans.text import content_of
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

from .page import found

Writer = Callable[[Document, Mapping[str, bytes]], bytes]


@require_safe
def word(request: Request, pk: int) -> HttpResponse:
    """As a Word file."""
    return _sent(request, pk, write_word, "docx")


@require_safe
def pdf(request: Request, pk: int) -> HttpResponse:
    """As a PDF."""
    return _sent(request, pk, write_pdf, "pdf")


def _sent(request: Request, pk: int, write: Writer, ending: str) -> HttpResponse:
    plan = found(request, pk)
    version = _version(request, plan)
    content = version.content if version else content_of(plan)
    mark = mark_of(course_of(plan), version)
    document = document_of(plan, content, mark, of_draft=version is None)
    made = write(document, pictures_of(content, plan))
    named = f"（{'草稿' if version is None else f'第{version.number}版'}）" if mark else ""
    return attachment(made, f"{plan}{named}.{ending}")


def _version(request: Request, plan: Plan) -> PlanVersion | None:
    """The version asked for; without one the draft, for who reads it, else what is in force."""
    asked = request.GET.get("version", "")
    seen = queries.versions_visible_to(request.actor, plan)
    if asked:
        if not (asked.isascii() and asked.isdigit() and len(asked) < 5):
            raise Http404
        return get_object_or_404(seen, number=int(asked))
    is_written = queries.reads_draft(request.actor, plan) and plan.in_force_revision != plan.revision
    return None if is_written else plan.in_force
