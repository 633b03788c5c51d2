"""一个季度: from accepted briefs to an issued report in Word, whose figures are those of the page and of the rows."""

import io
import re

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from tests import make
from tests.reports import quarter
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.reports.models import Report

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _words_of(page: Page) -> str:
    """The text of the Word file that the page offers."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word").click()
    content = waiting.value.path().read_bytes()
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _act(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    confirm = page.get_by_role("dialog")
    if confirm.is_visible():
        confirm.get_by_role("button", name=name).click()


def test_a_quarter_becomes_a_report(open_page):
    quarter.quarter(12)
    report = quarter.opened()
    address = f"/reports/{report.pk}/"
    page = open_page(make.persona("secretariat"))
    page.goto("/reports/")
    looks_right(page)
    page.goto(f"{address}compose/")
    _act(page, "拟整稿")
    expect(page.get_by_text("一、总体情况")).to_be_visible()

    # Every number opens what lies behind it.
    number = page.locator(".tz-num", has_text=re.compile("^12$")).first
    told = re.sub(r"\D", "", number.inner_text())
    number.click()
    expect(page.locator("#explain")).to_contain_text("定义")
    counted = Activity.objects.filter(last_day__range=("2026-07-01", "2026-09-30"), state__in=("accepted", "published"))
    assert told == str(counted.count()) == "12"
    looks_right(page)

    # A paragraph is rewritten; the number in it stays bound.
    page.get_by_role("link", name="改写").first.click()
    box = page.locator(".tz-partform textarea")
    expect(box).not_to_be_empty()
    box.fill(box.input_value() + "各校按计划推进。")
    page.locator(".tz-partform").get_by_role("button", name="保存").click()
    expect(page.get_by_text("各校按计划推进。").first).to_be_visible()

    _act(page, "提交核对")
    expect(page.get_by_text("已提交核对，文字和数字已固定。")).to_be_visible()
    _act(page, "核对通过")
    signer = open_page(make.Person.objects.get(pk=quarter.signer().person_id).user)
    signer.goto("/")
    expect(signer.get_by_role("heading", name="等我处理")).to_be_visible()
    signer.goto(f"{address}text/")
    _act(signer, "签发")
    expect(signer.get_by_text("已签发，可以印发。")).to_be_visible()

    page.goto(f"{address}issue/")
    page.get_by_label("发文字号").fill("京师强师办〔2026〕6号")
    _act(page, "印发")
    expect(page.get_by_text("已印发。文字、数字从此不再变动。")).to_be_visible()
    looks_right(page)
    report = Report.objects.get(pk=report.pk)
    assert report.state == "issued" and len(report.sha256) == 64
    words = _words_of(page)
    assert "各校按计划推进。" in words
    assert "12项" in words
    assert "京师强师办〔2026〕6号" in words

    school = open_page(make.persona("supported-school"), "phone")
    school.goto(f"{address}text/")
    expect(school.get_by_text("各校按计划推进。")).to_be_visible()
    looks_right(school)


def test_a_unit_hands_in_its_quarter_from_a_phone(open_page):
    make.persona("office-head")
    page = open_page(make.persona("liaison"), "phone")
    unit = make.unit("安徽师范大学").pk
    page.goto(f"/inputs/2026Q4/{unit}/edit/")
    page.get_by_label("工作亮点").fill("联合教研形成制度。")
    page.get_by_label("下季度安排").fill("组织返岗汇报课。")
    looks_right(page)
    _act(page, "提交审签")
    expect(page.get_by_text("待本单位审签").first).to_be_visible()
    head = open_page(make.Person.objects.get(name="周岚").user)
    head.goto(f"/inputs/2026Q4/{unit}/")
    _act(head, "审签通过")
    expect(head.get_by_text("已审签").first).to_be_visible()
    looks_right(head)
