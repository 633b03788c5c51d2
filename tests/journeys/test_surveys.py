"""问卷: a liaison builds one and opens it; a teacher answers it on a phone; the office reads what came of it."""

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.surveys.building import FORM, answered, invitation, many, moment, survey
from tizhi.pipeline.surveys.models import Response, Survey

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _add(page: Page, kind: str, title: str, **fields: str) -> None:
    page.get_by_role("link", name=f"{kind}题到第1页").click()
    page.get_by_label("题目", exact=True).fill(title)
    for label, text in fields.items():
        page.get_by_label(label).fill(text)


def test_a_questionnaire_is_built_answered_and_read(open_page):
    make.bnu()
    page = open_page(make.persona("liaison"))
    page.goto("/surveys/")
    looks_right(page)
    page.get_by_role("link", name="发起第一份问卷").click()
    page.get_by_label("标题").fill("师范专业教师教学能力提升需求问卷")
    page.get_by_role("textbox", name="说明").fill("约需3分钟，结果用于制定年度计划。")
    looks_right(page)
    page.get_by_role("button", name="下一步，编制题目").click()
    looks_right(page)

    _add(page, "单选", "是否承担师范专业课程", 选项="是\n否")
    looks_right(page)
    page.get_by_role("button", name="保存").click()
    _add(page, "数字", "每周课时", 最大值="40", 单位="课时")
    page.get_by_label("何时显示").select_option("all")
    page.get_by_label("条件1").select_option(label="选了“是”")
    page.get_by_role("button", name="保存").click()
    _add(page, "文字", "意见建议")
    page.get_by_label("必答").uncheck()
    page.get_by_role("button", name="保存").click()

    preview = page.get_by_label("手机预览")
    expect(preview.get_by_label("每周课时")).to_be_hidden()
    preview.get_by_label("是", exact=True).check()
    expect(preview.get_by_label("每周课时")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="题目编好了，下一步").click()
    page.get_by_role("button", name="开放填写").click()
    page.locator("#ask").get_by_role("button", name="开放填写").click()
    expect(page.get_by_text("已开放，可以把链接发给填写人。")).to_be_visible()
    expect(page.get_by_alt_text("填写链接的二维码")).to_be_visible()
    expect(page.get_by_label("群通知")).to_have_value(f"【师范专业教师教学能力提升需求问卷】\n请尽快填写。\n填写链接：{_link(page)}\n"
                                                       "用手机打开即可填写，不用登录，不记名。")  # fmt: skip
    looks_right(page)

    phone = open_page(None, "phone")
    phone.goto(_link(page))
    looks_right(phone)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("请选择")).to_be_visible()
    looks_right(phone)
    phone.get_by_label("是", exact=True).check()
    phone.get_by_label("每周课时").fill("50")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("不能大于40")).to_be_visible()
    phone.get_by_label("每周课时").fill("12")
    phone.get_by_label("意见建议").fill("希望多办研修班")
    expect(phone.get_by_text("已自动保存")).to_be_visible()
    phone.reload()
    expect(phone.get_by_label("意见建议")).to_have_value("希望多办研修班")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已提交")).to_be_visible()
    looks_right(phone)
    assert Response.objects.get().answers == {"q1": "a1", "q2": 12, "q3": "希望多办研修班"}

    page.get_by_role("link", name="结果").click()
    expect(page.get_by_text("100.0%")).to_be_visible()
    page.get_by_role("link", name="查看1份文字").click()
    expect(page.get_by_text("希望多办研修班")).to_be_visible()
    looks_right(page)


def _link(page: Page) -> str:
    return page.get_by_role("link", name="/q/").get_attribute("href") or ""


def test_a_long_form_is_answered_page_by_page(open_page):
    one = survey()
    phone = open_page(None, "phone")
    phone.goto(f"/q/{one.secret}/")
    expect(phone.get_by_text("第1页，共2页")).to_be_visible()
    phone.get_by_role("button", name="下一页").click()
    expect(phone.get_by_text("请选择")).to_be_visible()
    phone.get_by_label("否", exact=True).check()
    phone.get_by_role("button", name="下一页").click()
    expect(phone.get_by_text("第2页，共2页")).to_be_visible()
    phone.get_by_label("都不需要").check()
    phone.get_by_label("访学").check()
    expect(phone.get_by_label("都不需要")).not_to_be_checked()
    phone.get_by_label("其他", exact=True).check()
    phone.get_by_label("其他，请写明").fill("外语培训")
    phone.locator("#q4").get_by_label("5", exact=True).check()
    for row in ("课堂教学", "教学研究"):
        phone.get_by_role("group", name=row).get_by_label("高").check()
    phone.locator("input[type=file]").set_input_files(
        {"name": "教案.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(phone.get_by_text("教案.pdf")).to_be_visible()
    looks_right(phone)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已提交")).to_be_visible()
    answers = Response.objects.get().answers
    assert answers["q3"] == ["a1", "other"] and answers["q4"] == 5 and len(answers["q7"]) == 1 and "q2" not in answers


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_it_is_answered_without_javascript(open_page):
    one = survey()
    page = open_page(None, "phone", java_script_enabled=False)
    page.goto(f"/q/{one.secret}/")
    page.get_by_label("否", exact=True).check()
    page.get_by_label("访学").check()
    page.get_by_role("button", name="先保存").click()
    expect(page.get_by_text("已保存。以后用同一部手机打开这个链接")).to_be_visible()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("link", name="第4题：请打分")).to_be_visible()
    page.locator("#q4").get_by_label("4", exact=True).check()
    for row in ("课堂教学", "教学研究"):
        page.get_by_role("group", name=row).get_by_label("低").check()
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="已提交")).to_be_visible()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_its_pages_read_at_both_widths_with_much_and_with_nothing(open_page, width):
    one = survey(
        way="invited", closes_at=moment(30), intro="为了解青年教师的需求。\n结果只用于制定计划。",
        title="师范专业青年教师教学能力提升需求与重点支持院校教师发展支持情况调查问卷（第二轮）",
    )  # fmt: skip
    page = open_page(make.persona("liaison"), width)
    doors = ("", "form/", "form/q3/", "form/p2/", "form/new/p1/matrix/", "invitations/", "results/", "edit/")
    for door in doors:
        page.goto(f"/surveys/{one.pk}/{door}")
        looks_right(page)
    many(one, 6, "阜阳师范大学")
    answered(one, invitation(one, "安徽师范大学", "李梅"))
    for number in range(12):
        invitation(one, "阜阳师范大学", f"教师{number}")
    for door in ("", "invitations/", "results/", "results/cross/", "results/texts/q6/"):
        page.goto(f"/surveys/{one.pk}/{door}")
        looks_right(page)
    page.goto("/surveys/")
    looks_right(page)
    closed = open_page(None, width)
    closed.goto(f"/q/{survey(state='closed').secret}/")
    expect(closed.get_by_role("heading", name="已截止")).to_be_visible()
    looks_right(closed)
    assert Survey.objects.get(pk=one.pk).form == FORM
