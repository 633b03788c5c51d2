"""一位专家: seats and letters, what he has open, his pace, absences and certificates."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.base.kit.todo import Todo
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.desk.queries import todos
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import actions, queries, rules
from tizhi.pipeline.experts.models import Absence, ExpertProfile, ServiceCertificate
from tizhi.pipeline.experts.who import sees_experts
from tizhi.pipeline.reports.actions import issue_certificate
from tizhi.pipeline.reviews import queries as reviews
from tizhi.pipeline.scheme import queries as schemes
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .board import Load
from .forms import AskForm, PaceForm


@require_safe
def mine(request: Request) -> HttpResponse:
    """One's own page."""
    person = request.actor.person_id or 0
    if not queries.experts_seen_by(request.actor).filter(pk=person).exists():
        raise Http404
    return redirect("experts:person", person)


@require_safe
def show(request: Request, person: int) -> HttpResponse:
    """The page of one expert."""
    return page(request, seen(request, person))


def page(request: Request, person: Person, ask: AskForm | None = None) -> HttpResponse:
    """The page, with the form of asking for a certificate as it was sent."""
    actor, today = request.actor, clock.today()
    cluster = actor.cluster_id or 0
    profile = profile_of(cluster, person)
    absences = queries.absences_of(cluster, person.pk)
    held = queries.held_as_expert(cluster, person.pk)
    is_own = actor.person_id == person.pk
    ask = ask or AskForm(years=years_of(cluster, person))
    blank = ServiceCertificate(cluster_id=cluster, person=person)
    given = {
        "target": profile,
        "person": person,
        "terms": [(one, one.ends is not None and one.ends < today) for one in held],
        "is_running": any(one.holds_on(today) for one in held),
        "letters": {one.appointment_id: one for one in queries.letters_of(cluster, person.pk)},
        "days": profile.remind if profile.pk else rules.REMIND,
        "absences": [(one, actions.cancel_leave.open_to(actor, one)) for one in absences],
        "is_absent": rules.is_absent([(one.begins, one.ends) for one in absences], today),
        "load": _load(actor, person, profile),
        "todos": _todos(actor) if is_own else [],
        "is_own": is_own,
        "certificates": [
            (one, issue_certificate.open_to(actor, one)) for one in queries.certificates_of(cluster, person.pk)
            if is_own or actor.has("secretariat")
        ],
        "may_set": may_set(actor, profile),
        "may_ask": actions.ask_certificate.allowed(actor, blank) and bool(ask.fields["year"].choices),  # type: ignore[attr-defined]
        "sees_list": sees_experts(actor),
        "form": ask,
    }  # fmt: skip
    return render(request, "experts/person.html", given, status=form_status(ask))


def pace(request: Request, person: int) -> HttpResponse:
    """How much he takes on at once, when he is reminded, what he knows."""
    found = seen(request, person)
    profile = profile_of(request.actor.cluster_id or 0, found)
    act = actions.set_pace if profile.pk else actions.open_profile
    act.require(request.actor, profile)
    areas = list(schemes.areas(profile.cluster_id))
    form = PaceForm(request.POST or None, areas=areas, profile=profile)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, act, profile, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale:
            fresh = profile_of(profile.cluster_id, found)
            return conflict.show(request, form, fresh, current=PaceForm(areas=areas, profile=fresh))
        else:
            messages.success(request, "已保存。")
            return redirect("experts:person", person)
    context = {
        "form": form, "target": profile, "person": found, "back": reverse("experts:person", args=[person]),
    }  # fmt: skip
    return render(request, "experts/pace.html", context, status=form_status(form))


def seen(request: Request, person: int) -> Person:
    """The expert of that page; 404 for who may not open it."""
    return get_object_or_404(queries.experts_seen_by(request.actor), pk=person)


def profile_of(cluster: int, person: Person) -> ExpertProfile:
    """What he said of his pace; a blank one until he does."""
    return queries.profile_of(cluster, person.pk) or ExpertProfile(cluster_id=cluster, person=person)


def may_set(actor: Actor, profile: ExpertProfile) -> bool:
    """Whether the pace, and with it absences, may be entered."""
    absence = Absence(cluster_id=profile.cluster_id, person_id=profile.person_id)
    return actions.take_leave.allowed(actor, absence)


def years_of(cluster: int, person: Person) -> list[int]:
    """The years in which he was an expert, the latest first."""
    today, found = clock.today(), set()
    for one in queries.held_as_expert(cluster, person.pk):
        first = one.begins or today
        found |= set(range(first.year, min(one.ends or today, today).year + 1))
    return sorted(found, reverse=True)


def _load(actor: Actor, person: Person, profile: ExpertProfile) -> Load:
    reading, advising = reviews.load_seen(actor, [person.pk]), consultations.load_of([person.pk])
    return Load(reading.get(person.pk, 0), advising.get(person.pk, 0), profile.at_once)


def _todos(actor: Actor) -> list[Todo]:
    """What waits for the expert in reviews and consultations."""
    return [one for one in todos(actor) if one.url_name.partition(":")[0] in ("reviews", "consultations")]
