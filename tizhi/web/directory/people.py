"""人员: the list, one person, entering and correcting, numbers on purpose, leaving and coming back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tizhi.base.accounts import lockout
from tizhi.base.audit.queries import acts, history_of
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken, Stale
from tizhi.pipeline.directory import actions, places, queries, rules
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .filters import PeopleFilter
from .forms import NewPersonForm, PersonForm

SHOWN = 12  # acts of history beside a person


def people(request: Request) -> HttpResponse:
    """The people of the cluster and the posts they hold, today or on another day."""
    actor: Actor = request.actor
    cluster = get_object_or_404(clusters_visible_to(actor))
    chosen = PeopleFilter(request.GET, queries.visible_to(actor), cluster=cluster)
    rows = queries.with_posts(chosen.qs, cluster.pk, chosen.day)
    given = {
        "page": page_of(request, rows),
        "filter": chosen,
        "day": chosen.day,
        "today": clock.today(),
        "cluster": cluster,
        "may_keep": actor.has("people-unit"),
        "may_import": actions.import_people.allowed(actor, cluster),
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
    }
    return render(request, "directory/list.html", given)


def mine(request: Request) -> HttpResponse:
    """One's own page."""
    person = get_object_or_404(queries.visible_to(request.actor), pk=request.actor.person_id)
    return redirect("directory:person", person.pk)


def person(request: Request, pk: int) -> HttpResponse:
    """One person: posts from–to, contacts, the account, and what was done to it."""
    return show(request, _visible(request, pk))


def show(request: Request, found: Person, link: str = "", phone: str = "", status: int = 200) -> HttpResponse:
    """The person's page; with a new link, or the whole number, that is shown this once."""
    actor: Actor = request.actor
    user = found.user
    today = clock.today()
    held = queries.appointments_of(actor, found)
    fillable = places.to_fill(actor, held, today)
    given = {
        "person": found,
        "posts": [(one, _is_over(one.ends)) for one in held],
        "may": {name: getattr(actions, name).open_to(actor, found) for name in _OFFERED},
        "may_end": {one.pk for one in held if actions.end_appointment.open_to(actor, one)} & fillable,
        "may_assist": {one.pk for one in held if one.post and actions.set_assistant.open_to(actor, one)},
        "today": today,
        "why_not_let_in": rules.why_not_let_in(actor, places.places_of([found], today)[found.pk]),
        "sees_contacts": queries.sees_contacts(actor, found),
        "minutes_locked": lockout.minutes_left([user.username]).get(user.username) if user else None,
        "link": link,
        "whole_phone": phone,
        "acts": acts(history_of(found)[:SHOWN]),
    }
    return render(request, "directory/person.html", given, status=status)


_OFFERED = (
    "change_person", "close_person", "reopen_person", "invite", "make_password_link", "unlock", "reveal_phone",
    "erase_contacts",
)  # fmt: skip


def _is_over(ends: object) -> bool:
    return ends is not None and ends < clock.today()  # type: ignore[operator]


def _visible(request: Request, pk: int) -> Person:
    return get_object_or_404(queries.visible_to(request.actor).select_related("user"), pk=pk)


def new(request: Request, unit: int) -> HttpResponse:
    """Put somebody on a unit's list."""
    member = get_object_or_404(queries.visible_members(request.actor, clock.today()), unit=unit)
    actions.add_person.require(request.actor, member)
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = perform(request, actions.add_person, member, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已登记{made}。")
            return redirect("directory:person", made.pk)
    return render(request, "directory/new.html", {"form": form, "member": member}, status=form_status(form))


def edit(request: Request, pk: int) -> HttpResponse:
    """Correct somebody's particulars."""
    found = _visible(request, pk)
    actions.change_person.require(request.actor, found)
    form = PersonForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.change_person, found, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale as stale:
            return conflict.show(request, form, stale.target)
        else:
            messages.success(request, "已保存。")
            return redirect("directory:person", pk)
    given = {"form": form, "person": found, "target": found}
    return render(request, "directory/edit.html", given, status=form_status(form))


@require_POST
def phone(request: Request, pk: int) -> HttpResponse:
    """The whole number, once and for a purpose."""
    found = _visible(request, pk)
    perform(request, actions.reveal_phone, found)
    return show(request, found, phone=found.phone)


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Take somebody who left off the list."""
    found = _visible(request, pk)
    perform(request, actions.close_person, found)
    messages.success(request, f"{found}已注销，任职到今天为止，账号已停用。")
    return redirect("directory:person", pk)


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Put somebody on the list again."""
    found = _visible(request, pk)
    perform(request, actions.reopen_person, found)
    messages.success(request, f"{found}已恢复在册，请重新任命并邀请登录。")
    return redirect("directory:person", pk)


@require_POST
def erase(request: Request, pk: int) -> HttpResponse:
    """Forget number and mail of somebody who left."""
    found = _visible(request, pk)
    perform(request, actions.erase_contacts, found)
    messages.success(request, "联系方式已清除。")
    return redirect("directory:person", pk)
