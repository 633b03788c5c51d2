"""The year as everybody reads it and the office keeps it."""

import pytest

from tests import make
from tizhi.pipeline.calendar.models import DayMark

pytestmark = pytest.mark.django_db
NOTICE = (
    "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
    "七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。10月9日（周六）上班。"
)


def test_everybody_reads_the_year_month_by_month(client):
    page = make.signed_in(client, "liaison").get("/calendar/").content.decode()
    assert "2026年工作日历" in page and "248</b> 个工作日" in page
    assert "2月15日至23日" in page and "春节调休" in page
    assert "登记一天" not in page


def test_a_year_not_announced_says_so(client):
    page = make.signed_in(client, "liaison").get("/calendar/2027/").content.decode()
    assert "暂按周一至周五计算" in page and "由大组团办公室" in page


@pytest.mark.parametrize("keeper", ["secretariat", "administrator"])
def test_the_office_pastes_the_notice_looks_and_enters_it(client, keeper):
    make.signed_in(client, keeper)
    looked = client.post("/calendar/2027/notice/", {"text": NOTICE}).content.decode()
    assert "2027年10月1日至7日" in looked and "登记这些安排" in looked
    assert not DayMark.objects.exists()

    client.post("/calendar/2027/notice/", {"text": NOTICE, "enter": "1"})
    page = client.get("/calendar/2027/").content.decode()
    assert DayMark.objects.count() == 11 and "暂按周一至周五计算" not in page


def test_last_years_notice_is_caught_by_its_weekdays(client):
    make.signed_in(client, "secretariat")
    answer = client.post("/calendar/2028/notice/", {"text": NOTICE, "enter": "1"})
    assert answer.status_code == 422 and "请核对年份和日期" in answer.content.decode()
    assert not DayMark.objects.exists()


def test_one_day_is_corrected_and_taken_back(client):
    make.signed_in(client, "secretariat")
    form = client.get("/calendar/2026/mark/?day=2026-02-28").content.decode()
    assert 'value="2026-02-28"' in form and "春节调休" in form
    client.post("/calendar/2026/mark/", {"day": "2026-12-31", "is_workday": "rest", "name": "校庆"})
    assert "校庆" in client.get("/calendar/2026/").content.decode()

    marked = DayMark.objects.get()
    assert "撤销登记" in client.get("/calendar/2026/mark/?day=2026-12-31").content.decode()
    client.post(f"/calendar/marks/{marked.pk}/clear/")
    assert "校庆</span>" not in client.get("/calendar/2026/").content.decode()


def test_nobody_else_gets_a_form(client):
    make.signed_in(client, "liaison")
    for url in ("/calendar/2026/mark/", "/calendar/2026/notice/"):
        assert client.get(url).status_code == 403
        assert client.post(url, {"day": "2026-12-31", "is_workday": "rest", "text": "1月1日 休息"}).status_code == 403
    assert not DayMark.objects.exists()


@pytest.mark.parametrize("url", ["/calendar/1900/", "/calendar/9999/", "/calendar/9999/notice/"])
def test_a_year_out_of_sight_is_not_there(client, url):
    assert make.signed_in(client, "secretariat").get(url).status_code == 404


@pytest.mark.parametrize("day", ["2026-02-30", "heute", ""])
def test_a_day_that_is_none_gives_the_empty_form(client, day):
    assert make.signed_in(client, "secretariat").get(f"/calendar/2026/mark/?day={day}").status_code == 200
