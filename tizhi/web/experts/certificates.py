"""服务证明: asked for by the expert, issued by the office, downloaded as Word and PDF."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.documents.document import Document
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.models import ServiceCertificate
from tizhi.pipeline.reports.actions import issue_certificate
from tizhi.pipeline.reports.certificates import service_of
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from . import expert, sent
from .forms import AskForm, IssueForm


@require_POST
def ask(request: Request, person: int) -> HttpResponse:
    """Ask the office for a certificate; what was typed stays on the page when something is wrong with it."""
    found = expert.seen(request, person)
    cluster = request.actor.cluster_id or 0
    blank = ServiceCertificate(cluster_id=cluster, person=found)
    actions.ask_certificate.require(request.actor, blank)
    form = AskForm(request.POST, years=expert.years_of(cluster, found))
    if form.is_valid():
        try:
            made = perform(request, actions.ask_certificate, blank, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            if issue_certificate.open_to(request.actor, made):
                return redirect("experts:issue", made.pk)
            messages.success(request, "已申请，大组团办公室出具以后会通知你。")
            return redirect("experts:person", person)
    return expert.page(request, found, form)


def issue(request: Request, pk: int) -> HttpResponse:
    """Number and day; the page shows beforehand what will stand in the certificate."""
    certificate = get_object_or_404(queries.certificates_visible_to(request.actor), pk=pk)
    issue_certificate.require(request.actor, certificate)
    number = queries.next_certificate(certificate.cluster_id, clock.today().year)
    form = IssueForm(request.POST or None, initial={"number": number})
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, issue_certificate, certificate, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已出具，专家会收到通知。")
            return redirect("experts:person", certificate.person_id)
    context = {
        "form": form, "target": certificate, "back": reverse("experts:person", args=[certificate.person_id]),
        "service": service_of(certificate.cluster, certificate.person, certificate.year),
    }  # fmt: skip
    return render(request, "experts/issue.html", context, status=form_status(form))


@require_safe
def paper(request: Request, pk: int, kind: str) -> HttpResponse:
    """The certificate as it was frozen."""
    certificate = get_object_or_404(queries.certificates_visible_to(request.actor), pk=pk)
    if not certificate.is_issued:
        raise Http404
    return sent.document(Document.from_json(certificate.document), str(certificate), kind)
