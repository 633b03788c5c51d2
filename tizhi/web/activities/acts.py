"""一步办理: one act on one brief – sent, signed, returned, accepted, published, put away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.acts.action import Action
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.activities import actions, queries
from tizhi.pipeline.activities.models import Activity
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

from .forms import ReasonForm


@dataclass(frozen=True)
class Act:
    """An act as a button: its words, what to ask before, what to say after."""

    action: Action
    words: str
    said: str
    icon: str
    is_next: bool = False
    asks: str = ""
    wants_reason: bool = False

    def words_for(self, actor: Actor, activity: Activity) -> str:
        """Its words; who acts for a principal sees for whom [B7]."""
        if any(test(actor, activity) for test in self.action.by):
            return self.words
        able = (one for one in actor.principals if any(test(one, activity) for test in self.action.by))
        return "".join(f"代{one.name}" for one in islice(able, 1)) + self.words

    @property
    def name(self) -> str:
        """Its part of the address."""
        return self.action.code.partition(".")[2].replace("_", "-")


# In this order on a record; what carries a brief on is filled.
ACTS = (
    Act(actions.approve, "审签通过", "已审签，报大组团办公室。", "signature", is_next=True),
    Act(actions.accept_and_publish, "接收并发布", "已接收并发布。", "checks", is_next=True),
    Act(actions.publish, "发布", "已发布。", "send", is_next=True),
    Act(actions.restore, "从回收站恢复", "已恢复。", "refresh", is_next=True),
    Act(actions.accept, "只接收", "已接收。", "check"),
    Act(actions.return_to_writer, "退回修改", "已退回填报人。", "arrow-back-up", wants_reason=True),
    Act(actions.return_to_unit, "退回修改", "已退回填报单位。", "arrow-back-up", wants_reason=True),
    Act(actions.withdraw, "撤回", "已撤回，可修改后重新提交。", "arrow-back-up",
        asks="撤回后需重新提交、重新审签，首次报送时间不变。确定撤回？"),
    Act(actions.put_into_bin, "移入回收站", "已移入回收站，可随时恢复。", "trash",
        asks="移入回收站后可随时恢复。确定移入？"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


def open_to(actor: Actor, activity: Activity) -> list[tuple[Act, str]]:
    """The acts that `actor` may do now, with their words; who has it to sign is not offered to take it back."""
    found = [act for act in ACTS if act.action.open_to(actor, activity)]
    signs = any(act.action is actions.approve for act in found)
    return [(act, act.words_for(actor, activity)) for act in found if not (signs and act.action is actions.withdraw)]


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act; an act that wants a reason is asked for it on a page of its own."""
    activity = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    chosen = BY_NAME[name]
    return _with_reason(request, activity, chosen) if chosen.wants_reason else _at_once(request, activity, chosen)


@require_POST
def _at_once(request: Request, activity: Activity, chosen: Act) -> HttpResponse:
    return _done(request, perform(request, chosen.action, activity), chosen)


def _with_reason(request: Request, activity: Activity, chosen: Act) -> HttpResponse:
    if not chosen.action.allowed(request.actor, activity):
        raise Denied(chosen.action.label)
    if reason := chosen.action.why_not(activity):
        raise RuleBroken(reason)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _done(request, perform(request, chosen.action, activity), chosen)
    context = {"form": form, "target": activity, "act": chosen, "back": reverse("activities:show", args=[activity.pk])}
    return render(request, "activities/return.html", context, status=422 if form.errors else 200)


def _done(request: Request, activity: Activity, chosen: Act) -> HttpResponse:
    messages.success(request, chosen.said)
    visible = queries.visible_to(request.actor).filter(pk=activity.pk)
    return redirect("activities:show", activity.pk) if visible.exists() else redirect("activities:list")


@require_POST
def remark(request: Request, pk: int) -> HttpResponse:
    """Leave a word with the brief."""
    activity = get_object_or_404(queries.visible_to(request.actor), pk=pk)
    perform(request, actions.remark, activity, version=None, text=request.POST.get("text", "").replace("\0", ""))
    return redirect(reverse("activities:show", args=[pk]) + "#remarks")
