"""履约台账: the office opens a cell and urges, the liaison is told, a leader reads one page, contacts are confirmed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests import make
from tests.obligations.build import VISIT, line_of, since_the_start
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.models import Person

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


def _people() -> None:
    since_the_start()
    for persona in ("secretariat", "liaison", "office-head", "vice-president", "secretary"):
        make.persona(persona)


def test_the_office_opens_a_cell_and_urges_and_the_liaison_finds_it(open_page):
    _people()
    line = line_of(VISIT)
    page = open_page(make.persona("secretariat"))
    page.goto(reverse("obligations:board"))
    looks_right(page)
    cell = reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
    page.locator(f'a[data-cell][href="{cell}"]').click()
    opened = page.locator(f"#open-{VISIT}")
    expect(opened).to_contain_text("阜阳师范大学")
    expect(opened.get_by_role("heading", name="怎样算")).to_be_visible()
    looks_right(page)
    opened.get_by_role("button", name="收起").click()
    expect(opened.get_by_role("heading", name="怎样算")).to_have_count(0)
    page.locator(f'a[data-cell][href="{cell}"]').click()
    opened.get_by_role("link", name="催办").click()
    expect(page.get_by_text("孙涛（站内）")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="催办").click()
    expect(page.get_by_text("已催办，通知已送出。")).to_be_visible()
    assert Notice.objects.count() == 2

    for width in ("phone", "desk"):
        liaison = open_page(make.persona("liaison"), width)
        liaison.goto("/notices/")
        looks_right(liaison)
        liaison.get_by_role("link", name=line.rule.name).first.click()
        expect(liaison.get_by_text("大组团办公室催办").or_(liaison.get_by_text(line.sentence)).first).to_be_visible()
        looks_right(liaison)


def test_on_a_phone_the_ledger_is_a_list(open_page):
    _people()
    page = open_page(make.persona("liaison"), "phone")
    page.goto(reverse("obligations:board"))
    looks_right(page)
    page.locator(".tz-rules").get_by_role("link", name=line_of(VISIT).rule.name).click()
    expect(page.get_by_text("阜阳师范大学").filter(visible=True).first).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_vice_president_reads_one_page(open_page, width):
    _people()
    page = open_page(make.persona("vice-president"), width)
    page.goto(reverse("desk:leaders"))
    expect(page.get_by_role("heading", level=1)).to_have_text("高远")
    for heading in ("2026年应办", "近期行程", "待签文件"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    looks_right(page)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_an_office_head_confirms_the_contacts(open_page, width):
    _people()
    Person.objects.filter(unit__name="安徽师范大学").update(phone="13800000000")
    page = open_page(make.persona("office-head"), width)
    page.goto(reverse("filings:contacts", args=[make.unit("安徽师范大学").pk]))
    looks_right(page)
    page.get_by_role("button", name="确认无误").click()
    expect(page.get_by_text("已确认").first).to_be_visible()
    expect(page.get_by_role("button", name="再次确认")).to_be_visible()
    looks_right(page)
