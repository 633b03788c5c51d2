"""问诊: a school asks, an office invites an expert, who advises on a phone; the school adopts – and the chain."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.consultations.building import SCHOOL, TEXT, case, expert, school_liaison
from tests.results.building import finding, measure, need, plan, study
from tizhi.pipeline.consultations.models import Consultation

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

TITLE = "学前教育实训课程怎样设置"


def _ask(page: Page) -> None:
    page.goto("/consultations/")
    looks_right(page)
    page.get_by_role("link", name="提出问诊", exact=True).click()
    page.get_by_label("问题", exact=True).fill(TITLE)
    page.get_by_label("希望得到的帮助").fill("请专家到校诊断一次")
    expect(page.get_by_text("已自动保存")).to_be_visible()
    expect(page).to_have_url(re.compile("/edit/$"))
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("请写明情况，专家要据此判断").first).to_be_visible()
    expect(page.get_by_label("希望得到的帮助")).to_have_value("请专家到校诊断一次")
    looks_right(page)
    page.get_by_label("情况说明").fill(TEXT)
    page.get_by_role("button", name="提出", exact=True).click()
    expect(page.get_by_text("答复期限2026年12月7日（还有14天）").first).to_be_visible()
    looks_right(page)


def _take_on(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    looks_right(page)
    page.get_by_role("button", name="受理").click()
    page.get_by_role("link", name="邀请专家").click()
    looks_right(page)
    page.get_by_label("沈一鸣").check()
    page.get_by_role("button", name="邀请", exact=True).click()
    expect(page.get_by_text("已邀请，专家会收到通知。")).to_be_visible()
    looks_right(page)


def _advise(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=TITLE, exact=True).first.click()
    looks_right(page)
    page.get_by_role("button", name="接受邀请").click()
    page.get_by_role("link", name="提出意见").click()
    looks_right(page)
    page.get_by_label("意见").fill("先统筹实训室，再按年级集中安排。")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交意见，答复以前可以修改。")).to_be_visible()
    looks_right(page)


def test_a_problem_is_asked_advised_on_answered_and_adopted(open_page):
    school, guest = school_liaison(), expert()
    office = make.persona("pair-office")
    _ask(open_page(school))
    at_office = open_page(office)
    _take_on(at_office)
    _advise(open_page(guest, "phone"))
    one = Consultation.objects.get()
    at_office.goto(f"/consultations/{one.pk}/answer/")
    expect(at_office.get_by_text("先统筹实训室")).to_be_visible()
    looks_right(at_office)
    at_office.get_by_label("答复建议").fill("二年级集中实训，实训室统一排课。")
    at_office.get_by_role("button", name="答复", exact=True).click()
    page = open_page(school, "phone")
    page.goto(f"/consultations/{one.pk}/")
    looks_right(page)
    page.get_by_role("link", name="反馈采纳情况").click()
    page.get_by_label("采纳", exact=True).check()
    looks_right(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("跟踪成效").first).to_be_visible()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_case_goes_into_the_base_without_names(open_page, width):
    one = case("closed", text=f"{SCHOOL}实训室只有两间。")
    page = open_page(make.persona("pair-office"), width)
    page.goto(f"/consultations/{one.pk}/prepare/")
    expect(page.get_by_label("问题")).to_have_value("某校实训室只有两间。")
    looks_right(page)
    page.get_by_role("button", name="保存").click()
    office = open_page(make.persona("secretariat"), width)
    office.goto(f"/consultations/{one.pk}/prepare/")
    office.get_by_role("button", name="审核入库").click()
    reader = open_page(make.persona("supported-school"), width)
    reader.goto("/consultations/cases/?q=实训")
    looks_right(reader)
    reader.get_by_role("link", name=TITLE).click()
    expect(reader.get_by_text("某校实训室只有两间。")).to_be_visible()
    looks_right(reader)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_chain_is_walked_from_a_need_to_its_measure_and_back(open_page, width):
    there, made = study(), plan()
    found = finding(there, "县域研修课程已建11门，进度偏慢，主讲教师不足。")
    stated = need("共建县域教师研修课程资源", finding=found)
    measure(made, "共建县域研修课程", needs=[stated], findings=[found])
    measure(made, "组建主讲教师团队", needs=[stated]), measure(made, "改造理科实验室")
    need("建立教学质量监测数据平台"), finding(there, "实习经费标准偏低")
    page = open_page(make.persona("pair-office"), width)
    page.goto(f"/plans/{made.pk}/chain/")
    expect(page.get_by_text("没有举措").first).to_be_visible()
    looks_right(page)
    page.locator(f"a[href$='?at=need-{stated.pk}']:visible").first.click()
    expect(page.get_by_role("heading", name="N1 共建县域教师研修课程资源")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="M1 共建县域研修课程").first.click()
    expect(page.get_by_role("heading", name="M1 共建县域研修课程")).to_be_visible()
    page.goto("/chain/")
    looks_right(page)
