"""The pages of consultations: what was typed stays, faults speak Chinese, lists cost the same for few and many."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit import clock
from tizhi.pipeline.consultations import queries
from tizhi.pipeline.consultations.models import Consultant, Consultation, Effect
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.studies.models import Finding, Study

from .building import PARTNER, SCHOOL, TEXT, asked, at, case, expert, school_liaison

pytestmark = pytest.mark.django_db

LIST = "/consultations/"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"
WRITTEN = {"title": "实训课程怎样设置", "text": TEXT, "wanted": "请专家到校一次", "area": ""}


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def page(one: Consultation, name: str = "") -> str:
    return f"{LIST}{one.pk}/{name}"


@pytest.fixture
def school(client):
    make.signed_in(client, school_liaison())
    return client


@pytest.fixture
def office(client):
    make.signed_in(client, "pair-office")
    return client


def test_a_school_keeps_a_draft_and_asks_it_with_its_papers(school):
    files = [SimpleUploadedFile("现状.pdf", PDF), SimpleUploadedFile("课程表.pdf", PDF)]
    text = text_of(school.post(f"{LIST}new/", {**WRITTEN, "text": "", "files": files}, follow=True))
    assert "已保存为草稿" in text and "现状.pdf" in text and "课程表.pdf" in text
    one = Consultation.objects.get()
    kept = one.files.first().file_id
    sent = {**WRITTEN, "ask": "1", "version": one.version, "remove": [kept]}
    text = text_of(school.post(page(one, "edit/"), sent, follow=True))
    assert "已提出" in text and "答复期限2026年12月7日（还有14天）" in text
    assert one.files.count() == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"title": "", "text": "", "wanted": ""}, "请用一句话写明要问的问题"),
        ({"title": "问" * 121}, "120"),
        ({"text": "字" * 4001}, "4000"),
        ({"area": "999999"}, "不在名单里"),
        ({"area": "<script>"}, "不在名单里"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_and_what_was_typed_stays(school, given, sentence):
    answer = school.post(f"{LIST}new/", {**WRITTEN, "ask": "1", "area": "", **given})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert (
        sentence in text and given.get("wanted", WRITTEN["wanted"]) in text and "<script>" not in text.split("<main")[1]
    )
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [({"title": ""}, "请用一句话写明要问的问题"), ({"text": ""}, "请写明情况，专家要据此判断")],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept_with_its_papers(school, given, sentence):
    files = [SimpleUploadedFile("现状.pdf", PDF)]
    text = text_of(school.post(f"{LIST}new/", {**WRITTEN, "ask": "1", "files": files, **given}, follow=True))
    assert "还差这几项" in text and sentence in text and "现状.pdf" in text
    one = Consultation.objects.get()
    assert (one.state, one.wanted) == ("draft", WRITTEN["wanted"])
    school.post(page(one, "edit/"), {**WRITTEN, "ask": "1", "version": one.version})
    assert Consultation.objects.get().state == "asked"


def test_a_case_is_begun_as_one_types_and_goes_on(school):
    text = text_of(school.get(f"{LIST}new/"))
    assert f'data-autosave="{LIST}new/autosave/"' in text and "随写随存，可以分几次写完" in text
    saved = school.post(f"{LIST}new/autosave/", {"title": "实训课程怎样设置"}).json()
    one = Consultation.objects.get()
    assert (one.state, saved["url"]) == ("draft", page(one, "edit/"))
    again = school.post(saved["autosave"], {**WRITTEN, "version": saved["version"]})
    assert again.status_code == 200 and Consultation.objects.get().text == TEXT
    assert school.post(saved["autosave"], {**WRITTEN, "version": saved["version"]}).status_code == 409
    spoilt = school.post(saved["autosave"], {**WRITTEN, "area": "x", "version": again.json()["version"]})
    assert spoilt.status_code == 422 and "area" in spoilt.json()["errors"]
    assert [one.label for one in queries.history(one)] == ["修改问诊", "起草问诊"]


def test_a_repeated_autosave_makes_one_draft(school):
    once = {"title": "实训课程怎样设置", "once": "5f0c6f9e-3f0f-4f66-9a3c-0d6f6f6f0001"}
    first, second = (school.post(f"{LIST}new/autosave/", once).json() for _ in range(2))
    assert first["url"] == second["url"] and Consultation.objects.count() == 1


def test_what_one_person_saves_in_a_row_stands_as_one_in_the_history(school):
    one = case("draft")
    for n in range(3):
        school.post(page(one, "edit/autosave/"), {**WRITTEN, "wanted": f"请专家到校{n}次"})
    assert [entry.label for entry in queries.history(one)] == ["修改问诊"]


def test_papers_marked_to_go_stay_until_the_form_itself_is_sent(school):
    school.post(f"{LIST}new/", {**WRITTEN, "files": [SimpleUploadedFile("现状.pdf", PDF)]})
    one = Consultation.objects.get()
    sent = {**WRITTEN, "remove": [one.files.get().file_id]}
    school.post(page(one, "edit/autosave/"), sent)
    assert one.files.count() == 1
    school.post(page(one, "edit/"), sent)
    assert one.files.count() == 0


def test_what_was_asked_is_changed_on_the_same_form_without_autosave(school):
    text = text_of(school.get(page(case("asked"), "edit/")))
    assert "修改问诊" in text and "data-autosave" not in text


@pytest.mark.parametrize("persona", ["supported-school", "pair-office", "secretariat", "expert", "department"])
def test_a_draft_begun_as_one_types_is_nowhere_for_others(client, persona):
    one, finding = case("draft", title="尚未提出的问题"), _finding()
    Consultation.objects.filter(pk=one.pk).update(finding=finding)
    make.signed_in(client, persona)
    for address in (LIST, f"{LIST}?q=尚未", "/", f"/studies/{finding.study_id}/"):
        assert "尚未提出的问题" not in client.get(address).content.decode()
    assert client.get(page(one)).status_code == client.post(page(one, "edit/autosave/")).status_code == 404


def test_a_file_that_is_none_is_refused_and_nothing_is_kept(school):
    sent = {**WRITTEN, "ask": "1", "files": SimpleUploadedFile("现状.exe", b"MZ\x90\x00" * 40)}
    answer = school.post(f"{LIST}new/", sent)
    assert answer.status_code == 422 and "不是可以接收的格式" in answer.content.decode()
    assert not Consultation.objects.exists()


def test_hostile_words_are_only_words(school):
    text = text_of(school.post(f"{LIST}new/", {**WRITTEN, "title": "<b>x</b>", "ask": "1"}, follow=True))
    assert "&lt;b&gt;x&lt;/b&gt;" in text and "<b>x</b>" not in text


def _finding(kind: str = "gap") -> Finding:
    school = make.unit(SCHOOL)
    study = Study.objects.create(
        cluster=make.bnu(), unit=make.unit(PARTNER), school=school, round="first", title="第一轮调研",
        writer=make.liaison_of(make.unit(PARTNER), make.bnu()), created_at=at(date(2026, 9, 1)),
        recorded_at=at(date(2026, 9, 2)),
    )  # fmt: skip
    return Finding.objects.create(study=study, kind=kind, text="实训室不足。只有两间。", evidence="实地查看")


def test_a_finding_becomes_a_case_in_one_step(school):
    finding = _finding()
    address = f"{LIST}from-finding/{finding.pk}/"
    text = text_of(school.get(address))
    assert 'value="实训室不足"' in text and "依据：实地查看" in text
    school.post(address, {**WRITTEN, "ask": "1"})
    assert (one := Consultation.objects.get()).finding == finding and one.state == "asked"


def test_a_finding_and_a_need_stay_with_a_draft_begun_as_one_types(school):
    finding = _finding()
    saved = school.post(f"{LIST}from-finding/{finding.pk}/autosave/", WRITTEN).json()
    school.post(saved["url"], {**WRITTEN, "ask": "1", "version": saved["version"]})
    assert (one := Consultation.objects.get()).finding == finding and one.state == "asked"


def test_a_need_becomes_a_case_in_one_step(school):
    need = Need.objects.create(
        cluster=make.bnu(), unit=make.unit(SCHOOL), number=1, title="建设实训课程", writer=Person.objects.first(),
        stated_at=clock.now(),
    )  # fmt: skip
    address = f"{LIST}from-need/{need.pk}/"
    assert 'value="建设实训课程"' in text_of(school.get(address))
    school.post(address, {**WRITTEN, "need": need.pk, "ask": "1"})
    assert Consultation.objects.get().need == need


def test_a_finding_at_another_school_is_not_there(client):
    make.signed_in(client, "supported-school")
    assert client.get(f"{LIST}from-finding/{_finding().pk}/").status_code == 404


def test_two_who_change_a_draft_see_both_words(school):
    one = case("draft")
    text = school.get(page(one, "edit/")).content.decode()
    version = one.version
    school.post(page(one, "edit/"), {**WRITTEN, "title": "先到的标题", "version": version})
    answer = school.post(page(one, "edit/"), {**WRITTEN, "title": "后到的标题", "version": version})
    assert (
        answer.status_code == 409
        and "先到的标题" in answer.content.decode()
        and "后到的标题" in text + str(answer.content, "utf-8")
    )


def test_an_office_takes_a_case_on_invites_meets_and_answers(office):
    guest = expert()
    one = case("asked")
    assert "还有7天" in text_of(office.get(page(one)))
    office.post(page(one, "triage/"), {"helper": make.unit(PARTNER).pk})
    text = text_of(office.get(page(one, "invite/")))
    assert "沈一鸣" in text and "手上0件" in text
    who = Person.objects.get(user=guest)
    assert "请选择要邀请的专家" in office.post(page(one, "invite/"), {}).content.decode()
    assert office.post(page(one, "invite/"), {"people": [who.pk]}).status_code == 302
    office.post(page(one, "session/"), {"on": "2026-11-25", "words": "线上会议"})
    assert "请填写" not in text_of(office.get(page(one, "answer/")))
    empty = office.post(page(one, "answer/"), {"advice": ""})
    assert empty.status_code == 422 and "请填写答复建议" in empty.content.decode()
    text = text_of(office.post(page(one, "answer/"), {"advice": "集中实训", "files": []}, follow=True))
    assert "集中实训" in text and "线上会议" in text and "2026年11月25日" in text


def test_a_burdened_expert_needs_a_reason_and_what_was_chosen_stays(office):
    guest, one = expert(), case("triaged")
    who = Person.objects.get(user=guest)
    for _ in range(3):
        asked(case("triaged"), guest)
    answer = office.post(page(one, "invite/"), {"people": [who.pk]})
    text = answer.content.decode()
    assert answer.status_code == 422 and "手上已有3件问诊。仍要邀请的" in text and " checked" in text
    assert office.post(page(one, "invite/"), {"people": [who.pk], "override": "本领域仅此一人"}).status_code == 302


def test_an_expert_accepts_and_advises(client):
    guest, one = expert(), case("triaged")
    invitation = asked(one, guest)
    make.signed_in(client, guest)
    assert "邀请您参加会诊" in text_of(client.get(page(one)))
    client.post(f"{LIST}asked/{invitation.pk}/accept/")
    text = text_of(client.post(page(one, "advise/"), {"advice": "先统筹实训室"}, follow=True))
    assert "先统筹实训室" in text and "修改意见" in text
    assert Consultant.objects.get().advised_at is not None


def test_an_expert_who_declines_is_led_to_the_list(client):
    guest, one = expert(), case("triaged")
    invitation = asked(one, guest)
    make.signed_in(client, guest)
    answer = client.post(f"{LIST}asked/{invitation.pk}/decline/", {"note": "出差"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert client.get(page(one)).status_code == 404


def test_a_school_reads_the_answer_and_not_each_experts_words(school):
    one = case("answered")
    asked(one, expert(), "accepted", advice="私下的意见", advised_at=clock.now())
    text = text_of(school.get(page(one)))
    assert "按年级统筹" in text and "私下的意见" not in text and "沈一鸣" in text


def test_a_school_decides_and_tells_effects(school):
    one = case("answered")
    bad = school.post(page(one, "decide/"), {"decision": "partly", "reason": ""})
    assert bad.status_code == 422 and "部分采纳的，请说明原因" in bad.content.decode()
    school.post(page(one, "decide/"), {"decision": "adopted"})
    assert school.get(page(one, "effect/")).status_code == 422  # not yet
    with clock.at(date(2027, 3, 1)):
        text = text_of(school.post(page(one, "effect/"), {"text": "到园实训增加到八周"}, follow=True))
    assert "到园实训增加到八周" in text and Effect.objects.get().after_months == 3


def test_a_case_is_prepared_from_the_proposal_and_shared(client):
    make.signed_in(client, "pair-office")
    one = case("closed", text="阜阳师范大学实训室不足")
    text = text_of(client.get(page(one, "prepare/")))
    assert "某校实训室不足" in text
    given = {"case_title": "实训", "case_text": "阜阳师范大学不足", "case_advice": "集中"}
    answer = client.post(page(one, "prepare/"), given)
    assert answer.status_code == 422 and "“阜阳师范大学”" in answer.content.decode()
    client.post(page(one, "prepare/"), {**given, "case_text": "某校不足"})
    make.signed_in(client, "secretariat")
    one.refresh_from_db()
    sent = {**given, "case_text": "某校不足", "share": "1", "version": one.version}
    assert "已入库" in text_of(client.post(page(one, "prepare/"), sent, follow=True))
    make.signed_in(client, "supported-school")
    listed = text_of(client.get(f"{LIST}cases/?q=不足"))
    shown = text_of(client.get(f"{LIST}cases/{one.pk}/"))
    for text in (listed, shown):
        main = text.split("<main")[1]
        assert "某校不足" in main and SCHOOL not in main and "程璐" not in main and "打开问诊" not in main
    assert client.get(page(one)).status_code == 404


@pytest.mark.parametrize("address", [LIST, f"{LIST}cases/", f"{LIST}export/"])
def test_many_cost_as_many_queries_as_one(client, address):
    make.signed_in(client, "secretariat")
    counts = []
    for more in (1, 18):
        for n in range(more):
            one = case(("asked", "triaged", "answered", "closed")[n % 4], shared_at=clock.now(), case_title="案例")
            Effect.objects.create(
                consultation=one, after_months=3, text="有", person=one.writer, words="x", at=clock.now()
            )
        client.get(address)
        with CaptureQueriesContext(connection) as done:
            assert client.get(address).status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1]


def test_the_list_is_narrowed_and_exported(client):
    make.signed_in(client, "secretariat")
    case("triaged"), case("answered", title="课程思政怎样开展", school="青海师范大学")
    text = text_of(client.get(f"{LIST}?state=open"))
    assert "学前教育实训课程怎样设置" in text and "课程思政" not in text
    assert "没有符合条件的问诊" in text_of(client.get(f"{LIST}?q=不存在的词"))
    (row,) = read_sheet(client.get(f"{LIST}export/?q=思政").content)
    assert (row.text("问题"), row.text("问诊院校"), row.text("是否及时")) == (
        "课程思政怎样开展", "青海师范大学", "及时",
    )  # fmt: skip


@pytest.mark.parametrize("query", ["?state=x", "?area=abc", "?school=9999999999999", "?page=-1", "?q=%00%25"])
def test_a_spoilt_address_is_borne(client, query):
    make.signed_in(client, "secretariat")
    assert client.get(f"{LIST}{query}").status_code == 200
