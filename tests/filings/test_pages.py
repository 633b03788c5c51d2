"""The pages of a unit's input: written in two windows, saved as one types, signed, returned, exempted."""

from datetime import date

import pytest

from tests import make
from tests.filings.test_actions import WRITTEN, entry_of
from tizhi.base.kit import clock
from tizhi.pipeline.filings.models import UnitInput

pytestmark = pytest.mark.django_db
EMPTY = dict.fromkeys(("highlights", "problems", "deviations", "suggestions", "next_steps"), "")


def address(page: str = "", unit: str = "安徽师范大学", period: str = "2026Q3") -> str:
    return f"/inputs/{period}/{make.unit(unit).pk}/{page}"


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_who_opens_which_page(client, persona):
    make.bnu()
    entry_of()
    browser = make.signed_in(client, persona)
    reads = {"secretariat", "pair-office", "liaison", "office-head", "vice-president", "secretary", "project-group",
             "department", "leading-group"}  # fmt: skip
    writes = {"pair-office", "liaison", "office-head", "secretary", "project-group"}
    assert browser.get(address()).status_code == (200 if persona in reads else 404)
    status = 200 if persona in writes else 403 if persona in reads else 404
    assert browser.get(address("edit/")).status_code == status


def test_nobody_unknown_and_no_period_that_is_none(client):
    make.bnu()
    assert client.get(address()).status_code == 302
    browser = make.signed_in(client, "liaison")
    for wrong in (address(period="2026Q9"), address(period="x"), address(period="2027Q3"), "/inputs/2026Q3/999999/"):
        assert browser.get(wrong).status_code == 404
    assert browser.get(address(unit="青海师范大学")).status_code == 404


def test_a_unit_writes_and_sends_in_two_steps(client):
    make.bnu()
    browser = make.signed_in(client, "liaison")
    assert "还没有填写" in browser.get(address()).content.decode()
    browser.post(address("edit/"), {**EMPTY, "problems": "经费未到位", "save": "1"})
    assert UnitInput.objects.get().state == "draft"
    answer = browser.post(
        address("edit/"), {**EMPTY, **WRITTEN, "version": UnitInput.objects.get().version, "send": "1"}
    )
    assert answer.status_code == 302
    entry = UnitInput.objects.get()
    assert (entry.state, entry.highlights) == ("approving", WRITTEN["highlights"])


def test_what_is_missing_is_named_and_nothing_typed_is_lost(client):
    make.bnu()
    browser = make.signed_in(client, "liaison")
    answer = browser.post(address("edit/"), {**EMPTY, "highlights": "只写了亮点", "send": "1"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写下季度安排" in text and "只写了亮点" in text
    assert UnitInput.objects.get().highlights == "只写了亮点"


def test_nothing_to_report_with_text_is_refused(client):
    make.bnu()
    browser = make.signed_in(client, "liaison")
    answer = browser.post(address("edit/"), {**EMPTY, "problems": "有问题", "is_nil": "on", "send": "1"})
    assert answer.status_code == 422 and "不能同时报“本期无”" in answer.content.decode()
    entry = UnitInput.objects.get()
    browser.post(address("edit/"), {**EMPTY, "is_nil": "on", "version": entry.version, "send": "1"})
    assert UnitInput.objects.get().state == "approving"


def test_the_second_of_two_windows_sees_both_texts(client):
    make.bnu()
    entry = entry_of()
    browser = make.signed_in(client, "liaison")
    read = entry.version
    browser.post(address("edit/"), {**EMPTY, **WRITTEN, "highlights": "第一个窗口", "version": read, "save": "1"})
    answer = browser.post(
        address("edit/"), {**EMPTY, **WRITTEN, "highlights": "第二个窗口", "version": read, "save": "1"}
    )
    text = answer.content.decode()
    assert answer.status_code == 409 and "第一个" in text and "第二个" in text
    assert UnitInput.objects.get().highlights == "第一个窗口"


def test_typing_is_saved_and_begins_the_draft(client):
    make.bnu()
    browser = make.signed_in(client, "liaison")
    answer = browser.post(address("autosave/"), {**EMPTY, "highlights": "打字中"})
    assert answer.status_code == 200
    version = answer.json()["version"]
    assert browser.post(address("autosave/"), {**EMPTY, "highlights": "打", "version": version}).status_code == 200
    assert browser.post(address("autosave/"), {**EMPTY, "highlights": "旧", "version": version}).status_code == 409
    assert browser.post(address("autosave/"), {**EMPTY, "highlights": "x" * 3001}).status_code == 422
    assert UnitInput.objects.get().highlights == "打"


def test_it_is_signed_returned_and_exempted_by_buttons(client):
    make.bnu()
    entry_of(state="approving")
    make.signed_in(client, "office-head").post(address("sign-input/"), {"version": 1})
    assert UnitInput.objects.get().state == "handed-in"
    browser = make.signed_in(client, "secretariat")
    assert browser.post(address("return-input/"), {"note": " "}).status_code == 422
    browser.post(address("return-input/"), {"note": "请补充问题"})
    assert UnitInput.objects.get().return_reason == "请补充问题"
    assert "请补充问题" in make.signed_in(client, "liaison").get(address()).content.decode()
    make.signed_in(client, "secretariat").post(address("exempt/", "阜阳师范大学"), {"note": "经同意"})
    assert UnitInput.objects.get(unit__name="阜阳师范大学").state == "exempt"
    assert make.signed_in(client, "liaison").post(address("return-input/"), {"note": "x"}).status_code == 403
    assert make.signed_in(client, "liaison").post(address("no-such-act/")).status_code == 404


def test_the_form_shows_what_is_known_already_and_what_was_announced(client):
    make.bnu()
    entry_of(period="2026Q3", state="handed-in", next_steps="联合申报教改项目")
    make.activity(state="published", title="已经报送的研修班")
    with clock.at(date(2026, 12, 25)):
        text = make.signed_in(client, "liaison").get(address("edit/", period="2026Q4")).content.decode()
    assert "联合申报教改项目" in text and "已经报送的研修班" in text and "参训教师40人" in text


def test_hostile_text_is_shown_as_text(client):
    make.bnu()
    entry_of(highlights="<script>alert(1)</script>", state="handed-in")
    text = make.signed_in(client, "secretariat").get(address()).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text and "<script>alert(1)" not in text
