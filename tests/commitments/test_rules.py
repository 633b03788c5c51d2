"""How a commitment stands, what a sound one says, and in which words money and faults are told."""

from datetime import date
from decimal import Decimal

import pytest

from tizhi.pipeline.commitments import rules
from tizhi.pipeline.commitments.models import Commitment

TODAY = date(2026, 11, 23)


def sound(**given) -> Commitment:
    columns = {
        "kind": "funds", "title": "支持建设实训中心", "amount": Decimal(300), "promised_on": date(2026, 3, 1),
        "due": date(2027, 2, 28),
    }  # fmt: skip
    return Commitment(**{**columns, **given})


@pytest.mark.parametrize(
    ("state", "due", "words"),
    [
        ("open", date(2026, 12, 24), "进行中"),
        ("open", date(2026, 12, 23), "临期"),
        ("open", date(2026, 11, 23), "临期"),
        ("open", date(2026, 11, 22), "逾期"),
        ("open", None, "进行中"),
        ("open", date(2028, 2, 29), "进行中"),
        ("done", date(2026, 1, 1), "已兑现"),
        ("withdrawn", date(2026, 1, 1), "已撤回"),
    ],
)
def test_it_is_near_in_its_last_thirty_days_and_late_the_day_after(state, due, words):
    assert rules.standing(sound(state=state, due=due), TODAY).words == words


def test_what_is_due_on_a_leap_day_is_late_on_the_first_of_march():
    leap = sound(due=date(2028, 2, 29))
    assert rules.standing(leap, date(2028, 2, 29)).words == "临期"
    assert rules.standing(leap, date(2028, 3, 1)).words == "逾期"
    assert rules.standing(leap, date(2028, 1, 30)).words == "临期"
    assert rules.standing(leap, date(2028, 1, 29)).words == "进行中"


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"amount": Decimal(0)}, "amount", "应大于0"),
        ({"amount": Decimal("-5")}, "amount", "不能小于0"),
        ({"amount": Decimal("10000000")}, "amount", "单位是否为万元"),
        ({"amount": Decimal("1E+40")}, "amount", "单位是否为万元"),
        ({"amount": Decimal("NaN")}, "amount", "请填数字"),
        ({"amount": Decimal("0.005")}, "amount", "两位小数"),
        ({"amount": Decimal(1), "kind": "policy"}, "amount", "只有经费类"),
        ({"kind": "help", "amount": None}, "kind", "请选择类别"),
        ({"title": ""}, "title", "请写明"),
        ({"title": "长" * 121}, "title", "不超过120字"),
        ({"promised_on": None}, "promised_on", "请填写承诺日期"),
        ({"promised_on": date(2026, 11, 24)}, "promised_on", "今天之后"),
        ({"promised_on": date(1026, 11, 1)}, "promised_on", "年份有误"),
        ({"due": date(2026, 2, 28)}, "due", "早于承诺日期2026年3月1日"),
        ({"due": date(2999, 1, 1)}, "due", "年份有误"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(given, field, sentence):
    faults = rules.faults(sound(**given), None, TODAY)
    assert set(faults) == {field} and sentence in faults[field]


@pytest.mark.parametrize(
    "given",
    [
        {}, {"amount": None}, {"due": None}, {"kind": "policy", "amount": None}, {"amount": Decimal("0.01")},
        {"amount": rules.MOST}, {"due": date(2028, 2, 29)}, {"due": date(2026, 3, 1)}, {"promised_on": TODAY},
    ],
)  # fmt: skip
def test_what_is_sound_has_no_fault(given):
    assert rules.faults(sound(**given), None, TODAY) == {}


def test_what_has_come_already_sets_a_floor_to_the_amount_and_keeps_the_kind():
    assert "120万元" in rules.faults(sound(amount=Decimal(100)), Decimal(120), TODAY)["amount"]
    assert rules.faults(sound(amount=Decimal(120)), Decimal(120), TODAY) == {}
    assert "kind" in rules.faults(sound(kind="policy", amount=None), Decimal(120), TODAY)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"on": None}, "on", "请填写日期"),
        ({"on": date(2026, 11, 24)}, "on", "今天之后"),
        ({"on": date(2026, 2, 28)}, "on", "早于承诺日期"),
        ({"text": "  \n"}, "text", "请写明"),
        ({"text": "长" * 1001}, "text", "不超过1000字"),
        ({"amount": Decimal(301)}, "amount", "超过承诺的300万元"),
        ({"amount": Decimal(-1)}, "amount", "不能小于0"),
    ],
)
def test_a_wrong_progress_is_told_at_its_field(given, field, sentence):
    told = {"on": TODAY, "text": "已拨付", "amount": Decimal(300), **given}
    faults = rules.faults_of_progress(sound(), told["on"], told["text"], told["amount"], TODAY)
    assert set(faults) == {field} and sentence in faults[field]


def test_progress_may_say_that_nothing_has_come_and_where_no_sum_was_promised_any_sum():
    assert rules.faults_of_progress(sound(), TODAY, "尚未拨付", Decimal(0), TODAY) == {}
    assert rules.faults_of_progress(sound(amount=None), TODAY, "已拨付", Decimal(900), TODAY) == {}
    assert "amount" in rules.faults_of_progress(sound(kind="policy", amount=None), TODAY, "印发", Decimal(1), TODAY)


@pytest.mark.parametrize(
    ("receipt", "text", "unit", "field"),
    [
        ("", "", 1, "text"), ("", " ", None, "text"), ("received", "", None, "receipt"), ("perhaps", "", 1, "receipt"),
        ("", "长" * 1001, 1, "text"), ("received", "", 1, None), ("", "已催办", None, None),
    ],
)  # fmt: skip
def test_a_word_says_something_and_only_a_school_says_what_came(receipt, text, unit, field):
    assert set(rules.faults_of_feedback(receipt, text, unit)) == ({field} if field else set())


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("300.00", "300万元"),
        ("1200.5", "1,200.5万元"),
        ("0.01", "0.01万元"),
        ("0", "0万元"),
        ("9999999.99", "9,999,999.99万元"),
    ],
)
def test_money_is_told_without_empty_decimals(amount, words):
    assert rules.money(Decimal(amount)) == words


def test_the_share_is_of_what_was_promised():
    assert rules.share(Decimal(120), Decimal(300)) == Decimal("0.4")
    assert rules.share(None, Decimal(300)) is None
    assert rules.share(Decimal(5), None) is None


def test_who_has_just_said_how_it_goes_is_not_asked_again_for_two_weeks():
    near = sound(due=date(2026, 12, 1), state="open")
    assert rules.wants_word(near, None, TODAY)
    assert not rules.wants_word(near, date(2026, 11, 10), TODAY)
    assert rules.wants_word(near, date(2026, 11, 9), TODAY)
    assert not rules.wants_word(sound(due=None), None, TODAY)
    assert not rules.wants_word(sound(due=date(2027, 6, 1)), None, TODAY)
    assert not rules.wants_word(sound(due=date(2026, 1, 1), state="done"), None, TODAY)
