"""一步办理: an act on a record as a button – its words, what it asks before, what it says after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.acts.action import Action
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken

from .act import perform
from .request import Request


@dataclass(frozen=True)
class Act:
    """An act as a button; one that `wants_reason` asks for it on a page of its own (`hint` says who will read it)."""

    action: Action
    words: str
    said: str
    icon: str
    asks: str = ""
    wants_reason: bool = False
    hint: str = ""

    @property
    def name(self) -> str:
        """Its part of the address."""
        return self.action.code.partition(".")[2].replace("_", "-")


@dataclass(frozen=True)
class Button:
    """An act that is open now, and where it is done."""

    act: Act
    url: str


class ReasonForm(forms.Form):
    """Why: it goes word for word to whom it concerns and stays in the history."""

    note = forms.CharField(
        label="原因",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写明原因"},
    )


def buttons(acts: Iterable[Act], actor: Actor, target: Any, url_name: str, *args: object) -> list[Button]:
    """The acts that `actor` may do to `target` now; the name of the act ends the address."""
    return [Button(act, reverse(url_name, args=[*args, act.name])) for act in acts if act.action.open_to(actor, target)]


def do(request: Request, act: Act, target: Any, *, back: str) -> HttpResponse:
    """Do `act` and return to `back`; without JavaScript too, and asking for the reason where one is wanted."""
    return _with_reason(request, act, target, back) if act.wants_reason else _at_once(request, act, target, back)


@require_POST
def _at_once(request: Request, act: Act, target: Any, back: str) -> HttpResponse:
    perform(request, act.action, target)
    messages.success(request, act.said)
    return redirect(back)


def _with_reason(request: Request, act: Act, target: Any, back: str) -> HttpResponse:
    if not act.action.allowed(request.actor, target):
        raise Denied(act.action.label)
    if reason := act.action.why_not(target):
        raise RuleBroken(reason)
    form = ReasonForm(request.POST or None)
    form.fields["note"].help_text = act.hint
    if request.method == "POST" and form.is_valid():
        return _at_once(request, act, target, back)
    context = {"form": form, "target": target, "act": act, "back": back}
    return render(request, "frame/reason.html", context, status=422 if form.errors else 200)
