"""本省工作: a department's liaison enters a commitment and says how it goes; its school answers; both read it."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.commitments.building import commitment, department_liaison, progress
from tizhi.pipeline.commitments.models import Commitment

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _enter(page: Page, amount: str) -> None:
    page.get_by_label("经费", exact=True).check()
    page.get_by_label("事项", exact=True).fill("支持阜阳师范大学建设学前教育实训中心")
    page.get_by_label("内容").fill("分两年安排专项经费。")
    page.get_by_label("阜阳师范大学").check()
    page.get_by_label("承诺金额").fill(amount)
    page.get_by_label("承诺日期").fill("2026-03-01")
    page.get_by_label("兑现期限").fill("2026-12-15")
    page.get_by_role("button", name="保存").click()


def test_a_commitment_goes_from_its_department_to_its_school_and_back(open_page):
    make.bnu()
    page = open_page(department_liaison())
    page.goto("/")
    page.get_by_role("link", name="本省工作").click()
    looks_right(page)
    page.get_by_role("link", name="登记第一项承诺").click()
    looks_right(page)

    _enter(page, "三百万")
    expect(page.get_by_text("请填数字，以万元为单位").first).to_be_visible()
    expect(page.get_by_label("承诺金额")).to_have_value("三百万")
    expect(page.get_by_label("内容")).to_have_value("分两年安排专项经费。")
    expect(page.get_by_label("阜阳师范大学")).to_be_checked()
    looks_right(page)
    page.get_by_label("承诺金额").fill("300万元")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("已登记，面向的院校可以看到并反馈。")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="登记进展").click()
    page.get_by_label("情况").fill("首批经费已拨付")
    page.get_by_label("累计到位").fill("120")
    looks_right(page)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_text("累计到位120万元").first).to_be_visible()
    looks_right(page)

    school = open_page(make.person("罗刚", "阜阳师范大学", post="liaison").user, "phone")
    school.goto(f"/cluster/units/{make.unit('阜阳师范大学').pk}/")
    looks_right(school)
    school.get_by_role("link", name="支持阜阳师范大学建设学前教育实训中心").click()
    school.get_by_label("部分收到").check()
    school.get_by_label("留言").fill("首批已到账")
    school.get_by_role("button", name="提交").click()
    expect(school.get_by_text("首批已到账")).to_be_visible()
    looks_right(school)

    page.reload()
    expect(page.get_by_text("首批已到账")).to_be_visible()
    one = Commitment.objects.get()
    assert (one.delivered, one.feedback.get().receipt) == (120, "partly")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_the_provinces_page_reads_at_both_widths_with_much_and_with_nothing(open_page, width):
    make.bnu()
    page = open_page(make.persona("department"), width)
    page.goto("/commitments/province/")
    expect(page.get_by_text("还没有登记承诺事项。")).to_be_visible()
    looks_right(page)
    visit = (("阜阳师范大学", "host"), ("安徽师范大学", "visitor"))
    make.activity(
        state="published", title="安徽师范大学校领导赴阜阳师范大学实地调研并召开“一校一策”推进会", units=visit
    )
    progress(commitment(due=date(2026, 12, 1)), amount=120)
    commitment(
        title="协调全省各市县区教育行政部门为师范院校提供教育实践基地并建立长期稳定的联络机制" * 2,
        due=date(2026, 11, 1),
    )
    page.reload()
    expect(page.get_by_role("link", name="安徽师范大学校领导赴阜阳师范大学")).to_be_visible()
    expect(page.get_by_text("逾期1项").first).to_be_visible()
    looks_right(page)
    for address in ("/commitments/", f"/commitments/{Commitment.objects.first().pk}/"):
        page.goto(address)
        looks_right(page)


def test_it_is_done_by_keyboard_alone(open_page):
    one = commitment(kind="policy", amount=None)
    page = open_page(make.persona("department"))
    page.goto(f"/commitments/{one.pk}/")
    page.get_by_role("link", name="登记兑现").focus()
    page.keyboard.press("Enter")
    page.get_by_label("情况").focus()
    page.keyboard.type("文件已印发")
    expect(page.get_by_label("已全部兑现")).to_be_checked()
    page.get_by_role("button", name="登记", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已登记为兑现。")).to_be_visible()
    assert Commitment.objects.get().state == "done"
