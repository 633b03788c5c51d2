"""工作台与登记: a leader reads one page, a school what it receives, contacts are confirmed, a sending is entered."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.agenda.planned import plan
from tests.obligations.build import SCHOOL, brief, line_of, since_the_start
from tests.reports.quarter import issued, quarter
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.filings.models import ContactsConfirmation, Dispatch

from .conftest import WIDTHS, looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
UNIT = "安徽师范大学"


@pytest.fixture(autouse=True)
def _people() -> None:
    since_the_start()
    for persona in ("secretariat", "liaison", "office-head", "vice-president"):
        make.persona(persona)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_vice_president_opens_and_prints_the_one_page(open_page, width):
    held = make.appointment("vice-president")
    plan("校领导实地调研阜阳师范大学", leaders=[Leader(appointment_id=held.pk)])
    page = open_page(make.persona("vice-president"), width)
    page.goto("/")
    looks_right(page)
    page.get_by_role("link", name="高远", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("高远")
    expect(page.get_by_text("已完成0次，还剩38天")).to_be_visible()
    expect(page.get_by_role("link", name="校领导实地调研阜阳师范大学", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="待签文件")).to_be_visible()
    looks_right(page)
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes' }")
    page.get_by_role("button", name="打印").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")
    page.emulate_media(media="print")
    expect(page.locator(".tz-nav")).to_be_hidden()
    expect(page.get_by_role("button", name="打印")).to_be_hidden()
    expect(page.get_by_text("已完成0次，还剩38天")).to_be_visible()


def test_the_office_chooses_a_leader_from_the_list(open_page):
    make.persona("department")
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("desk:leaders"))
    expect(page.get_by_role("link", name="丁宁", exact=True)).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="高远", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("高远")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_supported_school_sees_what_it_receives_and_was_promised(open_page, width):
    brief(date(2026, 11, 10), title="骨干教师研修班")
    planned = plan()
    page = open_page(make.person("罗刚", SCHOOL, post="liaison").user, width)
    page.goto("/")
    expect(page.get_by_role("heading", name="我校收到的支持")).to_be_visible()
    expect(page.get_by_role("link", name="骨干教师研修班").first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name=planned.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(planned.title)


@pytest.mark.parametrize("width", WIDTHS)
def test_an_office_head_confirms_the_contacts_once_they_can_be_reached(open_page, width):
    Person.objects.filter(unit__name=UNIT).update(phone="13800000000")
    Person.objects.filter(name="孙涛").update(phone="", email="")
    line = line_of("contact-list", period="2026H2")
    page = open_page(make.persona("office-head"), width)
    page.goto(reverse("obligations:cell", args=[line.year, line.rule.id, line.column]))
    page.locator("article").filter(has_text="2026年下半年").get_by_role("link", name="确认联系人").click()
    expect(page.get_by_text("孙涛没有登记手机或邮箱。请先在")).to_be_visible()
    expect(page.get_by_role("button", name="确认无误")).to_have_count(0)
    looks_right(page)
    Person.objects.filter(name="孙涛").update(email="st@ahnu.example")
    page.reload()
    page.get_by_role("button", name="确认无误").click()
    expect(page.get_by_text("已确认2026年下半年联系人名单。")).to_be_visible()
    expect(page.get_by_role("button", name="再次确认")).to_be_visible()
    looks_right(page)
    assert ContactsConfirmation.objects.count() == 1
    assert line_of("contact-list", period="2026H2").state.word == "已完成"


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_enters_and_corrects_the_sending_of_a_report(open_page, width):
    quarter()
    report = issued()
    line = line_of("quarterly-report", None, period="2026Q3")
    page = open_page(make.persona("secretariat"), width)
    page.goto(reverse("obligations:cell", args=[line.year, line.rule.id, line.column]))
    page.locator("article").filter(has_text="2026年第三季度").get_by_role("link", name="打开报告").click()
    expect(page).to_have_url(re.compile(reverse("reports:overview", args=[report.pk])))
    page.get_by_role("link", name="登记报送").click()
    looks_right(page)
    page.get_by_label("报送日期").fill("2026-11-30")
    page.get_by_label("报送方式").fill("公文系统")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("报送日期还没有到").first).to_be_visible()
    expect(page.get_by_label("报送方式")).to_have_value("公文系统")
    looks_right(page)
    page.get_by_label("报送日期").fill("2026-11-20")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("已登记报送。")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="更正登记").click()
    expect(page.get_by_label("报送方式")).to_have_value("公文系统")
    page.get_by_label("回执").fill("教师司收文88号")
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("教师司收文88号")).to_be_visible()
    assert Dispatch.objects.get().sent_on == date(2026, 11, 20)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(
    "persona", ["secretariat", "office-head", "pair-office", "department", "expert", "leading-group"]
)
def test_each_first_page_reads_well(open_page, persona, width):
    brief(
        date(2026, 11, 10),
        title="“强师计划”背景下师范院校青年骨干教师教学能力与数字素养协同提升专题高级研修班（第二期）",
    )
    plan()
    page = open_page(make.persona(persona), width)
    page.goto("/")
    expect(page.get_by_role("heading", name="等我处理")).to_be_visible()
    looks_right(page)
    if page.get_by_role("heading", name="逾期与临期").count():
        page.get_by_role("link", name="打开台账").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("履约台账")
        looks_right(page)
