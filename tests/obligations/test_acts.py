"""台账的办理页: urging after seeing who hears of it, excusing with a reason – by the secretariat, and nobody else."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from tests import make
from tests.obligations.build import VISIT, holder, line_of, since_the_start, visit
from tizhi.base.audit.models import Entry
from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit import clock
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    """The browser of the secretariat, in a cluster with a liaison and an office head at 安徽师范大学."""
    since_the_start()
    for name in ("liaison", "office-head"):
        make.persona(name)
    return make.signed_in(client, "secretariat")


def waive_url(line) -> str:
    return reverse("obligations:waive", args=[line.year, line.key])


def shown(browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def urge_url(*keys: str, **given: str) -> str:
    return f"{reverse('obligations:urge')}?{urlencode({'key': keys, **given}, doseq=True)}"


def urge(browser, *keys: str, **given: str):
    return browser.post(reverse("obligations:urge"), {"key": keys, **given})


@pytest.mark.parametrize(("has_mail", "ways"), [(True, "站内、邮件"), (False, "站内、邮件（未配置邮件）")])
def test_the_page_says_who_will_hear_of_it_and_by_which_way(office, settings, has_mail, ways):
    settings.HAS_MAIL = has_mail
    Person.objects.filter(name="孙涛").update(email="st@ahnu.example")
    page = shown(office, urge_url(line_of(VISIT).key))
    assert "1个事项，将通知2人" in page
    assert f"孙涛（{ways}）" in page and "周岚（站内）" in page
    assert not Notice.objects.exists()
    urge(office, line_of(VISIT).key)
    assert ("邮件稍后发出" in shown(office, "/")) == has_mail


def test_whom_nothing_reaches_is_to_be_rung_up(office):
    holder("示例·赵晓", post="liaison")
    assert "示例·赵晓（无账号、无邮箱，请电话联系）" in shown(office, urge_url(line_of(VISIT).key))


def test_without_lines_named_it_lists_all_that_press(office):
    pressing = queries.pressing(queries.of_now(make.bnu()))
    page = shown(office, reverse("obligations:urge"))
    assert page.count('name="key"') == len(pressing) > 1


def test_the_board_offers_to_urge_as_many_as_the_page_then_lists(office):
    board = shown(office, reverse("obligations:board"))
    count, address = re.search(r"批量催办（(\d+)）", board), re.search(r'href="(/ledger/urge/[^"]*)"', board)
    page = shown(office, address[1].replace("&amp;", "&"))
    assert page.count('name="key"') == int(count[1]) > len(queries.pressing(queries.of_now(make.bnu())))


def test_what_a_unit_without_people_owes_is_not_urged_at_the_office_itself(office):
    line = line_of(VISIT, "西北师范大学")
    page = shown(office, urge_url(line.key))
    assert "没有可以通知的人，请先任命联系人" in page and "大组团办公室主任 王敏" not in page
    answer = urge(office, line.key)
    assert answer.status_code == 422 and "请先任命，再催办" in answer.content.decode()
    assert not Notice.objects.exists()


def test_urging_tells_the_liaison_and_the_head_once_a_day(office):
    line = line_of(VISIT)
    assert urge(office, line.key).status_code == 302
    assert sorted(Notice.objects.values_list("name", flat=True)) == ["周岚", "孙涛"]
    again = urge(office, line.key)
    assert again.status_code == 422 and "今天都已催办过" in again.content.decode()
    page = shown(office, urge_url(line.key))
    assert "今天已催办" in page and "将通知0人" in page and "checked" not in page
    with clock.at(date(2026, 11, 24)):
        assert urge(office, line.key).status_code == 302
    assert Notice.objects.count() == 4
    assert [(one.label, one.name) for one in Entry.objects.filter(code="obligations.urge")] == [("催办", "王敏")] * 2


def test_one_urged_today_and_one_not_tells_of_the_other_only(office):
    line, other = line_of(VISIT), line_of("contact-list", period="2026H1")
    urge(office, line.key)
    assert urge(office, line.key, other.key).status_code == 302
    assert Notice.objects.count() == 4


def test_nothing_ticked_is_asked_for(office):
    answer = urge(office)
    assert answer.status_code == 422 and "请至少勾选一个事项" in answer.content.decode()


def test_what_is_late_since_long_ago_is_urged_too(office):
    line = line_of("quarterly-input", period="2026Q1")
    assert line.key not in {one.key for one in queries.of_now(make.bnu()).lines}
    assert "2026年第一季度材料" in shown(office, urge_url(line.key))
    assert urge(office, line.key).status_code == 302
    assert Notice.objects.filter(key__contains="2026Q1").count() == 2


@pytest.mark.parametrize("key", ["no-such-line", "a|b|c|9999Q1", "a|b|c|٢٠٢٦", "", "|" * 300])
def test_a_key_that_is_none_is_urged_to_nobody(office, key):
    assert "不用催办" in shown(office, urge_url(key))
    assert urge(office, key).status_code == 422
    assert not Notice.objects.exists()


def test_marks_and_addresses_are_not_given_back_as_what_was_typed(office):
    visit(date(2026, 11, 10))
    answer = urge(
        office, f"{line_of(VISIT).key}{'-long' * 10}", back="/ledger/2026/partner-leader-visit/u2/?on=2026-11-01"
    )
    assert answer.status_code == 422 and "你刚才填写的内容" not in answer.content.decode()


def test_what_is_done_meanwhile_is_not_urged(office):
    line = line_of(VISIT)
    visit(date(2026, 11, 10))
    answer = urge(office, line.key)
    assert answer.status_code == 422
    assert "不用催办" in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("who", ["liaison", "vice-president", "leading-group", "expert"])
def test_nobody_else_urges_or_excuses(client, office, who):
    line = line_of(VISIT)
    browser = make.signed_in(client, who)
    assert browser.get(reverse("obligations:urge")).status_code == 403
    assert browser.post(reverse("obligations:urge"), {"key": line.key}).status_code == 403
    assert browser.post(waive_url(line), {"note": "不想做"}).status_code in (403, 404)
    assert not Notice.objects.exists() and not Waiver.objects.exists()


@pytest.mark.parametrize("note", ["", "   "])
def test_excusing_without_a_reason_asks_for_one(office, note):
    answer = office.post(waive_url(line_of(VISIT)), {"note": note, "version": ""})
    assert answer.status_code == 422
    assert not Waiver.objects.exists()


def test_a_reason_too_long_is_kept_as_it_was_typed(office):
    typed = "学校合并" * 500
    answer = office.post(waive_url(line_of(VISIT)), {"note": typed})
    assert answer.status_code == 422
    assert typed in answer.content.decode()


def test_excused_and_asked_again(office):
    line = line_of(VISIT)
    assert "免除" in shown(office, waive_url(line))
    assert office.post(waive_url(line), {"note": "学校合并"}).status_code == 302
    cell = reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
    page = shown(office, cell)
    assert "学校合并" in page and "取消免除" in page
    lifted = office.post(reverse("obligations:lift", args=[Waiver.objects.get().pk]), {"back": cell})
    assert lifted.url == cell
    assert line_of(VISIT).state.is_open


def test_the_list_and_its_sheet_tell_what_is_excused_and_why(office):
    office.post(waive_url(line_of(VISIT)), {"note": "学校合并"})
    listed = shown(office, f"{reverse('obligations:lines')}?state=waived")
    assert "免除" in listed and "分管校领导实地调研" in listed and listed.count("<tr>") == 2
    sheet = office.get(f"{reverse('obligations:excel')}?state=waived").content
    (row,) = read_sheet(sheet, ["状态", "说明"])
    assert row.text("状态") == "免除" and "已由王敏（大组团办公室主任）免除：学校合并" in row.text("说明")


def test_whoever_it_concerns_sees_who_excused_and_why_and_may_not_lift_it(client, office):
    line = line_of(VISIT)
    office.post(waive_url(line), {"note": "学校合并"})
    cell = reverse("obligations:cell", args=[line.year, line.rule.id, line.column])
    page = shown(make.signed_in(client, "liaison"), cell)
    assert "已由王敏（大组团办公室主任）免除：学校合并" in page and "取消免除" not in page
    lift = reverse("obligations:lift", args=[Waiver.objects.get().pk])
    assert client.post(lift).status_code == 403
    assert make.signed_in(client, "supported-school").post(lift).status_code == 404
    assert not line_of(VISIT).state.is_open


def test_a_waiver_is_lifted_once(office):
    office.post(waive_url(line_of(VISIT)), {"note": "学校合并"})
    lift = reverse("obligations:lift", args=[Waiver.objects.get().pk])
    assert office.get(lift).status_code == 405
    assert [office.post(lift).status_code for _ in range(2)] == [302, 422]


def test_a_past_day_in_the_address_excuses_from_nothing_that_is_done_now(office):
    visit(date(2026, 11, 10))
    answer = office.post(f"{waive_url(line_of(VISIT))}?on=2026-06-01", {"note": "学校合并"})
    assert answer.status_code == 422 and not Waiver.objects.exists()


def test_what_is_done_cannot_be_excused(office):
    visit(date(2026, 11, 10))
    answer = office.post(waive_url(line_of(VISIT)), {"note": "学校合并"})
    assert answer.status_code == 422
    assert "不需要免除" in answer.content.decode()
    assert not Waiver.objects.exists()


def test_what_a_unit_hands_in_is_excused_on_its_own_page(office):
    line = line_of("quarterly-input", period="2026Q4")
    answer = office.get(waive_url(line))
    assert answer.url == reverse("filings:act", args=["2026Q4", line.who.unit_id, "exempt"])
    assert office.get(answer.url).status_code == 200


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_back_never_leaves_the_platform(office, back):
    answer = urge(office, line_of(VISIT).key, back=back)
    assert answer.url == reverse("obligations:board")
    assert "evil" not in shown(office, urge_url(back=back))
    waiver = Waiver.objects.create(cluster=make.bnu(), instance="x", reason="x", words="x", at=clock.now())
    lifted = office.post(reverse("obligations:lift", args=[waiver.pk]), {"back": back})
    assert lifted.url == reverse("obligations:board")


def test_the_way_back_is_where_one_came_from(office):
    back = f"{reverse('obligations:board')}?year=2025"
    assert urge(office, line_of(VISIT).key, back=back).url == back


def test_a_line_that_does_not_exist_is_not_found(office):
    assert office.get(reverse("obligations:waive", args=[2026, "no-such-line"])).status_code == 404
    assert office.get(reverse("obligations:waive", args=[2019, line_of(VISIT).key])).status_code == 404
    assert office.get(reverse("obligations:waive", args=[2027, line_of(VISIT).key])).status_code == 404
    assert office.post(reverse("obligations:lift", args=[999])).status_code == 404
