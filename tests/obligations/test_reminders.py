"""提醒: on the scheme's days, once each, to whom it concerns; never of what is done, excused or past help [I3]."""

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.obligations.build import STARTS, VISIT, at, brief, handed_in, holder, line_of, since_the_start, visit
from tests.scheme.thirty import thirty_text
from tizhi.base.kit import clock
from tizhi.base.notices.models import Notice
from tizhi.config.timetable import TIMETABLE
from tizhi.pipeline.directory import actions as directory
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import queries, reminders
from tizhi.pipeline.obligations.jobs import remind, remind_in
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.scheme.models import Cluster, Member

pytestmark = pytest.mark.django_db
INPUT, PERIOD = "quarterly-input", "2026Q4"


@pytest.fixture
def people():
    """A liaison and an office head of 安徽师范大学, and the cluster office."""
    since_the_start()
    for name in ("liaison", "office-head", "secretariat"):
        make.persona(name)


def owed() -> Line:
    """The input of the fourth quarter that 安徽师范大学 owes: reminded 5 and 1 days before, escalated 3 and 7 after."""
    return line_of(INPUT, period=PERIOD)


def ran(day: date) -> list[tuple[str, str]]:
    """Who is newly told about that input, and at which stage, when the job runs on `day`."""
    before = set(about(owed()).values_list("pk", flat=True))
    with clock.at(day):
        remind_in(make.bnu())
    return sorted((one.key.rpartition("|")[2], one.name) for one in about(owed()).exclude(pk__in=before))


def about(line: Line):
    return reminders.told_about(make.bnu(), line)


def days_from_due(*numbers: int) -> list[date]:
    due = owed().due
    return [due + timedelta(days=n) for n in numbers]


def test_each_stage_is_told_once_on_its_day_and_a_step_higher_each_time(people):
    told = {day: found for day in days_from_due(*range(-7, 10)) if (found := ran(day))}
    first, second, third, fourth = days_from_due(-5, -1, 3, 7)
    assert told == {
        first: [("remind-5", "孙涛")],
        second: [("remind-1", "孙涛")],
        third: [("escalate-3", "周岚"), ("escalate-3", "孙涛")],
        fourth: [("escalate-7", "周岚"), ("escalate-7", "孙涛"), ("escalate-7", "王敏")],
    }


def test_a_duty_of_a_year_is_reminded_of_ninety_thirty_and_seven_days_before(people):
    line = line_of(VISIT)
    told = []
    for left in (91, 90, 89, 31, 30, 8, 7, 6, 0, -1, -8):
        with clock.at(line.due - timedelta(days=left)):
            remind_in(make.bnu())
            told.append(about(line).count())
    assert told == [0, 1, 1, 1, 2, 2, 3, 3, 3, 3, 3]
    assert {one.name for one in about(line)} == {"孙涛"}


def test_what_is_still_to_come_is_said_beside_the_line(people):
    line = line_of(VISIT)
    assert reminders.upcoming(line) == ["12月1日将自动提醒（到期前30天）", "12月24日将自动提醒（到期前7天）"]
    visit(date(2026, 11, 10))
    assert reminders.upcoming(line_of(VISIT)) == []


def test_a_missed_day_is_made_up_for_with_the_latest_stage_only(people):
    before, after = days_from_due(0, 8)
    assert ran(before) == [("remind-1", "孙涛")]
    assert {stage for stage, _ in ran(after)} == {"escalate-7"}


def test_running_twice_tells_nobody_twice(people):
    (day,) = days_from_due(-5)
    with clock.at(day):
        assert remind_in(make.bnu()) > 0
        count = Notice.objects.count()
        assert remind_in(make.bnu()) == 0
        remind.call()
    assert Notice.objects.count() == count


def test_what_was_late_long_before_anybody_looked_is_told_to_nobody(people):
    last, beyond = days_from_due(7 + reminders.CATCH_UP, 8 + reminders.CATCH_UP)
    assert ran(beyond) == []
    assert {stage for stage, _ in ran(last)} == {"escalate-7"}


def test_what_is_done_or_excused_is_not_reminded_of(people):
    (day,) = days_from_due(-1)
    line = owed()
    waiver = Waiver(cluster=make.bnu(), unit_id=line.who.unit_id, instance=line.key, about=line.rule.name)
    filings.waive(make.actor("secretariat"), waiver, note="学校合并")
    assert ran(day) == []
    filings.lift_waiver(make.actor("secretariat"), waiver)
    handed_in(PERIOD, date(2026, 11, 20))
    assert owed().state.word == "已完成"
    assert ran(day) == []


def test_a_visit_is_reminded_of_until_it_is_made(people):
    line = line_of(VISIT)
    remind_in(make.bnu())
    assert [one.name for one in about(line)] == ["孙涛"]
    visit(date(2026, 11, 10))
    with clock.at(date(2026, 12, 28)):
        remind_in(make.bnu())
    assert about(line).count() == 1


