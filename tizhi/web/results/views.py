"""关联链条的页面: as a picture and as a table, of a plan and of a school; from any piece on, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from tizhi.base.documents.drawing.svg import page_svg
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.results import queries
from tizhi.pipeline.results.chain import KINDS, NOT_YET_WORDS, Chain, Kind, Piece
from tizhi.pipeline.results.figure import described, drawn, drawn_narrow
from tizhi.pipeline.scheme.models import Unit
from tizhi.web.frame.request import Request
from tizhi.web.plans.page import found_draft, shell

from .sheet import sent

# Drawn at once; a longer chain is read as a table, or walked from one of its pieces.
MOST_DRAWN = 60


@dataclass(frozen=True)
class Place:
    """A piece as the table shows it: where it is told of, and where the walk from it begins."""

    piece: Piece
    url: str
    walk: str
    broken: str


@require_safe
def overview(request: Request) -> HttpResponse:
    """How the chain of each school stands."""
    schools = queries.schools_visible_to(request.actor)
    if not schools:
        raise Http404
    chains = queries.chains_of(request.actor, schools)
    context = {"lines": [(one, chains[one.pk]) for one in schools], "not_yet": NOT_YET_WORDS}
    return render(request, "results/overview.html", context)


@require_safe
def school(request: Request, unit: int) -> HttpResponse:
    """The chain of one school, over all of its plans."""
    there = _school(request.actor, unit)
    chain = queries.chain_of_school(request.actor, there)
    address = reverse("results:school", args=[unit])
    context = _context(request, chain, f"{there}关联链条", address)
    return render(request, "results/school.html", {**context, "school": there})


@require_safe
def school_sheet(request: Request, unit: int) -> HttpResponse:
    """The same as an Excel file."""
    there = _school(request.actor, unit)
    return sent(queries.chain_of_school(request.actor, there), f"{there}关联链条")


@require_safe
def plan(request: Request, pk: int) -> HttpResponse:
    """The chain of one plan: a tab of it, for whoever reads its draft."""
    asked = found_draft(request, pk)
    chain = queries.chain_of_plan(request.actor, asked)
    context = _context(request, chain, f"{asked}关联链条", reverse("results:chain", args=[pk]))
    return render(request, "results/plan.html", shell(request, asked, "chain") | context)


@require_safe
def plan_sheet(request: Request, pk: int) -> HttpResponse:
    """The same as an Excel file."""
    asked = found_draft(request, pk)
    return sent(queries.chain_of_plan(request.actor, asked), f"{asked}关联链条")


def _school(actor: Actor, unit: int) -> Unit:
    there = next((one for one in queries.schools_visible_to(actor) if one.pk == unit), None)
    if there is None:
        raise Http404
    return there


def _context(request: Request, whole: Chain, title: str, address: str) -> dict[str, Any]:
    """The picture and the table, of all of it or of what a piece leads to."""
    at = whole.piece(request.GET.get("at", ""))
    chain = whole.around(at) if at else whole
    is_drawn = 0 < len(chain.pieces) <= MOST_DRAWN
    links = {one.key: f"{address}?at={one.key}" if one != at else _url(one) for one in chain.pieces}
    place = {one.key: Place(one, _url(one), f"{address}?at={one.key}", whole.why_broken(one)) for one in chain.pieces}
    rows = [
        (
            place[row.need.key] if row.need else None, [place[one.key] for one in row.findings],
            [place[one.key] for one in row.measures],
        )
        for row in chain.rows
    ]  # fmt: skip
    return {
        "chain": chain,
        "whole": whole,
        "at": at,
        "at_url": _url(at) if at else "",
        "sides": _sides(whole, at, address) if at else (),
        "address": address,
        "export": f"{address}export/",
        "wide": SafeString(page_svg(drawn(chain, title), identity="wide", links=links)) if is_drawn else "",
        "narrow": SafeString(page_svg(drawn_narrow(chain, title), identity="narrow", links=links)) if is_drawn else "",
        "described": described(chain),
        "rows": rows,
        "broken": [
            (Place(one.piece, _url(one.piece), f"{address}?at={one.piece.key}", one.words)) for one in whole.broken
        ],
        "not_yet": NOT_YET_WORDS,
    }


def _sides(chain: Chain, at: Piece, address: str) -> list[tuple[str, list[Place]]]:
    """What a piece is tied to, before it and after it."""
    found = []
    kinds: list[Kind] = [kind for kind in KINDS if kind != at.kind]
    for kind in kinds:
        these = [Place(one, _url(one), f"{address}?at={one.key}", "") for one in chain.beside(at, kind)]
        found.append((KINDS[kind], these))
    return found


def _url(piece: Piece) -> str:
    address = reverse(piece.url_name, args=piece.url_args)
    return f"{address}#{piece.fragment}" if piece.fragment else address
