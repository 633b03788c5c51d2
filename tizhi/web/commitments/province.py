"""本省工作: one page for a department – its schools, what they did and what is next, what it undertook for them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.commitments import queries
from tizhi.pipeline.commitments.lines import lines_of, sums_of
from tizhi.pipeline.desk.province import province
from tizhi.pipeline.obligations import queries as obligations
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.cluster.forms import day_of
from tizhi.web.frame.request import Request


@require_safe
def own(request: Request) -> HttpResponse:
    """The page of one's own department."""
    if not request.actor.of_department or request.actor.unit_id is None:
        raise Http404
    return redirect("commitments:province", request.actor.unit_id)


@require_safe
def show(request: Request, unit: int) -> HttpResponse:
    """The page of one department, as of a day."""
    actor = request.actor
    department = get_object_or_404(queries.departments_visible_to(actor), pk=unit)
    form, day = day_of(request)
    cluster = clusters_visible_to(actor).get()
    lines = lines_of(queries.of_department(queries.visible_to(actor), department.pk))
    shown, is_today = province(actor, cluster, department, day), day == clock.today()
    context = {
        "province": shown,
        "form": form,
        "day": day,
        "is_today": is_today,
        "lines": lines,
        "risks": _risks(actor, cluster, [school.unit.pk for school in shown.schools]) if is_today else [],
        "sums": sums_of(lines),
        "may_enter": any(member.unit_id == department.pk for member in queries.entered_for(actor)),
    }
    return render(request, "commitments/province.html", context)


def _risks(actor: Actor, cluster: Cluster, schools: list[int]) -> list[Line]:
    """What is late or soon late in the province's schools, on either side of a pair."""
    ledger = obligations.visible_now(actor, cluster).only(lambda line: bool(line.units.intersection(schools)))
    return list(obligations.pressing(ledger))
