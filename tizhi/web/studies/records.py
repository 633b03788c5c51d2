"""一次调研: who went and what was found, what came of each finding, the report, what may be done next."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.scheme.queries import name_on
from tizhi.pipeline.studies import actions, queries
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import FindingForm, ReportForm
from .offer import Offer
from .outcomes import by_area, outcomes

ACTS = (
    Act(
        actions.put_study_into_bin, "移入回收站", "已移入回收站，可随时恢复。", "trash",
        asks="移入回收站后可随时恢复。确定移入？",
    ),
    Act(actions.restore_study, "从回收站恢复", "已恢复。", "refresh"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    return _page(request, _found(request, pk))


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on the study."""
    study = _found(request, pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], study, back=reverse("studies:show", args=[pk]))


@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """Upload the report, or a better one."""
    study = _found(request, pk)
    actions.attach_report.require(request.actor, study)
    form = ReportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            perform(request, actions.attach_report, study, version=None, file=form.cleaned_data["file"])
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "调研报告已上传。")
            return redirect("studies:show", pk)
    return _page(request, study, report_form=form)


@require_POST
def add_finding(request: Request, pk: int) -> HttpResponse:
    """Add one finding; what was typed stays on the page when something is wrong with it."""
    study = _found(request, pk)
    actions.add_finding.require(request.actor, study)
    form = FindingForm(request.POST, offer=Offer(request.actor))
    if form.is_valid():
        try:
            # Findings are only added: two that come at once do not touch each other.
            perform(request, actions.add_finding, study, version=None, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已登记，可接着登记下一条。")
            return redirect(reverse("studies:show", args=[pk]) + "#findings")
    return _page(request, study, finding_form=form)


def finding(request: Request, pk: int) -> HttpResponse:
    """Put one finding right."""
    found = _finding(request, pk)
    actions.change_finding.require(request.actor, found)
    offer = Offer(request.actor)
    form = FindingForm(request.POST or None, offer=offer, finding=found)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.change_finding, found, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = _finding(request, pk)
            return conflict.show(request, form, fresh, current=FindingForm(offer=offer, finding=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect(reverse("studies:show", args=[found.study_id]) + "#findings")
    context = {"form": form, "target": found, "study": found.study, "back": _back(found)}
    return render(request, "studies/finding.html", context, status=form_status(form))


@require_POST
def remove_finding(request: Request, pk: int) -> HttpResponse:
    """Take one finding out, on which nothing rests."""
    found = _finding(request, pk)
    back = _back(found)
    perform(request, actions.remove_finding, found)
    messages.success(request, "已删除。")
    return redirect(back)


def _finding(request: Request, pk: int) -> Finding:
    return get_object_or_404(queries.findings_visible_to(request.actor), pk=pk)


def _back(found: Finding) -> str:
    return reverse("studies:show", args=[found.study_id]) + "#findings"


def _found(request: Request, pk: int) -> Study:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _page(
    request: Request,
    study: Study,
    finding_form: FindingForm | None = None,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    actor = request.actor
    told, brief = outcomes(actor, study), activities.brief_of_study(actor, study.pk)
    may_add = actions.add_finding.open_to(actor, study)
    context = {
        "target": study,
        "unit": name_on(study.unit, study.last_day or clock.today()),
        "school": name_on(study.school, study.last_day or clock.today()),
        "team": [one for one in study.team.all() if not one.is_expert],
        "experts": [one for one in study.team.all() if one.is_expert],
        "areas": by_area(told),
        "finding_count": len(told),
        "refined": needs.refined_by(actor, study.pk),
        "brief": brief,
        "planned": agenda.became(actor, brief) if brief else (),
        "reads_needs": study.school_id in queries.schools_near(actor),
        "finding_form": finding_form or (FindingForm(offer=Offer(actor)) if may_add else None),
        "finding_open": finding_form is not None,
        "report_form": report_form or (ReportForm() if actions.attach_report.open_to(actor, study) else None),
        "buttons": buttons(ACTS, actor, study, "studies:act", study.pk),
        "may_edit": actions.save_study.open_to(actor, study),
        "entries": queries.history(study),
    }
    faulty = [form for form in (finding_form, report_form) if form is not None and form.errors]
    return render(request, "studies/show.html", context, status=422 if faulty else 200)
