"""承诺规则: what a sound commitment and a sound progress say, and how one stands on a day. No database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final, Literal

from tizhi.base.kit import words
from tizhi.pipeline.scheme.models import Member, Unit

from .models import Commitment, Feedback

State, Kind, Receipt = Commitment.State, Commitment.Kind, Feedback.Receipt

SOON: Final = timedelta(days=30)
# Who has said how it goes is not asked again at once.
QUIET: Final = timedelta(days=14)
MOST: Final = Decimal("9999999.99")
CENT: Final = Decimal("0.01")
DATES: Final = (date(2000, 1, 1), date(2099, 12, 31))


# How it stands

Code = Literal["open", "soon", "late", "done", "withdrawn"]


@dataclass(frozen=True)
class Standing:
    """How a commitment stands on a day."""

    code: Code
    words: str


STANDINGS: Final = {
    "open": "进行中", "soon": "临期", "late": "逾期", "done": "已兑现", "withdrawn": "已撤回",
}  # fmt: skip


def standing(commitment: Commitment, today: date) -> Standing:
    """进行中, 临期 (30 days or less), 逾期, 已兑现, 已撤回; what has no day due is never late."""
    code = _code(commitment, today)
    return Standing(code, STANDINGS[code])


def _code(commitment: Commitment, today: date) -> Code:
    if commitment.state == State.DONE:
        return "done"
    if commitment.state == State.WITHDRAWN:
        return "withdrawn"
    if commitment.due is None or commitment.due > today + SOON:
        return "open"
    return "late" if commitment.due < today else "soon"


def share(delivered: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """Which part of the money has come, 0–1; None where no amount was promised or none has been told."""
    return None if delivered is None or not amount else delivered / amount


def wants_word(commitment: Commitment, said_on: date | None, today: date) -> bool:
    """Whether the department is asked how it goes: the day due is near or over, and it has not just said."""
    if _code(commitment, today) not in ("soon", "late"):
        return False
    return said_on is None or said_on + QUIET <= today


# What is sound


def faults(commitment: Commitment, delivered: Decimal | None, today: date) -> dict[str, str]:
    """What is wrong with a commitment, by field; `delivered` is what has come of it already."""
    found = {}
    if commitment.kind not in Kind.values:
        found["kind"] = "请选择类别"
    elif commitment.kind != Kind.FUNDS and delivered is not None:
        found["kind"] = "已登记过到位金额，不能改为其他类别"
    if not commitment.title:
        found["title"] = "请写明承诺的事项"
    elif len(commitment.title) > 120:
        found["title"] = "事项不超过120字，详细内容请写在“内容”里"
    if amount_fault := _fault_of_amount(commitment, delivered):
        found["amount"] = amount_fault
    return found | _faults_of_days(commitment.promised_on, commitment.due, today)


def _fault_of_amount(commitment: Commitment, delivered: Decimal | None) -> str | None:
    amount = commitment.amount
    if amount is None:
        return None
    if commitment.kind != Kind.FUNDS:
        return "只有经费类承诺填写金额，请改选类别或清空金额"
    if sentence := fault_of_sum(amount):
        return sentence
    if amount == 0:
        return "金额应大于0；金额未定的可以不填"
    if delivered is not None and amount < delivered:
        return f"金额低于已登记的累计到位{money(delivered)}，请核对"
    return None


def fault_of_sum(amount: Decimal) -> str | None:
    """What keeps a figure from being a sum in 万元."""
    if not amount.is_finite():
        return "金额请填数字"
    if amount < 0:
        return "金额不能小于0"
    if amount > MOST:
        return f"金额不能大于{money(MOST)}，请核对单位是否为万元"
    if amount != amount.quantize(CENT):
        return "金额最多保留两位小数（精确到100元）"
    return None


def _faults_of_days(promised_on: date | None, due: date | None, today: date) -> dict[str, str]:
    if promised_on is None:
        return {"promised_on": "请填写承诺日期"}
    if promised_on > today:
        return {"promised_on": "承诺日期在今天之后，请在作出承诺以后登记"}
    if promised_on < DATES[0]:
        return {"promised_on": "承诺日期的年份有误，请核对"}
    if due and due < promised_on:
        return {"due": f"兑现期限早于承诺日期{words.day(promised_on)}，请核对"}
    if due and due > DATES[1]:
        return {"due": "兑现期限的年份有误，请核对"}
    return {}


def faults_of_progress(
    commitment: Commitment, on: date | None, text: str, amount: Decimal | None, today: date
) -> dict[str, str]:
    """What is wrong with a progress, by field."""
    found = {}
    if on is None:
        found["on"] = "请填写日期"
    elif on > today:
        found["on"] = "日期在今天之后，请填已经发生的进展"
    elif on < commitment.promised_on:
        found["on"] = f"日期早于承诺日期{words.day(commitment.promised_on)}，请核对"
    if not text.strip():
        found["text"] = "请写明进展情况"
    elif len(text) > 1000:
        found["text"] = "进展情况不超过1000字"
    if sentence := _fault_of_delivery(commitment, amount):
        found["amount"] = sentence
    return found


def _fault_of_delivery(commitment: Commitment, amount: Decimal | None) -> str | None:
    if amount is None:
        return None
    if commitment.kind != Kind.FUNDS:
        return "只有经费类承诺填写到位金额"
    if sentence := fault_of_sum(amount):
        return sentence
    if commitment.amount is not None and amount > commitment.amount:
        promised = money(commitment.amount)
        return f"累计到位超过承诺的{promised}，请核对单位是否为万元；确有追加的，请先修改承诺金额"
    return None


def faults_of_fulfilling(commitment: Commitment, on: date | None, amount: Decimal | None) -> dict[str, str]:
    """What keeps a commitment from being 已兑现: money is, only when all of what was promised has come."""
    latest = commitment.latest
    if latest and on and on < latest.on:
        return {"on": f"兑现日期早于最近一次进展的日期{words.day(latest.on)}，请核对"}
    come = commitment.delivered if amount is None else amount
    if commitment.amount is None or (come is not None and come >= commitment.amount):
        return {}
    if come is None:
        return {"amount": "请填写累计到位金额，全部到位后才能登记为已兑现"}
    promised = money(commitment.amount)
    return {"amount": f"承诺{promised}，累计到位{money(come)}，尚不能登记为已兑现；承诺金额有调整的，请先修改承诺事项"}


def faults_of_feedback(receipt: str, text: str, unit: int | None) -> dict[str, str]:
    """What is wrong with a word: it says whether something came, or something else; only a school says what came."""
    if receipt and receipt not in Receipt.values:
        return {"receipt": "请选择是否收到"}
    if receipt and unit is None:
        return {"receipt": "是否收到由承诺面向的院校填写"}
    if len(text) > 1000:
        return {"text": "留言不超过1000字"}
    return {} if receipt or text.strip() else {"text": "请选择是否收到，或者写几句话"}


def money(amount: Decimal) -> str:
    """300万元, 1,200.5万元: without zeros that say nothing."""
    return f"{words.number(amount.quantize(CENT).normalize())}万元"


# Who it is for


def schools_words(names: Sequence[str]) -> str:
    """For whom: the schools by name; without any, all of the province."""
    return words.listing(names) if names else "本省各成员院校"


# Why a state forbids an act, in a sentence; None when it does not.


def not_department(member: Member) -> str | None:
    """Only a department undertakes."""
    return None if member.unit.kind == Unit.Kind.DEPARTMENT else "承诺事项由省级教育行政部门登记。"


def not_open(commitment: Commitment) -> str | None:
    """What is done or withdrawn stays as it is until it is taken up again."""
    if commitment.is_open:
        return None
    return f"这项承诺{State(commitment.state).label}，不能再改；确需修改的，请先恢复办理。"


def not_closed(commitment: Commitment) -> str | None:
    """Only what is done or withdrawn is taken up again."""
    return "这项承诺还在进行中。" if commitment.is_open else None
