"""会诊专家: who is asked, who accepts, what each advises."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from tizhi.pipeline.consultations import actions, queries
from tizhi.pipeline.consultations.candidates import candidates
from tizhi.pipeline.consultations.models import Consultant
from tizhi.web.frame.acts import Act, do
from tizhi.web.frame.request import Request

from .course import found, posted, step
from .forms import AdviceForm, InviteForm

ACTS = (
    Act(
        actions.decline, "谢绝邀请", "已谢绝，承办单位会另请专家。", "circle-minus", wants_reason=True,
        hint="承办单位会看到",
    ),
    Act(actions.accept, "接受邀请", "已接受，请在期限前提出意见。", "check"),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}


def invite(request: Request, pk: int) -> HttpResponse:
    """Ask experts; what each has in hand, and when he is away, stands beside his name."""
    case = found(request, pk)
    actions.invite.require(request.actor, case)
    experts = candidates(case)
    form = InviteForm(posted(request), experts=experts)
    told = [(one, str(one.person.pk) in form.chosen) for one in experts]
    return step(
        request, case, actions.invite, form, "已邀请，专家会收到通知。", heading="邀请会诊专家", submit="邀请",
        template="consultations/invite.html", experts=told,
    )  # fmt: skip


def advise(request: Request, pk: int) -> HttpResponse:
    """Write one's advice, or put it right."""
    case = found(request, pk)
    mine = next((one for one in case.consultants.all() if one.person_id == request.actor.person_id), None)
    if mine is None:
        raise Http404
    actions.advise.require(request.actor, mine)
    form = AdviceForm(posted(request), initial={"advice": mine.advice})
    return step(
        request, case, actions.advise, form, "已提交意见，答复以前可以修改。", heading="提出会诊意见", submit="提交",
        target=mine,
    )  # fmt: skip


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Accept or decline an invitation."""
    asked = get_object_or_404(queries.consultants_of(request.actor), pk=pk)
    if name not in BY_NAME:
        raise Http404
    return do(request, BY_NAME[name], asked, back=_back(asked, name))


def _back(asked: Consultant, name: str) -> str:
    """Who declined does not read the case any more."""
    if name == "decline":
        return reverse("consultations:list")
    return reverse("consultations:show", args=[asked.consultation_id])
