"""一项需求: what it says now, where it came from, how it became so, what may be done next."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.audit.queries import history_of
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.consultations.actions import open_case
from tizhi.pipeline.needs import actions, queries
from tizhi.pipeline.needs.lines import told
from tizhi.pipeline.needs.models import Need, Trait
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.studies import queries as studies
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.request import Request

from .schools import place

ACTS = (
    Act(
        actions.withdraw_need, "撤回", "已撤回，编号保留。", "circle-minus", wants_reason=True,
        hint="需求留在列表里，大家会看到原因",
    ),
    Act(
        actions.reopen_need, "重新提出", "已重新提出。", "refresh", wants_reason=True,
        hint="写明为什么重新提出，留在需求的经过里",
    ),
    Act(
        actions.meet_need, "登记已满足", "已登记为满足。", "checks", wants_reason=True,
        hint="写明怎样得到了满足，例如哪一个项目、哪一项成果",
    ),
    Act(actions.confirm_need, "确认为本校需求", "已确认。", "check"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
WITHDRAW = Act(
    actions.withdraw_trait, "撤回这一条", "已撤回。", "circle-minus", wants_reason=True, hint="写明撤回的原因"
)


@require_safe
def show(request: Request, unit: int, number: int) -> HttpResponse:
    """The page of one need."""
    need, actor = found(request, unit, number), request.actor
    context = {
        "target": need,
        "school": need.unit,
        "told": told(need)[::-1],
        "buttons": buttons(ACTS, actor, need, "needs:act", unit, number),
        "may_refine": actions.refine_need.open_to(actor, need),
        "may_ask": need.state == Need.State.OPEN and open_case.allowed(actor, need),
        "reads_study": need.finding is not None
        and studies.findings_visible_to(actor).filter(pk=need.finding.pk).exists(),
        "measures": list(plans.measures_of_needs(actor, [need.pk])),
        "consultations": consultations.of_needs(actor, [need.pk]).get(need.pk, ()),
        "entries": history_of(need),
    }
    return render(request, "needs/show.html", context)


def act(request: Request, unit: int, number: int, name: str) -> HttpResponse:
    """Do one act on the need."""
    need = found(request, unit, number)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], need, back=reverse("needs:show", args=[unit, number]))


def withdraw(request: Request, unit: int, pk: int) -> HttpResponse:
    """Take a strength or a gap off the list."""
    trait = trait_found(request, unit, pk)
    return do(request, WITHDRAW, trait, back=reverse("needs:school", args=[unit]))


def found(request: Request, unit: int, number: int) -> Need:
    """The need of that number; 404 unless the actor reads it."""
    place(request, unit)
    return get_object_or_404(queries.in_full(queries.of_school(request.actor, unit)), number=number)


def trait_found(request: Request, unit: int, pk: int) -> Trait:
    """A strength or a gap of the school that still stands; 404 unless the actor reads it."""
    place(request, unit)
    return get_object_or_404(queries.traits_of(request.actor, unit), pk=pk)
