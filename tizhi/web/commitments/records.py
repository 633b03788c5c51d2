"""一项承诺: what was undertaken, how far it is, what the schools say, what may be done next."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.audit.queries import history_of
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.commitments import actions, queries, rules
from tizhi.pipeline.commitments.lines import line_of
from tizhi.pipeline.commitments.models import Commitment, Progress
from tizhi.web.frame.act import perform
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import FeedbackForm

ACTS = (
    Act(actions.withdraw, "撤回承诺", "已撤回。", "circle-minus", wants_reason=True, hint="面向的院校会看到"),
    Act(
        actions.reopen, "恢复办理", "已恢复办理，可以继续登记进展。", "refresh", wants_reason=True,
        hint="写明为什么恢复，留在办理记录里",
    ),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    commitment = _found(request, pk)
    return _page(request, commitment, FeedbackForm(schools=queries.speaks_for(request.actor, commitment)))


@require_POST
def remark(request: Request, pk: int) -> HttpResponse:
    """Leave a word; what was typed stays on the page when something is wrong with it."""
    commitment = _found(request, pk)
    form = FeedbackForm(request.POST, schools=queries.speaks_for(request.actor, commitment))
    if not form.is_valid():
        actions.remark.require(request.actor, commitment)
        return _page(request, commitment, form)
    try:
        perform(request, actions.remark, commitment, version=None, **form.cleaned_data)
    except RuleBroken as fault:
        show_fault(form, fault)
        return _page(request, commitment, form)
    return redirect(reverse("commitments:show", args=[pk]) + "#feedback")


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on the commitment."""
    commitment = _found(request, pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], commitment, back=reverse("commitments:show", args=[pk]))


def _found(request: Request, pk: int) -> Commitment:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _page(request: Request, commitment: Commitment, form: FeedbackForm) -> HttpResponse:
    actor = request.actor
    context = {
        "target": commitment,
        "line": line_of(commitment),
        "progress": [(one, _money(one)) for one in reversed(list(commitment.progress.all()))],
        "feedback": list(commitment.feedback.all()),
        "form": form,
        "buttons": buttons(ACTS, actor, commitment, "commitments:act", commitment.pk),
        "may_edit": actions.change_commitment.open_to(actor, commitment),
        "may_remark": actions.remark.open_to(actor, commitment),
        "reads_province": queries.departments_visible_to(actor).filter(pk=commitment.unit_id).exists(),
        "entries": history_of(commitment),
    }
    return render(request, "commitments/show.html", context, status=form_status(form))


def _money(progress: Progress) -> str:
    return rules.money(progress.amount) if progress.amount is not None else ""
