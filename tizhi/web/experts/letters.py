"""聘书: appointing by letter, the letter as Word and PDF, the list of nominations and letters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.letters import letter_of
from tizhi.pipeline.experts.models import Nomination
from tizhi.pipeline.experts.who import sees_experts
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from . import sent
from .filters import NominationFilter
from .forms import LetterForm

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YEARS = 3
COLUMNS = [
    Column("姓名"), Column("单位", width=12), Column("职称"), Column("专业特长", width=12), Column("机构", width=10),
    Column("席位"), Column("提名部门", width=12), Column("提名日期", "date", 10), Column("状态"),
    Column("聘书编号", width=10), Column("聘期自", "date", 10), Column("聘期至", "date", 10),
    Column("聘任日期", "date", 10), Column("未通过原因", width=16),
]  # fmt: skip


def appoint(request: Request, pk: int) -> HttpResponse:
    """Term and number; then the expert has his seat and its rights from the first day on."""
    nomination = _found(request, pk)
    actions.appoint_expert.require(request.actor, nomination)
    form = LetterForm(request.POST or None, initial=_proposed(nomination))
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.appoint_expert, nomination, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已聘任{nomination.person}，可以下载聘书；没有账号的，请在通讯录中邀请登录。")
            return redirect("experts:nomination", pk)
    context = {"form": form, "target": nomination, "back": reverse("experts:nomination", args=[pk])}
    return render(request, "experts/appoint.html", context, status=form_status(form))


def _proposed(nomination: Nomination) -> dict[str, Any]:
    """Three years from today, or from the day after a term that still runs; the next number of the year."""
    today = clock.today()
    letters = queries.letters_of(nomination.cluster_id, nomination.person_id)
    running = [one.ends for one in letters if one.seat_id == nomination.seat_id and one.ends and one.ends >= today]
    begins = max(running) + timedelta(days=1) if running else today
    return {
        "begins": begins, "ends": _years_later(begins) - timedelta(days=1), "issued_on": today,
        "number": queries.next_letter(nomination.cluster_id, today.year),
    }  # fmt: skip


def _years_later(day: date) -> date:
    last_of_february = day.month == 2 and day.day == 29
    return day.replace(year=day.year + YEARS, day=28 if last_of_february else day.day)


@require_safe
def letter(request: Request, pk: int, kind: str) -> HttpResponse:
    """The letter as a file."""
    nomination = _found(request, pk)
    if nomination.state != Nomination.State.APPOINTED:
        raise Http404
    return sent.document(letter_of(nomination), f"聘书（{nomination.person}）", kind)


@require_safe
def listed(request: Request) -> HttpResponse:
    """Nominations and letters, the latest first."""
    chosen = _filter(request)
    context = {
        "filter": chosen,
        "page": page_of(request, chosen.qs),
        "is_filtered": any(value for name, value in request.GET.items() if name != "page"),
        "query": request.GET.urlencode(),
    }
    return render(request, "experts/letters.html", context)


@require_safe
def exported(request: Request) -> HttpResponse:
    """The same list as an Excel file."""
    content = write_sheet("专家提名与聘书", COLUMNS, _rows(_filter(request)))
    disposition = content_disposition_header(True, f"专家提名与聘书{clock.today():%Y%m%d}.xlsx") or "attachment"
    return HttpResponse(content, EXCEL, headers={"Content-Disposition": disposition})


def _filter(request: Request) -> NominationFilter:
    if not sees_experts(request.actor):
        raise Http404
    chosen = NominationFilter(request.GET, queries.visible_to(request.actor))
    chosen.form.is_valid()
    return chosen


def _rows(chosen: NominationFilter) -> Iterator[list[Value]]:
    for one in chosen.qs:
        yield [
            one.person.name, one.person.unit.name, one.title, one.speciality, str(one.seat.body), one.seat.post,
            one.department, timezone.localtime(one.nominated_at).date(), one.get_state_display(), one.letter_number,
            one.begins, one.ends, one.issued_on, one.declined_reason,
        ]  # fmt: skip


def _found(request: Request, pk: int) -> Nomination:
    return get_object_or_404(queries.visible_to(request.actor), pk=pk)
