"""登记报送: when and how an issued report went to whom the scheme names, and the receipt [四(四)]."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.actions import record_sending
from tizhi.pipeline.reports import queries
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import SendingForm


def record(request: Request, pk: int) -> HttpResponse:
    """Enter the sending, or correct what was entered."""
    report = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    dispatch = filings.dispatch_of(report.cluster, report.span)
    if dispatch is None:
        raise Http404
    record_sending.require(request.actor, dispatch)
    known = {"sent_on": dispatch.sent_on or clock.today(), "channel": dispatch.channel, "receipt": dispatch.receipt}
    form, back = SendingForm(request.POST or None, initial=known), reverse("reports:overview", args=[pk])
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, record_sending, dispatch, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已登记报送。")
            return redirect(back)
    context = {"form": form, "target": dispatch, "report": report, "back": back}
    return render(request, "reports/sending.html", context, status=form_status(form))
