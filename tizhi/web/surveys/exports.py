"""答卷文件: few answers are sent at once; many are written by a job, whose progress is seen, and fetched then."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tizhi.base.kit import clock
from tizhi.pipeline.surveys import export, exporting, queries
from tizhi.pipeline.surveys.exporting import Kind
from tizhi.pipeline.surveys.models import Survey
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

from .results import survey_of
from .tabs import tabs_of

ENDINGS = {Kind.EXCEL: "xlsx", Kind.SPSS: "sav"}


@require_safe
def excel(request: Request, pk: int) -> HttpResponse:
    """The answers in words, as codes, and in sum."""
    return _send(request, pk, Kind.EXCEL)


@require_safe
def spss(request: Request, pk: int) -> HttpResponse:
    """The codes for SPSS."""
    return _send(request, pk, Kind.SPSS)


def _send(request: Request, pk: int, kind: Kind) -> HttpResponse:
    survey = survey_of(request, pk)
    if exporting.needs_job(survey, kind):
        return redirect("surveys:making", pk, kind)
    return attachment(export.WRITERS[kind](survey), _name(survey, kind, clock.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def making(request: Request, pk: int, kind: str) -> HttpResponse:
    """How far the file of many answers is; a POST has it made. While it is made the page asks again by itself."""
    survey, of = survey_of(request, pk), _kind(kind)
    if request.method == "POST":
        exporting.ask(survey, of, request.actor.person_id)
        return redirect("surveys:making", pk, kind)
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "results"),
        "kind": of,
        "made": exporting.made(survey, of),
    }
    return render(request, "surveys/making.html", context)


@require_safe
def made(request: Request, pk: int, kind: str) -> HttpResponse:
    """The finished file, for who may read the results now; back to its page when it is gone."""
    survey, of = survey_of(request, pk), _kind(kind)
    found = exporting.content_of(survey, of)
    return attachment(found[0], _name(survey, of, found[1])) if found else redirect("surveys:making", pk, kind)


def _kind(name: str) -> Kind:
    if name not in Kind.values:
        raise Http404
    return Kind(name)


def _name(survey: Survey, kind: Kind, at: datetime) -> str:
    return f"{survey.title}答卷{timezone.localtime(at):%Y%m%d}.{ENDINGS[kind]}"
