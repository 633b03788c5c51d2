"""新版方案: an administrator loads a changed scheme, sees what it brings, goes back – and applies it after all."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests import make
from tests.scheme.writing import GONE, changed
from tizhi.base.kit import clock
from tizhi.pipeline.scheme.models import Cluster, Version

from .conftest import WIDTHS, looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]

# 阿坝师范学院 goes to another partner, inputs have longer, the expert committee has no members.
NEXT = changed(
    ("pair[3].partner", "ahnu"),
    ("obligation[quarterly-input].due", {"after": "period-end", "workdays": 8}),
    ("body[expert-committee].seat[2]", GONE),
)


def _offer(page: Page, text: str) -> None:
    page.goto("/schemes/")
    page.get_by_role("link", name="载入方案").click()
    plan = {"name": "方案.toml", "mimeType": "text/plain", "buffer": text.encode()}
    page.get_by_label("方案文件").set_input_files([plan])
    page.get_by_role("button", name="核对文件").click()


@pytest.mark.parametrize("width", WIDTHS)
def test_a_changed_scheme_is_seen_through_before_it_is_applied(open_page, width):
    with clock.at(date(2022, 4, 1)):
        make.bnu()
    make.persona("expert")
    page = open_page(make.persona("administrator"), width)

    # A mistake in the file is named, and nothing is lost.
    _offer(page, changed(("briefs.due_workdays", -1)))
    expect(page.get_by_text("briefs.due_workdays")).to_be_visible()
    looks_right(page)

    _offer(page, NEXT)
    expect(page.get_by_role("heading", name="核对变化")).to_be_visible()
    expect(page.get_by_text("安徽师范大学—阿坝师范学院", exact=True)).to_be_visible()
    expect(page.get_by_text("台账：新增7项、取消7项、改变8项")).to_be_visible()
    rule = page.get_by_text("新增1项（安徽师范大学→阿坝师范学院，2026年）").first
    expect(rule).not_to_be_visible()
    page.get_by_text("逐项规则查看").click()
    expect(rule).to_be_visible()
    expect(page.get_by_text("期限由2027年1月7日改为2027年1月12日")).to_be_visible()
    expect(page.get_by_role("heading", name="随之终止的任职")).to_be_visible()
    expect(page.get_by_text("钱文")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="另选文件").click()
    expect(page.get_by_role("heading", name="载入方案")).to_be_visible()
    assert Version.objects.count() == 1

    _offer(page, NEXT)
    page.get_by_role("button", name="确认施行").click()
    expect(page.get_by_text("的方案已施行。")).to_be_visible()
    expect(page.get_by_text("第2版，自2026年11月23日起施行")).to_be_visible()
    looks_right(page)
    assert str(Cluster.objects.get().pairs.latest("pk")) == "安徽师范大学—阿坝师范学院"
