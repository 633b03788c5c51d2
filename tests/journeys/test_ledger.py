"""履约台账: the office opens a cell and urges; the liaison is told, reports, and the cell is done; it prints."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests import make
from tests.obligations.build import VISIT, handed_in, line_of, online, since_the_start, vice_president, visit
from tizhi.base.notices.models import Notice
from tizhi.pipeline.obligations.ledger import Line

from .conftest import WIDTHS, looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.fixture(autouse=True)
def _people() -> None:
    since_the_start()
    for persona in ("secretariat", "liaison", "office-head", "vice-president"):
        make.persona(persona)


def cell_of(line: Line) -> str:
    return reverse("obligations:cell", args=[line.year, line.rule.id, line.column])


def on_board(page: Page, line: Line):
    """The cell of that line on the board."""
    return page.locator(f'a[data-cell][href="{cell_of(line)}"]')


def test_the_office_opens_a_cell_sees_why_and_folds_it_away(open_page):
    online(date(2026, 6, 11), title="线上推进座谈")
    visit(date(2026, 9, 22), title="教务处赴阜阳调研", who=make.person("处长甲", "安徽师范大学", post="office-head"))
    line = line_of(VISIT)
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("obligations:board"))
    looks_right(page)

    cell, opened = on_board(page, line), page.locator(f"#open-{VISIT}")
    expect(cell).to_have_attribute("title", "安徽师范大学：临期1")
    cell.click()
    expect(opened).to_contain_text("安徽师范大学分管校领导2026年应至少1次实地调研阜阳师范大学；已完成0次，还剩38天")
    expect(cell).to_have_attribute("aria-expanded", "true")
    expect(page).to_have_url(re.compile(r"/ledger/$"))
    for told in (
        "怎样算",
        "现场进行，不含线上",
        "计入0条，未计入2条",
        "未计入：线上方式",
        "未计入：到场者不是当日的",
        "12月1日将自动提醒",
    ):
        expect(opened).to_contain_text(told)
    looks_right(page)
    other = on_board(page, line_of(VISIT, "西北师范大学"))
    other.click()
    expect(opened).to_contain_text("西北师范大学分管校领导")
    expect(cell).not_to_have_attribute("aria-expanded", "true")

    opened.get_by_role("button", name="收起").click()
    expect(opened).to_be_empty()
    expect(other).to_be_focused()


def test_a_cell_is_opened_and_folded_away_by_keyboard_alone(open_page):
    line = line_of(VISIT)
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("obligations:board"))
    opened = page.locator(f"#open-{VISIT}")
    on_board(page, line).focus()
    page.keyboard.press("Enter")
    expect(opened.get_by_role("heading", name="怎样算")).to_be_visible()
    page.keyboard.press("Enter")
    expect(opened).to_be_empty()
    page.keyboard.press("Enter")
    opened.get_by_role("button", name="收起").focus()
    page.keyboard.press("Space")
    expect(opened).to_be_empty()
    expect(on_board(page, line)).to_be_focused()


def test_without_scripts_a_cell_is_a_page(open_page):
    page = open_page(make.persona("secretariat"), java_script_enabled=False)
    page.goto(reverse("obligations:board"))
    on_board(page, line_of(VISIT)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(line_of(VISIT).rule.name)
    expect(page.get_by_text("怎样算")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_what_is_urged_reaches_the_liaison_and_once_done_the_ledger_says_so(open_page, width):
    line = line_of(VISIT)
    page = open_page(make.persona("secretariat"), width)
    page.goto(cell_of(line))
    page.get_by_role("link", name="催办").click()
    expect(page.get_by_text("1个事项，将通知2人")).to_be_visible()
    expect(page.get_by_text("孙涛（站内）")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="催办").click()
    expect(page.get_by_text("已催办，通知已送出。")).to_be_visible()
    expect(page).to_have_url(re.compile(re.escape(cell_of(line)) + "$"))
    expect(page.get_by_text("已发2次")).to_be_visible()
    looks_right(page)
    assert Notice.objects.count() == 2

    liaison = open_page(make.persona("liaison"), width)
    liaison.goto("/")
    expect(liaison.get_by_role("heading", name="逾期与临期")).to_be_visible()
    looks_right(liaison)
    liaison.get_by_role("link", name="通知，1条未读").click()
    liaison.get_by_role("link", name=line.rule.name).first.click()
    expect(liaison).to_have_url(re.compile(re.escape(cell_of(line)) + "$"))
    expect(liaison.get_by_text(line.sentence)).to_be_visible()
    looks_right(liaison)
    liaison.get_by_role("main").get_by_role("link", name="报送动态").click()
    expect(liaison.get_by_role("radio", name="调研", exact=True)).to_be_checked()

    visit(date(2026, 11, 20), title="校领导实地调研阜阳师范大学", who=vice_president())
    page.reload()
    expect(page.get_by_text("已完成1次")).to_be_visible()
    expect(page.get_by_text("计入1条")).to_be_visible()
    expect(page.get_by_role("link", name="催办")).to_have_count(0)
    looks_right(page)
    liaison.goto("/ledger/lines/?state=done")
    expect(liaison.get_by_role("link", name=line.rule.name)).to_be_visible()
    looks_right(liaison)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_office_excuses_with_a_reason_and_asks_again(open_page, width):
    line = line_of(VISIT)
    page = open_page(make.persona("secretariat"), width)
    page.goto(cell_of(line))
    page.get_by_role("link", name="免除…").click()
    looks_right(page)
    page.get_by_role("button", name="免除").click()
    expect(page.get_by_text("请写明原因").first).to_be_visible()
    looks_right(page)
    page.get_by_label("原因").fill("学校合并，改由明年一并开展")
    page.get_by_role("button", name="免除").click()
    expect(page.get_by_text("已由王敏（大组团办公室主任）免除：学校合并，改由明年一并开展")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="取消免除").click()
    expect(page.get_by_role("link", name="免除…")).to_be_visible()


def test_the_board_prints_without_the_frame(open_page):
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("obligations:board"))
    page.emulate_media(media="print")
    for gone in (page.get_by_role("navigation", name="主导航"), page.locator(".tz-acts"), page.locator(".tz-banner")):
        expect(gone).to_be_hidden()
    table = page.locator(".tz-ledger")
    expect(table).to_be_visible()
    expect(table.get_by_role("columnheader", name="专家委员会")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert sizes and all(float(wide) > float(high) for wide, high in sizes)


def test_the_files_are_downloaded_from_the_board(open_page):
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("obligations:board"))
    for name, ending in (("Excel", ".xlsx"), ("Word", ".docx")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.suggested_filename == f"履约台账2026年（截至20261123）{ending}"


@pytest.mark.parametrize("persona", ["secretariat", "liaison", "department"])
def test_on_a_phone_the_ledger_is_a_list(open_page, persona):
    handed_in("2026Q3", date(2026, 10, 9))
    page = open_page(make.persona(persona), "phone")
    page.goto(reverse("obligations:board"))
    looks_right(page)
    page.locator(".tz-rules").get_by_role("link", name=line_of(VISIT).rule.name).click()
    expect(page.get_by_text("阜阳师范大学").filter(visible=True).first).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name=line_of(VISIT).rule.name).first.click()
    expect(page.get_by_text("怎样算")).to_be_visible()
    looks_right(page)


def test_an_earlier_day_is_asked_for_on_the_page_and_carried_to_the_cell(open_page):
    visit(date(2026, 11, 10), title="校领导实地调研", who=vice_president())
    line = line_of(VISIT)
    page = open_page(make.persona("liaison"))
    page.goto(reverse("obligations:board"))
    page.get_by_label("截至").fill("2026-11-01")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("截至2026年11月1日，按当日情况和当日已知的记录")).to_be_visible()
    looks_right(page)
    page.locator(f'a[data-cell][href^="{cell_of(line)}"]').click()
    expect(page.locator(f"#open-{VISIT}")).to_contain_text("已完成0次")
