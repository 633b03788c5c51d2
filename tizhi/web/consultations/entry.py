"""提出问诊: a school writes its case – anew, from a finding, from a need – saved as one types, asked, put right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.consultations import queries, rules
from tizhi.pipeline.consultations.actions import ask_case, change_case, open_case
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.studies.models import Finding
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import CaseForm

State = Consultation.State
SAVED, ASKED = "已保存为草稿，提出以前只有本校可以看到。", "已提出，大组团办公室和小组团办公室会收到通知。"


def new(request: Request, **source: int) -> HttpResponse:
    """Write a case of one's own school, anew or begun with a finding or a need (`source`)."""
    case, member = _begun(request, source)
    form = _form(request, case)
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(request, open_case, member, **_given(form, case))
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            return _on_its_way(request, made)
    return _page(request, form, case)


def edit(request: Request, pk: int) -> HttpResponse:
    """Put a case right until somebody has taken it on; a draft is asked here."""
    case = _own(request, pk)
    form = _form(request, case)
    if "check" in request.GET and not form.is_bound:
        form.show_missing(rules.faults(case, complete=True))
    try:
        if form.is_bound and form.is_valid():
            return _kept_or_asked(request, case, form)
    except RuleBroken as fault:
        show_fault(form, fault)
    except Stale:
        fresh = _own(request, pk)
        return conflict.show(request, form, fresh, current=_form(request, fresh, blank=True))
    return _page(request, form, case)


def _kept_or_asked(request: Request, case: Consultation, form: CaseForm) -> HttpResponse:
    given = form.given() | {"removed": _removed(request)}
    kept = perform(request, change_case, case, **given)
    if kept.state == State.DRAFT:
        return _on_its_way(request, kept)
    messages.success(request, "已保存。")
    return redirect("consultations:show", case.pk)


def _on_its_way(request: Request, case: Consultation) -> HttpResponse:
    """Where a draft that was kept leads: on to its page, or straight on to being asked.

    What is missing keeps it from being asked, not from being kept.
    """
    if "ask" in request.POST and case.state == State.DRAFT:
        try:
            case = perform(request, ask_case, case, version=case.version, once=None)
        except RuleBroken:
            return redirect(reverse("consultations:edit", args=[case.pk]) + "?check=1")
    messages.success(request, SAVED if case.state == State.DRAFT else ASKED)
    return redirect("consultations:show", case.pk)


@require_POST
def begin(request: Request, **source: int) -> HttpResponse:
    """What is typed first begins the draft; answers its address."""
    case, member = _begun(request, source)
    return _kept(request, _form(request, case), open_case, member, case)


@require_POST
def autosave(request: Request, pk: int) -> HttpResponse:
    """Keep what is typed of a draft; files go with the form itself."""
    case = _own(request, pk)
    return _kept(request, _form(request, case), change_case, case, case)


def _kept(request: Request, form: CaseForm, act: Action, target: Any, case: Consultation) -> JsonResponse:
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(faults[0]) for name, faults in form.errors.items()}}, status=422)
    try:
        kept: Consultation = perform(request, act, target, **_given(form, case))
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse(_saved(kept))


def _saved(case: Consultation) -> dict[str, Any]:
    return {
        "version": case.version,
        "saved_at": f"{timezone.localtime(clock.now()):%H:%M}",
        "url": reverse("consultations:edit", args=[case.pk]),
        "autosave": reverse("consultations:autosave", args=[case.pk]),
    }


def _given(form: CaseForm, case: Consultation) -> dict[str, Any]:
    return form.given() | {"finding_id": case.finding_id}


def _begun(request: Request, source: dict[str, int]) -> tuple[Consultation, Member]:
    """A case not yet kept, with what its source says, and the school that asks it."""
    case = _from(request, **source)
    member = queries.asks_for(request.actor)
    if member is None:
        raise Denied(ask_case.label)
    case.cluster_id, case.unit = member.cluster_id, member.unit
    return case, member


def _from(request: Request, finding: int | None = None, need: int | None = None) -> Consultation:
    if finding is not None:
        return _from_finding(queries.finding_of(request.actor, finding))
    return Consultation() if need is None else _from_need(queries.need_of(request.actor, need))


def _from_finding(found: Finding | None) -> Consultation:
    if found is None:
        raise Http404
    text = found.text + _evidence(found.evidence)
    return Consultation(title=_first_words(found.text), text=text, area=found.area, finding=found)


def _from_need(found: Need | None) -> Consultation:
    if found is None:
        raise Http404
    text = (found.text or found.title) + _evidence(found.evidence)
    return Consultation(title=found.title, text=text, area=found.area, need=found)


def _form(request: Request, case: Consultation, *, blank: bool = False) -> CaseForm:
    posted = request.method == "POST" and not blank
    return CaseForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        areas=queries.areas(case.cluster_id),
        needs=queries.needs_of(case.cluster_id, case.unit_id, case.need_id),
        case=case,
    )


def _page(request: Request, form: CaseForm, case: Consultation) -> HttpResponse:
    is_kept = case.pk is not None
    context = {
        "form": form,
        "case": case,
        "target": case if is_kept else None,
        "files": list(case.files.all()) if is_kept else [],
        "save_url": reverse("consultations:edit", args=[case.pk]) if is_kept else request.path,
        "autosave_url": reverse("consultations:autosave", args=[case.pk]) if is_kept else f"{request.path}autosave/",
        "back": reverse("consultations:show", args=[case.pk]) if is_kept else reverse("consultations:list"),
    }
    return render(request, "consultations/form.html", context, status=form_status(form))


def _own(request: Request, pk: int) -> Consultation:
    case = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    change_case.require(request.actor, case)
    return case


def _removed(request: Request) -> list[int]:
    sent = request.POST.getlist("remove")
    return [int(one) for one in sent if one.isascii() and one.isdigit() and len(one) < 18]


def _first_words(text: str) -> str:
    """The first sentence, as a title that somebody will shorten."""
    first = text.split("。")[0].split("\n")[0].strip()
    return first if len(first) <= 60 else f"{first[:58]}……"


def _evidence(text: str) -> str:
    return f"\n\n依据：{text}" if text else ""
