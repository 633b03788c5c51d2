"""季报材料: what one unit wrote for one period, its course, what may be done next."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tizhi.base.audit.queries import history_of
from tizhi.base.kit import words
from tizhi.pipeline.filings import actions, queries, rules
from tizhi.pipeline.filings.models import UnitInput
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.parts import Step
from tizhi.web.frame.request import Request

from .forms import InputForm
from .found import input_or_404

State = UnitInput.State
# In this order on a record: the last that is open is the next act, and filled.
ACTS = (
    Act(actions.exempt, "免报", "已免报。", "circle-minus", wants_reason=True, hint="各单位在报送情况中看到"),
    Act(actions.ask_again, "取消免报", "已取消免报。", "refresh"),
    Act(
        actions.take_back, "撤回修改", "已撤回，修改后请重新报送。", "arrow-back-up",
        asks="撤回后须重新报送、重新审签，首次报送时间不变。确定撤回？",
    ),
    Act(actions.return_input, "退回单位", "已退回单位。", "arrow-back-up", wants_reason=True, hint="填写人会看到"),
    Act(
        actions.send_back_to_writer, "退回填写人", "已退回填写人。", "arrow-back-up", wants_reason=True,
        hint="填写人会看到",
    ),
    Act(actions.sign_input, "审签通过", "已审签，报大组团办公室。", "signature"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@require_safe
def show(request: Request, period: str, unit: int) -> HttpResponse:
    """The record page."""
    entry = input_or_404(request, period, unit)
    actor = request.actor
    due = queries.due_of(entry.cluster_id, entry.span)
    context = {
        "target": entry,
        "texts": [(InputForm.base_fields[name].label, getattr(entry, name)) for name in rules.TEXTS],
        "is_empty": rules.is_empty(entry),
        "due": due,
        "in_time": rules.is_in_time(entry.sent_at, due.day),
        "steps": _steps(entry),
        "buttons": buttons(ACTS, actor, entry, "filings:act", period, unit),
        "may_edit": actions.save_input.open_to(actor, entry),
        "known": queries.known_of(actor, entry),
        "entries": history_of(entry) if entry.pk else (),
    }
    return render(request, "filings/show.html", context)


def act(request: Request, period: str, unit: int, name: str) -> HttpResponse:
    """Do one act on the input."""
    entry = input_or_404(request, period, unit)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], entry, back=reverse("filings:show", args=[period, unit]))


def _steps(entry: UnitInput) -> list[Step]:
    """The course of an input: written, signed where the scheme asks for it, handed in, taken into the report."""
    if entry.state == State.EXEMPT:
        return []
    signs = queries.needs_signature(entry) or entry.state == State.APPROVING
    stages = [
        ("填写", entry.writer.name if entry.writer else "", entry.sent_at),
        *([("本单位审签", entry.signed_words, entry.handed_in_at)] if signs else []),
        ("报送大组团", "", entry.handed_in_at),
        ("收入季度报告", "", entry.closed_at),
    ]
    reached = _reached(entry, len(stages))
    return [
        Step(name, "done", [line for line in (who, _moment(at)) if line])
        if place < reached
        else Step(name, "now" if place == reached else "todo")
        for place, (name, who, at) in enumerate(stages)
    ]


def _reached(entry: UnitInput, stages: int) -> int:
    """How many of the stages are done."""
    if entry.closed_at:
        return stages
    return {State.APPROVING: 1, State.HANDED_IN: stages - 1}.get(State(entry.state), 0)


def _moment(at: datetime | None) -> str:
    return words.moment(timezone.localtime(at)) if at else ""
