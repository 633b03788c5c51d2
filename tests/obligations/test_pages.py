"""台账的页面: any address shows a ledger or is not found; who finds which button; the list begins with what is late."""

import re

import pytest
from django.urls import reverse

from tests import make
from tests.obligations.build import VISIT, line_of, since_the_start
from tizhi.pipeline.obligations import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """The browser of the secretariat, in a cluster with a liaison and an office head at 安徽师范大学."""
    since_the_start()
    for name in ("liaison", "office-head"):
        make.persona(name)
    return make.signed_in(client, "secretariat")


def shown(browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    "args",
    [(2026, "no-such-rule", "u1"), (2026, VISIT, "u999"), (2026, VISIT, "x"), (2019, VISIT, "u1"), (2027, VISIT, "u1")],
)
def test_a_cell_that_does_not_exist_is_not_found(office, args):
    assert office.get(reverse("obligations:cell", args=args)).status_code == 404


@pytest.mark.parametrize("page", ["board", "lines", "excel", "word"])
@pytest.mark.parametrize(
    "asked", ["year=x", "year=1999", "on=yesterday", "on=2026-13-45", "on=2999-01-01", "year=&on=", "year=%00"]
)
def test_a_broken_year_or_day_shows_todays_ledger(office, page, asked):
    answer = office.get(f"{reverse(f'obligations:{page}')}?{asked}")
    assert answer.status_code == 200
    if page == "board":
        assert "截至2026年11月23日。" in answer.content.decode()


def test_a_day_of_another_year_shows_that_year(office):
    page = shown(office, f"{reverse('obligations:board')}?on=2025-06-30&year=2025")
    assert "截至2025年6月30日，按当日情况和当日已知的记录" in page and "批量催办" not in page


# Who finds which button on a cell


def cell_of(client, who: str, line) -> str:
    address = reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
    return shown(make.signed_in(client, who), address)


@pytest.mark.parametrize(
    ("who", "finds"),
    [("liaison", True), ("office-head", True), ("pair-office", True), ("secretary", True), ("vice-president", False),
     ("department", False), ("leading-group", False), ("secretariat", False)],
)  # fmt: skip
def test_who_enters_work_for_the_unit_is_led_to_where_it_is_done(client, office, who, finds):
    assert ("kind=field-study" in cell_of(client, who, line_of(VISIT))) == finds


def test_the_school_that_is_owed_is_not_asked_to_report_the_visit_itself(client, office):
    line = line_of(VISIT, "北京师范大学")
    assert line.toward == "青海师范大学"
    assert "kind=field-study" not in cell_of(client, "supported-school", line)


@pytest.mark.parametrize(
    ("who", "finds"), [("liaison", True), ("office-head", True), ("pair-office", False), ("secretary", False)]
)
def test_only_who_keeps_the_people_is_led_to_confirm_them(client, office, who, finds):
    line = line_of("contact-list", period="2026H2")
    address = reverse("filings:contacts", args=[line.who.unit_id])
    assert (address in cell_of(client, who, line)) == finds


def test_a_past_day_shows_only_what_was_told_by_then(client, office):
    line = line_of(VISIT)
    office.post(reverse("obligations:urge"), {"key": line.key})
    address = reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
    assert "已发2次" in shown(office, address)
    then = shown(office, f"{address}?on=2026-11-22")
    assert "已发0次" in then and "催办</a>" not in then and "免除…" not in then


def test_the_list_begins_with_what_is_late_by_its_day_then_what_soon_is(office):
    lines = [line for line in queries.of_year(make.bnu(), 2026).lines if line.state.is_open]
    page = shown(office, f"{reverse('obligations:lines')}?state=open")
    told = re.findall(r"</svg>(逾期|临期|未到期)", page.split('id="list"')[1])
    assert told == sorted(told, key=["逾期", "临期", "未到期"].index)
    assert set(told) <= {line.state.word for line in lines} and told[0] == "逾期"
