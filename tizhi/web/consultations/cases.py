"""案例库: cases without names, for everybody of the cluster to learn from."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.consultations import actions, queries
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.consultations.naming import FIELDS, names_of, proposal
from tizhi.pipeline.scheme.who import colleague
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .course import found, posted
from .filters import CaseFilter
from .forms import CaseBaseForm


@require_safe
def listed(request: Request) -> HttpResponse:
    """The case base, searched by words and area."""
    if not colleague(request.actor, None):
        raise Http404
    chosen = CaseFilter(request.GET, queries.cases_visible_to(request.actor), request.actor.cluster_id or 0)
    chosen.form.is_valid()
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
    }
    return render(request, "consultations/cases.html", context)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """One case: its text without names; who reads the consultation itself is led there."""
    case = get_object_or_404(queries.cases_visible_to(request.actor), pk=pk)
    reads = queries.visible_to(request.actor).filter(pk=pk).exists()
    return render(request, "consultations/case.html", {"case": case, "reads": reads})


def prepare(request: Request, pk: int) -> HttpResponse:
    """Write the text of the case: proposed without names, put right by the owner, shared by the cluster's office."""
    case = found(request, pk)
    actions.prepare_case.require(request.actor, case)
    form = CaseBaseForm(posted(request), initial=_proposed(case))
    if request.method == "POST" and form.is_valid():
        share = "share" in request.POST
        act = actions.share_case if share else actions.prepare_case
        try:
            perform(request, act, case, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = found(request, pk)
            return conflict.show(request, form, fresh, current=CaseBaseForm(initial=_proposed(fresh)))
        else:
            messages.success(request, "已入库，组团各单位都可以查阅。" if share else "已保存，待大组团办公室审核入库。")
            return redirect("consultations:show", pk)
    context = {
        "form": form, "case": case, "target": case, "back": reverse("consultations:show", args=[pk]),
        "may_share": actions.share_case.allowed(request.actor, case) and case.case_prepared_at is not None,
        "is_proposed": case.case_prepared_at is None,
    }  # fmt: skip
    return render(request, "consultations/prepare.html", context, status=form_status(form))


def _proposed(case: Consultation) -> dict[str, str]:
    """What was prepared, else the proposal."""
    if case.case_prepared_at:
        return {name: getattr(case, name) for name in FIELDS}
    return proposal(case, names_of(case.cluster_id))
