"""问卷邀请: who is invited from each unit, who has not answered, urging."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.validators import validate_email
from django.forms import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.scheme.models import Unit
from tizhi.pipeline.surveys import actions, queries
from tizhi.pipeline.surveys.actions import Invited
from tizhi.pipeline.surveys.mailing import mailed
from tizhi.pipeline.surveys.models import Survey
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import InviteForm
from .tabs import tabs_of

MOST_BYTES = 10 * 2**20


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The units that were invited, and a form for more."""
    survey = _found(request, pk)
    return _page(request, survey, InviteForm(units=queries.units_to_invite(survey.cluster_id)))


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Invite some more."""
    survey = _found(request, pk)
    units = queries.units_to_invite(survey.cluster_id)
    form = InviteForm(request.POST, request.FILES, units=units)
    if form.is_valid():
        try:
            people = list(_people(form, units))
            perform(request, actions.invite, survey, version=None, people=people)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已生成填写链接：留了邮箱的可以发邮件，其他人请下载链接表分发。")
            return redirect("surveys:invitations", pk)
    return _page(request, survey, form)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a unit's links that nobody has used."""
    survey = _found(request, pk)
    perform(request, actions.withdraw_invitations, survey, version=None, unit=_number(request.POST.get("unit", "")))
    messages.success(request, "已撤销没有用过的链接。")
    return redirect("surveys:invitations", pk)


@require_POST
def mail(request: Request, pk: int) -> HttpResponse:
    """Send the links by mail to whoever left an address."""
    survey = _found(request, pk)
    perform(request, actions.mail_links, survey, version=None)
    messages.success(request, "邮件正在发送，没有送达的会列在本页。")
    return redirect("surveys:invitations", pk)


@require_POST
def urge(request: Request, pk: int) -> HttpResponse:
    """Urge the units that were ticked."""
    survey = _found(request, pk)
    units = [_number(one) for one in request.POST.getlist("units")]
    perform(request, actions.urge, survey, version=None, units=units)
    messages.success(request, "已催办，有关单位的联系人会收到通知。")
    return redirect("surveys:invitations", pk)


def _found(request: Request, pk: int) -> Survey:
    survey = get_object_or_404(queries.visible_to(request.actor).select_related("unit"), pk=pk)
    if not actions.invite.allowed(request.actor, survey):
        raise Denied(actions.invite.label)
    return survey


def _page(request: Request, survey: Survey, form: InviteForm) -> HttpResponse:
    tallies = queries.by_unit(survey)
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "invitations"),
        "form": form,
        "tallies": tallies,
        "invited": sum(one.invited for one in tallies),
        "answered": sum(one.answered for one in tallies),
        "may_invite": actions.invite.open_to(request.actor, survey),
        "why_not": actions.invite.why_not(survey),
        "mailed": mailed(survey),
        "may_mail": actions.mail_links.open_to(request.actor, survey),
        "may_urge": actions.urge.open_to(request.actor, survey) and any(one.open for one in tallies),
    }
    return render(request, "surveys/invitations.html", context, status=form_status(form))


def _people(form: InviteForm, units: list[Unit]) -> Iterator[Invited]:
    given = form.cleaned_data
    if sheet := given.get("sheet"):
        if sheet.size > MOST_BYTES:
            raise RuleBroken("名单文件不能超过10MB。", {"sheet": "名单文件不能超过10MB"})
        yield from _from_sheet(sheet.read(), units)
        return
    lines = [line.split() for line in given["names"].splitlines() if line.strip()]
    for place, parts in enumerate(lines, start=1):
        email = parts[-1] if "@" in parts[-1] else ""
        name = "".join(parts[:-1] if email else parts)
        yield _invited(given["unit"], name, email, f"第{place}行", "names")
    if not lines:
        for _ in range(given["number"] or 0):
            yield Invited(given["unit"])


def _from_sheet(content: bytes, units: list[Unit]) -> Iterator[Invited]:
    """Faults of all rows at once, each with its row."""
    known = {name: unit.pk for unit in units for name in (unit.name, unit.called)}
    faults, found = [], []
    for row in read_sheet(content, ["单位", "姓名"], most=actions.MOST_AT_ONCE):
        unit = row.text("单位")
        if unit not in known:
            faults.append(f"{row.place('单位')}：本组团没有“{unit[:30]}”")
            continue
        try:
            found.append(_invited(known[unit], row.text("姓名"), row.text("邮箱"), row.place(), "sheet"))
        except RuleBroken as fault:
            faults.append(fault.fields["sheet"])
    if faults:
        words = "；".join(faults[:20]) + (f"；另有{len(faults) - 20}处" if len(faults) > 20 else "")
        raise RuleBroken(words + "。", {"sheet": words})
    yield from found


def _invited(unit: int, name: str, email: str, place: str, field: str) -> Invited:
    name = name.replace("\0", "").strip()
    if len(name) > 60:
        raise RuleBroken("姓名过长。", {field: f"{place}：姓名超过60字"})
    if email:
        try:
            validate_email(email)
        except ValidationError as fault:
            raise RuleBroken("邮箱有误。", {field: f"{place}：邮箱“{email[:40]}”有误"}) from fault
    return Invited(unit, name, email)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
