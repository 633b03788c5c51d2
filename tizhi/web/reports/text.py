"""报告正文: the report as it reads – each number explained, each paragraph with its activities; its Word file."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.audit.queries import history_of
from tizhi.base.documents.word import write_word
from tizhi.base.kit import words
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.compiled import compiled, seal
from tizhi.pipeline.reports.models import Report
from tizhi.web.frame.parts import Step
from tizhi.web.frame.request import Request

from .blocks import annexes_of, text_of
from .course import open_acts
from .explained import opened
from .quarters import tabs

State = Report.State
COURSE = ((State.DRAFTING, "起草"), (State.CHECKING, "核对"), (State.SIGNING, "签发"), (State.SIGNED, "印发"))
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The whole report; the address says which number or paragraph is explained beside it."""
    actor = request.actor
    report = get_object_or_404(queries.visible_to(actor), pk=pk)
    whole = compiled(report)
    asked = opened(request, whole)
    context = {
        "target": report,
        "whole": whole,
        "opened": asked,
        "tabs": tabs(request, report, "show"),
        "text": text_of(whole, asked.address),
        "annexes": annexes_of(whole, asked.address),
        "steps": steps(report),
        "due": queries.due_of(report.cluster_id, report.span),
        "buttons": open_acts(request, report),
        "composes": actions.compose_draft.open_to(actor, report),
        "may_issue": actions.issue.open_to(actor, report),
        "entries": history_of(report) if actor.has("secretariat") else (),
        "changes": queries.changed_since_issue(report) if report.state == State.ISSUED else None,
        "is_sealed": report.state == State.ISSUED and seal(report) == report.sha256,
    }
    return render(request, "reports/show.html", context)


@require_safe
def word(request: Request, pk: int) -> HttpResponse:
    """The report as a Word file: of an issued one always the same bytes."""
    report = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    stage = "" if report.state == State.ISSUED else f"（{report.get_state_display()}稿）"
    answer = HttpResponse(write_word(compiled(report).document), content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{report}{stage}.docx")
    return answer


def steps(report: Report) -> list[Step]:
    """The course of the report: who did each step, when."""
    done = (
        (report.submitted_words, report.submitted_at),
        (report.checked_words, report.checked_at),
        (report.signed_words, report.signed_at),
        (report.number, report.issued_at),
    )
    states = [state for state, _ in COURSE]
    reached = len(COURSE) if report.state == State.ISSUED else states.index(State(report.state))
    return [
        Step(name, _state(place, reached), [_name(who), _moment(at)] if place < reached else [])
        for place, ((_, name), (who, at)) in enumerate(zip(COURSE, done, strict=True))
    ]


def _state(place: int, reached: int) -> Literal["done", "now", "todo"]:
    if place < reached:
        return "done"
    return "now" if place == reached else "todo"


def _name(who: str) -> str:
    """王敏 of 王敏（大组团办公室主任）."""
    return who.partition("（")[0]


def _moment(at: datetime | None) -> str:
    return words.moment(timezone.localtime(at)) if at else ""
