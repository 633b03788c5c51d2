"""架构图的页面: the plan's two figures as of a day – on a page for desk, phone and print, and as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tizhi.base.documents.drawing.png import write_png
from tizhi.base.documents.drawing.svg import file_svg, page_svg
from tizhi.base.documents.word import write_word
from tizhi.base.kit import words
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory.figures import FIGURES, FigureKind
from tizhi.pipeline.directory.figures.document import document
from tizhi.pipeline.directory.figures.structure import Structure, structure
from tizhi.pipeline.scheme import queries
from tizhi.web.frame.parts import Tab
from tizhi.web.frame.request import Request

from .forms import day_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SVG, PNG = "image/svg+xml", "image/png"
NOT_BEGUN = "这一天组团尚未启动，没有成员单位。请另选日期。"
NO_BODIES = "这一天的工作方案没有设立机构，因此没有组织领导架构图。"


@dataclass(frozen=True)
class Shown:
    """A figure as the page draws it: for a desk, for a phone, and in sheets where one printed page is too small."""

    wide: SafeString
    narrow: SafeString
    sheets: list[SafeString]


@require_safe
def figure(request: Request, which: str) -> HttpResponse:
    """One of the two figures, as of the day asked for; the same in words and tables below it."""
    kind, found = _asked(request, which)
    form, day = day_of(request)
    empty = _nothing(kind, found)
    context = {
        "form": form,
        "day": day,
        "kind": kind,
        "structure": found,
        "described": kind.described(found),
        "clause": kind.clause(found),
        "shown": None if empty else _shown(kind, found),
        "empty": empty,
        "tabs": _tabs(kind, day),
    }
    return render(request, "cluster/figure.html", context)


@require_safe
def figure_file(request: Request, which: str, form: str) -> HttpResponse:
    """The figure as an SVG or PNG file; RuleBroken where there is nothing to draw, or no Chinese font for a PNG."""
    kind, found = _asked(request, which)
    if form not in ("svg", "png"):
        raise Http404
    if empty := _nothing(kind, found):
        raise RuleBroken(empty)
    drawing = kind.draw(found)
    content, kept = (write_png(drawing), PNG) if form == "png" else (file_svg(drawing).encode(), SVG)
    return _file(content, kept, f"{kind.title(found)}（截至{words.day(found.day)}）.{form}")


@require_safe
def figures_word(request: Request) -> HttpResponse:
    """Both figures in one Word document, as 表1 and 表2."""
    found = _structure(request)
    if not found.members:
        raise RuleBroken(NOT_BEGUN)
    text, images = document(found)
    return _file(write_word(text, images), DOCX, f"{found.cluster.name}架构图（截至{words.day(found.day)}）.docx")


def _asked(request: Request, which: str) -> tuple[FigureKind, Structure]:
    if which not in FIGURES:
        raise Http404
    return FIGURES[which], _structure(request)


def _structure(request: Request) -> Structure:
    """The cluster acted in, as of the day asked for."""
    _, day = day_of(request)
    return structure(get_object_or_404(queries.clusters_visible_to(request.actor)), day)


def _nothing(kind: FigureKind, found: Structure) -> str:
    """Why there is nothing to draw; empty when there is something."""
    if not found.members:
        return NOT_BEGUN
    return "" if kind.key == "working" or found.bodies else NO_BODIES


def _shown(kind: FigureKind, found: Structure) -> Shown:
    links = _links(found)
    sheets = kind.draw_sheets(found)
    parted = [page_svg(one, identity=f"sheet-{nth}") for nth, one in enumerate(sheets)] if len(sheets) > 1 else []
    return Shown(
        wide=SafeString(page_svg(kind.draw(found), identity="wide", links=links)),
        narrow=SafeString(page_svg(kind.draw_narrow(found), identity="narrow", links=links)),
        sheets=[SafeString(one) for one in parted],
    )


def _links(found: Structure) -> dict[str, str]:
    """Where the boxes lead: a unit to its page, a body to its own."""
    units = {one.unit.pk for one in found.members}
    bodies = {line.body.pk for line in found.all_bodies}
    return {
        **{f"unit-{pk}": reverse("cluster:unit", args=[pk]) for pk in units},
        **{f"body-{pk}": reverse("cluster:body", args=[pk]) for pk in bodies},
    }


def _tabs(current: FigureKind, day: date) -> list[Tab]:
    return [
        Tab(kind.name, f"{reverse('cluster:figure', args=[kind.key])}?on={day}", is_current=kind is current)
        for kind in FIGURES.values()
    ]


def _file(content: bytes, kept: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kept)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    return answer
