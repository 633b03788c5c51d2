"""季报材料: what one unit wrote for one period, its course, what may be done next."""

from __future__ import annotations

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
    if entry.state == State.EXEMPT:
        return []
    sent = _moment(entry.sent_at)
    written = [entry.writer.name if entry.writer else "", sent]
    steps: list[tuple[str, list[str], str]] = [("填写", written, State.DRAFT)]
    if queries.needs_signature(entry) or entry.state == State.APPROVING:
        steps.append(("本单位审签", [entry.signed_words], State.APPROVING))
    steps.append(("报送大组团", [_moment(entry.handed_in_at)], State.HANDED_IN))
    steps.append(("收入季度报告", [_moment(entry.closed_at)], ""))
    now = State.DRAFT if entry.state == State.RETURNED else entry.state
    reached = len(steps) if entry.closed_at else [state for _, _, state in steps].index(now)
    reached += entry.state == State.HANDED_IN and not entry.closed_at
    return [
        Step(name, "done" if place < reached else "now" if place == reached else "todo", _said(lines, place < reached))
        for place, (name, lines, _) in enumerate(steps)
    ]


def _said(lines: list[str], is_done: bool) -> list[str]:
    return [line for line in lines if line and is_done]


def _moment(at: object) -> str:
    return words.moment(timezone.localtime(at)) if at else ""  # type: ignore[arg-type]
