"""台账的办理: excusing with a reason, asking again, urging – after seeing exactly who will hear of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings import queries as facts
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import actions, queries
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.obligations.reminders import by_line, reminders, urged
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import ReasonForm
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .asked import asked


def waive(request: Request, year: int, key: str) -> HttpResponse:
    """Excuse from one line of the ledger; the reason is shown wherever it stands."""
    found = asked(request, year)
    line = found.ledger.line(key)
    if line is None:
        raise Http404
    waiver = Waiver(cluster=found.ledger.cluster, unit_id=line.who.unit_id, instance=line.key, about=_about(line)[:300])
    if not filings.waive.allowed(request.actor, waiver):
        raise Denied(filings.waive.label)
    if line.instance.rule.evidence.kind == "unit-input" and line.instance.period:
        # What a unit hands in by period has its own 免报, which the quarter's report names.
        return redirect("filings:act", line.instance.period.key, line.who.unit_id, "exempt")
    if not queries.waivable(line):
        raise RuleBroken(f"这一事项现为“{line.state.word}”，不需要免除。")
    form, back = ReasonForm(request.POST or None), _cell_url(line)
    form.fields["note"].help_text = "在台账中显示，有关单位会看到"
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, filings.waive, waiver)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已免除。")
            return redirect(back)
    return render(
        request, "obligations/waive.html", {"form": form, "line": line, "back": back}, status=form_status(form)
    )


def _about(line: Line) -> str:
    toward = f"（{line.toward}）" if line.toward else ""
    return f"{line.who.called} {line.rule.name}{toward} {line.span}"


@require_POST
def lift(request: Request, pk: int) -> HttpResponse:
    """Ask for an excused duty again."""
    waiver = get_object_or_404(facts.waivers_visible_to(request.actor), pk=pk)
    perform(request, filings.lift_waiver, waiver)
    messages.success(request, "已取消免除。")
    return redirect(_back(request))


def urge(request: Request) -> HttpResponse:
    """Who will hear of which lines, by which way; then it is done. Without lines named, all that press now."""
    found = asked(request)
    cluster = found.ledger.cluster
    actions.urge.require(request.actor, cluster)
    now = queries.visible_now(request.actor, cluster)
    chosen = set((request.POST if request.method == "POST" else request.GET).getlist("key"))
    if request.method == "POST":
        perform(request, actions.urge, cluster, keys=chosen)
        messages.success(request, "已催办。通知已送出，邮件稍后发出。")
        return redirect(_back(request))
    lines = [line for line in queries.pressing(now) if not chosen] or [
        line for line in now.lines if line.key in chosen and line.waits
    ]
    stage = urged(clock.today())
    told = by_line(reminders(cluster, [(line, stage) for line in lines]))
    context = {
        "lines": [(line, told.get(line.key, [])) for line in lines],
        "people": len({one.recipient.person_id for given in told.values() for one in given}),
        "back": _back(request),
    }
    return render(request, "obligations/urge.html", context)


def _back(request: Request) -> str:
    given = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, {request.get_host()})
    return given if is_ours else reverse("obligations:board")


def _cell_url(line: Line) -> str:
    return reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
