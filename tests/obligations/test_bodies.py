"""组建机构: a body is formed by its first member, is none when all have left, has to be as many as asked [四(一)]."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import LEAD, PARTNER, STARTS, line_of, score_of, since_the_start, state_of, under
from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.scheme.actions import found_group
from tizhi.pipeline.scheme.models import Body

pytestmark = pytest.mark.django_db

PAIR, GROUP, BODIES = "pair-office", "project-group", "bodies"
OFFICE = "安徽师范大学小组团办公室"


def seated(name: str, words: str, begins: date | None = STARTS, ends: date | None = None, unit: str = PARTNER):
    """Somebody in a seat such as 安徽师范大学小组团办公室主任."""
    made = make.person(name, unit)
    return make.appoint(made, cluster=make.bnu(), seat=make.seat_of(make.bnu(), words, made.unit), begins=begins,
                        ends=ends)  # fmt: skip


def test_a_pair_office_is_formed_with_its_first_member():
    since_the_start()
    assert state_of(PAIR) == "逾期"
    seated("程璐", f"{OFFICE}联络员", date(2022, 6, 30))
    seated("吴桐", f"{OFFICE}主任", date(2022, 9, 1))
    line = line_of(PAIR)
    assert (line.state.word, line.finding.on, line.finding.note) == ("已完成", date(2022, 6, 30), "2022年6月30日组建")
    assert state_of(PAIR, "西北师范大学") == "逾期"


def test_one_formed_after_its_day_is_done_and_says_how_late():
    since_the_start()
    seated("程璐", f"{OFFICE}主任", date(2022, 7, 5))
    line = line_of(PAIR)
    assert (line.state.word, line.finding.note) == ("已完成", "逾期5天")


def test_it_stays_formed_in_time_when_others_follow_the_first_member():
    since_the_start()
    seated("程璐", f"{OFFICE}主任", date(2022, 5, 1), date(2025, 12, 31))
    seated("吴桐", f"{OFFICE}主任", date(2026, 3, 1))
    line = line_of(PAIR)
    assert (line.state.word, line.finding.note) == ("已完成", "2022年5月1日组建")
    assert state_of(PAIR, as_of=date(2026, 2, 1)) == "逾期"  # nobody sat in it then


def test_it_is_none_any_more_when_the_last_member_has_left():
    since_the_start()
    seated("程璐", f"{OFFICE}主任", ends=date(2026, 10, 31))
    assert state_of(PAIR) == "逾期"
    assert state_of(PAIR, as_of=date(2026, 10, 31)) == "已完成"
    records = queries.behind(make.actor("secretariat"), queries.of_now(make.bnu()), line_of(PAIR))
    assert [(record.title, record.why_not) for record in records] == [(OFFICE, "尚无成员")]


def test_one_who_was_there_from_the_beginning_has_no_first_day():
    since_the_start()
    seated("程璐", f"{OFFICE}主任", begins=None)
    assert (state_of(PAIR), line_of(PAIR).finding.on) == ("已完成", STARTS)


def test_an_appointment_still_to_begin_forms_nothing_yet():
    since_the_start()
    seated("程璐", f"{OFFICE}主任", begins=date(2026, 12, 1))
    assert state_of(PAIR) == "逾期"
    with clock.at(date(2026, 12, 1)):
        assert state_of(PAIR) == "已完成"


def test_the_lead_forms_three_bodies_and_is_done_with_the_last():
    since_the_start()
    seated("王敏", "大组团办公室主任", date(2022, 4, 20), unit=LEAD)
    seated("钱文", "专家委员会委员", date(2022, 5, 20), unit=LEAD)
    assert (state_of(BODIES, LEAD), score_of(BODIES, LEAD)) == ("逾期", (2, 3))
    seated("林致远", "领导小组组长", date(2022, 6, 20), unit=LEAD)
    assert (state_of(BODIES, LEAD), line_of(BODIES, LEAD).finding.on) == ("已完成", date(2022, 6, 20))


def test_one_project_group_too_few_is_not_enough():
    under(("obligation[project-group].count", 2))
    make.persona("project-group")
    assert (state_of(GROUP, OFFICE), score_of(GROUP, OFFICE)) == ("逾期", (1, 2))
    office = Body.objects.get(cluster=make.bnu(), name=OFFICE)
    second = found_group(make.actor("secretariat"), office, declared=GROUP, name="课程建设项目组")
    assert score_of(GROUP, OFFICE) == (1, 2)  # it has nobody yet
    person = make.person("许真", PARTNER)
    Appointment.objects.create(cluster=make.bnu(), person=person, seat=second.seats.first(), begins=clock.today())
    line = line_of(GROUP, OFFICE)
    assert (line.state.word, line.finding.on) == ("已完成", clock.today())


def test_the_group_of_another_university_does_not_count():
    since_the_start()
    make.persona("project-group")
    assert state_of(GROUP, OFFICE) == "已完成"
    assert state_of(GROUP, "西北师范大学小组团办公室") == "逾期"