def test_nothing_is_told_of_what_has_no_place_yet_is_nil_or_can_be_helped_no_more(people):
    brief(date(2026, 10, 8), sent_at=at(date(2026, 11, 20)), submitted_at=at(date(2026, 11, 20)))
    late = line_of("timely-brief", period=PERIOD)
    assert (late.state.word, late.waits) == ("逾期", False)
    assert line_of("individual-project").state.word == "尚未启用"
    for day in (date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 20)):
        with clock.at(day):
            remind_in(make.bnu())
    told = "".join(Notice.objects.values_list("key", flat=True))
    assert "timely-brief" not in told and "individual-project" not in told


def test_where_nobody_is_in_post_the_next_higher_hears_of_it():
    since_the_start()
    make.persona("secretariat")
    first, second = days_from_due(-5, -1)
    assert ran(first) == [("remind-5", "王敏")]
    make.persona("office-head")
    assert ran(second) == [("remind-1", "周岚")]


def test_where_there_is_no_head_the_cluster_office_hears_of_what_goes_a_step_higher():
    since_the_start()
    for name in ("liaison", "secretariat"):
        make.persona(name)
    before, after = days_from_due(-5, 3)
    assert ran(before) == [("remind-5", "孙涛")]
    assert ran(after) == [("escalate-3", "孙涛"), ("escalate-3", "王敏")]


def test_who_comes_into_the_post_hears_of_what_was_told_to_the_one_before(people):
    first, second, third = days_from_due(-5, -4, -3)
    assert ran(first) == [("remind-5", "孙涛")]
    held = make.appointment("liaison")
    held.ends = first
    held.save()
    holder("接任", post="liaison", begins=second)
    assert ran(second) == [("remind-5", "接任")]
    assert ran(third) == []


def test_who_is_to_come_later_hears_of_nothing_yet(people):
    first, later = days_from_due(-5, 30)
    holder("后任", post="liaison", begins=later)
    assert ran(first) == [("remind-5", "孙涛")]


def test_who_was_taken_off_the_list_hears_of_nothing_from_the_same_hour(people):
    (day,) = days_from_due(-5)
    with clock.at(day):
        directory.close_person(make.actor("office-head"), make.appointment("liaison").person, note="调离")
    assert ran(day) == [("remind-5", "周岚")]


def test_who_has_left_the_post_hears_of_nothing(people):
    holder("前任", post="liaison", ends=date(2026, 6, 30))
    (day,) = days_from_due(-5)
    assert ran(day) == [("remind-5", "孙涛")]


def test_what_a_body_owes_is_told_to_who_sits_in_it(people):
    report = line_of("quarterly-report", None, period=PERIOD)
    assert report.who.is_body
    with clock.at(report.due - timedelta(days=10)):
        remind_in(make.bnu())
    assert [one.name for one in about(report)] == ["王敏"]


def test_the_notice_says_what_how_far_by_which_rule_and_leads_to_its_line(client, people):
    remind_in(make.bnu())
    notice = about(line_of(VISIT)).get()
    assert "（阜阳师范大学）" in notice.title and "还有38天" in notice.title
    assert notice.text.endswith("到期前90天自动提醒。")
    assert make.signed_in(client, "liaison").get(notice.url).status_code == 200


def test_a_morning_costs_the_same_for_eight_universities_and_for_thirty():
    eight = since_the_start()
    with clock.at(STARTS):
        thirty = make.cluster_of("thirty", thirty_text())
    with clock.at(date(2026, 12, 31)):
        (few, told_few), (many, told_many) = _cost(eight), _cost(thirty)
    assert 0 < told_few < told_many
    assert few == many <= 45


def _cost(cluster: Cluster) -> tuple[int, int]:
    """How many queries it takes to know whom to tell, where every university has a head; how many that are."""
    for member in Member.objects.filter(cluster=cluster, unit__kind="university").select_related("unit"):
        holder(f"{cluster.key}{member.key}", member.unit.name, "office-head", cluster=cluster)
    queries.of_now(cluster)  # the schemes' texts are read once in a process
    with CaptureQueriesContext(connection) as asked:
        told = reminders.due_now(queries.of_now(cluster))
    return len(asked), len(told)


def test_it_runs_every_morning_at_eight():
    (line,) = [one for one in TIMETABLE if one.job is remind]
    assert line.at == time(8, 0)


def test_many_duties_ask_as_many_queries_as_few(people):
    staged = [(line, reminders.urged(clock.today())) for line in (line_of(VISIT), owed())]
    counts = []
    for some in (staged[:1], staged * 20):
        with CaptureQueriesContext(connection) as asked:
            reminders.reminders(make.bnu(), some)
        counts.append(len(asked))
    assert counts[0] == counts[1]
