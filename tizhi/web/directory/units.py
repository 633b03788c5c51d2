"""单位通讯录: one unit's posts with who holds them and which are empty, and all of its people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from tizhi.base.kit import clock
from tizhi.pipeline.directory import actions, places, queries
from tizhi.web.frame.request import Request


def unit(request: Request, pk: int) -> HttpResponse:
    """The page the unit's office works on."""
    actor, today = request.actor, clock.today()
    member = get_object_or_404(queries.visible_members(actor, today), unit=pk)
    people = queries.with_posts(
        queries.of_unit(queries.on_list(queries.visible_to(actor)), pk), member.cluster_id, today
    )
    may_keep = actions.add_person.allowed(actor, member)
    given = {
        "member": member,
        "holdings": queries.posts_of_unit(member.cluster_id, member.unit, today),
        "people": people.select_related("user"),
        "to_invite": places.to_invite(actor, member, today) if may_keep else [],
        "may_keep": may_keep,
        "sees_contacts": actor.has("people-unit") and actor.unit_id == pk,
    }
    return render(request, "directory/unit.html", given)
