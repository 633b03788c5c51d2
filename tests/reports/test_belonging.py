"""Which report an activity belongs to: by its last day; accepted too late, as 补报 in the next; never in two."""

from datetime import date

import pytest

from tests import make
from tests.filings.test_actions import entry_of
from tests.reports.quarter import Q2, Q3, Q4, brief, drafted, issued, office, opened, quarter
from tizhi.base.kit import clock
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.reports import jobs, queries
from tizhi.pipeline.reports.gathering import belonging
from tizhi.pipeline.reports.models import Report

pytestmark = pytest.mark.django_db


def titles(period) -> set[str]:
    return set(belonging(make.bnu(), period).values_list("title", flat=True))


def test_an_activity_belongs_to_the_quarter_of_its_last_day():
    make.bnu()
    brief("跨季度", date(2026, 7, 1), first_day=date(2026, 6, 28))
    brief("季末", date(2026, 9, 30))
    brief("下季首日", date(2026, 10, 1))
    assert titles(Q3) == {"跨季度", "季末"}
    assert titles(Q2) == set()


@pytest.mark.parametrize(("state", "counts"), [
    ("draft", False), ("approving", False), ("submitted", False), ("returned", False), ("accepted", True),
    ("published", True),
])  # fmt: skip
def test_only_what_was_accepted_counts(state, counts):
    make.bnu()
    brief("一项", date(2026, 8, 1), state=state)
    assert bool(titles(Q3)) is counts


def test_what_is_accepted_after_its_report_was_issued_is_made_up_in_the_next_one():
    quarter(2)
    issued()
    late = brief("迟来的培训", date(2026, 8, 1), state="submitted")
    activities.accept(office(), late)
    assert late.pk not in queries.compile_report(make.bnu(), Q3).values.names
    assert titles(Q4) == {"迟来的培训"}
    report = drafted(Q4)
    values = queries.compile_report(make.bnu(), Q4).values.by_key
    assert (values["activities"].number, values["late"].number, values["own"].number) == (1, 1, 0)
    text = " ".join(report.parts.values_list("text", flat=True))
    assert "迟来的培训" in text and "补报" in text


def test_what_was_made_up_is_not_made_up_again():
    quarter(1)
    issued(Q2, "2号")
    brief("二季度补报", date(2026, 5, 5))
    assert "二季度补报" in titles(Q3)
    issued(Q3)
    assert titles(Q4) == set()


def test_only_the_first_open_report_makes_up():
    make.bnu()
    issued(Q2, "2号")
    brief("二季度补报", date(2026, 5, 5))
    opened(Q3)
    opened(Q4)
    assert titles(Q3) == {"二季度补报"}
    assert titles(Q4) == set()


def test_an_activity_counted_once_is_not_counted_again_under_another_date():
    (only, *_) = quarter(1)
    issued()
    only.last_day = date(2026, 10, 9)
    only.save()
    assert titles(Q4) == set()


def test_another_clusters_activities_stay_there():
    make.bnu()
    make.activity("内蒙古师范大学", state="accepted", cluster=make.second_cluster(), last_day=date(2026, 8, 1),
                  first_day=date(2026, 8, 1), units=(("内蒙古师范大学", "host"),))  # fmt: skip
    assert titles(Q3) == set()


def test_quarters_open_by_themselves_and_only_once():
    make.bnu()
    brief("老活动", date(2025, 11, 11))
    jobs.open_quarters.func()
    jobs.open_quarters.func()
    assert list(Report.objects.values_list("period", flat=True)) == ["2026Q4", "2025Q4"]
    with clock.at(date(2027, 1, 1)):
        jobs.open_quarters.func()
    assert Report.objects.filter(period="2027Q1").exists()


def test_a_cluster_that_reports_by_the_half_year_opens_half_years():
    half = make.real_text().replace('every = "quarter"\nto = "moe"', 'every = "half-year"\nto = "moe"')
    cluster = make.cluster_of("bnu", half)
    assert [one.key for one in queries.unopened(cluster)] == ["2026H2"]


def test_the_report_is_due_in_working_days_provisional_where_not_announced():
    cluster = make.bnu()
    assert queries.due_of(cluster, Q3).day == date(2026, 10, 20)
    due = queries.due_of(cluster, Q4)
    assert due.provisional and due.note == "暂按周一至周五计算"


def test_what_units_handed_in_stands_in_its_sections_and_nil_stands_nowhere():
    quarter(1)
    entry_of("安徽师范大学", state="handed-in", highlights="共建实训室", problems="经费未到位", suggestions="统一选课",
             next_steps="中期检查")  # fmt: skip
    entry_of("阜阳师范大学", state="handed-in", is_nil=True, highlights="", next_steps="")
    entry_of("四川师范大学", state="approving", highlights="未审签的亮点")
    report = drafted()
    told = {part.section: part.text for part in report.parts.filter(origin__startswith="input:")}
    assert told["pairs"] == "安徽师范大学的工作亮点：共建实训室"
    assert told["next"] == "安徽师范大学：中期检查"
    texts = " ".join(report.parts.values_list("text", flat=True))
    assert "经费未到位" in texts and "统一选课" in texts
    assert "未审签的亮点" not in texts and "阜阳师范大学：" not in texts
