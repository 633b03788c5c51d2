"""The office keeps the calendar, and nobody else."""

from datetime import date

import pytest

from tizhi.base.audit.models import Entry
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.kit.memory import remembered
from tizhi.pipeline.calendar import queries
from tizhi.pipeline.calendar.actions import clear_day, import_days, mark_day
from tizhi.pipeline.calendar.models import DayMark
from tizhi.pipeline.calendar.notice import read

pytestmark = pytest.mark.django_db
OFFICE = Actor(name="周岚", post_words="主任", cluster_id=1, powers=frozenset({"secretariat"}))
ADMINISTRATOR = Actor(name="管理员", is_administrator=True)
LIAISON = Actor(name="陈立", cluster_id=1, powers=frozenset({"report-unit"}))
FRIDAY = date(2027, 1, 1)


@pytest.mark.parametrize("keeper", [OFFICE, ADMINISTRATOR])
def test_a_mark_changes_every_deadline_and_can_be_taken_back(keeper):
    mark_day(keeper, FRIDAY, is_workday=False, name="元旦")
    assert not queries.is_workday(FRIDAY)
    assert queries.add_workdays(date(2026, 12, 31), 1).day == date(2027, 1, 4)
    assert queries.workdays_between(date(2026, 12, 31), date(2027, 1, 4)) == 1

    mark_day(keeper, FRIDAY, is_workday=True)
    assert queries.is_workday(FRIDAY) and DayMark.objects.count() == 1

    clear_day(keeper, DayMark.objects.get())
    assert queries.add_workdays(date(2026, 12, 31), 1).day == FRIDAY
    labels = [entry.label for entry in queries.history()]
    assert labels == ["撤销工作日登记", "登记工作日", "登记工作日"]


def test_nobody_else_may():
    with pytest.raises(Denied):
        mark_day(LIAISON, FRIDAY, is_workday=False)
    assert not DayMark.objects.exists()


def test_the_notice_is_entered_in_one_act():
    marks = read("元旦：1月1日（周五）至3日（周日）放假。\n国庆节：10月1日至7日放假。10月9日上班。", 2027).marks
    import_days(OFFICE, 2027, marks=marks)
    assert DayMark.objects.count() == 11
    assert queries.workdays().is_announced(2027)
    entry = Entry.objects.get(code="calendar.import_days")
    assert (entry.label, len(entry.parts)) == ("导入放假安排", 11)


def test_a_notice_of_another_year_is_refused_as_a_whole():
    marks = read("2025年1月1日 休息\n2027年1月1日 休息", 2027).marks
    with pytest.raises(RuleBroken, match="2025年"):
        import_days(OFFICE, 2027, marks=marks)
    with pytest.raises(RuleBroken, match="没有读到日期"):
        import_days(OFFICE, 2027, marks=[])
    assert not DayMark.objects.exists()


def test_inside_one_request_the_calendar_is_read_once_and_a_change_is_seen(django_assert_num_queries):
    with remembered():
        with django_assert_num_queries(1):
            assert queries.is_workday(FRIDAY)
            queries.add_workdays(FRIDAY, 30)
        mark_day(OFFICE, FRIDAY, is_workday=False)
        assert not queries.is_workday(FRIDAY)
