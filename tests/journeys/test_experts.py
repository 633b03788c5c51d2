"""专家: the department's unit nominates, the office confirms and appoints; the expert sets the pace on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.experts.building import nominator, seat
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts.models import ExpertProfile, Nomination, ServiceCertificate

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _nominate(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="专家", exact=True).click()
    looks_right(page)
    page.get_by_role("link", name="提名专家").click()
    page.get_by_label("委员", exact=True).check()
    page.get_by_text("通讯录中没有，登记新人员").click()
    page.get_by_label("姓名").fill("罗衡")
    page.get_by_label("职称").fill("教授")
    page.get_by_label("专业特长").fill("教师教育")
    page.get_by_label("提名理由").fill("长期从事教师教育研究，主持过两项国家级课题。")
    page.get_by_role("button", name="提名").click()
    expect(page.get_by_text("请选择单位。").first).to_be_visible()
    expect(page.get_by_label("提名理由")).to_have_value("长期从事教师教育研究，主持过两项国家级课题。")
    looks_right(page)
    page.get_by_label("单位").select_option("西北师范大学")
    page.get_by_role("button", name="提名").click()
    expect(page.get_by_text("已提名，等待大组团办公室确认。")).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_from_a_nomination_to_the_letter(open_page, width):
    make.bnu()
    user = make.User.objects.get(pk=nominator().user_id)
    if width == "desk":
        _nominate(open_page(user))
    else:
        page = open_page(user, "phone")
        page.goto(f"/experts/nominate/{seat().body_id}/?seat={seat().pk}")
        looks_right(page)
        return
    office = open_page(make.persona("secretariat"))
    office.goto("/")
    office.get_by_role("link", name="罗衡（委员）", exact=True).click()
    looks_right(office)
    office.get_by_role("button", name="确认提名").click()
    expect(office.get_by_text("已确认，接下来填写聘期和聘书编号。")).to_be_visible()
    office.get_by_role("link", name="聘任").click()
    looks_right(office)
    office.get_by_label("聘期至").fill("2026-11-01")
    office.get_by_role("button", name="聘任").click()
    expect(office.get_by_text("聘期届满早于起始日期").first).to_be_visible()
    office.get_by_label("聘期至").fill("2029-11-22")
    office.get_by_role("button", name="聘任").click()
    expect(office.get_by_text("〔2026〕第1号").first).to_be_visible()
    looks_right(office)
    with office.expect_download() as letter:
        office.get_by_role("link", name="聘书 PDF").click()
    assert letter.value.suggested_filename == "聘书（罗衡）.pdf"
    office.goto("/experts/")
    looks_right(office)
    office.goto("/experts/letters/")
    looks_right(office)
    assert Nomination.objects.get().appointment is not None


def test_an_expert_sets_the_pace_is_away_and_asks_for_a_certificate_on_a_phone(open_page):
    page = open_page(make.persona("expert"), "phone")
    person = Person.objects.get(name="钱文")
    page.goto("/experts/")
    looks_right(page)
    page.get_by_role("link", name="评审意愿").click()
    page.get_by_label("同时承担").fill("2")
    page.get_by_label("提前几天提醒").fill("一周")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("请填天数，用顿号或逗号隔开").first).to_be_visible()
    looks_right(page)
    page.get_by_label("提前几天提醒").fill("7、2")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("到期前7、2天")).to_be_visible()
    page.get_by_role("link", name="登记请假").click()
    page.get_by_label("自", exact=True).fill("2026-12-01")
    page.get_by_label("至", exact=True).fill("2026-12-20")
    page.get_by_label("原因").fill("访学")
    looks_right(page)
    page.get_by_role("button", name="登记").click()
    expect(page.get_by_text("2026年12月1日至20日")).to_be_visible()
    page.get_by_role("button", name="申请服务证明").click()
    expect(page.get_by_text("待出具")).to_be_visible()
    looks_right(page)
    assert ExpertProfile.objects.get(person=person).remind == [7, 2]
    assert ServiceCertificate.objects.get().person == person


LIST = "姓名\t单位\t专业特长\t提名理由\n罗衡\t西北师范大学\t教育评价\t熟悉情况\n田野\t四川大学\t学前教育\t熟悉情况"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_list_is_pasted_put_right_and_nominated(open_page, width):
    page = open_page(make.User.objects.get(pk=nominator().user_id), width)
    page.goto(f"/experts/nominate/{seat().body_id}/")
    page.get_by_role("link", name="批量提名").click()
    looks_right(page)
    page.get_by_label("粘贴名单").fill(LIST)
    page.get_by_role("button", name="检查名单").click()
    expect(page.get_by_role("link", name="第3行田野").first).to_be_visible()
    looks_right(page)
    third = page.locator("#r3")
    expect(third.get_by_label("单位")).to_have_value("四川大学")
    third.get_by_label("单位").fill("四川师范大学")
    page.get_by_role("button", name="重新检查").click()
    page.get_by_role("button", name="提名2人").click()
    expect(page.get_by_text("已提名2人，等待大组团办公室确认。")).to_be_visible()
    assert sorted(Nomination.objects.values_list("person__name", flat=True)) == ["田野", "罗衡"]
