"""我校收到的支持: what a supported school received this quarter and was promised, on its first page [L1]."""

from datetime import date

import pytest

from tests import make
from tests.agenda.planned import plan
from tests.obligations.build import OTHER_SCHOOL, SCHOOL, brief, since_the_start
from tizhi.pipeline.agenda import actions as agenda

pytestmark = pytest.mark.django_db
LEAD = "北京师范大学"
WITH_LEAD = ((OTHER_SCHOOL, "host"), (LEAD, "visitor"))


def given(client, who: str = "supported-school") -> tuple[str, str]:
    """The two sections of the desk: received, promised."""
    since_the_start()
    told = make.signed_in(client, who).get("/").content.decode()
    received = told.split("我校收到的支持")[1]
    received, promised = received.split("已向我校承诺")
    return received, promised.split("最近动态")[0]


def test_a_school_sees_what_it_received_and_who_reported_it(client):
    since_the_start()
    brief(date(2026, 11, 10), of=LEAD, title="赴青海师范大学送培", units=WITH_LEAD)
    brief(date(2026, 11, 12), of=OTHER_SCHOOL, title="与北京师范大学联合教研", units=WITH_LEAD, state="accepted")
    received, _ = given(client)
    assert "赴青海师范大学送培" in received and "北京师范大学报送" in received
    assert "与北京师范大学联合教研" in received and "青海师范大学报送" in received


def test_what_is_not_accepted_lies_in_another_quarter_or_was_for_others_is_not_told(client):
    since_the_start()
    brief(date(2026, 11, 10), of=LEAD, title="待接收的", units=WITH_LEAD, state="submitted")
    brief(date(2026, 9, 10), of=LEAD, title="上一季度的", units=WITH_LEAD)
    brief(date(2026, 11, 10), title="给阜阳的")
    received, _ = given(client)
    assert not [title for title in ("待接收的", "上一季度的", "给阜阳的") if title in received]
    assert "本季度还没有已接收的活动" in received


def test_what_a_school_did_by_itself_is_no_support(client):
    since_the_start()
    brief(date(2026, 11, 10), of=OTHER_SCHOOL, title="本校自办的培训", units=((OTHER_SCHOOL, "host"),))
    received, _ = given(client)
    assert "本校自办的培训" not in received


def test_a_school_sees_what_others_have_planned_for_it_and_not_its_own_plans(client):
    since_the_start()
    make.liaison_of(make.unit(LEAD), make.bnu())
    lead = make.actor(make.liaison_of(make.unit(LEAD), make.bnu()).user)
    plan("校领导实地调研青海师范大学", by=lead, of=LEAD, with_=OTHER_SCHOOL)
    given_up = plan("已取消的", by=lead, of=LEAD, with_=OTHER_SCHOOL)
    agenda.cancel_item(lead, given_up, note="行程冲突")
    plan("过去的", by=lead, of=LEAD, with_=OTHER_SCHOOL, first_day=date(2026, 11, 3), last_day=date(2026, 11, 4))
    plan("自己的", by="supported-school", of=OTHER_SCHOOL, with_=LEAD)
    plan("给阜阳的")
    _, promised = given(client)
    assert "校领导实地调研青海师范大学" in promised and "12月9日至10日" in promised and LEAD in promised
    assert not [title for title in ("已取消的", "过去的", "自己的", "给阜阳的") if title in promised]


def test_nothing_received_and_nothing_promised_is_said(client):
    received, promised = given(client)
    assert "本季度还没有已接收的活动" in received and "结对院校还没有登记下一步的安排" in promised


def test_the_other_school_of_the_cluster_sees_its_own(client):
    since_the_start()
    brief(date(2026, 11, 10), title="给阜阳的")
    make.person("罗刚", SCHOOL, post="vice-president")
    told = make.signed_in(client, make.person("罗敏", SCHOOL, post="liaison").user).get("/").content.decode()
    assert "给阜阳的" in told.split("我校收到的支持")[1].split("已向我校承诺")[0]
