"""计划安排: planned on a phone, promised on the school's page, done by one tap – or moved and told to calendars."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests import make
from tests.agenda.planned import plan
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda.models import PlannedItem

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

TITLE = "校领导实地调研阜阳师范大学"


def _plan(page: Page) -> int:
    """Enter a visit of today; how many fields were touched."""
    page.get_by_label("事项名称").fill(TITLE)
    page.get_by_role("radio", name="调研").check()
    page.get_by_label("开始日期").fill("2026-11-23")
    page.get_by_label("地点").fill("安徽省阜阳市")
    return 4


def test_what_is_planned_on_a_phone_is_promised_and_becomes_a_brief_by_one_tap(open_page):
    for persona in ("liaison", "office-head", "vice-president"):
        make.persona(persona)
    school = make.unit("阜阳师范大学")
    at_school = make.liaison_of(school, make.bnu()).user

    page = open_page(make.persona("liaison"), "phone")
    page.goto("/activities/")
    page.get_by_role("link", name="计划安排").last.click()
    looks_right(page)
    page.get_by_role("link", name="登记计划").click()
    looks_right(page)
    assert _plan(page) <= 6
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记，参加单位现在可以看到。")).to_be_visible()
    looks_right(page)

    for width in ("phone", "desk"):
        page = open_page(at_school, width)
        page.goto(reverse("cluster:unit", args=[school.pk]))
        promised = page.locator("#promised")
        expect(promised.get_by_role("link", name=TITLE)).to_be_visible()
        expect(promised).to_contain_text("安徽师范大学")
        expect(promised).to_contain_text("11月23日")
        looks_right(page)

    page = open_page(make.persona("liaison"), "phone")
    page.goto(reverse("agenda:show", args=[PlannedItem.objects.get().pk]))
    page.get_by_role("button", name="一键起草动态").click()
    expect(page.get_by_label("标题")).to_have_value(TITLE)
    expect(page.get_by_label("地点")).to_have_value("安徽省阜阳市")
    page.get_by_label("重点内容").select_option(label="发展规划提升")
    page.get_by_label("调研人员").fill("6")
    page.get_by_role("radio", name="实施阶段调研").check()
    page.get_by_label("经过").fill("11月23日，校领导到阜阳师范大学实地调研，召开座谈会3场。")
    page.get_by_role("button", name="提交审签").click()
    expect(page.get_by_text("待本单位审签").first).to_be_visible()
    brief = Activity.objects.get()
    assert [str(one) for one in brief.units.all()] == ["安徽师范大学（来访）", "阜阳师范大学（承办）"]

    page = open_page(at_school)
    page.goto("/agenda/")
    expect(page.get_by_text("已开展").last).to_be_visible()
    looks_right(page)


def test_a_double_tap_makes_one_draft(open_page):
    planned = plan()
    page = open_page(make.persona("liaison"), "phone")
    page.goto(reverse("agenda:show", args=[planned.pk]))
    page.get_by_role("button", name="一键起草动态").dblclick()
    expect(page.get_by_label("标题")).to_have_value(TITLE)
    assert Activity.objects.count() == 1


def test_a_move_and_a_giving_up_are_told_with_their_reasons(open_page):
    planned = plan()
    page = open_page(make.persona("liaison"), "phone")
    page.goto(reverse("agenda:show", args=[planned.pk]))
    page.get_by_role("link", name="改期").click()
    looks_right(page)
    page.get_by_label("开始日期").fill("2027-01-06")
    page.get_by_label("结束日期").fill("2027-01-06")
    page.get_by_role("button", name="改期").click()
    expect(page.get_by_text("请写明改期原因").first).to_be_visible()
    assert page.get_by_label("开始日期").input_value() == "2027-01-06"
    page.get_by_label("改期原因").fill("专家行程冲突")
    page.get_by_role("button", name="改期").click()
    expect(page.get_by_text("专家行程冲突").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="不再举办").click()
    page.get_by_label("原因").fill("并入年度总结会")
    page.get_by_role("button", name="不再举办").click()
    expect(page.get_by_text("并入年度总结会").first).to_be_visible()
    looks_right(page)
    assert PlannedItem.objects.get().last_day == date(2027, 1, 6)


def test_a_person_takes_the_dates_into_a_calendar(open_page):
    plan()
    page = open_page(make.persona("vice-president"))
    page.goto("/agenda/")
    page.get_by_role("link", name="订阅日历").click()
    looks_right(page)
    page.get_by_role("button", name="开通并生成地址").click()
    address = page.get_by_label("订阅地址").input_value()
    looks_right(page)
    read = open_page().request.get("/agenda/feed/" + address.rpartition("/")[2])
    summaries = [str(event["summary"]) for event in Calendar.from_ical(read.body()).walk("VEVENT")]
    assert read.ok and TITLE in summaries
    page.goto("/agenda/subscribe/")
    page.get_by_role("button", name="停用").first.click()
    page.get_by_role("dialog").get_by_role("button", name="停用").click()
    expect(page.get_by_text("已停用，原来的地址不能再读取。")).to_be_visible()
    assert open_page().request.get("/agenda/feed/" + address.rpartition("/")[2]).status == 404
