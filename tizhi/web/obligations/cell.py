"""一格: what lies behind a cell of the board – each duty as a sentence, how it counts, records, reminders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from tizhi.base.kit.actor import Actor
from tizhi.base.notices.models import Notice
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import actions, queries, reminders, sentences
from tizhi.pipeline.obligations.ledger import Ledger, Line
from tizhi.pipeline.obligations.measures.measure import Place, Record
from tizhi.web.frame.request import Request

from .asked import asked


@dataclass(frozen=True)
class Shown:
    """One line with all that explains it, and what the acting person may do about it."""

    line: Line
    how: Sequence[str]
    chosen: str
    counted: Sequence[Record]
    not_counted: Sequence[Record]
    told: Sequence[Notice]
    upcoming: Sequence[str]
    waiver: Waiver | None
    place_words: str
    place_url: str
    may_urge: bool
    may_waive: bool
    may_lift: bool


@require_safe
def show(request: Request, year: int, rule: str, column: str) -> HttpResponse:
    """The lines of one rule and one unit: a fragment below its row, or a page of its own."""
    found = asked(request, year)
    lines = [line for line in found.ledger.lines if line.rule.id == rule and line.column == column]
    if not lines:
        raise Http404
    context = {
        "asked": found,
        "rule": lines[0].rule,
        "clause": sentences.clause(lines[0].rule),
        "often": sentences.often(lines[0].rule),
        "who": next((one.name for one in found.ledger.columns if one.key == column), lines[0].who.called),
        "shown": [_shown(request.actor, found.ledger, line, not found.is_past) for line in lines],
        "back": f"{reverse('obligations:board')}?{found.query}",
    }
    is_fragment = bool(request.htmx) and not request.htmx.boosted
    return render(request, "obligations/_cell.html" if is_fragment else "obligations/cell.html", context)


def _shown(actor: Actor, ledger: Ledger, line: Line, is_now: bool) -> Shown:
    records = queries.behind(actor, ledger, line)
    place = line.measure.place(line.instance) if line.measure and line.waits and is_now else None
    if place and not _is_met_by(actor, line, place):
        place = None
    waiver = queries.waiver_of(ledger, line) if is_now else None
    return Shown(
        line=line,
        how=line.measure.how(line.instance) if line.measure else (),
        chosen=sentences.chosen(line.rule),
        counted=[one for one in records if not one.why_not],
        not_counted=[one for one in records if one.why_not],
        told=list(reminders.told_about(ledger.cluster, line, until=ledger.as_of)),
        upcoming=reminders.upcoming(line),
        waiver=waiver,
        place_words=place.words if place else "",
        place_url=_url(place.url_name, place.url_args, place.query) if place else "",
        may_urge=is_now and line.waits and actions.urge.allowed(actor, ledger.cluster),
        may_waive=is_now and queries.waivable(line) and filings.waive.allowed(actor, ledger.cluster),
        may_lift=waiver is not None and filings.lift_waiver.open_to(actor, waiver),
    )


def _is_met_by(actor: Actor, line: Line, place: Place) -> bool:
    """Whether it is the actor's to do: for its own body, for a unit it enters work for, or whose people it keeps."""
    who = line.who
    if place.power == "people-unit":
        return actor.has(place.power) and who.unit_id == actor.unit_id
    return who.unit_id in actor.reports_for or (who.body_id is not None and who.body_id == actor.body_id)


def _url(name: str, args: Sequence[object], query: object) -> str:
    return reverse(name, args=args) + (f"?{urlencode(query)}" if query else "")  # type: ignore[arg-type]
