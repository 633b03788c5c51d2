"""问诊规则: what a sound case says, when it is due, how it stands, what its state permits. No database.

Who may advise: everybody who is asked, but the people of the school itself. The partner's own people may: the pair is
the help that is given, so that its advice is no conflict of interest here (it is one in a review of the plan) [H2].
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from django.utils import timezone

from tizhi.base.kit.periods import months_from

from .models import Consultant, Consultation

State, Decision = Consultation.State, Consultation.Decision
Asked = Consultant.State

# After so many months the school is asked what has come of the advice.
EFFECTS: Final = (3, 6)
FILES: Final = 20
OPEN: Final = (State.ASKED, State.TRIAGED)
SETTLED: Final = (State.ANSWERED, State.DECIDED, State.CLOSED)


# How it stands

Code = Literal["draft", "asked", "triaged", "answered", "decided", "closed", "withdrawn", "late"]


@dataclass(frozen=True)
class Standing:
    """How a case stands on a day: its code, its word, and the day by which it is to be answered."""

    code: Code
    words: str
    due: date | None = None


def standing(one: Consultation, due: date | None, today: date) -> Standing:
    """Its state; an unanswered case past its day is 逾期."""
    if one.state in OPEN and due is not None and due < today:
        return Standing("late", "答复逾期", due)
    return Standing(one.state, State(one.state).label, due if one.state in OPEN else None)  # type: ignore[arg-type]


def day_of(at: datetime | None) -> date | None:
    """The day of a moment."""
    return timezone.localtime(at).date() if at else None


def is_in_time(answered_at: datetime | None, due: date | None) -> bool | None:
    """Whether the answer came by its day; None where there is no answer or no day."""
    on = day_of(answered_at)
    return None if on is None or due is None else on <= due


# Effects


@dataclass(frozen=True)
class EffectDue:
    """An effect that is asked for: after how many months, from which day on."""

    months: int
    on: date


def effect_day(one: Consultation, months: int) -> date | None:
    """The day on which the effect after so many months may be told; None before the school has decided."""
    decided = day_of(one.decided_at)
    if decided is None or one.decision == Decision.REFUSED:
        return None
    # months_from gives the eve: adopted on 3 March, asked for on 3 June.
    return months_from(decided, months) + timedelta(days=1)


def next_effect(one: Consultation, told: set[int]) -> EffectDue | None:
    """The next effect to be told, whether or not its day has come; None when all have been."""
    if one.state != State.DECIDED:
        return None
    for months in EFFECTS:
        day = effect_day(one, months)
        if months not in told and day:
            return EffectDue(months, day)
    return None


# What is sound


def faults(one: Consultation, *, complete: bool) -> dict[str, str]:
    """What is wrong with a case, by field; a draft may be unfinished, but says something."""
    found = {}
    is_empty = not (one.title or one.text.strip() or one.wanted.strip())
    if not one.title and (complete or is_empty):
        found["title"] = "请用一句话写明要问的问题"
    elif len(one.title) > 120:
        found["title"] = "问题不超过120字，详细情况请写在“情况说明”里"
    if len(one.text) > 4000:
        found["text"] = "情况说明不超过4000字，更多材料请作为附件"
    elif complete and not one.text.strip():
        found["text"] = "请写明情况，专家要据此判断"
    if len(one.wanted) > 500:
        found["wanted"] = "希望得到的帮助不超过500字"
    return found


def faults_of_session(on: date | None, words: str, asked_at: datetime | None, today: date) -> dict[str, str]:
    """What is wrong with a session, by field; one may be fixed ahead, but not before the case was asked."""
    if on is None:
        return {"on": "请填写会诊日期"}
    asked = day_of(asked_at)
    if asked and on < asked:
        return {"on": "会诊日期早于提出问诊的日期，请核对"}
    if (on - today).days > 366:
        return {"on": "会诊日期在一年以后，请核对"}
    return {} if words.strip() else {"words": "请写明会诊方式，如线上会议、到校会诊"}


def faults_of_advice(text: str, most: int = 4000) -> dict[str, str]:
    """What is wrong with an advice."""
    if not text.strip():
        return {"advice": "请写明建议"}
    return {"advice": f"建议不超过{most}字"} if len(text) > most else {}


def faults_of_decision(decision: str, reason: str) -> dict[str, str]:
    """Adopted needs no reason; adopted in part or not at all needs one."""
    if decision not in Decision.values:
        return {"decision": "请选择采纳情况"}
    if len(reason) > 1000:
        return {"reason": "说明不超过1000字"}
    if decision != Decision.ADOPTED and not reason.strip():
        return {"reason": f"{Decision(decision).label}的，请说明原因"}
    return {}


def fault_of_effect(one: Consultation, months: int, told: set[int], text: str, today: date) -> dict[str, str]:
    """An effect is told once for each time, in order, from its day on."""
    if not text.strip():
        return {"text": "请写明成效，没有成效的也请说明情况"}
    if len(text) > 2000:
        return {"text": "成效不超过2000字"}
    asked = next_effect(one, told)
    if asked is None or asked.months != months:
        return {"text": "这一次的成效已经登记，请刷新页面"}
    if today < asked.on:
        return {"text": f"采纳满{months}个月后再登记成效（{asked.on.year}年{asked.on.month}月{asked.on.day}日起）"}
    return {}


def faults_of_case(given: Mapping[str, str]) -> dict[str, str]:
    """A case of the base has a title, the problem and the advice."""
    wanted = {"case_title": (120, "案例标题"), "case_text": (4000, "问题"), "case_advice": (8000, "建议")}
    found = {}
    for name, (most, label) in wanted.items():
        text = given.get(name, "")
        if not text.strip():
            found[name] = f"请填写{label}"
        elif len(text) > most:
            found[name] = f"{label}不超过{most}字"
    return found


# Why a state forbids an act, in a sentence; None when it does not.


def not_changeable(one: Consultation) -> str | None:
    """The school changes its words until somebody has taken the case on."""
    if one.state in (State.DRAFT, State.ASKED):
        return None
    return "这件问诊已经受理，内容不能再改；需要补充的，请在与承办单位的沟通中说明。"


def not_askable(one: Consultation) -> str | None:
    """A case is asked once."""
    return None if one.state == State.DRAFT else "这件问诊已经提出。"


def not_draft(one: Consultation) -> str | None:
    """Only a draft is thrown away."""
    return None if one.state == State.DRAFT else "已经提出的问诊不能删除，可以撤回。"


def not_withdrawable(one: Consultation) -> str | None:
    """What was answered stays."""
    return None if one.state in OPEN else "这件问诊尚未提出或已经答复，不能撤回。"


def not_triageable(one: Consultation) -> str | None:
    """Taken on once; may be handed over while it is open."""
    return None if one.state in OPEN else "这件问诊不在办理中，不能受理或转办。"


def not_triaged(one: Consultation) -> str | None:
    """Experts, session and answer come once somebody owns the case."""
    if one.state == State.TRIAGED:
        return None
    return "这件问诊还没有受理。" if one.state == State.ASKED else "这件问诊不在办理中。"


def not_answered(one: Consultation) -> str | None:
    """The school decides on an answer."""
    return None if one.state == State.ANSWERED else "这件问诊不在待采纳状态。"


def not_followed(one: Consultation) -> str | None:
    """Effects are told of what was adopted."""
    return None if one.state == State.DECIDED else "这件问诊不在跟踪成效的阶段。"


def not_a_case_yet(one: Consultation) -> str | None:
    """A case of the base has been answered and decided on, and is not there yet."""
    if one.shared_at is not None:
        return "这个案例已经入库；需要修改的，请大组团办公室先移出案例库。"
    return None if one.state in (State.DECIDED, State.CLOSED) else "院校反馈采纳情况以后，才能整理案例。"


def not_prepared(one: Consultation) -> str | None:
    """The secretariat checks what the owner has prepared."""
    return not_a_case_yet(one) or (None if one.case_prepared_at else "案例还没有整理。")


def not_shared(one: Consultation) -> str | None:
    """Only what stands in the base is taken out of it."""
    return None if one.shared_at else "这个案例还没有入库。"


def not_invited(one: Consultant) -> str | None:
    """An invitation is answered once, while the case is open."""
    if one.consultation.state != State.TRIAGED:
        return "这件问诊不在办理中。"
    return None if one.state == Asked.INVITED else "这份邀请已经答复过了。"


def not_accepted(one: Consultant) -> str | None:
    """Advice is given by who has taken it on, until the owner has answered."""
    if one.consultation.state != State.TRIAGED:
        return "这件问诊已经答复或不在办理中。"
    return None if one.state == Asked.ACCEPTED else "请先接受邀请。"
