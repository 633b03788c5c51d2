"""工作台: each role finds its own on the first page, at a constant price; a leader's year stands on one page."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.agenda.planned import plan
from tests.obligations.build import since_the_start

pytestmark = pytest.mark.django_db

ALWAYS = ("等我处理", "最近动态", "本季报送", "近期日程")
PRESSING, WHOLE, BOARD, RECEIVED, LEADERS = "逾期与临期", "全组团，按期限排列", "打开总表", "我校收到的支持", "一页通"
SHOWN = {
    "secretariat": (PRESSING, WHOLE, BOARD),
    "leading-group": (PRESSING, WHOLE, BOARD),
    "pair-office": (PRESSING,),
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


def test_a_leaders_papers_wait_on_the_page(client):
    since_the_start()
    held = make.appointment("vice-president")
    make.activity(state="approving", title="校本研修现场会")
    told = make.signed_in(client, "secretary").get(reverse("desk:leader", args=[held.pk])).content.decode()
    assert "校本研修现场会" in told and "没有待签的文件" not in told
