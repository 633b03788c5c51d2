"""工作日历的页面。"""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.calendar import queries
from tizhi.pipeline.calendar.actions import clear_day, import_days, mark_day
from tizhi.pipeline.calendar.rules import PROVISIONAL, stretches
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import FIRST_YEAR, LAST_YEAR, DayForm, NoticeForm


def show(request: Request, year: int | None = None) -> HttpResponse:
    """A year, month by month."""
    year = _known(year or clock.today().year)
    calendar = queries.workdays()
    months = queries.months(year)
    context = {
        "year": year,
        "years": [one for one in (year - 1, year + 1) if FIRST_YEAR <= one <= LAST_YEAR],
        "is_provisional": not calendar.is_announced(year),
        "provisional": PROVISIONAL,
        "total": sum(month.workdays for month in months),
        "months": [month for month in months if month.stretches],
        "may_edit": mark_day.allowed(request.actor, None),
        "entries": queries.history()[:8],
    }
    return render(request, "calendar/show.html", context)


def mark(request: Request, year: int) -> HttpResponse:
    """Say how one day is worked."""
    _require_keeper(request)
    day = _day_asked_for(request)
    form = DayForm(request.POST or None, initial=_as_it_stands(day) if day else {})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        perform(request, mark_day, given.pop("day"), **given)
        messages.success(request, "已登记，相关期限按新的工作日重新计算。")
        return redirect("calendar:year", form.cleaned_data["day"].year)
    marked = queries.marks().filter(day=day).first() if day else None
    context = {"form": form, "year": _known(year), "marked": marked, "back": reverse("calendar:year", args=[year])}
    return render(request, "calendar/mark.html", context, status=form_status(form))


@require_POST
def clear(request: Request, pk: int) -> HttpResponse:
    """Take a mark back."""
    marked = get_object_or_404(queries.marks(), pk=pk)
    perform(request, clear_day, marked)
    messages.success(request, "已撤销登记。")
    return redirect("calendar:year", marked.day.year)


def notice(request: Request, year: int) -> HttpResponse:
    """Paste a year's notice, look at what was read, enter it."""
    _require_keeper(request)
    form = NoticeForm(request.POST or None, year=_known(year))
    is_read = request.method == "POST" and form.is_valid()
    if is_read and "enter" in request.POST:
        try:
            perform(request, import_days, year, marks=form.marks)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, f"已登记{year}年的放假安排。")
            return redirect("calendar:year", year)
    context = {
        "form": form,
        "year": year,
        "read": stretches(form.marks),
        "is_read": is_read and not form.errors,
        "back": reverse("calendar:year", args=[year]),
    }
    return render(request, "calendar/notice.html", context, status=form_status(form))


def _known(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    return year


def _require_keeper(request: Request) -> None:
    if not mark_day.allowed(request.actor, None):
        raise Denied(mark_day.label)


def _day_asked_for(request: Request) -> date | None:
    try:
        return parse_date(request.GET.get("day", ""))
    except ValueError:
        return None


def _as_it_stands(day: date) -> dict[str, object]:
    calendar = queries.workdays()
    special = calendar.mark(day)
    worked = "work" if calendar.is_workday(day) else "rest"
    return {"day": day, "is_workday": worked, "name": special.name if special else ""}
