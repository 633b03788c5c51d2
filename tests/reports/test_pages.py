"""The pages of the quarterly report: who opens which, in which state; edited in place, nothing lost."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.reports.quarter import Q3, brief, drafted, issued, office, opened, quarter, signer
from tests.reports.test_actions import STATES, in_state
from tizhi.base.documents.word import write_word
from tizhi.pipeline.reports import actions, queries
from tizhi.pipeline.reports.models import Part, Report

pytestmark = pytest.mark.django_db

NEVER = {"outsider", "administrator", "nobody"}
READS_DRAFTS = {"secretariat", "leading-group"}


@pytest.fixture
def web(client):
    return make.signed_in(client, "secretariat")


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_who_opens_which_page_in_which_state(client, persona, state):
    report = in_state(state)
    web = make.signed_in(client, persona)
    is_ours = persona not in NEVER
    reads = is_ours and (persona in READS_DRAFTS or state == "issued")
    stands = is_ours and (persona != "ministry" or state == "issued")
    assert web.get("/reports/").status_code == 200
    assert web.get(f"/reports/{report.pk}/").status_code == (200 if stands else 404)
    for page in ("text/", "word/"):
        assert web.get(f"/reports/{report.pk}/{page}").status_code == (200 if reads else 404)
    desk = web.get(f"/reports/{report.pk}/compose/").status_code
    if persona == "secretariat":
        assert desk == (200 if state == "drafting" else 302)
    else:
        assert desk == (403 if reads else 404)


def test_who_signs_opens_the_report_from_signing_on(client):
    report = in_state("signing")
    web = client
    web.force_login(_user_of(signer()), backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = web.get(f"/reports/{report.pk}/text/")
    assert answer.status_code == 200 and "签发" in text_of(answer) and "不予签发" in text_of(answer)
    web.post(f"/reports/{report.pk}/sign/", {"version": Report.objects.get().version})
    assert Report.objects.get().state == "signed"


def _user_of(actor):
    from tizhi.base.accounts.models import User

    return User.objects.get(pk=actor.user_id)


def test_the_list_opens_the_quarter_for_the_office_and_says_that_a_day_is_provisional(web):
    make.bnu()
    text = text_of(web.get("/reports/"))
    assert "2026年第四季度" in text and "暂按周一至周五计算" in text
    assert Report.objects.get().period == "2026Q4"


def test_the_overview_shows_every_unit_and_who_still_owes(client):
    report = in_state("drafting")
    text = text_of(make.signed_in(client, "liaison").get(f"/reports/{report.pk}/"))
    assert "西昌民族幼儿师范高等专科学校" in text and "应报单位" in text and "群通知" not in text
    assert "群通知" in text_of(make.signed_in(client, "secretariat").get(f"/reports/{report.pk}/"))


def test_one_click_composes_and_every_number_opens_its_explanation(web):
    quarter(6)
    report = opened()
    assert "还没有段落" not in text_of(web.get(f"/reports/{report.pk}/compose/"))
    web.post(f"/reports/{report.pk}/draft/")
    text = text_of(web.get(f"/reports/{report.pk}/compose/"))
    addresses = set(re.findall(r'href="\?figure=([^"#]+)#explain"', text))
    assert len(addresses) > 20
    for address in sorted(addresses)[::4]:
        answer = text_of(web.get(f"/reports/{report.pk}/compose/?figure={address}"))
        assert "定义" in answer and "tz-big" in answer


def test_page_word_and_database_agree(web):
    quarter(9)
    report = drafted()
    text = text_of(web.get(f"/reports/{report.pk}/text/"))
    shown = dict(re.findall(r'href="\?figure=([^"#]+)#explain"[^>]*>([^<]+)</a>', text))
    values = queries.compile_report(make.bnu(), Q3).values.by_key
    assert shown["activities"] == values["activities"].text == "9"
    assert shown["kind-training-trainees"] == values["kind-training-trainees"].text == str(sum(range(11, 19)))
    word = web.get(f"/reports/{report.pk}/word/")
    assert word.content == write_word(queries.compile_report(make.bnu(), Q3).document)
    assert "filename*=utf-8''" in word["Content-Disposition"]


def test_a_paragraph_is_rewritten_in_place(web):
    quarter(3)
    part = drafted().parts.filter(section="areas").first()
    form = text_of(web.get(f"/reports/{part.report_id}/compose/?edit={part.pk}"))
    assert f'data-autosave="/reports/parts/{part.pk}/autosave/"' in form
    answer = web.post(f"/reports/parts/{part.pk}/edit/", {"text": "改写为{活动总数}项", "version": part.version})
    assert answer.status_code == 302
    page = text_of(web.get(answer["Location"]))
    assert "改写为" in page and ">3</a>项" in page


def test_what_a_paragraph_said_before_can_be_read(web):
    quarter(3)
    part = drafted().parts.filter(section="areas").first()
    before = part.text
    web.post(f"/reports/parts/{part.pk}/edit/", {"text": "全新的文字", "version": part.version})
    page = text_of(web.get(f"/reports/{part.report_id}/compose/?part={part.pk}"))
    assert "改前的文字" in page and before.partition("{")[0] in page


def test_an_unknown_number_is_named_and_the_text_stays_in_the_form(web):
    quarter(3)
    part = drafted().parts.filter(section="areas").first()
    answer = web.post(f"/reports/parts/{part.pk}/edit/", {"text": "共{活动总}项", "version": part.version})
    assert answer.status_code == 422
    assert "活动总数" in text_of(answer) and "共{活动总}项" in text_of(answer)
    saved = web.post(f"/reports/parts/{part.pk}/autosave/", {"text": "共{活动总}项", "version": part.version})
    assert saved.status_code == 422 and "活动总数" in saved.json()["errors"]["text"]


def test_the_second_of_two_windows_on_a_paragraph_sees_both_texts(web):
    quarter(3)
    part = drafted().parts.filter(section="areas").first()
    at = f"/reports/parts/{part.pk}/edit/"
    web.post(at, {"text": "第一个窗口的文字", "version": part.version})
    answer = web.post(at, {"text": "第二个窗口的文字", "version": part.version})
    assert answer.status_code == 409
    assert "第一" in text_of(answer) and "第二" in text_of(answer)
    fresh = Part.objects.get(pk=part.pk)
    assert fresh.text == "第一个窗口的文字"
    assert web.get(at)["Location"].endswith(f"?edit={part.pk}#part-{part.pk}"), "giving up leads back to the desk"
    merged = web.post(at, {"text": "第一个窗口的文字，第二个窗口的文字", "version": fresh.version})
    assert merged.status_code == 302
    stale = web.post(f"/reports/parts/{part.pk}/autosave/", {"text": "再来", "version": part.version})
    assert stale.status_code == 409


def test_paragraphs_are_added_moved_merged_removed_and_restored_by_forms(web):
    quarter(11)
    report = drafted()
    compose = f"/reports/{report.pk}/compose/"
    web.post(f"/reports/{report.pk}/parts/", {"to": "problems", "text": "经费到位较慢。"})
    assert Part.objects.filter(section="problems", text="经费到位较慢。").exists()
    one, other = report.parts.filter(section="areas", area__key="talent")
    web.post(f"/reports/parts/{other.pk}/place/", {"to": "up"})
    assert list(report.parts.filter(section="areas", area__key="talent")) == [other, one]
    web.post(f"/reports/parts/{one.pk}/place/", {"to": "merge"})
    other.refresh_from_db()
    assert one.text in other.text
    assert web.post(f"/reports/parts/{other.pk}/remove/", {}).status_code == 422
    web.post(f"/reports/parts/{other.pk}/remove/", {"note": "与上期重复"})
    assert "已移除的段落" in text_of(web.get(compose))
    web.post(f"/reports/parts/{other.pk}/restore/", {})
    web.post(f"/reports/parts/{other.pk}/place/", {"to": "next"})
    assert Part.objects.get(pk=other.pk).section == "next"
    assert web.post(f"/reports/parts/{other.pk}/place/", {"to": "areas:999"}).status_code == 422


def test_the_tray_adopts_and_leaves_out_with_a_reason(web):
    visit, other, *_ = quarter(3)
    report = opened()
    at = f"/reports/{report.pk}/activities/{visit.pk}/"
    assert web.post(at + "leave-out/", {"note": ""}).status_code == 422
    web.post(at + "leave-out/", {"note": "并入年度报告", "fate": "waiting"})
    text = text_of(web.get(f"/reports/{report.pk}/compose/?fate=left-out"))
    assert "并入年度报告" in text and other.title not in text
    web.post(at + "adopt/")
    web.post(f"/reports/{report.pk}/adopt/")
    assert set(report.briefs.values_list("fate", flat=True)) == {"adopted"}
    foreign = brief("上季度", date(2026, 5, 5))
    assert web.post(f"/reports/{report.pk}/activities/{foreign.pk}/adopt/").status_code == 404


def test_the_report_is_checked_signed_issued_and_sealed(web, client):
    quarter(3)
    report = drafted()
    at = f"/reports/{report.pk}/"
    web.post(at + "submit-for-check/", {"version": Report.objects.get().version})
    web.post(at + "check/", {"version": Report.objects.get().version})
    actions.sign(signer(), Report.objects.get())
    assert web.post(at + "issue/", {"number": "", "issued_on": "2026-10-20"}).status_code == 422
    web.post(at + "issue/", {"number": "师教组〔2026〕3号", "issued_on": "2026-10-20"})
    text = text_of(web.get(at + "text/"))
    assert "师教组〔2026〕3号" in text and Report.objects.get().sha256 in text and "没有变化" in text
    assert "文字、数字与印发时一致" in text
    brief("后来接收", date(2026, 9, 9))
    assert "后来接收" in text_of(web.get(at + "text/"))
    assert web.get(at + "issue/").status_code == 422
    assert make.signed_in(client, "liaison").get(at + "issue/").status_code == 403


def test_a_report_is_given_back_only_with_a_reason(web):
    report = in_state("checking")
    at = f"/reports/{report.pk}/send-back/"
    assert web.get(at).status_code == 200
    assert web.post(at, {"note": ""}).status_code == 422
    web.post(at, {"note": "请核对培训人数"})
    assert "请核对培训人数" in text_of(web.get(f"/reports/{report.pk}/compose/"))


@pytest.mark.parametrize("persona", ["liaison", "leading-group", "ministry", "expert"])
def test_nobody_else_changes_a_report_by_any_address(client, persona):
    made = quarter(2)
    report = drafted()
    part = report.parts.first()
    before = list(report.parts.values()) + list(report.briefs.values())
    web = make.signed_in(client, persona)
    addresses = [
        f"{report.pk}/draft/", f"{report.pk}/adopt/", f"{report.pk}/parts/", f"{report.pk}/submit-for-check/",
        f"{report.pk}/activities/{made[0].pk}/adopt/", f"{report.pk}/activities/{made[0].pk}/leave-out/",
        *(f"parts/{part.pk}/{act}/" for act in ("edit", "autosave", "place", "remove", "restore")),
    ]  # fmt: skip
    for one in addresses:
        answer = web.post(f"/reports/{one}", {"text": "x", "note": "x", "to": "up"})
        assert answer.status_code in (403, 404), one
    report.refresh_from_db()
    assert list(report.parts.values()) + list(report.briefs.values()) == before and report.state == "drafting"


def test_hostile_titles_are_shown_as_text(web):
    make.bnu()
    brief("<script>alert(1)</script>{活动总数}", date(2026, 8, 1))
    report = drafted()
    for page in ("compose/", "compose/?figure=activities", "text/"):
        text = text_of(web.get(f"/reports/{report.pk}/{page}"))
        assert "&lt;script&gt;" in text and "<script>alert" not in text


@pytest.mark.parametrize("wrong", ["?figure=nothing", "?figure=activities·99", "?part=999999", "?edit=abc", "?fate=x",
                                   "?paragraph=9999", "?figure=%00"])  # fmt: skip
def test_an_address_that_means_nothing_opens_the_desk_as_it_is(web, wrong):
    quarter(2)
    report = drafted()
    assert web.get(f"/reports/{report.pk}/compose/{wrong}").status_code == 200
    assert web.get(f"/reports/{report.pk}/text/{wrong}").status_code == 200


@pytest.mark.parametrize("view", ["", "text/", "compose/", "compose/?figure=activities", "word/"])
def test_a_page_costs_the_same_number_of_queries_for_5_and_for_60_activities(web, view):
    quarter(5)
    report = drafted()
    few = _queries_of(web, f"/reports/{report.pk}/{view}")
    for n in range(55):
        brief(f"新增{n}", date(2026, 9, 1))
    actions.compose_draft(office(), report)
    assert _queries_of(web, f"/reports/{report.pk}/{view}") == few


def _queries_of(web, address) -> int:
    web.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert web.get(address).status_code == 200
    return len(caught)


def test_the_list_costs_the_same_number_of_queries_for_one_report_and_for_many(web):
    quarter(2)
    issued()
    few = _queries_of(web, "/reports/")
    for period in ("2025Q1", "2025Q2", "2025Q3", "2025Q4"):
        Report.objects.create(cluster=make.bnu(), period=period, state="issued", opened_at="2026-01-01T00:00:00Z",
                              figures=Report.objects.get(period="2026Q3").figures)  # fmt: skip
    assert _queries_of(web, "/reports/") == few


def test_the_reporting_unit_reads_on_its_activity_what_became_of_it(client):
    visit, *_ = quarter(2)
    report = drafted()
    actions.leave_out(office(), queries.brief_of(report, visit), note="并入年度报告")
    text = text_of(make.signed_in(client, "liaison").get(f"/activities/{visit.pk}/"))
    assert "未采用" in text and "并入年度报告" in text
    visit.state = "published"
    visit.save()
    assert "并入年度报告" not in text_of(make.signed_in(client, "expert").get(f"/activities/{visit.pk}/"))
