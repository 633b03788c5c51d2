"""填写: the public page – by anybody with the link, once by invitation, half-way, in time, and with hostile input."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.pipeline.surveys import filling, queries
from tizhi.pipeline.surveys.models import Response, Survey

from .building import FORM, WHOLE, answered, invitation, moment, survey

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def _post(client, secret, **changed):
    data = {
        **WHOLE,
        "do": "submit",
        "version": "0",
        **{key.replace("__", "."): value for key, value in changed.items()},
    }
    return client.post(f"/q/{secret}/", {key: value for key, value in data.items() if value is not None})


def test_anybody_with_the_link_answers_once_and_leaves_no_name(client):
    one = survey(thanks="谢谢老师！")
    page = client.get(f"/q/{one.secret}/")
    assert page.status_code == 200
    for words in ("教师教学能力需求问卷", "不记名", "是否承担师范专业课程", "仅当第1题选了“是”时填写"):
        assert words in page.content.decode()
    done = _post(client, one.secret)
    assert (done.status_code, done["Location"]) == (302, f"/q/{one.secret}/")
    assert "谢谢老师！" in client.get(f"/q/{one.secret}/").content.decode()
    response = Response.objects.get()
    assert response.answers["q5"] == {"a1": "a2", "a2": "a1"}
    stored = {field.name for field in Response._meta.concrete_fields}
    assert stored == {
        "id", "version", "survey", "invitation", "secret", "answers", "began_at", "saved_at", "submitted_at"
    }  # fmt: skip
    # A second time from the same phone changes nothing.
    _post(client, one.secret, q4="1")
    assert [row.answers["q4"] for row in Response.objects.all()] == [4]


def test_the_history_says_nothing_of_who_answered(client, django_user_model):
    from auditlog.models import LogEntry

    one = survey()
    make.signed_in(client, "liaison")
    entries, logged = Entry.objects.count(), LogEntry.objects.count()
    _post(client, one.secret)
    assert (Entry.objects.count(), LogEntry.objects.count()) == (entries, logged)


def test_the_page_leaks_no_address_and_asks_no_stranger(client):
    page = client.get(f"/q/{survey().secret}/")
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert "https://" not in text and "http://" not in text.replace("http://www.w3.org", "")
    assert 'name="robots" content="noindex"' in text


def test_what_is_missing_is_named_and_what_was_typed_stays(client):
    one = survey()
    page = _post(client, one.secret, q2="很多", q4=None, q6="已写的意见")
    text = page.content.decode()
    assert page.status_code == 422
    assert "第2题：请填数字" in text and "第4题：请打分" in text
    assert 'value="很多"' in text and "已写的意见" in text
    # Kept half-way as well: the phone goes on where it was.
    assert Response.objects.get().submitted_at is None
    assert "已写的意见" in client.get(f"/q/{one.secret}/").content.decode()
    version = Response.objects.get().version
    assert _post(client, one.secret, version=str(version)).status_code == 302
    assert Response.objects.get().submitted_at


def test_another_phone_begins_anew(client):
    one = survey()
    _post(client, one.secret, do="save")
    other = Client()
    assert "希望多办研修班" not in other.get(f"/q/{one.secret}/").content.decode()
    _post(other, one.secret)
    assert Response.objects.count() == 2


def test_what_is_not_asked_is_not_kept(client):
    one = survey()
    assert _post(client, one.secret, q1="a2").status_code == 302
    assert "q2" not in Response.objects.get().answers


def test_it_is_saved_while_one_types(client):
    one = survey()
    first = client.post(f"/q/{one.secret}/save/", {"q1": "a1", "version": "0"})
    assert first.json() == {"version": 1, "saved_at": "12:00", "files": {}}
    second = client.post(f"/q/{one.secret}/save/", {"q1": "a1", "q4": "3", "version": "1"})
    assert second.json()["version"] == 2
    assert Response.objects.get().answers == {"q1": "a1", "q4": 3}


def test_an_invitation_is_answered_once_on_any_phone():
    one = survey(way="invited")
    mine = invitation(one, name="李梅")
    first, second = Client(), Client()
    assert "李梅" in first.get(f"/q/{mine.secret}/").content.decode()
    first.post(f"/q/{mine.secret}/save/", {"q1": "a1", "q6": "第一部手机", "version": "0"})
    assert "第一部手机" in second.get(f"/q/{mine.secret}/").content.decode()
    assert _post(second, mine.secret, version="1").status_code == 302
    assert "已提交" in first.get(f"/q/{mine.secret}/").content.decode()
    _post(first, mine.secret, version="1", q4="1")
    assert Response.objects.get().answers["q4"] == 4


def test_two_phones_at_once_do_not_overwrite_each_other_unseen():
    one = survey(way="invited")
    mine = invitation(one)
    first, second = Client(), Client()
    first.post(f"/q/{mine.secret}/save/", {"q6": "甲", "version": "0"})
    late = second.post(f"/q/{mine.secret}/save/", {"q6": "乙", "version": "0"})
    assert late.status_code == 409 and "另一台设备" in late.json()["words"]
    assert Response.objects.get().answers == {"q6": "甲"}
    page = _post(second, mine.secret, version="0", q6="乙")
    assert page.status_code == 409
    assert "以这里为准" in page.content.decode() and "乙" in page.content.decode()
    assert _post(second, mine.secret, version="1", q6="乙").status_code == 302
    assert Response.objects.get().answers["q6"] == "乙"


def test_the_open_link_does_not_open_a_survey_by_invitation(client):
    one = survey(way="invited")
    page = client.get(f"/q/{one.secret}/")
    assert page.status_code == 403 and "专属链接" in page.content.decode()
    _post(client, one.secret)
    assert not Response.objects.exists()


@pytest.mark.parametrize("given", [{"state": "draft"}, {"binned_at": moment(20)}, {}])
def test_a_link_that_leads_nowhere_says_so(client, given):
    secret = survey(**given).secret if given else "nosuchlink"
    page = client.get(f"/q/{secret}/")
    assert page.status_code == 404 and "没有找到这份问卷" in page.content.decode()
    assert client.post(f"/q/{secret}/save/", {"q1": "a1"}).status_code == 404


def test_after_its_time_it_is_closed_by_the_server(client):
    one = survey(closes_at=moment(23, 11))
    page = client.get(f"/q/{one.secret}/")
    assert "已截止" in page.content.decode() and "2026年11月23日11:00" in page.content.decode()
    assert _post(client, one.secret).status_code == 422
    assert client.post(f"/q/{one.secret}/save/", {"q1": "a1"}).status_code == 422
    assert not Response.objects.exists()
    closed = survey(state="closed")
    assert "已截止" in client.get(f"/q/{closed.secret}/").content.decode()


def test_time_runs_out_while_one_types(client):
    one = survey(closes_at=moment(23, 13))
    client.post(f"/q/{one.secret}/save/", {"q6": "快写完了", "version": "0"})
    with clock.at(moment(23, 14)):
        assert _post(client, one.secret, version="1").status_code == 422
        assert client.post(f"/q/{one.secret}/save/", {"q6": "x", "version": "1"}).json()["closed"] is True
    assert Response.objects.get().submitted_at is None


def test_papers_are_handed_in_and_read_by_those_who_read_the_results(client):
    one = survey()
    paper = SimpleUploadedFile("教案.pdf", PDF, "application/pdf")
    kept = client.post(f"/q/{one.secret}/save/", {"q1": "a2", "version": "0", "q7": paper})
    (file,) = kept.json()["files"]["q7"]
    assert file["name"] == "教案.pdf"
    assert "教案.pdf" in client.get(f"/q/{one.secret}/").content.decode()
    assert _post(client, one.secret, q1="a2", version="1").status_code == 302
    (stored,) = Response.objects.get().answers["q7"]
    for persona, status in (("liaison", 200), ("supported-school", 404), ("secretariat", 200), ("outsider", 404)):
        assert make.signed_in(Client(), persona).get(f"/files/{stored}/").status_code == status, persona
    assert client.get(f"/files/{stored}/").status_code == 302


def test_a_paper_is_taken_back(client):
    one = survey()
    first = client.post(f"/q/{one.secret}/save/", {"version": "0", "q7": SimpleUploadedFile("甲.pdf", PDF)})
    (file,) = first.json()["files"]["q7"]
    gone = client.post(f"/q/{one.secret}/save/", {"version": "1", "q7.remove": str(file["id"])})
    assert gone.json()["files"] == {}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [("病毒.exe", b"MZ\x90\x00" * 40, "不是可以接收的格式"), ("空.pdf", b"", "空文件")],
)
def test_a_file_that_cannot_be_taken_is_refused_in_words(client, name, content, words):
    one = survey()
    upload = SimpleUploadedFile(name, content)
    refused = client.post(f"/q/{one.secret}/save/", {"version": "0", "q7": upload})
    assert refused.status_code == 422 and words in refused.json()["words"]
    assert not Response.objects.exists()


def test_a_large_file_and_a_fourth_file_are_refused(client, monkeypatch):
    one = survey()
    monkeypatch.setattr(filling, "MOST_BYTES", 20)
    refused = client.post(f"/q/{one.secret}/save/", {"version": "0", "q7": SimpleUploadedFile("大.pdf", PDF)})
    assert refused.status_code == 422 and "不能超过" in refused.json()["words"]
    monkeypatch.undo()
    for version in range(3):
        client.post(f"/q/{one.secret}/save/", {"version": str(version), "q7": SimpleUploadedFile("小.pdf", PDF)})
    fourth = client.post(f"/q/{one.secret}/save/", {"version": "3", "q7": SimpleUploadedFile("小.pdf", PDF)})
    assert fourth.status_code == 422 and "最多上传3个" in fourth.json()["words"]


def test_hostile_answers_are_text_and_nothing_else(client):
    one = survey()
    evil = "</script><script>alert(1)</script>\0=cmd|' /C calc'!A0"
    _post(client, one.secret, q6=evil, q4=None)
    page = client.get(f"/q/{one.secret}/").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;alert(1)" in page


def test_a_megabyte_of_anything_is_cut_or_refused(client):
    one = survey()
    assert _post(client, one.secret, q6="长" * 350_000).status_code == 422
    assert len(json.dumps(Response.objects.get().answers)) < 30_000
    assert client.post(f"/q/{one.secret}/", {f"x{n}": "1" for n in range(6000)}).status_code == 400


@pytest.mark.parametrize("version", ["-1", "一", "99999999999999999999", "1' OR 1=1"])
def test_a_version_that_is_none_counts_as_nought(client, version):
    assert client.post(f"/q/{survey().secret}/save/", {"version": version}).status_code == 200


def test_a_script_that_sends_thousands_is_held_up_and_a_hall_full_of_people_is_not(client, monkeypatch):
    one = survey()
    monkeypatch.setattr(filling, "MOST_A_MINUTE", 3)
    statuses = [_post(Client(), one.secret).status_code for _ in range(4)]
    assert statuses == [302, 302, 302, 422]
    with clock.at(moment(23, 13)):
        assert _post(Client(), one.secret).status_code == 302


def test_a_forged_cookie_opens_nobodys_answer(client):
    one = survey()
    _post(client, one.secret, do="save")
    other = Client()
    other.cookies[f"survey-{one.pk}"] = Response.objects.get().secret
    assert "希望多办研修班" not in other.get(f"/q/{one.secret}/").content.decode()


def test_answering_without_our_page_is_refused():
    assert Client(enforce_csrf_checks=True).post(f"/q/{survey().secret}/", WHOLE).status_code == 403


def test_the_page_costs_the_same_however_many_answered(client, django_assert_max_num_queries):
    one = survey()
    for _ in range(30):
        answered(one)
    with django_assert_max_num_queries(4):
        client.get(f"/q/{one.secret}/")


def test_a_survey_without_answers_changes_and_one_with_answers_is_counted():
    one = survey()
    answered(one)
    assert next(queries.answers_of(one))["q2"] == 12
    assert Survey.objects.get().form == FORM
