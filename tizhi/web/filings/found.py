"""查找: the input that an address means, for those who have business with it."""

from __future__ import annotations

from django.http import Http404
from django.shortcuts import get_object_or_404

from tizhi.base.kit import clock, periods
from tizhi.pipeline.filings import queries
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.scheme.queries import units_visible_to
from tizhi.web.frame.request import Request


def input_or_404(request: Request, period: str, unit: int) -> UnitInput:
    """The input of `unit` for `period`, unsaved while nobody has begun it; 404 where the actor has no business."""
    try:
        span = periods.parse(period)
    except ValueError as error:
        raise Http404 from error
    actor = request.actor
    found = queries.input_of(actor, span, get_object_or_404(units_visible_to(actor), pk=unit))
    if found is None or span.first > clock.today():
        raise Http404
    return found
