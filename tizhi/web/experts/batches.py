"""批量提名: a list is pasted or uploaded, each row is shown with its faults, the sound ones are nominated at once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import queries as directory
from tizhi.pipeline.experts import batch, intake, queries
from tizhi.pipeline.experts.batch import Line
from tizhi.pipeline.scheme.models import Body
from tizhi.web.files.sending import attachment
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import BatchForm, LineForm
from .nominations import about, body_to_nominate


def new(request: Request, body: int) -> HttpResponse:
    """Paste or upload a list; what comes back is every row, to be put right and nominated."""
    target = body_to_nominate(request, body)
    if "rows_read" in request.POST:
        return _sent_back(request, target)
    form = _form(request, target)
    if request.method == "POST" and form.is_valid():
        try:
            rows = form.rows()
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            return _preview(request, target, batch.plan(request.actor, target, rows))
    return _page(request, target, form)


@require_safe
def template(request: Request, body: int) -> HttpResponse:
    """The sheet to fill in, with a row for each place that is free."""
    target = body_to_nominate(request, body)
    seats = queries.seats_to_nominate(target)
    free = queries.free_places_of(seats)
    empty = [[one.post if title == intake.COLUMNS["seat"][0] else "" for title in intake.TITLES] for one in seats]
    rows = [row for row, seat in zip(empty, seats, strict=True) for _ in range(min(free[seat.pk], intake.MOST))]
    content = write_sheet("提名名单", [Column(title, width=10) for title in intake.TITLES], rows)
    return attachment(content, "提名名单模板.xlsx")


def _form(request: Request, body: Body) -> BatchForm:
    seats = queries.seats_to_nominate(body)
    free = queries.free_places_of(seats)
    # A list is for the seat with most places, unless the address names another.
    most = max(seats, key=lambda one: free[one.pk], default=None)
    chosen = {"seat": request.GET.get("seat", most and most.pk)}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return BatchForm(*sent, seats=seats, initial=chosen)


def _page(request: Request, body: Body, form: BatchForm) -> HttpResponse:
    context = {"form": form, "columns": intake.TITLES, "most": intake.MOST, **about(body, form.seats.values())}
    return render(request, "experts/batch.html", context, status=form_status(form))


def _sent_back(request: Request, body: Body) -> HttpResponse:
    """The rows as corrected: shown again, or, when they are as they were shown, nominated."""
    try:
        lines = batch.plan(request.actor, body, LineForm.sent(request.POST))
    except RuleBroken as fault:
        messages.error(request, fault.message)
        return redirect("experts:batch", body.pk)
    if "nominate" not in request.POST or not any(one.is_sound for one in lines):
        return _preview(request, body, lines)
    if request.POST["rows_read"] != _mark(lines):
        messages.info(request, "名单有改动，已重新检查。请核对后再提名。")
        return _preview(request, body, lines)
    return _nominate(request, body, lines)


def _nominate(request: Request, body: Body, lines: Sequence[Line]) -> HttpResponse:
    """The sound rows become nominations; what is left stays on the page to be put right."""
    sound, left = [one for one in lines if one.is_sound], [one.row for one in lines if not one.is_sound]
    try:
        batch.nominate_all(request.actor, body, sound)
    except RuleBroken as fault:
        # Somebody else was quicker since the rows were checked.
        messages.error(request, f"没有提名任何人。{fault.message}")
        return _preview(request, body, batch.plan(request.actor, body, [one.row for one in lines]))
    messages.success(request, f"已提名{len(sound)}人，等待大组团办公室确认。")
    if left:
        return _preview(request, body, batch.plan(request.actor, body, left))
    return redirect("experts:list")


def _preview(request: Request, body: Body, lines: Sequence[Line]) -> HttpResponse:
    again = BatchForm(
        seats=queries.seats_to_nominate(body),
        initial={"text": intake.as_text(one.row for one in lines), "seat": lines[0].seat and lines[0].seat.pk},
    )
    wrong = [one for one in lines if not one.is_sound]
    context = {
        "rows": [(one, LineForm(one)) for one in lines],
        "wrong": wrong,
        "sound": len(lines) - len(wrong),
        "mark": _mark(lines),
        "again": again,
        "members": directory.visible_members(request.actor, clock.today()),
        **about(body, again.seats.values()),
    }
    return render(request, "experts/batch_rows.html", context, status=422 if wrong else 200)


def _mark(lines: Sequence[Line]) -> str:
    """Tells whether rows are as they were shown: nobody is nominated in words nobody has looked at."""
    return hashlib.sha256(repr([one.row for one in lines]).encode()).hexdigest()[:16]
