"""一校一策: a pair office opens and writes a plan, its school marks a passage, two write at once and lose nothing."""

import pytest
from playwright.sync_api import expect

from tests import make
from tests.plans import building
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.models import Comment, Section

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]
WORD = (
    "<html><body><h1 class=MsoTitle style='mso-x:1'>总体思路</h1><p class=MsoNormal><span style='font-family:仿宋'>"
    "坚持<b>师范</b>主业<o:p></o:p></span></p><table border=1><tr><td style='width:9pt'>甲</td></tr></table>"
    "<script>alert(1)</script></body></html>"
)


def _paste(page, html: str) -> None:
    page.evaluate(
        """html => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.querySelector(".ProseMirror").dispatchEvent(
                new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def test_a_plan_is_opened_written_and_marked(open_page):
    make.bnu()
    page = open_page(make.persona("pair-office"))
    page.goto("/")
    page.get_by_role("link", name="一校一策", exact=True).first.click()
    looks_right(page)
    page.get_by_role("link", name="建立第一份计划").click()
    page.get_by_label("年度工作计划（2026年）").check()
    looks_right(page)
    page.get_by_role("button", name="建立", exact=True).click()
    expect(page.get_by_text("计划已建立，可以开始编写。")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="编写“年度目标”").click()
    text = page.get_by_role("textbox", name="年度目标正文")
    text.click()
    _paste(page, WORD)
    expect(page.get_by_role("heading", name="总体思路")).to_be_visible()
    page.keyboard.type("五年建成课程8门")
    expect(page.get_by_text("已自动保存")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    section = Section.objects.get(key="aims")
    assert "<h3>总体思路</h3>" in section.html and "<table>" in section.html and "五年建成课程8门" in section.html
    assert "style" not in section.html and "script" not in section.html

    school = open_page(building.school_user(), "phone")
    school.goto(f"/plans/{section.plan_id}/")
    looks_right(school)
    school.evaluate(
        """() => {
            const line = document.querySelector("[data-text] p");
            const node = document.createTreeWalker(line, NodeFilter.SHOW_TEXT).nextNode();
            const range = document.createRange();
            range.selectNodeContents(node);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    school.get_by_role("button", name="对这段提意见").click()
    school.get_by_label("意见", exact=True).fill("写明牵头教师")
    school.get_by_role("button", name="提出意见").click()
    expect(school.locator("mark").first).to_be_visible()
    assert Comment.objects.get().quote
    looks_right(school)


def test_two_who_write_one_chapter_put_it_together(open_page):
    plan = building.written(building.opened("year"))
    page = open_page(make.persona("pair-office"))
    page.goto(f"/plans/{plan.pk}/edit/aims/")
    text = page.get_by_role("textbox", name="年度目标正文")
    expect(text).to_be_visible()
    actions.save_section(make.actor("liaison"), Section.objects.get(plan=plan, key="aims"), html="<p>对方写的</p>")
    text.click()
    page.keyboard.type("我写的")
    page.get_by_role("button", name="核对两人的改动").click()
    expect(page.get_by_role("heading", name="两人的差别")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="用对方的").click()
    page.get_by_role("textbox", name="年度目标正文").click()
    page.keyboard.type("和我写的")
    page.get_by_role("button", name="保存合并后的文本").click()
    expect(page.get_by_text("已保存。")).to_be_visible()
    html = Section.objects.get(plan=plan, key="aims").html
    assert "对方写的" in html and "和我写的" in html
