"""确认联系人: the unit's contacts as the directory has them, and the word that they are right [四(三)]."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tizhi.base.kit import clock
from tizhi.pipeline.directory.contacts import contacts_of
from tizhi.pipeline.directory.queries import visible_members
from tizhi.pipeline.filings import actions, queries, rules
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request


def confirm(request: Request, unit: int) -> HttpResponse:
    """Look and confirm; whoever may not confirm sees whether it was done."""
    today = clock.today()
    member = get_object_or_404(visible_members(request.actor, today), unit=unit)
    period = queries.contacts_asked(member.cluster_id, today)
    contacts = contacts_of(member, today)
    if period is None or not contacts or member.unit_id not in request.actor.reads:
        raise Http404
    if request.method == "POST":
        perform(request, actions.confirm_contacts, member, period=period.key)
        messages.success(request, f"已确认{period.words}联系人名单。")
        return redirect("filings:contacts", unit)
    context = {
        "member": member,
        "period": period,
        "contacts": contacts,
        "fault": rules.contacts_fault(contacts),
        "confirmed": queries.confirmation_of(member, period),
        "may_confirm": actions.confirm_contacts.allowed(request.actor, member),
    }
    return render(request, "filings/contacts.html", context)
