"""一项计划: how it stands, to whom it is promised, how its days moved, what may be done next, what was done."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.pipeline.activities import queries as activities
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import actions, queries, rules
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.request import Request

ACTS = (
    Act(actions.unlink_brief, "解除关联", "已解除关联，动态本身不受影响。", "unlink",
        asks="解除后，这项安排回到未登记结果的状态；动态本身不受影响。确定解除？"),
    Act(actions.cancel_item, "不再举办", "已取消。", "calendar-off", wants_reason=True, hint="参加单位会看到"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    actor = request.actor
    planned = _found(request, pk)
    kind = kind_of(planned.kind)
    standing = rules.standing(planned, clock.today())
    context = {
        "target": planned,
        "standing": standing,
        "kind": kind,
        "stage": kind.stage_words(planned.stage),
        "others": [one.unit for one in planned.units.all() if one.unit_id != planned.unit_id],
        "due": Deadlines(planned.cluster_id).of(planned.last_day) if standing.code in ("waiting", "drafted") else None,
        "brief": _brief_open_to(request, planned),
        "buttons": buttons(ACTS, actor, planned, "agenda:act", pk),
        "may_change": actions.change_item.open_to(actor, planned),
        "may_move": actions.move_item.open_to(actor, planned),
        "may_link": actions.link_brief.open_to(actor, planned) and planned.first_day <= clock.today(),
        "may_draft": actions.make_brief.open_to(actor, planned) and planned.brief is None,
        "entries": queries.history(planned),
    }
    return render(request, "agenda/show.html", context)


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on an item."""
    planned = _found(request, pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], planned, back=reverse("agenda:show", args=[pk]))


def _found(request: Request, pk: int) -> PlannedItem:
    return get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)


def _brief_open_to(request: Request, planned: PlannedItem) -> Activity | None:
    """The brief it became, for whoever may read it."""
    if planned.brief is None:
        return None
    return activities.visible_to(request.actor).filter(pk=planned.brief.pk).first()
