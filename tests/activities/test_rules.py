"""What the programme says of briefs: in time, complete, signed – without a database."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tizhi.pipeline.activities import rules
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.calendar.rules import Deadline, Workdays
from tizhi.pipeline.scheme.entries import Briefs
from tizhi.pipeline.scheme.models import Area

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Workdays()


def _complete(**given: object) -> Activity:
    ordinary = {
        "kind": "training",
        "title": "阿坝州初中数学骨干教师研修班（第二期）",
        "first_day": date(2026, 11, 19),
        "last_day": date(2026, 11, 21),
        "place": "四川省阿坝州汶川县",
        "area_id": 1,
        "text": "研修班在阿坝师范学院举办。",
        "details": {"trainees": 86, "hours": 24},
    }
    return Activity(**{**ordinary, **given})


# In time [四(四)]


def test_sent_on_the_last_day_is_in_time_one_minute_later_is_not():
    due = Deadline(date(2026, 11, 27))
    last_minute = datetime(2026, 11, 27, 23, 59, tzinfo=SHANGHAI)
    too_late = datetime(2026, 11, 28, 0, 0, tzinfo=SHANGHAI)
    assert rules.timeliness(due, last_minute, date(2026, 12, 31)).code == "in-time"
    assert rules.timeliness(due, too_late, date(2026, 12, 31)).words == "逾期1天"


def test_the_day_is_counted_in_china_not_in_greenwich():
    due = Deadline(date(2026, 11, 27))
    after_midnight_in_china = datetime(2026, 11, 27, 16, 30, tzinfo=ZoneInfo("UTC"))
    assert rules.timeliness(due, after_midnight_in_china, date(2026, 12, 1)).code == "late"


def test_what_is_not_sent_says_how_far_its_deadline_is():
    due = Deadline(date(2026, 11, 27))
    assert rules.timeliness(due, None, date(2026, 11, 23)).words == "还有4天"
    overdue = rules.timeliness(due, None, date(2026, 12, 2))
    assert (overdue.code, overdue.words) == ("overdue", "已逾期5天")


@pytest.mark.parametrize(
    ("last_day", "due"),
    [
        (date(2026, 11, 21), date(2026, 11, 27)),  # a Saturday: the week after
        (date(2026, 9, 30), date(2026, 10, 13)),  # National Day, and Saturday 10 October is worked
        (date(2026, 2, 13), date(2026, 2, 27)),  # Spring Festival, worked Saturday the 14th
        (date(2025, 12, 30), date(2026, 1, 7)),  # New Year, and Sunday 4 January is worked
    ],
)
def test_holidays_and_shifted_working_days_are_respected(last_day, due):
    assert CALENDAR.add(last_day, 5) == Deadline(due)


def test_a_deadline_in_an_unannounced_year_says_that_it_is_provisional():
    due = CALENDAR.add(date(2026, 12, 30), 5)
    assert due.note == "暂按周一至周五计算"
    assert rules.timeliness(due, None, date(2026, 12, 31)).due.provisional


def test_an_activity_belongs_to_the_quarter_of_its_last_day():
    over_the_year = _complete(first_day=date(2026, 12, 30), last_day=date(2027, 1, 2))
    assert rules.quarter(over_the_year).words == "2027年第一季度"


# Complete


def test_a_complete_brief_lacks_nothing():
    assert rules.missing(_complete(), 2, date(2026, 11, 23)) == {}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"first_day": None, "last_day": None}, "first_day"),
        ({"place": ""}, "place"),
        ({"area_id": None}, "area"),
        ({"text": "  \n "}, "text"),
        ({"details": {"trainees": 86}}, "hours"),
        ({"kind": "field-study", "details": {"team": 5}, "stage": ""}, "stage"),
        ({"last_day": date(2026, 11, 24)}, "last_day"),
    ],
)
def test_each_lack_is_named_at_its_field(given, field):
    assert list(rules.missing(_complete(**given), 2, date(2026, 11, 23))) == [field]


def test_zero_is_a_figure_and_nobody_present_is_not():
    assert rules.missing(_complete(details={"trainees": 0, "hours": 0}), 1, date(2026, 11, 23)) == {}
    assert list(rules.missing(_complete(), 0, date(2026, 11, 23))) == ["units"]


def test_an_online_activity_needs_no_place():
    assert rules.missing(_complete(place="", mode="online"), 1, date(2026, 11, 23)) == {}


# Signature, course


@pytest.mark.parametrize(
    ("briefs", "waits"),
    [(None, False), (Briefs(due_workdays=5), False), (Briefs(due_workdays=5, approved_by="office-head"), True)],
)
def test_the_scheme_says_whether_a_unit_signs_its_briefs(briefs, waits):
    assert rules.needs_approval(briefs) is waits


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("draft", ["now", "todo", "todo", "todo"]),
        ("returned", ["now", "todo", "todo", "todo"]),
        ("approving", ["done", "now", "todo", "todo"]),
        ("submitted", ["done", "done", "now", "todo"]),
        ("accepted", ["done", "done", "done", "now"]),
        ("published", ["done", "done", "done", "done"]),
    ],
)
def test_the_course_shows_what_is_done_who_has_it_and_what_comes(state, shown):
    from tizhi.pipeline.directory.models import Person
    from tizhi.pipeline.scheme.models import Unit

    activity = _complete(state=state, unit=Unit(name="阿坝师范学院"), writer=Person(name="示例·卓玛"))
    assert [step.state for step in rules.course(activity, with_approval=True)] == shown
    assert "本单位审签" not in [step.name for step in rules.course(_without_approval(activity), with_approval=False)]


def _without_approval(activity: Activity) -> Activity:
    if activity.state == "approving":
        activity.state = "submitted"
    return activity


# What the form proposes


def test_the_title_proposes_an_area_and_item():
    talent = Area(key="talent", name="人才队伍建设", items=["青年骨干教师培育", "干部教师交流"])
    basic = Area(key="basic-education", name="基础教育服务建设", items=["基础教育教师培训"])
    areas = [talent, basic]
    assert rules.propose(areas, "青年骨干教师研修班", "人员交流") == rules.Proposal(talent, "青年骨干教师培育")
    assert rules.propose(areas, "乡村小学数学骨干教师研修班", "培训") == rules.Proposal(basic, "基础教育教师培训")
    assert rules.propose(areas, "校领导会见", "会议") is None
    assert rules.propose([], "青年骨干教师研修班", "培训") is None


def test_a_visit_has_the_supported_school_as_host():
    part = rules.proposed_part
    assert part(visits=True, is_supported=True, is_own=False) == ActivityUnit.Part.HOST
    assert part(visits=True, is_supported=False, is_own=True) == ActivityUnit.Part.VISITOR
    assert part(visits=False, is_supported=False, is_own=True) == ActivityUnit.Part.HOST
    assert part(visits=False, is_supported=True, is_own=False) == ActivityUnit.Part.ATTENDING
