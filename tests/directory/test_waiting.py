"""What waits for those who keep people: terms that end, units nobody can be reached in."""

from datetime import date

import pytest

from tests import make
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import waiting_for

pytestmark = pytest.mark.django_db


def todos(persona):
    return [(one.verb, one.title) for one in waiting_for(make.actor(persona))]


def test_an_end_is_announced_a_month_ahead_until_there_is_a_successor():
    make.bnu(), make.persona("office-head")
    held = make.appointment("vice-president")
    assert todos("office-head") == []
    for ends, expected in ((date(2026, 12, 24), []), (date(2026, 12, 23), [("安排接任", "高远任分管校领导即将到期")])):
        Appointment.objects.filter(pk=held.pk).update(ends=ends)
        assert todos("office-head") == expected
    successor = make.person("赵晓", "安徽师范大学")
    make.appoint(successor, cluster=make.bnu(), post=held.post, unit=held.unit, begins=date(2026, 12, 24))
    assert todos("office-head") == []


def test_the_secretariat_hears_of_seats_that_fall_free():
    make.bnu()
    expert = make.appointment("expert")
    Appointment.objects.filter(pk=expert.pk).update(ends=date(2026, 12, 1))
    assert ("安排接任", "钱文任委员即将到期") in todos("secretariat")
    assert todos("expert") == []


def test_the_secretariat_hears_of_units_nobody_can_be_reached_in():
    make.bnu()
    waiting = todos("secretariat")
    assert ("任命联系人", "阜阳师范大学尚无可联系的负责同志或工作人员") in waiting
    assert not [title for _, title in waiting if "教育部" in title.replace("教育厅", "")]
    make.person("赵晓", "阜阳师范大学", post="liaison")
    assert ("任命联系人", "阜阳师范大学尚无可联系的负责同志或工作人员") not in todos("secretariat")


@pytest.mark.parametrize("who", ["nobody", "administrator", "expert", "ministry"])
def test_nothing_waits_for_who_keeps_nobody(who):
    make.bnu()
    assert todos(who) == []
