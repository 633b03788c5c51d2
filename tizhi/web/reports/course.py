"""核对、签发、印发: the acts that carry a report to its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.models import Report
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, Button, buttons, do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import IssueForm

# In this order on the page: the last that is open is the next act, and filled.
ACTS = (
    Act(actions.send_back, "退回起草", "已退回起草。", "arrow-back-up", wants_reason=True, hint="编辑人员会看到"),
    Act(actions.refuse, "不予签发", "已退回起草。", "arrow-back-up", wants_reason=True, hint="编辑人员会看到"),
    Act(
        actions.submit_for_check, "提交核对", "已提交核对，文字和数字已固定。", "send",
        asks="提交后文字和数字固定不变，退回起草才能再改。确定提交？",
    ),
    Act(actions.check, "核对通过", "已核对，送签发。", "checks", asks="确认文字和数字无误，送牵头高校负责同志签发？"),
    Act(actions.sign, "签发", "已签发，可以印发。", "signature", asks="签发后由大组团办公室编号印发。确定签发？"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


def open_acts(request: Request, report: Report) -> list[Button]:
    """The acts that the acting person may do now; issuing has a page of its own."""
    return buttons(ACTS, request.actor, report, "reports:act", report.pk)


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on the report."""
    report = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], report, back=reverse("reports:show", args=[pk]))


def issued(request: Request, pk: int) -> HttpResponse:
    """Number and date of the report, and with them its issue."""
    report = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    _require_open(request, report)
    form = IssueForm(request.POST or None, initial={"issued_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.issue, report, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已印发。文字、数字从此不再变动。")
            return redirect("reports:show", pk)
    context = {"form": form, "target": report, "back": reverse("reports:show", args=[pk])}
    return render(request, "reports/issue.html", context, status=form_status(form))


def _require_open(request: Request, report: Report) -> None:
    if not actions.issue.allowed(request.actor, report):
        raise Denied(actions.issue.label)
    if reason := actions.issue.why_not(report):
        raise RuleBroken(reason)
