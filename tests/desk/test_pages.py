"""工作台: each role finds its own on the first page, at a constant price; a leader's year stands on one page."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.agenda.planned import plan
from tests.obligations.build import VISIT, at, brief, line_of, since_the_start, visit
from tizhi.pipeline.activities.leaders import Leader

pytestmark = pytest.mark.django_db

ALWAYS = ("等我处理", "最近动态", "本季报送", "近期日程")
OF_UNIT, OF_BODY = "本单位应办", "本机构应办"
PRESSING, WHOLE, BOARD, RECEIVED, LEADERS = "逾期与临期", "全组团，按期限排列", "打开总表", "我校收到的支持", "一页通"
SHOWN = {
    "secretariat": (PRESSING, WHOLE, BOARD),
    "leading-group": (PRESSING, WHOLE, BOARD),
    "pair-office": (PRESSING,),
    "project-group": (PRESSING,),
    "cluster-office-member": (PRESSING,),
    "expert": (PRESSING,),  # 及时问诊 is the committee's
    "liaison": (PRESSING, LEADERS),
    "office-head": (PRESSING, LEADERS),
    "vice-president": (PRESSING, LEADERS),
    "secretary": (PRESSING, LEADERS),
    "supported-school": (PRESSING, RECEIVED),
    "department": (PRESSING, LEADERS),
}


def desk_of(client, who: str) -> str:
    answer = make.signed_in(client, who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def queries_of(client, address: str = "/") -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("who", SHOWN)
def test_each_role_finds_its_own_and_nothing_of_others(client, who):
    since_the_start()
    for name in ("vice-president", "liaison", who):
        make.persona(name)
    told = desk_of(client, who)
    words = (PRESSING, WHOLE, BOARD, RECEIVED, LEADERS)
    assert {word for word in words if word in told} == set(SHOWN[who])
    assert all(word in told for word in ALWAYS)


@pytest.mark.parametrize(
    ("who", "scope"),
    [("liaison", OF_UNIT), ("pair-office", OF_UNIT), ("department", OF_UNIT), ("cluster-office-member", OF_BODY)],
)
def test_what_presses_is_of_the_unit_one_works_for_or_of_the_body_one_sits_in(client, who, scope):
    since_the_start()
    told = desk_of(client, who)
    assert [one for one in (OF_UNIT, OF_BODY, WHOLE) if one in told] == [scope]


def test_who_sits_in_the_cluster_office_is_shown_what_it_owes_and_not_what_the_own_school_owes(client):
    since_the_start()
    told = desk_of(client, "cluster-office-member")
    assert "按季度汇总报送组团工作开展情况" in told and "报送本季度亮点" not in told


def test_a_pair_office_is_shown_what_its_school_owes_too(client):
    since_the_start()
    office, liaison = (desk_of(client, who).count("报送本季度亮点") for who in ("pair-office", "liaison"))
    assert office > liaison > 0


def test_what_is_past_help_is_counted_apart_from_what_can_be_done(client):
    since_the_start()
    make.persona("liaison")
    plain = desk_of(client, "liaison")
    assert "无法补办" not in plain
    brief(date(2026, 10, 8), sent_at=at(date(2026, 11, 20)), submitted_at=at(date(2026, 11, 20)))
    told = desk_of(client, "liaison")
    assert "另有1项已逾期、无法补办" in told
    overdue = re.compile(r'履约事项逾期 <b class="is-late">(\d+)</b>')
    assert overdue.findall(told) == overdue.findall(plain) != []


def test_the_secretariat_urges_from_the_desk_and_nobody_else(client):
    since_the_start()
    urge = reverse("obligations:urge")
    assert f"{urge}?key=" in desk_of(client, "secretariat")
    for who in ("liaison", "leading-group", "vice-president"):
        assert urge not in desk_of(client, who)


def test_the_ministry_and_administrators_are_led_to_what_is_theirs(client):
    make.bnu()
    assert make.signed_in(client, "ministry").get("/").url == reverse("cluster:overview")
    assert make.signed_in(client, "administrator").get("/").url == reverse("system:accounts")


@pytest.mark.parametrize("who", ["secretariat", "liaison", "vice-president"])
def test_many_rows_cost_as_many_queries_as_few(client, who):
    since_the_start()
    browser = make.signed_in(client, who)

    def more(count: int) -> None:
        for _ in range(count):
            for state in ("draft", "approving", "submitted", "published"):
                make.activity(state=state)
            plan(first_day=date(2026, 12, 1), last_day=date(2026, 12, 2))

    more(2)
    browser.get("/")
    few = queries_of(browser)
    more(8)
    assert queries_of(browser) == few


def test_the_secretariats_desk_asks_little(client):
    since_the_start()
    for state in ("submitted", "accepted", "published"):
        make.activity(state=state)
    plan()
    browser = make.signed_in(client, "secretariat")
    browser.get("/")
    assert queries_of(browser) <= 25


# One page for a leader


@pytest.mark.parametrize("who", ["vice-president", "secretary", "office-head", "liaison", "secretariat"])
def test_a_leaders_page_is_open_to_the_leader_and_who_works_for_it(client, who):
    since_the_start()
    held = make.appointment("vice-president")
    answer = make.signed_in(client, who).get(reverse("desk:leader", args=[held.pk]))
    assert answer.status_code == 200
    told = answer.content.decode()
    assert all(word in told for word in ("高远", "2026年应办", "近期行程", "待签文件"))
    assert "实地" in told and "阜阳师范大学" in told


@pytest.mark.parametrize(
    "who", ["supported-school", "expert", "pair-office", "department", "leading-group", "ministry", "outsider"]
)
def test_for_others_there_is_no_such_page(client, who):
    since_the_start()
    held = make.appointment("vice-president")
    browser = make.signed_in(client, who)
    assert browser.get(reverse("desk:leader", args=[held.pk])).status_code == 404


def test_one_leader_is_led_to_directly_and_the_office_sees_the_list(client):
    since_the_start()
    held = make.appointment("vice-president")
    address = reverse("desk:leader", args=[held.pk])
    for who in ("vice-president", "secretary", "office-head"):
        assert make.signed_in(client, who).get(reverse("desk:leaders")).url == address
    make.appointment("department")
    told = make.signed_in(client, "secretariat").get(reverse("desk:leaders")).content.decode()
    assert address in told and "丁宁" in told


def leader_page(client, who: str = "vice-president") -> str:
    answer = make.signed_in(client, who).get(reverse("desk:leader", args=[make.appointment("vice-president").pk]))
    return answer.content.decode()


def test_a_leaders_page_says_what_the_post_owes_done_or_not_and_what_else_presses(client):
    since_the_start()
    told = leader_page(client)
    own, rest = told.split("近期行程")
    assert "已完成0次，还剩38天" in own and own.count("临期") == 1
    assert "本单位逾期和临期事项" in rest and "2026年第三季度材料" in rest and line_of(VISIT).sentence not in rest
    visit(date(2026, 11, 10), who=make.appointment("vice-president").person)
    own = leader_page(client).split("近期行程")[0]
    assert "已完成1次" in own and "临期" not in own


def test_a_leaders_trips_are_those_that_name_the_leader(client):
    since_the_start()
    held = make.appointment("vice-president")
    plan("校领导赴阜阳调研", leaders=[Leader(appointment_id=held.pk)])
    plan("教务处赴阜阳调研")
    told = leader_page(client)
    assert "校领导赴阜阳调研" in told and "教务处赴阜阳调研" not in told and "12月9日至10日" in told


def test_a_leader_of_whom_the_plan_asks_nothing_by_name_reads_so(client):
    since_the_start()
    held = make.appointment("department")
    told = make.signed_in(client, "department").get(reverse("desk:leader", args=[held.pk])).content.decode()
    assert "方案没有点名由本职务承担的事项" in told and "没有已登记的行程" in told and "没有待签的文件" in told


def test_who_has_left_the_post_has_no_page_any_more(client):
    since_the_start()
    held = make.appointment("vice-president")
    held.ends = date(2026, 11, 22)
    held.save()
    address = reverse("desk:leader", args=[held.pk])
    for who in ("secretariat", "office-head"):
        assert make.signed_in(client, who).get(address).status_code == 404


def test_a_leaders_page_costs_as_much_for_many_rows_as_for_few(client):
    since_the_start()
    held = make.appointment("vice-president")
    browser = make.signed_in(client, "vice-president")
    address = reverse("desk:leader", args=[held.pk])

    def more(count: int) -> None:
        for _ in range(count):
            make.activity(state="approving")
            plan(leaders=[Leader(appointment_id=held.pk)])

    more(2)
    browser.get(address)
    few = queries_of(browser, address)
    more(8)
    assert queries_of(browser, address) == few


def test_a_leaders_papers_wait_on_the_page(client):
    since_the_start()
    held = make.appointment("vice-president")
    make.activity(state="approving", title="校本研修现场会")
    told = make.signed_in(client, "secretary").get(reverse("desk:leader", args=[held.pk])).content.decode()
    assert "校本研修现场会" in told and "没有待签的文件" not in told
