"""提出问诊: a school writes its case – anew, from a finding, from a need – and puts it right until it is taken on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.consultations import queries
from tizhi.pipeline.consultations.actions import change_case, open_case
from tizhi.pipeline.consultations.models import Consultation
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import CaseForm

State = Consultation.State
SAVED, ASKED = "已保存为草稿，提出以前只有本校可以看到。", "已提出，大组团办公室和小组团办公室会收到通知。"


def new(request: Request) -> HttpResponse:
    """Write a case of one's own school."""
    return _begin(request, Consultation())


def from_finding(request: Request, finding: int) -> HttpResponse:
    """The same, begun with what a study found."""
    found = queries.finding_of(request.actor, finding)
    if found is None:
        raise Http404
    begun = Consultation(
        title=_first_words(found.text), text=found.text + _evidence(found.evidence), area=found.area, finding=found
    )
    return _begin(request, begun)


def from_need(request: Request, need: int) -> HttpResponse:
    """The same, begun with a need of the school."""
    found = queries.need_of(request.actor, need)
    if found is None:
        raise Http404
    begun = Consultation(
        title=found.title, text=(found.text or found.title) + _evidence(found.evidence), area=found.area, need=found
    )
    return _begin(request, begun)


def edit(request: Request, pk: int) -> HttpResponse:
    """Put a case right until somebody has taken it on; a draft is asked here."""
    case = _found(request, pk)
    change_case.require(request.actor, case)
    form = _form(request, case)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {"submit": "ask" in request.POST, "removed": _removed(request)}
        try:
            kept = perform(request, change_case, case, **given, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _found(request, pk)
            return conflict.show(request, form, fresh, current=_form(request, fresh, blank=True))
        else:
            messages.success(request, ASKED if given["submit"] and case.state == State.DRAFT else "已保存。")
            return redirect("consultations:show", kept.pk)
    return _page(request, form, case, reverse("consultations:show", args=[pk]))


def _begin(request: Request, begun: Consultation) -> HttpResponse:
    member = queries.asks_for(request.actor)
    if member is None:
        raise Denied(open_case.label)
    begun.cluster_id, begun.unit = member.cluster_id, member.unit
    form = _form(request, begun)
    if request.method == "POST" and form.is_valid():
        submit = "ask" in request.POST
        given = form.given() | {"finding_id": begun.finding_id}
        try:
            made = perform(request, open_case, member, submit=submit, **given)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, ASKED if submit else SAVED)
            return redirect("consultations:show", made.pk)
    return _page(request, form, begun, reverse("consultations:list"))


def _form(request: Request, case: Consultation, *, blank: bool = False) -> CaseForm:
    posted = request.method == "POST" and not blank
    return CaseForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        areas=queries.areas(case.cluster_id),
        needs=queries.needs_of(case.cluster_id, case.unit_id, case.need_id),
        case=case,
    )


def _page(request: Request, form: CaseForm, case: Consultation, back: str) -> HttpResponse:
    context = {
        "form": form, "case": case, "target": case if case.pk else None, "back": back,
        "files": list(case.files.all()) if case.pk else [],
    }  # fmt: skip
    return render(request, "consultations/form.html", context, status=form_status(form))


def _found(request: Request, pk: int) -> Consultation:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _removed(request: Request) -> list[int]:
    sent = request.POST.getlist("remove")
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 18]


def _first_words(text: str) -> str:
    """The first sentence, as a title that somebody will shorten."""
    first = text.split("。")[0].split("\n")[0].strip()
    return first if len(first) <= 60 else f"{first[:58]}……"


def _evidence(text: str) -> str:
    return f"\n\n依据：{text}" if text else ""
