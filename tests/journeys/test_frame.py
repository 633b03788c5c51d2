"""What the pages' scripts promise: nothing typed is lost, the keyboard is enough, the address holds the state."""

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import make
from tests.frame.urls import retitle

from .conftest import looks_right

pytestmark = pytest.mark.journey


@pytest.fixture(autouse=True)
def _scratch_pages(settings):
    settings.ROOT_URLCONF = "tests.frame.urls"


@pytest.fixture
def brief(open_page):
    """A form that saves itself, open before the liaison."""
    page = open_page(make.persona("liaison"))
    page.goto(f"/brief/{make.appointment('liaison').pk}/")
    return page


def _title() -> str:
    return make.appointment("liaison").title


def test_a_text_is_saved_as_one_types_and_outlives_a_lost_network(brief: Page):
    brief.get_by_label("实际职务").fill("教务处处长")
    expect(brief.locator("[data-saved]")).to_contain_text("已自动保存 11:16")
    assert _title() == "教务处处长"
    brief.context.set_offline(True)
    brief.get_by_label("实际职务").fill("学生处处长")
    expect(brief.locator("[data-saved]")).to_contain_text("网络恢复后自动保存")
    brief.context.set_offline(False)
    expect(brief.locator("[data-saved]")).to_contain_text("已自动保存")
    assert _title() == "学生处处长"


def test_what_the_network_lost_is_offered_back_on_the_next_visit(brief: Page):
    brief.context.set_offline(True)
    brief.get_by_label("实际职务").fill("写了很久")
    expect(brief.locator("[data-saved]")).to_contain_text("未保存")
    address, context = brief.url, brief.context
    brief.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    again.get_by_role("button", name="恢复").click()
    expect(again.get_by_label("实际职务")).to_have_value("写了很久")
    expect(again.locator("[data-saved]")).to_contain_text("已自动保存")
    assert _title() == "写了很久"


def test_two_people_at_one_record_merge_instead_of_overwriting(brief: Page):
    retitle(make.actor("liaison"), make.appointment("liaison"), title="对方的话")
    brief.get_by_label("实际职务").fill("我的话")
    brief.get_by_role("button", name="核对两人的改动").click()
    expect(brief.get_by_role("heading", level=1)).to_have_text("核对两人的改动")
    expect(brief.get_by_label("选定的内容")).to_have_value("我的话")
    looks_right(brief)
    brief.get_by_role("button", name="用对方的").click()
    expect(brief.get_by_label("选定的内容")).to_have_value("对方的话")
    brief.get_by_label("选定的内容").fill("两人的话")
    brief.get_by_role("button", name="保存选定的内容").click()
    expect(brief.get_by_label("实际职务")).to_have_value("两人的话")
    assert _title() == "两人的话"


def test_people_are_found_by_initials_with_the_keyboard_alone(brief: Page):
    people = brief.get_by_role("combobox", name="到场负责同志")
    people.focus()
    brief.keyboard.type("slcl")
    expect(brief.get_by_role("option", name="示例·陈立")).to_be_visible()
    looks_right(brief)
    brief.keyboard.press("Enter")
    brief.keyboard.type("王某")
    expect(brief.get_by_text("添加“王某”为未登记人员")).to_be_visible()
    brief.keyboard.press("Enter")
    chosen = "select => [...select.selectedOptions].map(option => option.value)"
    assert brief.eval_on_selector("select", chosen) == ["11", "王某"]
    brief.get_by_role("button", name="移除示例·陈立").click()
    assert brief.eval_on_selector("select", chosen) == ["王某"]


def test_photos_are_scaled_down_ordered_and_removed(brief: Page, tmp_path):
    files = []
    for name, size in (("大.png", (4000, 3000)), ("小.jpg", (800, 600))):
        Image.new("RGB", size, "teal").save(tmp_path / name)
        files.append(tmp_path / name)
    brief.set_input_files("input[type=file]", files)
    captions = brief.get_by_label("照片说明")
    expect(captions).to_have_count(2)
    assert [one.input_value() for one in captions.all()] == ["大.jpg 2560×1920", "小.jpg 800×600"]
    brief.get_by_role("button", name="前移").last.click()
    assert captions.first.input_value() == "小.jpg 800×600"
    brief.get_by_role("button", name="移除这张照片").first.click()
    expect(captions).to_have_count(1)


def test_a_destructive_act_asks_first(brief: Page):
    delete = brief.get_by_role("button", name="删除")
    delete.click()
    expect(brief.get_by_role("dialog")).to_contain_text("确定删除？")
    brief.keyboard.press("Escape")
    expect(delete).to_be_focused()
    delete.press("Enter")
    brief.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(brief.get_by_text("已删除")).to_be_visible()


def test_the_state_of_a_list_is_in_its_address(open_page):
    page = open_page(make.persona("liaison"))
    page.goto("/listed/")
    page.get_by_role("link", name="第2页").click()
    expect(page.get_by_text("第5条")).to_be_visible()
    assert page.url.endswith("/listed/?page=2")
    page.get_by_label("条数").select_option("三条")
    expect(page.locator(".tz-count")).to_contain_text("共 3 条")
    assert page.url.endswith("/listed/?n=3")
    page.get_by_label("关键词").fill("没有的")
    expect(page.get_by_text("没有符合条件的记录")).to_be_visible()
    page.go_back()
    expect(page.locator(".tz-count")).to_contain_text("共 3 条")
    expect(page.get_by_label("条数")).to_have_value("3")


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("theme", ["浅色", "深色"])
def test_frame_list_form_and_errors_look_right(open_page, width, theme):
    page = open_page(make.persona("liaison"), width)
    page.goto("/listed/")
    if theme == "深色":
        page.locator(".tz-menu summary").click()
        page.get_by_role("button", name="深色或浅色显示").click()
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
    form = f"/brief/{make.appointment('liaison').pk}/"
    for address in ("/listed/", "/listed/?q=x", form, "/fail/rule/", "/nowhere/"):
        page.goto(address)
        looks_right(page)


def test_on_a_phone_the_navigation_opens_and_closes_without_a_mouse(open_page):
    page = open_page(make.persona("liaison"), "phone")
    page.goto("/listed/")
    menu = page.get_by_role("navigation", name="主导航")
    expect(menu).to_be_hidden()
    page.get_by_role("link", name="打开菜单").press("Enter")
    expect(menu).to_be_visible()
    looks_right(page)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
