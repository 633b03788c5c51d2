"""登录链接: an invitation or a new password for one person, invitations for a unit on one sheet to print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import qrcode
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from qrcode.image.svg import SvgPathImage

from tizhi.base.accounts import links
from tizhi.base.acts.action import Action
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import actions, places, queries
from tizhi.pipeline.directory.models import Person
from tizhi.web.frame.request import Request

from .people import show


@dataclass(frozen=True)
class Slip:
    """What one person gets in the hand."""

    person: Person
    address: str
    picture: SafeString


@require_POST
@never_cache
def invite(request: Request, pk: int) -> HttpResponse:
    """A link that opens the account; shown this once."""
    return _with_link(request, pk, actions.invite, username=request.POST.get("username", ""))


@require_POST
@never_cache
def reset(request: Request, pk: int) -> HttpResponse:
    """A link that sets a new password; shown this once."""
    return _with_link(request, pk, actions.make_password_link)


def _with_link(request: Request, pk: int, action: Action, **given: Any) -> HttpResponse:
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    secret = links.new_secret()
    # Sent twice, the second link holds and is the one shown.
    action(request.actor, found, secret=secret, **given)
    again = get_object_or_404(queries.visible_to(request.actor).select_related("user"), pk=pk)
    return show(request, again, link=links.address(secret))


@require_POST
def unlock(request: Request, pk: int) -> HttpResponse:
    """Let somebody who mistyped the password too often try again."""
    found = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    actions.unlock(request.actor, found)
    messages.success(request, f"已解除锁定，{found}现在可以登录。")
    return redirect("directory:person", pk)


@require_POST
@never_cache
def slips(request: Request, unit: int) -> HttpResponse:
    """Invitations for all of a unit who hold a post and have no account in use yet, to print and cut."""
    member = get_object_or_404(queries.visible_members(request.actor, clock.today()), unit=unit)
    actions.invite_unit.require(request.actor, member)
    waiting = places.to_invite(request.actor, member, clock.today())
    if not waiting:
        raise RuleBroken("在任人员的账号都已启用，没有需要由你邀请的人员。")
    secrets = {one.pk: links.new_secret() for one in waiting}
    actions.invite_unit(request.actor, member, secrets=secrets)
    made = [
        _slip(one, secrets[one.pk])
        for one in places.to_invite(request.actor, member, clock.today())
        if one.pk in secrets
    ]
    given = {"member": member, "slips": made, "until": _until()}
    return render(request, "directory/slips.html", given)


def _slip(person: Person, secret: str) -> Slip:
    address = links.address(secret)
    image = qrcode.make(address, image_factory=SvgPathImage, border=0, box_size=10)
    # Our own drawing of our own address.
    return Slip(person, address, mark_safe(image.to_string(encoding="unicode")))  # noqa: S308  # nosec


def _until() -> datetime:
    return clock.now() + links.LIFETIME[links.Purpose.INVITATION]
