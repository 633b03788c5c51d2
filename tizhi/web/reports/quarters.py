"""各季度: the list of quarters, and how one stands – who owes, who handed in, who in time."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.reports import queries
from tizhi.pipeline.reports.gathering import belonging
from tizhi.pipeline.reports.jobs import open_due
from tizhi.pipeline.reports.models import Report
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.parts import Tab
from tizhi.web.frame.request import Request

HEADLINE = ("activities", "in-time-share", "field-studies", "kind-training-trainees")


@require_safe
def listed(request: Request) -> HttpResponse:
    """All quarters, the latest first. What ought to be open and is not opens when the office comes here."""
    actor = request.actor
    if actor.has("secretariat"):
        open_due(clusters_visible_to(actor).get())
    page = page_of(request, queries.quarters_for(actor), 12)
    page.object_list = queries.quarters(actor, page.object_list)
    context = {"page": page, "composes": actor.has("secretariat"), "now": _underway(page.object_list)}
    return render(request, "reports/list.html", context)


def _underway(lines: list[queries.Quarter]) -> dict[str, object]:
    """How the quarter stands that is being written."""
    line = next((line for line in lines if not line.report.is_frozen), None)
    if line is None:
        return {}
    report = line.report
    counted = belonging(report.cluster, report.span).count() if line.is_readable else None
    return {"report": report, "activities": counted, "received": filings.received(report.cluster, report.span)}


@require_safe
def of_period(request: Request, period: str) -> HttpResponse:
    """The quarter that a period names: where the ledger leads to."""
    report = get_object_or_404(queries.quarters_for(request.actor), period=period)
    return redirect("reports:overview", report.pk)


@require_safe
def overview(request: Request, pk: int) -> HttpResponse:
    """How one quarter stands, for everybody of the cluster."""
    actor = request.actor
    report = get_object_or_404(queries.quarters_for(actor), pk=pk)
    received = filings.received(report.cluster, report.span)
    context = {
        "target": report,
        "tabs": tabs(request, report, "overview"),
        "due": queries.due_of(report.cluster_id, report.span),
        "received": received,
        "exempted": received.exempted,
        "figures": _figures(request, report),
        "dispatch": filings.dispatch_of(report.cluster, report.span),
        "may_record": actor.has("secretariat"),
        "sees": actor.reads,
        "writes": actor.reports_for,
        "asks": actor.has("secretariat"),
    }
    return render(request, "reports/overview.html", context)


def _figures(request: Request, report: Report) -> list[object]:
    """The headline figures, for who may read the text behind them."""
    readable = queries.visible_to(request.actor).filter(pk=report.pk).first()
    if readable is None:
        return []
    values = queries.compile_report(report.cluster, report.span).values
    return [values.by_key[key] for key in HEADLINE if key in values.by_key]


def tabs(request: Request, report: Report, current: str) -> list[Tab]:
    """The views of a report that the acting person may open."""
    actor = request.actor
    shown = [("overview", "报送情况")]
    if actor.has("secretariat") and not report.is_frozen:
        shown.append(("compose", "采编台"))
    if queries.visible_to(actor).filter(pk=report.pk).exists():
        shown.append(("show", "报告正文"))
    return [
        Tab(label, reverse(f"reports:{name}", args=[report.pk]), is_current=name == current) for name, label in shown
    ]
