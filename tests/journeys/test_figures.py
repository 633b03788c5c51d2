"""架构图: from the page of the cluster to both figures, at a desk, on a phone and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.scheme.thirty import thirty_text

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

# Lines of a box that the browser really draws over its edge, in the layout that is shown.
OVER_THE_EDGE = """() => [...document.querySelectorAll(".tz-drawing svg")].filter(svg => svg.checkVisibility())
  .flatMap(svg => [...svg.querySelectorAll("g[transform]")]).flatMap(box => {
    const edge = box.querySelector("rect").getBoundingClientRect();
    return [...box.querySelectorAll("text")].filter(text => {
      const drawn = text.getBoundingClientRect();
      return drawn.left < edge.left || drawn.right > edge.right + 0.5 || drawn.bottom > edge.bottom + 0.5;
    }).map(text => text.textContent);
  })"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".tz-drawing svg")].filter(svg => svg.checkVisibility())
  .flatMap(svg => [...svg.querySelectorAll("text")].map(
    text => parseFloat(getComputedStyle(text).fontSize) * svg.getScreenCTM().a)))"""


def _big_cluster():
    cluster = make.cluster_of("thirty", thirty_text())
    return make.person("示例·阿依努尔·买买提", "新疆和田师范高等专科学校", post="liaison", cluster=cluster).user


def _visible_drawing(page: Page):
    return page.locator(".tz-drawing svg").filter(visible=True)


@pytest.mark.parametrize("width", ["desk", "phone"])
@pytest.mark.parametrize("of", ["eight", "thirty"])
def test_both_figures_are_readable(open_page, width, of):
    page = open_page(make.persona("liaison") if of == "eight" else _big_cluster(), width)
    page.goto("/cluster/")
    page.get_by_role("link", name="架构图", exact=True).click()
    for name in ("组团内工作架构图", "组织领导架构图"):
        page.get_by_role("navigation", name="分页").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        expect(_visible_drawing(page)).to_have_count(1)
        assert page.evaluate(OVER_THE_EDGE) == []
        assert page.evaluate(SMALLEST) > 10
        looks_right(page)
        page.get_by_text("以表格列出").click()
        looks_right(page)


def test_a_box_leads_to_its_body_by_mouse_and_by_keyboard(open_page):
    page = open_page(make.persona("liaison"))
    page.goto("/cluster/figures/leading/")
    drawing = _visible_drawing(page)
    drawing.get_by_text("审核把关").click(force=True)  # the words let the pointer through to their box
    expect(page.get_by_role("heading", level=1)).to_have_text("专家委员会")
    page.go_back()
    drawing.get_by_role("link", name="领导小组").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("领导小组")


def test_an_earlier_day_is_asked_for_on_the_page(open_page):
    page = open_page(make.persona("liaison"))
    page.goto("/cluster/figures/working/")
    page.get_by_label("截至").fill("2020-01-01")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("这一天组团尚未启动")).to_be_visible()
    page.get_by_label("截至").fill("2022-05-01")
    page.get_by_role("button", name="查看").click()
    expect(page.locator(".tz-lead")).to_contain_text("截至2022年5月1日")


@pytest.mark.parametrize(("of", "sheets"), [("eight", 1), ("thirty", 2)])
def test_print_fits_lying_pages_of_a4(open_page, of, sheets):
    page = open_page(make.persona("liaison") if of == "eight" else _big_cluster())
    page.goto("/cluster/figures/leading/")
    printed = page.pdf(prefer_css_page_size=True)
    sizes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", printed)
    assert len(sizes) == sheets
    assert all(abs(float(wide) - 842) < 2 and abs(float(high) - 595) < 2 for wide, high in sizes)


def test_the_files_are_downloaded_from_the_page(open_page):
    page = open_page(make.persona("liaison"))
    page.goto("/cluster/figures/leading/")
    for name, ending in (("Word", "架构图（截至2026年11月23日）.docx"), ("SVG", ".svg"), ("PNG", ".png")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name, exact=True).click()
        assert waiting.value.suggested_filename.endswith(ending)


def test_both_figures_are_readable_in_the_dark(open_page):
    page = open_page(make.persona("liaison"), color_scheme="dark")
    for which in ("working", "leading"):
        page.goto(f"/cluster/figures/{which}/")
        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
        looks_right(page)
