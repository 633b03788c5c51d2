"""及时问诊: the cases whose answer fell due in a quarter – answered in time, late, still waiting, none."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.obligations.build import SCHOOL, at, ledger, line_of, lines, rule, since_the_start, under
from tizhi.base.kit import clock
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.obligations import queries

pytestmark = pytest.mark.django_db

RULE, COMMITTEE = "consultation", "专家委员会"


def case(asked: date, answered: date | None = None, *, school: str = SCHOOL, **given) -> Consultation:
    """A case of the school asked on that day; answered on the other, or waiting."""
    state = "answered" if answered else "triaged"
    columns = {"title": "学前教育实训课程怎样设置", "state": state, "asked_at": at(asked), **given}
    return Consultation.objects.create(
        cluster=make.bnu(), unit=make.unit(school), writer=make.liaison_of(make.unit(school), make.bnu()),
        created_at=at(asked), answered_at=at(answered) if answered else None, **columns,
    )  # fmt: skip


def of(period: str = "2026Q4", **given):
    return line_of(RULE, COMMITTEE, period=period, **given)


def test_a_quarter_without_any_is_nil_once_it_is_over():
    since_the_start()
    assert of("2026Q3").state.word == "本期无"
    assert of("2026Q3").sentence == (
        "四(五)2：专家委员会2026年第三季度到期的问诊应全部在提出后10个工作日内答复；没有到期的问诊，本期无。"
    )
    assert of().state.word == "未到期"
    assert "；尚无到期的问诊，还剩38天。" in of().sentence


def test_all_in_time_is_done_when_the_quarter_is_over():
    since_the_start()
    case(date(2026, 7, 6), date(2026, 7, 10))
    case(date(2026, 8, 3), date(2026, 8, 17))  # the tenth working day
    found = of("2026Q3")
    assert (found.state.word, found.finding.done, found.finding.needed) == ("已完成", 2, 2)
    assert found.sentence.endswith("；到期2件，及时2件。")


def test_one_day_late_is_late_for_good():
    since_the_start()
    case(date(2026, 8, 3), date(2026, 8, 18))
    case(date(2026, 7, 6), date(2026, 7, 10))
    found = of("2026Q3")
    assert (found.state.word, found.waits) == ("逾期", False)
    assert found.sentence.endswith("；到期2件，及时1件，逾期答复1件，未能全部及时。")


def test_what_waits_presses_as_its_day_comes_and_is_late_the_day_after():
    since_the_start()
    case(date(2026, 11, 10))  # due on 24 November
    assert of().finding.next_due == date(2026, 11, 24)
    assert of().state.word == "临期"
    with clock.at(date(2026, 11, 25)):
        found = of()
        assert (found.state.word, found.waits) == ("逾期", True)
        assert "到期1件，及时0件，逾期未答复1件" in found.sentence


def test_a_case_belongs_to_the_quarter_in_which_its_answer_is_due():
    since_the_start()
    case(date(2026, 9, 25), date(2026, 9, 28))
    assert of("2026Q3").state.word == "本期无"
    assert "到期1件，及时1件" in of("2026Q4").sentence


def test_as_of_a_day_an_answer_given_later_was_not_there_yet():
    since_the_start()
    case(date(2026, 8, 3), date(2026, 8, 14))
    assert of("2026Q3", as_of=date(2026, 8, 10)).finding.done == 0
    assert "待答复1件" in of("2026Q3", as_of=date(2026, 8, 10)).sentence
    assert "尚无到期的问诊" in of("2026Q3", as_of=date(2026, 8, 2)).sentence
    assert of("2026Q3", as_of=date(2026, 8, 14)).finding.done == 1


def test_what_was_taken_back_in_time_asks_nothing_and_what_had_waited_too_long_counts():
    since_the_start()
    case(date(2026, 8, 3), state="withdrawn", withdrawn_at=at(date(2026, 8, 5)))
    assert of("2026Q3").state.word == "本期无"
    case(date(2026, 8, 3), state="withdrawn", withdrawn_at=at(date(2026, 9, 5)))
    assert "到期1件，及时0件，逾期后撤回1件" in of("2026Q3").sentence
    assert of("2026Q3").state.word == "逾期"


def test_drafts_and_other_clusters_do_not_count():
    since_the_start()
    case(date(2026, 8, 3), state="draft", asked_at=None)
    assert of("2026Q3").state.word == "本期无"


def test_a_unit_owes_what_it_owns_and_toward_a_school_only_that_ones():
    under(
        ("obligation[+]", rule("partners", every="quarter", evidence={"kind": "consultations-answered"})),
        (
            "obligation[+]",
            rule("pairs", every="quarter", toward="paired-school", evidence={"kind": "consultations-answered"}),
        ),
    )
    case(date(2026, 8, 3), date(2026, 8, 6), helper=make.unit("安徽师范大学"))
    case(date(2026, 8, 4), date(2026, 8, 6), school="青海师范大学", helper=make.unit("安徽师范大学"))
    assert line_of("partners", period="2026Q3").finding.done == 2
    assert line_of("pairs", period="2026Q3").finding.done == 1
    assert line_of("partners", "西北师范大学", period="2026Q3").state.word == "本期无"
    assert "到期的阜阳师范大学问诊" in line_of("pairs", period="2026Q3").sentence


def test_a_scheme_that_gives_more_days_is_kept_to():
    under(("consultations.answer_workdays", 20))
    case(date(2026, 8, 3), date(2026, 8, 28))
    assert of("2026Q3").state.word == "已完成"


def test_what_lies_behind_is_told_to_who_reads_the_case():
    since_the_start()
    late, good = case(date(2026, 8, 3), date(2026, 8, 19)), case(date(2026, 8, 3), date(2026, 8, 6))
    line = of("2026Q3")
    told = queries.behind(make.actor("secretariat"), ledger(), line)
    assert [(one.url_args, one.why_not) for one in told] == [((late.pk,), "逾期2天答复"), ((good.pk,), "")]
    assert queries.behind(make.actor("supported-school"), ledger(), line) == []


def test_more_cases_cost_no_more():
    since_the_start()
    counts = []
    for more in (1, 60):
        for n in range(more):
            case(date(2026, 7, 1 + n % 28), date(2026, 7, 3 + n % 28))
        with CaptureQueriesContext(connection) as asked:
            ledger()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
    assert {line.state.word for line in lines(RULE, COMMITTEE, period="2026Q1")} == {"本期无"}
