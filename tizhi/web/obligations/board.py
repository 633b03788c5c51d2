"""台账: rules × units with icon and word, of a year, as of a day."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.pipeline.obligations import actions, queries
from tizhi.web.frame.parts import Tab
from tizhi.web.frame.request import Request

from .asked import asked


@require_safe
def board(request: Request) -> HttpResponse:
    """The board; a cell opens what lies behind it."""
    found = asked(request)
    ledger = found.ledger
    context = {
        "asked": found,
        "ledger": ledger,
        "tabs": tabs(found.query, "board"),
        "counts": ledger.counts.items(),
        "rows": ledger.rows,
        "wide": len(ledger.columns) + 1,
        "pressing": queries.pressing(ledger),
        "may_urge": actions.urge.allowed(request.actor, ledger.cluster) and not found.is_past,
        "known_since": queries.first_known(ledger.cluster),
    }
    return render(request, "obligations/board.html", context)


def tabs(query: str, current: str) -> list[Tab]:
    """The ways to look at the ledger; `query` is what their addresses carry on."""
    places = (("board", "总表"), ("lines", "明细"), ("burden", "填报负担"))
    return [
        Tab(label, f"{reverse(f'obligations:{name}')}?{query}", is_current=name == current)
        for name, label in places
    ]  # fmt: skip
