"""台账的办理页: urging after seeing who hears of it, excusing with a reason – by the secretariat, and nobody else."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.http import urlencode

from tests import make
from tests.obligations.build import VISIT, line_of, since_the_start, visit
from tizhi.base.kit import clock
from tizhi.base.notices.models import Notice
from tizhi.pipeline.filings.models import Waiver

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


def test_the_page_says_who_will_hear_of_it_and_by_which_way(office):
    liaison = make.appointment("liaison").person
    liaison.email = "st@ahnu.example"
    liaison.save()
    page = shown(office, f"{reverse('obligations:urge')}?{urlencode({'key': line_of(VISIT).key})}")
    assert "1个事项，将通知2人" in page
    assert "孙涛（站内、邮件）" in page and "周岚（站内）" in page
    assert not Notice.objects.exists()


def test_without_lines_named_it_lists_all_that_press(office):
    page = shown(office, reverse("obligations:urge"))
    assert page.count('name="key"') > 1
    assert "没有可以通知的人" not in page  # where a unit has nobody the cluster office hears of it


def test_urging_tells_the_liaison_and_the_head_once_a_day(office):
    line = line_of(VISIT)
    for _ in range(2):
        answer = office.post(reverse("obligations:urge"), {"key": line.key})
        assert answer.status_code == 302
    assert sorted(Notice.objects.values_list("name", flat=True)) == ["周岚", "孙涛"]
    with clock.at(date(2026, 11, 24)):
        office.post(reverse("obligations:urge"), {"key": line.key})
    assert Notice.objects.count() == 4


def test_what_is_done_meanwhile_is_not_urged(office):
    line = line_of(VISIT)
    visit(date(2026, 11, 10))
    answer = office.post(reverse("obligations:urge"), {"key": line.key})
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
    answer = office.post(reverse("obligations:urge"), {"key": line_of(VISIT).key, "back": back})
    assert answer.url == reverse("obligations:board")
    assert "evil" not in shown(office, f"{reverse('obligations:urge')}?{urlencode({'back': back})}")


def test_a_line_that_does_not_exist_is_not_found(office):
    assert office.get(reverse("obligations:waive", args=[2026, "no-such-line"])).status_code == 404
    assert office.get(reverse("obligations:waive", args=[2019, line_of(VISIT).key])).status_code == 404
    assert office.post(reverse("obligations:lift", args=[999])).status_code == 404
