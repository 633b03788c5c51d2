"""台账的办理: excusing with a reason, asking again, urging – after seeing exactly who will hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.notices.telling import Recipient
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings import queries as facts
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import actions, queries
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.obligations.reminders import by_line, new_ones, reminders, urged
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import ReasonForm
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .asked import asked


def waive(request: Request, year: int, key: str) -> HttpResponse:
    """Excuse from one line of the ledger; the reason is shown wherever it stands."""
    line = _line_of_today(request, year, key)
    cluster = clusters_visible_to(request.actor).get()
    waiver = Waiver(cluster=cluster, unit_id=line.who.unit_id, instance=line.key, about=_about(line)[:300])
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


def _line_of_today(request: Request, year: int, key: str) -> Line:
    """As it stands now, whatever day the page was looked at for."""
    has_year = any(year in queries.years(cluster) for cluster in clusters_visible_to(request.actor))
    ledger = queries.visible_year(request.actor, year) if has_year else None
    line = ledger.line(key) if ledger else None
    if line is None:
        raise Http404
    return line


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


@dataclass(frozen=True)
class Urging:
    """One line with whom it will be told to, and by which way; `is_new` unless all of them were told today already."""

    line: Line
    told: Sequence[tuple[Recipient, str]]
    is_new: bool


def urge(request: Request) -> HttpResponse:
    """Who will hear of which lines, by which way; then it is done. Without lines named, all that press."""
    cluster = clusters_visible_to(request.actor).first()
    if cluster is None:
        raise Http404
    actions.urge.require(request.actor, cluster)
    if request.method == "POST":
        perform(request, actions.urge, cluster, keys=set(request.POST.getlist("key")))
        messages.success(request, "已催办，通知已送出。" + ("邮件稍后发出。" if settings.HAS_MAIL else ""))
        return redirect(_back(request))
    stage, lines = urged(clock.today()), _urgent(request, cluster)
    given = reminders(cluster, [(line, stage) for line in lines])
    told, new = by_line(given), by_line(fresh := new_ones(cluster, given))
    context = {
        "urgings": [
            Urging(line, [(one.recipient, _ways(one.recipient)) for one in told.get(line.key, ())], line.key in new)
            for line in lines
        ],
        "people": len({one.recipient.person_id for one in fresh}),
        "is_chosen": "key" in request.GET,
        "back": _back(request),
    }
    return render(request, "obligations/urge.html", context)


def _urgent(request: Request, cluster: Cluster) -> list[Line]:
    """The open lines that the address names; else what presses – in the year it names, or now."""
    if chosen := request.GET.getlist("key"):
        return [line for line in queries.lines_of(cluster, chosen) if line.waits]
    is_of_year = "year" in request.GET
    return list(queries.pressing(asked(request).ledger if is_of_year else queries.visible_now(request.actor, cluster)))


def _ways(recipient: Recipient) -> str:
    ways = ["站内"] if recipient.user_id else []
    if recipient.email:
        ways.append("邮件" if settings.HAS_MAIL else "邮件（未配置邮件）")
    return "、".join(ways) or "无账号、无邮箱，请电话联系"


def _back(request: Request) -> str:
    given = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = given.startswith("/") and url_has_allowed_host_and_scheme(given, {request.get_host()})
    return given if is_ours else reverse("obligations:board")


def _cell_url(line: Line) -> str:
    return reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
