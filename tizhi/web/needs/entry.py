"""填写需求诊断: strengths, gaps and needs stated, refined, and made from a finding in one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.needs import actions, queries, rules
from tizhi.pipeline.needs.models import Need, Trait
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.scheme.queries import areas
from tizhi.pipeline.studies import queries as studies
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import Grounds, NeedForm, RefineForm, TraitForm
from .records import found, trait_found
from .schools import place


def new_need(request: Request, unit: int) -> HttpResponse:
    """State a need of the school."""
    member = place(request, unit)
    actions.state_need.require(request.actor, member)
    form = NeedForm(_sent(request), areas=_areas(request), gaps=_gaps(request, unit))
    if made := _written(request, form, lambda: perform(request, actions.state_need, member, **form.given())):
        messages.success(request, f"已提出，编号{rules.code_of(made)}。")
        return redirect("needs:show", unit, made.number)
    return _page(request, "needs/need.html", form, school=member.unit, back=reverse("needs:school", args=[unit]))


def from_finding(request: Request, finding: int) -> HttpResponse:
    """Make a need of a finding: everything it says is filled in, one button is left to press."""
    one = get_object_or_404(studies.findings_visible_to(request.actor), pk=finding)
    actions.need_from_finding.require(request.actor, one)
    school = one.study.school
    form = NeedForm(
        _sent(request), areas=_areas(request), gaps=_gaps(request, school.pk), begin=rules.proposed_from(one)
    )
    if made := _written(request, form, lambda: perform(request, actions.need_from_finding, one, **form.given())):
        own = made.confirmed_at is not None
        messages.success(request, f"已提出，编号{rules.code_of(made)}{'' if own else '，待学校确认'}。")
        return redirect("needs:show", school.pk, made.number)
    back = reverse("studies:show", args=[one.study_id]) + "#findings"
    own = request.actor.unit_id == school.pk
    return _page(request, "needs/need.html", form, school=school, back=back, finding=one, is_proposal=not own)


def refine(request: Request, unit: int, number: int) -> HttpResponse:
    """Say a need more precisely, by a study or one of its findings."""
    need = found(request, unit, number)
    actions.refine_need.require(request.actor, need)
    grounds = Grounds.of(list(studies.in_full(studies.of_school(request.actor, unit)).order_by("-last_day", "-pk")))
    given: dict[str, Any] = {"areas": _areas(request), "gaps": _gaps(request, unit), "grounds": grounds}
    form = RefineForm(_sent(request), need=need, **given)

    def write() -> Need:
        chosen = grounds.chosen(form.cleaned_data["ground"])
        note = form.cleaned_data["note"]
        written: Need = perform(request, actions.refine_need, need, note=note, **chosen, **form.given())
        return written

    try:
        if _written(request, form, write):
            messages.success(request, "已细化，原来的内容保留在经过里。")
            return redirect("needs:show", unit, number)
    except Stale:
        fresh = found(request, unit, number)
        return conflict.show(request, form, fresh, current=RefineForm(need=fresh, **given))
    back = reverse("needs:show", args=[unit, number])
    return _page(request, "needs/refine.html", form, school=need.unit, back=back, target=need)


def new_trait(request: Request, unit: int) -> HttpResponse:
    """Enter a strength or a gap of the school."""
    member = place(request, unit)
    actions.state_trait.require(request.actor, member)
    kind = request.GET.get("kind", "")
    form = TraitForm(_sent(request), areas=_areas(request), kind=kind if kind in Trait.Kind.values else "")
    if _written(request, form, lambda: perform(request, actions.state_trait, member, **form.given())):
        messages.success(request, "已登记。")
        return redirect("needs:school", unit)
    return _page(request, "needs/trait.html", form, school=member.unit, back=reverse("needs:school", args=[unit]))


def edit_trait(request: Request, unit: int, pk: int) -> HttpResponse:
    """Put a strength or a gap right."""
    trait = trait_found(request, unit, pk)
    actions.change_trait.require(request.actor, trait)
    known = _areas(request)
    form = TraitForm(_sent(request), areas=known, trait=trait)
    try:
        if _written(request, form, lambda: perform(request, actions.change_trait, trait, **form.given())):
            messages.success(request, "已保存。")
            return redirect("needs:school", unit)
    except Stale:
        fresh = trait_found(request, unit, pk)
        return conflict.show(request, form, fresh, current=TraitForm(areas=known, trait=fresh))
    back = reverse("needs:school", args=[unit])
    return _page(request, "needs/trait.html", form, school=place(request, unit).unit, back=back, target=trait)


def _written(request: Request, form: forms.Form, write: Callable[[], Any]) -> Any:
    """What `write` wrote from a valid form that was sent; nothing, with the faults at their fields, otherwise."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return write()
    except RuleBroken as fault:
        show_fault(form, fault)
        return None


def _sent(request: Request) -> Any:
    return request.POST if request.method == "POST" else None


def _areas(request: Request) -> list[Area]:
    return list(areas(request.actor.cluster_id or 0))


def _gaps(request: Request, unit: int) -> list[Trait]:
    return list(queries.traits_of(request.actor, unit).filter(kind=Trait.Kind.GAP))


def _page(request: Request, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=form_status(form))
