"""登记调研: the form – begun, saved as one types, recorded with or without its brief; two windows lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.actions import report_study
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.studies import queries, rules
from tizhi.pipeline.studies.actions import save_study, start_study
from tizhi.pipeline.studies.models import Study
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from .forms import StudyForm
from .offer import Offer

NO_BRIEF = "no"


def new(request: Request) -> HttpResponse:
    """An empty form with what can be guessed filled in, or what was planned; saving it begins the draft."""
    offer = _offer(request)
    form = _form(request, offer, begin=_planned(request, offer))
    if request.method != "POST":
        return _page(request, form, offer)
    if form.is_valid():
        try:
            study = perform(request, start_study, _member(form, offer), **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            return _on_its_way(request, study, form)
    return _page(request, form, offer, status=422)


def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft, or of a study that is put right."""
    study = _own(request, pk)
    offer = _offer(request, study)
    if request.method != "POST":
        form = _form(request, offer, study)
        if "check" in request.GET:
            form.show_missing(rules.missing(study, len(study.team.all()), clock.today()))
        return _page(request, form, offer, study)
    return _save(request, study, offer)


def _save(request: Request, study: Study, offer: Offer) -> HttpResponse:
    form = _form(request, offer, study)
    try:
        if form.is_valid():
            return _kept_or_recorded(request, study, form)
    except RuleBroken as fault:
        show_fault(form, fault)
    except Stale:
        fresh = _own(request, study.pk)
        return conflict.show(request, form, fresh, current=StudyForm(offer=offer, study=fresh))
    return _page(request, form, offer, study, status=422)


def _kept_or_recorded(request: Request, study: Study, form: StudyForm) -> HttpResponse:
    if not study.is_draft or "record" not in request.POST:
        kept = perform(request, save_study, study, **form.given())
        messages.success(request, "草稿已保存，可随时继续填写。" if kept.is_draft else "已保存。")
        return redirect("studies:show", study.pk)
    with_brief = bool(form.cleaned_data.get("with_brief"))
    try:
        perform(request, report_study, study, with_brief=with_brief, **form.given())
    except RuleBroken:
        # What is missing keeps it from being recorded, not from being kept.
        perform(request, save_study, study, once=None, **form.given())
        return _asked_again(study, with_brief)
    return _recorded(request, study)


def _on_its_way(request: Request, study: Study, form: StudyForm) -> HttpResponse:
    """Where a new draft leads: on to its page, or straight on to being recorded."""
    if "record" not in request.POST or not study.is_draft:
        messages.success(request, "草稿已保存，可随时继续填写。")
        return redirect("studies:show", study.pk)
    with_brief = bool(form.cleaned_data.get("with_brief"))
    try:
        perform(request, report_study, study, version=study.version, once=None, with_brief=with_brief)
    except RuleBroken:
        return _asked_again(study, with_brief)
    return _recorded(request, study)


def _asked_again(study: Study, with_brief: bool) -> HttpResponse:
    box = "" if with_brief else f"&brief={NO_BRIEF}"
    return redirect(reverse("studies:edit", args=[study.pk]) + f"?check=1{box}")


def _recorded(request: Request, study: Study) -> HttpResponse:
    brief = activities.brief_of_study(request.actor, study.pk)
    if brief is not None and brief.is_open:
        messages.success(request, "已登记，动态简报已起草，补充后提交。接着填写发现、上传报告。")
    else:
        messages.success(request, "已登记，受调研院校可以看到。接着填写发现、上传报告。")
    return redirect("studies:show", study.pk)


@require_POST
def autosave(request: Request, pk: int | None = None) -> HttpResponse:
    """Keep what is typed of a draft; the first time this begins the draft and answers its address."""
    study = _own(request, pk) if pk else None
    offer = _offer(request, study)
    form = _form(request, offer, study)
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(faults[0]) for name, faults in form.errors.items()}}, status=422)
    try:
        if study is None:
            study = perform(request, start_study, _member(form, offer), **form.given())
        else:
            study = perform(request, save_study, study, **form.given())
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse(_saved(study))


def _saved(study: Study) -> dict[str, Any]:
    return {
        "version": study.version,
        "saved_at": f"{timezone.localtime(clock.now()):%H:%M}",
        "url": reverse("studies:edit", args=[study.pk]),
        "autosave": reverse("studies:autosave", args=[study.pk]),
    }


def _form(
    request: Request, offer: Offer, study: Study | None = None, begin: dict[str, Any] | None = None
) -> StudyForm:  # fmt: skip
    data = request.POST if request.method == "POST" else None
    form = StudyForm(data, offer=offer, study=study, asks_brief=_asks_brief(request, offer, study), begin=begin)
    if request.GET.get("brief") == NO_BRIEF:
        form.initial["with_brief"] = False
    return form


def _asks_brief(request: Request, offer: Offer, study: Study | None) -> bool:
    """Whether a brief may be drafted with it: by who enters for the leading unit, once."""
    if study is None:
        return any(one.unit_id in request.actor.reports_for for one in offer.own)
    may = study.is_draft and study.unit_id in request.actor.reports_for
    return may and not activities.briefs_of_study(study.pk).exists()


def _planned(request: Request, offer: Offer) -> dict[str, Any]:
    """What was planned, where the address names the item of the plan."""
    named = request.GET.get("planned", "")
    if not (named.isascii() and named.isdigit() and len(named) < 10):
        return {}
    planned = agenda.rows(agenda.visible_to(request.actor)).filter(pk=int(named)).first()
    if planned is None:
        return {}
    taking_part = {one.unit_id for one in planned.units.all()}
    schools = [one.pk for one in offer.schools if one.pk in taking_part]
    return {
        "unit": planned.unit_id, "school": next(iter(schools), offer.schools[0].pk if offer.schools else None),
        "round": planned.stage or Study.Round.OTHER, "mode": planned.mode, "title": planned.title,
        "first_day": planned.first_day, "last_day": planned.last_day, "place": planned.place,
        "members": [str(one.appointment_id or one) for one in planned.leaders.all()],
    }  # fmt: skip


def _page(
    request: Request, form: StudyForm, offer: Offer, study: Study | None = None, status: int = 200
) -> HttpResponse:
    save, autosaved = ("studies:edit", "studies:autosave") if study else ("studies:new", "studies:begin")
    args = [study.pk] if study else []
    context = {
        "form": form,
        "target": study,
        "unit": study.unit if study else offer.own[0].unit,
        "save_url": reverse(save, args=args),
        "autosave_url": reverse(autosaved, args=args) if study is None or study.is_draft else "",
        "back": reverse("studies:show", args=args) if study else reverse("studies:list"),
    }
    return render(request, "studies/form.html", context, status=status)


def _offer(request: Request, study: Study | None = None) -> Offer:
    offer = Offer(request.actor)
    if study is None and not offer.own:
        raise Denied(start_study.label)
    return offer


def _own(request: Request, pk: int) -> Study:
    study = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    save_study.require(request.actor, study)
    return study


def _member(form: StudyForm, offer: Offer) -> Member:
    chosen = form.cleaned_data.get("unit")
    return next((one for one in offer.own if one.unit_id == chosen), offer.own[0])
