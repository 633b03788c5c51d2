"""汇总报告: issued is not sent; a sending entered later was not known before; a yearly one has no place yet."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import ledger, line_of, rule, since_the_start, state_of, under
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.filings import actions
from tizhi.pipeline.filings.models import Dispatch
from tizhi.pipeline.obligations.queries import behind

pytestmark = pytest.mark.django_db

REPORT, OFFICE = "quarterly-report", "大组团办公室"
Q3 = {"period": "2026Q3"}
ISSUED = date(2026, 10, 16)


def issued(on: date = ISSUED, period: str = "2026Q3") -> Dispatch:
    with clock.at(on):
        return actions.note_issue(
            make.actor("secretariat"), make.bnu(), period=period, number="师教组〔2026〕3号", issued_on=on
        )


def sent(row: Dispatch, on: date, entered: date | None = None) -> Dispatch:
    with clock.at(entered or on):
        return actions.record_sending(make.actor("secretariat"), row, sent_on=on, channel="机要")


def found(**given) -> tuple[str, str]:
    line = line_of(REPORT, OFFICE, **Q3, **given)
    return line.state.word, line.measure.progress(line.instance, line.finding)


def test_issued_and_not_sent_is_open():
    since_the_start()
    assert found() == ("逾期", "尚未印发")
    issued()
    assert found() == ("逾期", "2026年10月16日印发，尚未登记报送")


def test_sent_by_its_day_is_done():
    since_the_start()
    sent(issued(), date(2026, 10, 19))
    assert found() == ("已完成", "2026年10月19日报送")


def test_sent_after_its_day_is_done_and_says_how_late():
    since_the_start()
    sent(issued(), date(2026, 10, 26))
    assert (line_of(REPORT, OFFICE, **Q3).due, found()) == (
        date(2026, 10, 20), ("已完成", "2026年10月26日报送，逾期6天"),
    )  # fmt: skip


def test_a_sending_entered_later_was_not_known_before():
    since_the_start()
    sent(issued(), date(2026, 10, 19), entered=date(2026, 11, 2))
    assert found(as_of=date(2026, 10, 15)) == ("临期", "尚未印发")
    assert found(as_of=date(2026, 11, 1)) == ("逾期", "2026年10月16日印发，尚未登记报送")
    assert found(as_of=date(2026, 11, 2)) == ("已完成", "2026年10月19日报送")


def test_a_sending_corrected_later_was_known_since_it_was_first_entered():
    since_the_start()
    row = sent(issued(), date(2026, 10, 19))
    sent(row, date(2026, 10, 20), entered=date(2026, 11, 2))
    assert found(as_of=date(2026, 10, 30)) == ("已完成", "2026年10月20日报送")
    assert found(as_of=date(2026, 10, 19))[0] == "临期"


def test_where_issuing_is_enough_the_day_of_the_report_counts():
    evidence = {"kind": "report", "report": "quarterly", "state": "issued"}
    under((f"obligation[{REPORT}].evidence", evidence))
    issued()
    assert found() == ("已完成", "2026年10月16日印发")


def test_a_report_of_another_quarter_changes_nothing():
    since_the_start()
    sent(issued(period="2026Q2"), date(2026, 10, 19))
    assert (found()[0], state_of(REPORT, OFFICE, period="2026Q2")) == ("逾期", "已完成")


@pytest.mark.parametrize(("day", "told"), [(date(2026, 10, 15), "早于成文日期"), (date(2026, 11, 24), "还没有到")])
def test_a_sending_is_neither_before_the_report_nor_still_to_come(day, told):
    since_the_start()
    with pytest.raises(RuleBroken, match=told):
        sent(issued(), day, entered=date(2026, 11, 23))


def test_only_the_secretariat_enters_it():
    since_the_start()
    row = issued()
    for who in ("liaison", "office-head", "leading-group", "cluster-office-member", "ministry"):
        with pytest.raises(Denied):
            actions.record_sending(make.actor(who), row, sent_on=ISSUED)


def test_what_lies_behind_is_the_report_with_its_number():
    since_the_start()
    row = issued()
    line, actor = line_of(REPORT, OFFICE, **Q3), make.actor("liaison")
    (record,) = behind(actor, ledger(), line)
    assert (record.title, record.why_not) == (
        "师教组〔2026〕3号，2026年10月16日印发", "2026年10月16日印发，尚未登记报送",
    )  # fmt: skip
    sent(row, date(2026, 10, 19))
    (record,) = behind(actor, ledger(), line_of(REPORT, OFFICE, **Q3))
    assert (record.day, record.why_not) == (date(2026, 10, 19), "")
    before = ledger(as_of=date(2026, 10, 15))
    assert behind(actor, before, before.line(line.key)) == []


def test_a_yearly_report_has_no_place_yet_and_accuses_nobody():
    evidence = {"kind": "report", "report": "year", "state": "issued"}
    under(("obligation[+]", rule("year-report", name="报送年度总结", who="cluster-office", evidence=evidence)))
    line = line_of("year-report", OFFICE)
    assert (line.state.word, line.finding, line.score, line.left) == ("尚未启用", None, "", "")
    assert line.sentence == (
        "本组团约定：大组团办公室2026年应落实“报送年度总结”，期限2026年12月31日。"
        "平台尚不能查得其依据（汇总报告，何种报告：年度报告，办到何种程度：已印发），待启用后计算。"
    )
    assert behind(make.actor("secretariat"), ledger(), line) == []
