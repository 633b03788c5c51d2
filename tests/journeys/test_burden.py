"""填报负担: how much is asked of whom, read by a school at a desk and on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests import make
from tizhi.base.kit import clock

from .conftest import WIDTHS, looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


@pytest.mark.parametrize("width", WIDTHS)
def test_a_colleague_sees_how_much_is_asked_of_whom(bare, open_page, width):
    with clock.at(date(2022, 4, 1)):
        make.bnu()
    page = open_page(make.persona("supported-school"), width)
    page.goto("/ledger/")
    page.get_by_role("link", name="填报负担").click()
    expect(page.get_by_text("平台向11个单位共提出46次填报要求")).to_be_visible()
    looks_right(page)
    page.get_by_role("link", name="安徽师范大学").click()
    expect(page.get_by_role("heading", name="各类：安徽师范大学")).to_be_visible()
    page.get_by_label("年度").select_option("2025")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_text("2025年，平台向11个单位共提出54次填报要求")).to_be_visible()
    expect(page.get_by_role("heading", name="各类：安徽师范大学")).to_be_visible()
    looks_right(page)
