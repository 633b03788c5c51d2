"""报送动态: the form – begun, saved as one types, sent; two windows on one brief lose nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities import queries, rules, studying
from tizhi.pipeline.activities.actions import save_draft, send, start_draft
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Member
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from . import files
from .forms import ActivityForm
from .offer import Offer


def new(request: Request) -> HttpResponse:
    """An empty form with what can be guessed filled in, of the kind the address names; saving it begins the draft."""
    offer = _offer(request)
    form = ActivityForm(request.POST or None, offer=offer, kind=request.GET.get("kind", ""))
    if request.method != "POST":
        return _page(request, form, offer)
    activity, shots = None, files.sent(request)
    if form.is_valid():
        try:
            member = _member(form, offer)
            files.take_new(request, member, shots)
            activity = perform(request, start_draft, member, **form.given(), **shots)
            return _after(request, activity, form)
        except RuleBroken as fault:
            show_fault(form, fault)
    return _page(request, form, offer, activity=activity, shots=shots, status=422)


def edit(request: Request, pk: int) -> HttpResponse:
    """The form of a draft or of a brief that was returned."""
    activity = _own(request, pk)
    if not activity.is_open:
        return redirect("activities:show", pk)
    offer = _offer(request)
    if request.method != "POST":
        form = ActivityForm(offer=offer, activity=activity)
        if "check" in request.GET:
            missing = rules.missing(activity, activity.units.count(), clock.today())
            form.show_missing(missing | studying.unclear(activity))
        return _page(request, form, offer, activity=activity)
    return _save(request, activity, offer)


def _save(request: Request, activity: Activity, offer: Offer) -> HttpResponse:
    form, shots = ActivityForm(request.POST, offer=offer, activity=activity), files.sent(request)
    try:
        files.take_new(request, _place(activity, offer), shots)
        if form.is_valid():
            return _kept_or_sent(request, activity, form, shots)
    except RuleBroken as fault:
        show_fault(form, fault)
    except Stale:
        fresh = _own(request, activity.pk)
        return conflict.show(
            request, form, fresh, current=ActivityForm(offer=offer, activity=fresh), also=files.as_sent(fresh)
        )
    return _page(request, form, offer, activity=activity, shots=shots, status=422)


def _kept_or_sent(request: Request, activity: Activity, form: ActivityForm, shots: dict[str, Any]) -> HttpResponse:
    given = {**form.given(), **_moved(form), **shots}
    if "send" not in request.POST:
        perform(request, save_draft, activity, **given)
        messages.success(request, "草稿已保存，可随时继续填写。")
        return redirect("activities:show", activity.pk)
    try:
        sent = perform(request, send, activity, **given, studied=form.cleaned_data.get("studied"))
    except RuleBroken:
        # What is missing keeps it from being sent, not from being kept.
        perform(request, save_draft, activity, once=None, **given)
        return redirect(reverse("activities:edit", args=[activity.pk]) + "?check=1")
    messages.success(request, _said(sent))
    return redirect("activities:show", activity.pk)


def _said(activity: Activity) -> str:
    return "已提交，这次调研同时登记好了，请补充发现和调研报告。" if activity.study_id else "已提交。"


def _after(request: Request, activity: Activity, form: ActivityForm) -> HttpResponse:
    """Where a new draft leads: on to its page, or straight on its way."""
    if "send" in request.POST and activity.is_open:
        try:
            studied = form.cleaned_data.get("studied")
            sent = perform(request, send, activity, version=activity.version, once=None, studied=studied)
            messages.success(request, _said(sent))
        except RuleBroken:
            return redirect(reverse("activities:edit", args=[activity.pk]) + "?check=1")
    else:
        messages.success(request, "草稿已保存，可随时继续填写。")
    return redirect("activities:show", activity.pk)


@require_POST
def autosave(request: Request, pk: int | None = None) -> HttpResponse:
    """Keep what is typed; the first time this begins the draft and answers its address."""
    activity = _own(request, pk) if pk else None
    offer = _offer(request)
    form = ActivityForm(request.POST, offer=offer, activity=activity)
    if not form.is_valid():
        return JsonResponse({"errors": {name: str(faults[0]) for name, faults in form.errors.items()}}, status=422)
    given = {**form.given(), **files.sent(request)}
    try:
        if activity is None:
            activity = perform(request, start_draft, _member(form, offer), **given)
        else:
            activity = perform(request, save_draft, activity, **given, **_moved(form))
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse(_saved(activity))


def _saved(activity: Activity) -> dict[str, Any]:
    return {
        "version": activity.version,
        "saved_at": f"{timezone.localtime(clock.now()):%H:%M}",
        "url": reverse("activities:edit", args=[activity.pk]),
        "autosave": reverse("activities:autosave", args=[activity.pk]),
    }


@require_POST
def upload(request: Request, name: str) -> HttpResponse:
    """Take one photo or paper; answers the fragment that stands for it in the form."""
    offer, file = _offer(request), request.FILES.get("file")
    if file is None:
        raise RuleBroken("没有收到文件，请重新选择。")
    stored = files.keep(request, offer.own[0], file, files.KINDS[name])
    template = "frame/_shot.html" if name == "photos" else "activities/_paper.html"
    return render(request, template, {"shot": files.shown(stored), "name": name})


@require_safe
def part(request: Request, name: str) -> HttpResponse:
    """A part of the form that depends on another: the figures on the kind, the area on the title, the due day."""
    offer = _offer(request)
    form = ActivityForm(_typed_so_far(request, offer), offer=offer)
    form.is_valid()
    timeliness = _timeliness(offer, form.cleaned_data.get("last_day"))
    return render(request, f"activities/_{name}.html", {"form": form, "timeliness": timeliness})


def _typed_so_far(request: Request, offer: Offer) -> QueryDict:
    typed = request.GET.copy()
    if typed.get("title") and not typed.get("area"):
        typed["area"] = offer.proposed_area(str(typed["title"]), kind_of(str(typed.get("kind", ""))))
    return typed


def _page(
    request: Request, form: ActivityForm, offer: Offer, activity: Activity | None = None, status: int = 200,
    shots: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    save, autosaved = ("activities:edit", "activities:autosave") if activity else ("activities:new", "activities:begin")
    args = [activity.pk] if activity else []
    last_day = activity.last_day if activity else clock.today()
    unit = activity.unit_id if activity else offer.own[0].unit_id
    context = {
        "form": form,
        "target": activity,
        "offer": offer,
        "save_url": reverse(save, args=args),
        "autosave_url": reverse(autosaved, args=args),
        "timeliness": _timeliness(offer, last_day, activity),
        "signers": queries.signers(activity or Activity(cluster_id=offer.cluster, unit_id=unit)),
        "waits_for_signature": rules.needs_approval(queries.briefs_of(offer.cluster)) and not _signs(request, unit),
        **files.in_form(request, activity, shots),
    }
    return render(request, "activities/form.html", context, status=status)


def _timeliness(offer: Offer, last_day: Any, activity: Activity | None = None) -> rules.Timeliness | None:
    return Deadlines(offer.cluster).timeliness(last_day, activity.sent_at if activity else None)


def _signs(request: Request, unit: int) -> bool:
    actor = request.actor
    return actor.has("approve-unit") and actor.unit_id == unit


def _offer(request: Request) -> Offer:
    offer = Offer(request.actor)
    if not offer.own:
        raise Denied(start_draft.label)
    return offer


def _own(request: Request, pk: int) -> Activity:
    activity = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    if not save_draft.allowed(request.actor, activity):
        raise Denied(save_draft.label)
    return activity


def _member(form: ActivityForm, offer: Offer) -> Member:
    chosen = form.cleaned_data.get("unit")
    return next((one for one in offer.own if one.unit_id == chosen), offer.own[0])


def _place(activity: Activity, offer: Offer) -> Member:
    return next((one for one in offer.own if one.unit_id == activity.unit_id), offer.own[0])


def _moved(form: ActivityForm) -> dict[str, Any]:
    """The reporting unit, where the writer could choose it."""
    chosen = form.cleaned_data.get("unit")
    return {"unit_id": chosen} if chosen else {}
