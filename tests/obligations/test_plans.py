"""提质计划: a school's plan has come to the step that a rule names – when, in time, as of a day, in which year."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.obligations.build import PARTNER, SCHOOL, at, ledger, line_of, lines, rule, since_the_start, under
from tizhi.base.kit import clock
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.plans.models import Plan, StepRecord

pytestmark = pytest.mark.django_db

FIVE, YEAR = "plan-in-force", "year-plan"
XICHANG = "西昌民族幼儿师范高等专科学校"


def plan(school: str = SCHOOL, *, year: int | None = None, on: date = date(2022, 4, 20), cluster=None) -> Plan:
    """A plan of the school: of that year, or the five-year plan; opened on that day."""
    cluster = cluster or make.bnu()
    kind = {"declared": "year", "period": str(year), "first_year": year, "last_year": year}
    whole = {"declared": "five-year", "first_year": 2022, "last_year": 2026}
    writer = make.liaison_of(make.unit(PARTNER), cluster)
    return Plan.objects.create(
        cluster=cluster, unit=make.unit(school), opened_at=at(on), writer=writer, **(kind if year else whole)
    )


def done(of: Plan, step: str, on: date, *, entered: date | None = None, undone: date | None = None, **given):
    """The step was done on that day, entered then or on another, and sent back again on `undone`."""
    return StepRecord.objects.create(
        plan=of, step=step, on=on, at=at(entered or on), words="王敏", undone_at=at(undone) if undone else None, **given
    )


def said(rule: str, **given) -> str:
    return line_of(rule, **given).sentence


def test_before_there_is_a_plan_the_line_waits_and_then_is_late():
    since_the_start()
    with clock.at(date(2022, 12, 1)):
        assert line_of(FIVE).state.word == "未到期"
        assert said(FIVE) == (
            "三, 四(五)1：安徽师范大学应将阜阳师范大学提质计划办至“印发实施”；尚未建立计划，还剩30天。"
        )
    with clock.at(date(2023, 1, 2)):
        assert line_of(FIVE).state.word == "逾期"
        assert said(FIVE).endswith("；尚未建立计划，已逾期2天。")


def test_a_plan_on_its_way_says_where_it_is():
    since_the_start()
    with clock.at(date(2022, 9, 1)):
        made = plan()
        assert "；目前在“需求申报”，" in said(FIVE)
        done(made, "needs", date(2022, 4, 25))
        done(made, "first-study", date(2022, 5, 20))
        assert "；目前在“提质计划初稿”，" in said(FIVE)
        assert (line_of("first-study").state.word, line_of("second-study").state.word) == ("已完成", "未到期")
        assert said("first-study").endswith("办至“第一轮调研”；2022年5月20日办结。")


def test_what_was_done_after_its_day_is_done_and_says_so():
    since_the_start()
    done(plan(), "in-force", date(2023, 1, 10))
    found = line_of(FIVE)
    assert (found.state.word, found.done_on) == ("已完成", "2023年1月10日")
    assert found.sentence.endswith("；2023年1月10日办结，逾期10天。")


def test_each_school_has_its_own():
    since_the_start()
    done(plan("阿坝师范学院"), "in-force", date(2022, 12, 1))
    assert line_of(FIVE, "西北师范大学").state.word == "已完成"
    assert line_of(FIVE).state.word == "逾期"
    assert {line.toward for line in lines(FIVE, None)} == {
        make.unit(name).called for name in (SCHOOL, "青海师范大学", "阿坝师范学院", XICHANG)
    }


def test_a_yearly_plan_counts_in_its_year_only():
    since_the_start()
    done(plan(year=2026, on=date(2026, 2, 1)), "in-force", date(2026, 3, 20))
    assert line_of(YEAR, period="2026").state.word == "已完成"
    assert line_of(YEAR, period="2025").state.word == "逾期"
    assert said(YEAR, period="2026").startswith(
        "四(五)：安徽师范大学2026年应将阜阳师范大学年度工作计划办至“印发实施”；2026年3月20日办结"
    )


def test_as_of_a_day_it_tells_what_was_done_and_known_then():
    since_the_start()
    made = plan(year=2026, on=date(2026, 2, 1))
    done(made, "in-force", date(2026, 3, 20), entered=date(2026, 4, 8))
    told = {day: line_of(YEAR, period="2026", as_of=day).state.word for day in (date(2026, 3, 25), date(2026, 4, 7))}
    assert told == {date(2026, 3, 25): "临期", date(2026, 4, 7): "逾期"}
    assert line_of(YEAR, period="2026", as_of=date(2026, 4, 8)).state.word == "已完成"
    assert line_of(YEAR, period="2026", as_of=date(2026, 1, 20)).sentence.count("尚未建立计划") == 1


def test_a_step_sent_back_is_open_again_and_counts_from_when_it_was_done_anew():
    since_the_start()
    made = plan(year=2026, on=date(2026, 2, 1))
    done(made, "in-force", date(2026, 3, 20), undone=date(2026, 4, 10))
    assert line_of(YEAR, period="2026").state.word == "逾期"
    assert line_of(YEAR, period="2026", as_of=date(2026, 4, 1)).state.word == "已完成"
    done(made, "in-force", date(2026, 5, 6))
    assert line_of(YEAR, period="2026").done_on == "2026年5月6日"


def test_a_revision_later_takes_nothing_back():
    since_the_start()
    made = plan()
    done(made, "in-force", date(2022, 12, 1))
    Plan.objects.update(revision=1, revised_reason="学校更名")
    done(made, "draft", date(2024, 5, 1), revision=1)
    assert line_of(FIVE).done_on == "2022年12月1日"


def test_what_lies_behind_are_the_steps_as_far_as_one_reads_the_plan():
    since_the_start()
    made = plan()
    done(made, "needs", date(2022, 4, 25))
    done(made, "first-study", date(2022, 5, 20))
    line = line_of("first-study")
    told = queries.behind(make.actor("secretariat"), ledger(), line)
    assert [(one.title, one.why_not) for one in told] == [
        ("2022—2026年提质计划：第一轮调研", ""), ("2022—2026年提质计划：需求申报", "在此之前的步骤"),
    ]  # fmt: skip
    assert told[0].url_args == (made.pk,)
    assert queries.behind(make.actor("supported-school"), ledger(), line) == []


def test_a_rule_in_another_rhythm_than_the_plan_or_owed_by_nobodys_school_has_no_place():
    under(
        ("obligation[+]", rule("half", toward="paired-school", every="half-year", evidence=_evidence("year"))),
        ("obligation[+]", rule("whole", toward="paired-school", every="year", evidence=_evidence("five-year"))),
        ("obligation[+]", rule("own", who="partner", every="year", evidence=_evidence("year"))),
        ("obligation[+]", rule("school", who="supported", every="year", evidence=_evidence("year"))),
        ("obligation[+]", rule("any", toward="any-supported-school", every="year", evidence=_evidence("year"))),
    )
    done(plan(year=2026, on=date(2026, 2, 1)), "in-force", date(2026, 3, 20))
    for name in ("half", "whole", "own"):
        assert {line.state.word for line in lines(name)} == {"尚未启用"}, name
    assert line_of("school", SCHOOL).state.word == "已完成"
    assert line_of("school", "青海师范大学").state.word == "未到期"
    assert line_of("any").state.word == "已完成"
    assert line_of("any").sentence.startswith("本组团约定：安徽师范大学2026年应将一所重点支持院校的年度工作计划办至")


def _evidence(kind: str) -> dict[str, str]:
    return {"kind": "plan", "plan": kind, "step": "in-force"}


def test_more_plans_and_steps_cost_no_more():
    since_the_start()
    counts = []
    for years in ((2026,), range(2012, 2026)):
        for year in years:
            for school in (SCHOOL, "青海师范大学", "阿坝师范学院", XICHANG):
                made = plan(school, year=year, on=date(2022, 5, 1))
                for step in ("draft", "agreed", "in-force"):
                    done(made, step, date(2026, 3, 1))
        with CaptureQueriesContext(connection) as asked:
            ledger()
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 40
