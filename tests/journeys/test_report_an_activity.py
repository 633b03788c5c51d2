"""一条动态: from a liaison's phone, through the unit's signature, to published – and what happens when two edit it."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import make
from tizhi.pipeline.activities.models import Activity

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _photo() -> dict:
    """A photo that says where it was taken."""
    kept, picture = io.BytesIO(), Image.new("RGB", (640, 480), (90, 140, 120))
    exif = Image.Exif()
    exif[0x010F] = "Phone"
    exif.get_ifd(0x8825)[1] = "N"
    picture.save(kept, "JPEG", exif=exif)
    return {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def _fill(page: Page) -> int:
    """Fill a usual brief; how many fields were touched."""
    page.get_by_label("标题").fill("阜阳市小学科学教师培训（第一期）")
    page.get_by_label("地点").fill("安徽省阜阳市")
    page.get_by_label("参训教师").fill("86")
    page.get_by_label("学时", exact=True).fill("24")
    page.get_by_label("经过").fill("11月21日至22日，小学科学教师培训在阜阳师范大学举办，86名教师参加。")
    page.get_by_label("重点内容").select_option(label="基础教育教师培训")
    page.locator("input[type=file]").first.set_input_files([_photo()])
    expect(page.locator(".tz-shots img").first).to_be_visible()
    return 7


def test_a_brief_goes_from_a_phone_to_published(open_page):
    for persona in ("liaison", "office-head", "secretariat"):
        make.persona(persona)

    page = open_page(make.persona("liaison"), "phone")
    page.goto("/")
    page.get_by_role("link", name="报送动态").last.click()
    looks_right(page)
    touched = _fill(page)
    assert touched <= 12
    expect(page.get_by_text("已自动保存")).to_be_visible()
    page.get_by_role("button", name="提交审签").click()
    expect(page.get_by_text("待本单位审签").first).to_be_visible()
    looks_right(page)

    page = open_page(make.persona("office-head"))
    page.goto("/")
    page.get_by_role("link", name="审签").first.click()
    looks_right(page)
    page.get_by_role("button", name="审签通过").click()
    expect(page.get_by_text("已审签，报大组团办公室。")).to_be_visible()

    page = open_page(make.persona("secretariat"))
    page.goto("/")
    page.get_by_role("link", name="查看").first.click()
    page.get_by_role("button", name="接收并发布").click()
    expect(page.get_by_text("已接收并发布。")).to_be_visible()
    looks_right(page)

    page = open_page(make.persona("supported-school"), "phone")
    page.goto("/activities/")
    expect(page.get_by_role("link", name="阜阳市小学科学教师培训（第一期）")).to_be_visible()
    looks_right(page)
    activity = Activity.objects.get()
    assert activity.details == {"trainees": 86, "hours": 24}
    assert activity.files.count() == 1


def test_a_double_click_makes_one_record(open_page):
    page = open_page(make.persona("liaison"))
    page.goto("/activities/new/")
    page.get_by_label("标题").fill("联合教研")
    page.get_by_role("button", name="稍后再填").dblclick()
    expect(page.get_by_role("heading", name="联合教研")).to_be_visible()
    page.goto("/activities/")
    assert Activity.objects.count() == 1


def test_the_second_of_two_windows_is_told_and_loses_nothing(open_page):
    activity = make.activity(state="draft")
    first, second = open_page(make.persona("liaison")), open_page(make.persona("office-head"))
    for page in (first, second):
        page.goto(f"/activities/{activity.pk}/edit/")
    first.get_by_label("标题").fill("先保存的标题")
    first.get_by_role("button", name="稍后再填").click()
    expect(first.get_by_role("heading", name="先保存的标题")).to_be_visible()
    second.get_by_label("标题").fill("后保存的标题")
    second.get_by_role("textbox", name="下一步可不填").fill("回访课堂")
    second.get_by_role("button", name="稍后再填").click()
    expect(second.get_by_text("先保存的标题").first).to_be_visible()
    expect(second.get_by_text("后保存的标题").first).to_be_visible()
    looks_right(second)
    assert Activity.objects.get().title == "先保存的标题"


def test_while_the_network_is_away_nothing_typed_is_lost(open_page):
    page = open_page(make.persona("liaison"), "phone")
    page.goto("/activities/new/")
    page.context.set_offline(True)
    page.get_by_label("标题").fill("路上写的标题")
    page.get_by_role("button", name="稍后再填").click()
    expect(page.locator("[data-saved]")).to_contain_text("网络恢复后")
    page.context.set_offline(False)
    page.get_by_label("地点").fill("四川省阿坝州")
    expect(page.get_by_text("已自动保存")).to_be_visible()
    assert Activity.objects.get().title == "路上写的标题"
