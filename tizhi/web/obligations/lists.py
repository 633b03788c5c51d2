"""明细: the lines of the ledger as a list – by state, rule and unit; on a phone this is the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tizhi.pipeline.obligations.ledger import Ledger, Line
from tizhi.pipeline.obligations.rules import State
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .asked import Asked, AskedForm, asked
from .board import tabs

OPEN = "open"
_OPEN = (State.LATE, State.SOON, State.PENDING)


class LinesForm(AskedForm):
    """What the list is narrowed by."""

    state = forms.ChoiceField(label="状态", required=False)
    rule = forms.ChoiceField(label="事项", required=False)
    column = forms.ChoiceField(label="责任单位", required=False)

    def __init__(self, data: Any, ledger: Ledger) -> None:
        super().__init__(data, ledger.cluster)
        choices = {
            "state": [("", "全部状态"), (OPEN, "未办结"), *((state.code, state.word) for state in State)],
            "rule": [("", "全部事项"), *((row.rule.id, row.rule.name) for row in ledger.rows)],
            "column": [("", "全部单位"), *((column.key, column.name) for column in ledger.columns)],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @property
    def form(self) -> LinesForm:
        """The filter bar of the frame draws a filter's `form`."""
        return self


def narrowed(request: Request, found: Asked) -> tuple[LinesForm, list[Line]]:
    """The form as it was asked, and the lines it leaves, the most urgent first."""
    given = {**{name: request.GET.get(name, "") for name in ("state", "rule", "column")}, "year": found.year}
    form = LinesForm({**given, "on": found.ledger.as_of}, found.ledger)
    form.is_valid()
    chosen = form.cleaned_data
    lines = [line for line in found.ledger.lines if _fits(line, chosen)]
    return form, sorted(lines, key=_urgency)


def _urgency(line: Line) -> tuple[int, date]:
    """What is late first, then what soon is, each by its day; what is settled stays in the order of the rules."""
    is_open = line.state.is_open
    return (_OPEN.index(line.state) if is_open else len(_OPEN), line.due or date.max if is_open else date.max)


def _fits(line: Line, chosen: dict[str, Any]) -> bool:
    state, rule, column = (chosen.get(name) for name in ("state", "rule", "column"))
    in_state = not state or (line.state.is_open if state == OPEN else line.state.code == state)
    return in_state and (not rule or line.rule.id == rule) and (not column or line.column == column)


@require_safe
def listed(request: Request) -> HttpResponse:
    """The list page."""
    found = asked(request)
    form, lines = narrowed(request, found)
    context = {
        "asked": found,
        "filter": form,
        "page": page_of(request, lines, 50),
        "tabs": tabs(found.query, "lines"),
        "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.get(name) for name in ("state", "rule", "column")),
    }
    return render(request, "obligations/lines.html", context)
