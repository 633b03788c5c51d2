"""结论与复核的页面: the chair concludes; in a later reading each point is settled or kept open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.reviews import actions, queries, secrecy, sight
from tizhi.pipeline.reviews.concluding import open_points
from tizhi.pipeline.reviews.models import Review
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import ConclusionForm
from .records import page


def conclude(request: Request, pk: int) -> HttpResponse:
    """The chair's conclusion, with all opinions before his eyes."""
    review = _judged(request, pk)
    actions.conclude.require(request.actor, review)
    late = review.assignments.filter(state__in=secrecy.PENDING).count()
    form = ConclusionForm(request.POST or None, late=late)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.conclude, review, **form.given())
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已作出结论，并已通知编制单位和学校。")
            return redirect("reviews:show", pk)
    seen = sight.sight_of(request.actor, review)
    context = {
        "form": form,
        "target": review,
        "late": late,
        "opinions": sight.opinions_of(request.actor, review, seen),
        "open_points": open_points(review) if review.reading > 1 else [],
        "back": reverse("reviews:show", args=[pk]),
    }
    return render(request, "reviews/conclude.html", context, status=form_status(form))


@require_POST
def recheck(request: Request, pk: int) -> HttpResponse:
    """Say of one point whether it is settled; what was typed stays on the page when something is wrong with it."""
    review = _judged(request, pk)
    point = request.POST.get("point", "")
    number = int(point) if point.isascii() and point.isdigit() and len(point) < 18 else 0
    given = {
        "point": number,
        "is_settled": "settle" in request.POST,
        "reason": request.POST.get("reason", "").replace("\0", ""),
    }
    try:
        # Each point is one expert's: two who recheck at once do not touch each other.
        perform(request, actions.recheck, review, version=None, **given)
    except RuleBroken as fault:
        return page(request, review, fault=fault, at=number, status=422)
    return redirect(reverse("reviews:show", args=[pk]) + f"#p{number}")


def _judged(request: Request, pk: int) -> Review:
    return get_object_or_404(queries.in_full(queries.judged_by(request.actor)), pk=pk)
