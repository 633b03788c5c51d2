"""一件问诊: what was asked, who deals with it, what was advised, what came of it, what may be done next."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.consultations import actions, queries, rules
from tizhi.pipeline.consultations.models import Consultant, Consultation
from tizhi.web.frame.acts import Act, buttons, do
from tizhi.web.frame.request import Request

from .course import found
from .experts import ACTS as ANSWERS
from .lines import line_of, steps_of

State, Asked = Consultation.State, Consultant.State
ACTS = (
    Act(actions.discard, "删除草稿", "已删除。", "trash", asks="草稿删除后不能恢复，确定删除吗？"),
    Act(
        actions.withdraw, "撤回问诊", "已撤回。", "circle-minus", wants_reason=True, hint="承办单位和受邀专家会看到"
    ),
    Act(
        actions.take_back_case, "移出案例库", "已移出，修改后可以再次入库。", "circle-minus", wants_reason=True,
        hint="留在办理记录里",
    ),
)  # fmt: skip
BY_NAME = {act.name: act for act in ACTS}
# The pages of the course: action, page, words, icon; the last that is open is the one to take next.
PAGES = (
    (actions.change_case, "edit", "修改", "pencil"),
    (actions.record_session, "session", "登记会诊", "calendar-event"),
    (actions.invite, "invite", "邀请专家", "user-plus"),
    (actions.triage, "triage", "受理", "checks"),
    (actions.answer, "answer", "答复", "send"),
    (actions.decide, "decide", "反馈采纳情况", "checks"),
)


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The record page."""
    case, actor = found(request, pk), request.actor
    line = line_of(case)
    experts = list(case.consultants.all())
    mine = next((one for one in experts if one.person_id == actor.person_id), None)
    context = {
        "case": case,
        "target": case,
        "line": line,
        "steps": () if case.state == State.WITHDRAWN else steps_of(line),
        "experts": experts,
        "mine": mine,
        "answers": buttons(ANSWERS, actor, mine, "consultations:asked", mine.pk) if mine else [],
        "may_advise": mine is not None and actions.advise.open_to(actor, mine),
        "sees_advice": _sees_advice(actor, case, mine),
        "buttons": buttons(ACTS, actor, case, "consultations:act", case.pk),
        "pages": list(_pages(actor, case)),
        "asked_effect": rules.next_effect(case, {one.after_months for one in case.effects.all()}),
        "entries": queries.history(case),
    }
    return render(request, "consultations/show.html", context)


def act(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one act on the case."""
    case = found(request, pk)
    if name not in BY_NAME:
        raise Http404
    gone = name == "discard"
    back = reverse("consultations:list") if gone else reverse("consultations:show", args=[pk])
    return do(request, BY_NAME[name], case, back=back)


def _pages(actor: Actor, case: Consultation) -> Iterator[tuple[str, str, str]]:
    """Address, words, icon of each step that is open."""
    for act, name, words, icon in PAGES:
        if act.open_to(actor, case):
            label = "转办" if name == "triage" and case.helper_id else words
            yield reverse(f"consultations:{name}", args=[case.pk]), label, icon
    asked = rules.next_effect(case, {one.after_months for one in case.effects.all()})
    if asked and asked.on <= clock.today() and actions.tell_effect.open_to(actor, case):
        yield reverse("consultations:effect", args=[case.pk]), f"登记{asked.months}个月后的成效", "pencil"
    if actions.prepare_case.open_to(actor, case):
        words = "修改案例" if case.case_prepared_at else "整理案例"
        if case.case_prepared_at and actions.share_case.open_to(actor, case):
            words = "审核案例"
        yield reverse("consultations:prepare", args=[case.pk]), words, "archive"


def _sees_advice(actor: Actor, case: Consultation, mine: Consultant | None) -> bool:
    """Each expert's own words are read by who deals with the case; the school reads the answer made from them."""
    if mine is not None:
        return mine.state == Asked.ACCEPTED
    return actor.unit_id != case.unit_id or bool(actor.powers & {"secretariat", "assign-experts", "read-cluster"})
