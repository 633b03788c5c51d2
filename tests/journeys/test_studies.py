"""Journeys: an office records a study and makes a need of what it found; the school confirms it; on both widths."""

import pytest

from tests import make
from tests.needs.building import school_liaison, trait
from tests.studies.building import finding, study

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def pick(page, field, typed, choice):
    """Choose somebody in a picker by typing."""
    box = page.locator(f"#id_{field}-ts-control")
    box.fill(typed)
    page.locator(".ts-dropdown .option", has_text=choice).first.click()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_an_office_records_a_study_and_makes_a_need_of_a_finding(open_page, width):
    make.persona("vice-president")
    page = open_page(make.persona("pair-office"), width)
    page.set_default_timeout(30000)
    page.goto("/studies/new/")
    looks_right(page)
    page.get_by_label("第一轮调研").check()
    page.get_by_label("开始日期").fill("2026-11-16")
    page.get_by_label("结束日期").fill("2026-11-18")
    page.get_by_label("地点").fill("安徽省阜阳市")
    pick(page, "members", "高远", "高远")
    page.get_by_label("听课").check()
    page.get_by_role("button", name="登记", exact=True).click()
    page.wait_for_url("**/studies/*/")
    assert page.get_by_text("动态简报已起草").count()
    looks_right(page)
    page.get_by_label("内容", exact=True).fill("教育硕士导师不足。校外导师占七成。")
    page.get_by_role("button", name="登记这一条").click()
    page.wait_for_url("**#findings")
    looks_right(page)
    page.get_by_role("link", name="转为需求").first.click()
    looks_right(page)
    page.get_by_role("button", name="提出").click()
    page.wait_for_url("**/needs/**")
    assert page.get_by_text("待学校确认").count()
    looks_right(page)
    page.goto("/studies/")
    looks_right(page)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_school_states_its_needs_and_confirms_what_was_proposed(open_page, width):
    account, found = school_liaison(), finding(study())
    trait(), trait(kind="strength", text="小学教育国家级一流专业，" + "很长的说明" * 20)
    page = open_page(account, width)
    page.set_default_timeout(30000)
    page.goto(f"/needs/{found.study.school_id}/")
    looks_right(page)
    page.get_by_role("link", name="提出需求").first.click()
    page.get_by_label("需求", exact=True).fill("建设课程资源")
    looks_right(page)
    page.get_by_role("button", name="提出").click()
    page.wait_for_url("**/1/")
    looks_right(page)
    page.get_by_role("link", name="登记已满足").click()
    page.get_by_label("原因").fill("课程包已上线")
    page.get_by_role("button", name="登记已满足").click()
    assert page.get_by_text("课程包已上线").count()
    page.goto("/needs/")
    page.wait_for_url("**/needs/*/")
    looks_right(page)
