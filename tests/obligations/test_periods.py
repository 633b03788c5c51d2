"""期间: which periods ask – from the first full one after the start to the last before the end – and by which day."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import (
    LEAD,
    PARTNER,
    STARTS,
    STUDY,
    VISIT,
    changed,
    handed_in,
    ledger,
    line_of,
    lines,
    rule,
    since_the_start,
    state_of,
    under,
    visit,
)
from tests.scheme.writing import GONE
from tizhi.base.kit import clock
from tizhi.pipeline.calendar.models import DayMark
from tizhi.pipeline.obligations import queries

pytestmark = pytest.mark.django_db

INPUT, CONTACTS = "quarterly-input", "contact-list"


def keys(rule: str, year: int, as_of: date | None = None) -> list[str]:
    """The periods of a year for which 安徽师范大学 owes."""
    return [
        line.instance.period.key
        for line in ledger(year, as_of).lines
        if line.rule.id == rule and line.who.name == PARTNER and line.instance.period
    ]


# Which periods


def test_the_first_period_of_each_length_is_the_first_full_one_after_the_start():
    since_the_start()
    assert keys(INPUT, 2022) == ["2022Q2", "2022Q3", "2022Q4"]
    assert keys(CONTACTS, 2022) == ["2022H2"]
    assert keys(VISIT, 2022) == []
    assert keys(VISIT, 2023) == ["2023"]


def test_a_cluster_that_begins_within_a_quarter_begins_with_the_next():
    under(("cluster.starts", date(2022, 4, 2)))
    assert keys(INPUT, 2022) == ["2022Q3", "2022Q4"]


def test_a_period_asks_from_its_first_day_on():
    since_the_start()
    assert keys(INPUT, 2026) == ["2026Q1", "2026Q2", "2026Q3", "2026Q4"]
    with clock.at(date(2026, 9, 30)):
        assert keys(INPUT, 2026) == ["2026Q1", "2026Q2", "2026Q3"]
        assert keys(INPUT, 2027) == []


def test_no_period_asks_that_the_clusters_end_cuts_short():
    under(("cluster.ends", date(2026, 8, 31)))
    assert keys(INPUT, 2026) == ["2026Q1", "2026Q2"]
    assert keys(CONTACTS, 2026) == ["2026H1"]
    assert keys(VISIT, 2026) == []
    assert keys(VISIT, 2025) == ["2025"]


def test_a_cluster_that_ended_long_ago_has_no_ledger_of_later_years_and_nothing_new_to_do():
    cluster = under(("cluster.ends", date(2024, 12, 31)))
    assert queries.years(cluster) == [2024, 2023, 2022]
    assert {line.instance.period for line in queries.of_now(cluster).lines} == {None}
    assert all(line.instance.period.first.year == 2024 for line in ledger(2024).lines if line.instance.period)


def test_what_presses_now_is_of_the_running_periods_and_of_those_just_ended():
    cluster = since_the_start()
    now = {line.instance.period.key for line in queries.of_now(cluster).lines if line.instance.period}
    assert now == {"2026Q4", "2026Q3", "2026H2", "2026"}
    with clock.at(date(2027, 2, 1)):
        now = {line.instance.period.key for line in queries.of_now(cluster).lines if line.instance.period}
    assert now == {"2027Q1", "2026Q4", "2027H1", "2026H2", "2027", "2026"}


def test_there_is_a_ledger_of_every_year_since_the_start():
    cluster = since_the_start()
    assert queries.years(cluster) == [2026, 2025, 2024, 2023, 2022]
    assert queries.years(cluster, date(2023, 5, 1)) == [2023, 2022]


# A platform that learnt of the cluster late


def test_a_platform_that_learnt_of_the_cluster_late_accuses_nobody_of_old_periods():
    make.bnu()  # on 23 November 2026
    assert keys(INPUT, 2026) == ["2026Q4"]
    assert keys(VISIT, 2025) == []
    assert not [line for line in ledger(2025).lines if line.instance.period]


def test_of_old_periods_it_tells_what_there_is_evidence_of():
    make.bnu()
    visit(date(2025, 5, 20))
    handed_in("2026Q2", date(2026, 7, 3))
    assert (keys(VISIT, 2025), state_of(VISIT, period="2025")) == (["2025"], "已完成")
    assert (keys(INPUT, 2026), state_of(INPUT, period="2026Q2")) == (["2026Q2", "2026Q4"], "已完成")


def test_what_is_owed_once_is_asked_also_of_a_platform_that_came_late():
    make.bnu()
    assert line_of("pair-office").state.word == "逾期"


# The scheme changed


def test_a_period_follows_the_scheme_in_force_at_its_end():
    since_the_start()
    changed((f"obligation[{INPUT}].due", {"after": "period-end", "workdays": 15}), begins=date(2026, 8, 15))
    assert [line.due for line in lines(INPUT)] == [
        date(2026, 4, 8), date(2026, 7, 7), date(2026, 10, 27), date(2027, 1, 21),
    ]  # fmt: skip


def test_a_rule_that_a_new_scheme_adds_or_drops_asks_from_and_until_the_period_it_changed_in():
    since_the_start()
    changed((f"obligation[{INPUT}]", GONE), ("obligation[+]", rule("term-training", every="quarter")),
            begins=date(2026, 8, 15))  # fmt: skip
    assert keys(INPUT, 2026) == ["2026Q1", "2026Q2"]
    assert keys("term-training", 2026) == ["2026Q3", "2026Q4"]


def test_a_scheme_loaded_ahead_is_told_for_the_running_period_it_will_end_in():
    since_the_start()
    changed((f"obligation[{VISIT}].count", 2), begins=date(2026, 12, 1), on=date(2026, 11, 2))
    assert line_of(VISIT).finding.needed == 2
    assert line_of(VISIT, as_of=date(2026, 11, 1)).finding.needed == 1  # nobody knew it yet


# Who joined later


def test_a_university_that_joined_later_owes_from_the_first_period_it_ends_in_and_has_as_long_for_what_is_due_once():
    since_the_start()
    changed(
        ("unit[+]", {"id": "nenu", "name": "东北师范大学", "kind": "university", "province": "吉林省",
                     "roles": ["partner"]}),
        ("pair[+]", {"partner": "nenu", "supported": "fynu"}), begins=date(2026, 9, 10),
    )  # fmt: skip
    found = {line.instance.period.key for line in lines(INPUT, "东北师范大学")}
    assert found == {"2026Q3", "2026Q4"}
    once = line_of("pair-office", "东北师范大学")
    assert (once.due, once.state.word) == (date(2026, 12, 9), "未到期")
    assert line_of("pair-office", LEAD).due == date(2022, 6, 30)


# By which day


def test_three_months_from_the_start_end_on_the_eve_of_the_same_day():
    since_the_start()
    assert (line_of("pair-office").due, lines("project-group", None)[0].due) == (date(2022, 6, 30), date(2022, 12, 31))


def test_a_cluster_that_begins_on_a_leap_day_ends_its_first_year_on_the_last_of_february():
    begins = date(2024, 2, 29)
    under(("cluster.starts", begins), since=begins)
    assert line_of("pair-office").due == date(2024, 5, 28)
    assert lines("project-group", None)[0].due == date(2024, 11, 28)
    assert line_of("individual-project").due == date(2025, 2, 28)


def test_the_first_half_of_a_leap_year_has_its_own_length():
    begins = date(2024, 1, 1)
    under(("cluster.starts", begins), since=begins)
    with clock.at(date(2024, 2, 29)):
        assert line_of(STUDY).left == "还剩122天"


def test_a_day_in_a_calendar_not_announced_yet_says_so_until_the_office_enters_the_notice():
    since_the_start()
    before = line_of(INPUT, period="2026Q4")
    assert (before.due, before.provisional) == (date(2027, 1, 7), "暂按周一至周五计算")
    assert before.sentence.endswith("还剩45天（暂按周一至周五计算）。")
    for day in (date(2027, 1, 1), date(2027, 10, 1)):
        DayMark.objects.create(day=day, is_workday=False, name="假日")
    after = line_of(INPUT, period="2026Q4")
    assert (after.due, after.provisional) == (date(2027, 1, 8), "")


def test_working_days_pass_over_holidays_and_made_up_days():
    since_the_start()
    assert line_of(INPUT, period="2026Q3").due == date(2026, 10, 13)  # after 国庆节; Sat 10 is worked
    assert line_of("year-plan").due == date(2026, 3, 31)  # three months from the period's start


def test_where_the_scheme_names_no_day_the_period_ends_it():
    since_the_start()
    assert line_of(VISIT).due == date(2026, 12, 31)
    assert [line.due for line in lines(CONTACTS)] == [date(2026, 6, 30), date(2026, 12, 31)]


@pytest.mark.parametrize(("day", "word"), [
    (date(2026, 9, 30), "未到期"), (date(2026, 10, 1), "未到期"), (date(2026, 10, 2), "临期"),
    (date(2026, 12, 31), "临期"), (date(2027, 1, 1), "逾期"),
])  # fmt: skip
def test_a_visit_presses_from_the_first_reminder_on_and_is_late_the_day_after(day, word):
    since_the_start()
    with clock.at(day):
        assert state_of(VISIT, period="2026") == word


def test_the_ledger_begins_with_the_cluster():
    since_the_start()
    with clock.at(STARTS):
        assert {line.instance.period.key for line in ledger(2022).lines if line.instance.period} == {"2022Q2"}
    assert ledger(2022, date(2022, 3, 31)).lines == []
