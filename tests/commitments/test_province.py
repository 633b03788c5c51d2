"""本省工作: what a department finds of its schools on one page, whatever the province looks like."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.scheme.applied import apply
from tests.scheme.writing import changed
from tizhi.base.kit.periods import parse
from tizhi.pipeline.agenda.models import PlannedItem, PlannedUnit
from tizhi.pipeline.commitments.models import Commitment
from tizhi.pipeline.desk.province import Counts, province
from tizhi.pipeline.filings.models import UnitInput

from .building import DEPARTMENT, commitment, department_liaison, progress

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _cluster():
    make.bnu()


def address(department: str = DEPARTMENT) -> str:
    return f"/commitments/province/{make.unit(department).pk}/"


def schools(actor="department", department: str = DEPARTMENT, day: date = TODAY) -> dict:
    cluster = make.bnu()
    told = province(make.actor(actor), cluster, make.unit(department), day)
    return {school.unit.name: school for school in told.schools}


def planned(title: str, first: date, unit: str = "安徽师范大学", school: str = "阜阳师范大学", **given) -> PlannedItem:
    who = make.liaison_of(make.unit(unit), make.bnu())
    at = make.timezone.now()
    columns = {
        "first_day": first,
        "last_day": first,
        "promised_first": first,
        "promised_last": first,
        "kind": "meeting",
    }
    made = PlannedItem.objects.create(
        cluster=make.bnu(), unit=make.unit(unit), title=title, writer=who, created_at=at, changed_at=at,
        **{**columns, **given},
    )  # fmt: skip
    PlannedUnit.objects.create(planned=made, unit=make.unit(school))
    return made


def test_a_provinces_schools_are_told_with_role_and_partner():
    told = schools()
    assert list(told) == ["安徽师范大学", "阜阳师范大学"]
    helper, helped = told.values()
    assert (helper.roles, [unit.name for unit in helper.supports]) == (["重点联系院校"], ["阜阳师范大学"])
    assert (helped.roles, [unit.name for unit in helped.supported_by]) == (["重点支持院校"], ["安徽师范大学"])
    assert [unit.name for unit in schools(department="四川省教育厅")["阿坝师范学院"].supported_by] == ["西北师范大学"]


def test_activities_of_the_quarter_and_the_year_are_counted_as_sent_accepted_and_joined():
    make.activity(state="published")
    make.activity(state="submitted")
    make.activity(state="draft")
    own = (("阜阳师范大学", "host"),)
    make.activity("阜阳师范大学", state="accepted", units=own, last_day=date(2026, 3, 2), first_day=date(2026, 3, 2))
    make.activity(state="published", last_day=date(2025, 12, 31), first_day=date(2025, 12, 31))
    told = schools()
    assert told["安徽师范大学"].quarter == Counts(sent=2, accepted=1, joined=0)
    assert told["阜阳师范大学"].quarter == Counts(sent=0, accepted=0, joined=1)
    assert told["阜阳师范大学"].year == Counts(sent=1, accepted=1, joined=1)
    before = schools(day=date(2025, 12, 31))
    assert before["安徽师范大学"].year == Counts(sent=1, accepted=1, joined=0)


def test_the_last_visit_is_the_last_one_that_somebody_made():
    visit = (("阜阳师范大学", "host"), ("安徽师范大学", "visitor"))
    make.activity(
        state="published", title="三月来访", units=visit, first_day=date(2026, 3, 2), last_day=date(2026, 3, 2)
    )
    make.activity(
        state="published", title="九月来访", units=visit, first_day=date(2026, 9, 2), last_day=date(2026, 9, 3)
    )
    make.activity(state="submitted", title="未接收的来访", units=visit)
    make.activity(state="published", title="线上研讨", units=(("阜阳师范大学", "host"), ("安徽师范大学", "attending")))
    told = schools()
    assert told["阜阳师范大学"].visit.title == "九月来访"
    assert told["安徽师范大学"].visit is None
    assert schools(day=date(2026, 5, 1))["阜阳师范大学"].visit.title == "三月来访"


def test_what_is_planned_next_is_what_others_mean_to_do_and_have_not_given_up():
    planned("已过去", date(2026, 11, 1))
    planned("已取消", date(2026, 11, 25), cancelled_at=make.timezone.now())
    planned("已报动态", date(2026, 11, 26), activity=make.activity(state="submitted"))
    planned("明年的", date(2027, 1, 5))
    planned("下一次", date(2026, 12, 3))
    planned("本校自办", date(2026, 11, 28), unit="阜阳师范大学", school="安徽师范大学")
    told = schools()
    assert told["阜阳师范大学"].planned.title == "下一次"
    assert told["安徽师范大学"].planned.title == "本校自办"


def test_the_quarters_input_is_handed_in_or_not():
    UnitInput.objects.create(cluster=make.bnu(), unit=make.unit("阜阳师范大学"), period="2026Q3", state="handed-in")
    told = schools()
    assert told["阜阳师范大学"].asked.is_received and not told["安徽师范大学"].asked.is_received
    later = province(make.actor("department"), make.bnu(), make.unit(DEPARTMENT), date(2026, 12, 25))
    assert later.handed == parse("2026Q4")


def test_contacts_are_complete_when_each_wanted_post_is_held_by_somebody_who_can_be_reached(client):
    make.person("罗刚", "阜阳师范大学", post="liaison", phone="13800001234")
    make.person("吕梅", "阜阳师范大学", post="office-head")
    school = schools()["阜阳师范大学"]
    assert school.vacant + school.unreachable == len(school.contacts) - 1
    make.signed_in(client, "department")
    assert "空缺" in client.get(address()).content.decode()


def test_the_page_tells_it_all_to_the_departments_people_and_who_reads_the_cluster(client):
    progress(commitment(due=date(2026, 12, 1)), amount=120)
    make.activity(state="published", title="九月来访", units=(("阜阳师范大学", "host"), ("安徽师范大学", "visitor")))
    for who in (make.persona("department"), department_liaison(), make.persona("secretariat")):
        make.signed_in(client, who)
        text = client.get(address()).content.decode()
        for words in ("安徽省教育厅 · 本省工作", "2所院校", "九月来访", "支持建设学前教育实训中心", "40%", "还有8天"):
            assert words in text, words
    for who in ("liaison", "supported-school", "expert", "ministry", "outsider", "administrator"):
        make.signed_in(client, who)
        assert client.get(address()).status_code == 404
    make.signed_in(client, "department")
    assert client.get(address("四川省教育厅")).status_code == 404
    assert client.get(address("安徽师范大学")).status_code == 404


def test_the_page_stands_as_of_a_day(client):
    make.bnu()
    apply(changed(("unit[fynu].province", "江苏省")), begins=date(2026, 9, 1))
    make.signed_in(client, "department")
    assert "1所院校" in client.get(address()).content.decode()
    assert client.get(address(), {"on": "昨天"}).status_code == 200
    assert "0所院校" in client.get(address(), {"on": "2020-01-01"}).content.decode()
    assert client.get(address(), {"on": "2022-04-01"}).status_code == 200


def test_a_province_without_schools_has_a_page_that_says_so(client):
    text = make.real_text().replace('province = "青海省"\nregions', 'province = "甘肃省"\nregions')
    cluster = make.cluster_of("bnu", text)
    make.signed_in(client, make.person("才仁", "青海省教育厅", post="department-leader", cluster=cluster).user)
    page = client.get("/commitments/province/", follow=True)
    assert page.status_code == 200 and "本省在本组团没有成员院校" in page.content.decode()
    make.signed_in(client, "supported-school")
    assert client.get(f"/cluster/units/{make.unit('青海师范大学').pk}/").status_code == 200


def test_it_costs_the_same_for_one_school_and_for_many(client):
    make.signed_in(client, "department").get(address())

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address()).status_code == 200
        return len(caught)

    visit = (("阜阳师范大学", "host"), ("安徽师范大学", "visitor"))
    progress(commitment(schools=("阜阳师范大学",)), amount=10)
    make.activity(state="published", units=visit), planned("下一次", date(2026, 12, 3))
    few = cost()
    moved = changed(
        *((f"unit[{key}].province", "安徽省") for key in ("bnu", "nwnu", "sicnu", "qhnu", "abtu", "xcmzyz"))
    )
    make.cluster_of("bnu", moved, begins=date(2026, 9, 1))
    for name in ("青海师范大学", "阿坝师范学院"):
        make.activity(name, state="published", units=((name, "host"), ("安徽师范大学", "visitor")))
        planned(f"去{name}", date(2026, 12, 4), school=name)
        progress(commitment(schools=(name,)), amount=20)
    assert "8所院校" in client.get(address()).content.decode()
    assert cost() == few


def test_a_department_of_two_clusters_reads_each_cluster_for_itself(client):
    commitment(title="本组团的承诺")
    text = changed(("cluster.id", "other"), ("cluster.name", "另一组团"))
    other = make.cluster_of("other", text)
    make.signed_in(client, make.person("沈冰", DEPARTMENT, post="liaison", cluster=other).user)
    page = client.get("/commitments/province/", follow=True).content.decode()
    assert "另一组团" in page and "本组团的承诺" not in page
    assert Commitment.objects.count() == 1
