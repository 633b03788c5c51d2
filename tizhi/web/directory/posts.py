"""任职: appointing to a post of a unit or a seat of a body, setting an end, naming a secretary."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import actions, places, queries
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import AppointForm, AssistForm, EndForm, SitForm


def appoint(request: Request, pk: int) -> HttpResponse:
    """A post of the person's unit."""
    actor = request.actor
    person = get_object_or_404(queries.visible_to(actor), pk=pk)
    member = get_object_or_404(queries.visible_members(actor, clock.today()), unit=person.unit_id)
    actions.appoint_to_post.require(actor, member)
    form = AppointForm(request.POST or None, posts=places.posts_to_fill(actor, member, clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            held = perform(request, actions.appoint_to_post, member, person=person, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已任命：{held}。")
            return redirect("directory:person", pk)
    given = {"form": form, "person": person}
    return render(request, "directory/appoint.html", given, status=form_status(form))


def sit(request: Request, seat: int) -> HttpResponse:
    """A seat of a body."""
    actor = request.actor
    place = get_object_or_404(queries.visible_seats(actor, clock.today()), pk=seat)
    actions.appoint_to_seat.require(actor, place.body)
    form = SitForm(request.POST or None, people=places.who_may_sit(actor, place, clock.today()))
    if request.method == "POST" and form.is_valid():
        try:
            held = perform(request, actions.appoint_to_seat, place.body, seat=place, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已任命：{held}。")
            return redirect("cluster:body", place.body_id)
    given = {"form": form, "seat": place}
    return render(request, "directory/sit.html", given, status=form_status(form))


def end(request: Request, pk: int) -> HttpResponse:
    """The last day of an appointment."""
    held = get_object_or_404(queries.visible_appointments(request.actor), pk=pk)
    actions.end_appointment.require(request.actor, held)
    form = EndForm(request.POST or None, initial={"ends": held.ends or clock.today()})
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.end_appointment, held, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已确定止期。")
            return redirect("directory:person", held.person_id)
    given = {"form": form, "held": held, "target": held}
    return render(request, "directory/end.html", given, status=form_status(form))


def assist(request: Request, pk: int) -> HttpResponse:
    """For whom the holder of a post enters."""
    actor = request.actor
    held = get_object_or_404(queries.visible_appointments(actor), pk=pk)
    actions.set_assistant.require(actor, held)
    leaders = places.leaders_for(held, clock.today())
    form = AssistForm(request.POST or None, leaders=leaders, initial={"leader": held.assists_id})
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.set_assistant, held, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已保存。")
            return redirect("directory:person", held.person_id)
    given = {"form": form, "held": held, "target": held}
    return render(request, "directory/assist.html", given, status=form_status(form))
