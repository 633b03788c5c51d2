"""问卷的页面: list, builder, invitations and results, as each person meets them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from tests import make
from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.pipeline.surveys.models import Invitation, Survey

from .building import FORM, answered, invitation, many, moment, survey

pytestmark = pytest.mark.django_db


def _page(persona, path, status=200):
    answer = make.signed_in(Client(), persona).get(path)
    assert answer.status_code == status, (persona, path)
    return answer.content.decode()


def _version(one):
    return Survey.objects.get(pk=one.pk).version


# Who sees what


def test_the_list_shows_ones_own_and_what_one_is_invited_to():
    mine = survey(title="本校问卷", state="draft")
    theirs = survey("北京师范大学", title="他校问卷")
    asked = survey("北京师范大学", title="受邀问卷", way="invited")
    invitation(asked, "安徽师范大学")
    text = _page("liaison", "/surveys/")
    assert mine.title in text and asked.title in text and theirs.title not in text
    text = _page("leading-group", "/surveys/")  # reads the cluster
    assert theirs.title in text and asked.title in text
    assert mine.title not in _page("supported-school", "/surveys/")
    assert "还没有可以看到的问卷" in _page("department", "/surveys/")
    for persona in ("ministry", "administrator"):
        _page(persona, "/surveys/", 404)


def test_an_invited_unit_sees_its_own_counts_and_nothing_else():
    one = survey("北京师范大学", way="invited", intro="说明文字")
    answered(one, invitation(one, "安徽师范大学", "甲老师"), q6=["不给别人看的话"])
    invitation(one, "安徽师范大学", "乙老师")
    invitation(one, "青海师范大学", "丙老师")
    text = _page("liaison", f"/surveys/{one.pk}/")
    assert "本单位受邀" in text and "说明文字" in text
    assert re.search(r"已提交</dt><dd>1<", text)
    for words in ("不给别人看的话", "丙老师", "青海师范大学</td>", "二维码", one.secret):
        assert words not in text
    _page("liaison", f"/surveys/{one.pk}/results/", 404)
    for door in ("excel", "spss", "word", "cross", "texts/q6"):
        _page("liaison", f"/surveys/{one.pk}/results/{door}/", 404)
    for door in ("form", "invitations", "edit"):
        _page("liaison", f"/surveys/{one.pk}/{door}/", 403)
    _page("liaison", f"/surveys/{one.pk}/invitations/links/", 403)


def test_who_reads_the_cluster_reads_results_and_no_links():
    one = survey("北京师范大学", way="invited")
    answered(one, invitation(one, "安徽师范大学", "甲老师"))
    assert "1份答卷" in re.sub(r"<[^>]+>| ", "", _page("leading-group", f"/surveys/{one.pk}/results/"))
    assert "邀请</a>" not in _page("leading-group", f"/surveys/{one.pk}/")
    _page("leading-group", f"/surveys/{one.pk}/invitations/links/", 403)


def test_a_draft_is_its_units_own():
    one = survey("北京师范大学", state="draft", way="invited")
    invitation(one, "安徽师范大学")
    _page("liaison", f"/surveys/{one.pk}/", 404)
    _page("leading-group", f"/surveys/{one.pk}/", 404)


def test_what_lies_in_the_bin_is_found_and_taken_out(client):
    one = survey(state="closed", binned_at=moment(20))
    assert one.title not in _page("liaison", "/surveys/")
    assert one.title in _page("liaison", "/surveys/?state=bin")
    client = make.signed_in(client, "liaison")
    client.post(f"/surveys/{one.pk}/act/restore-survey/", {"version": "1"})
    assert Survey.objects.get().binned_at is None


# Building


def test_a_survey_is_built_opened_and_found_by_its_link(client):
    make.signed_in(client, "liaison")
    made = client.post("/surveys/new/", {"title": "教师问卷", "way": "link", "closes_at": "2026-12-01T18:00"})
    one = Survey.objects.get()
    assert made["Location"] == f"/surveys/{one.pk}/form/"
    first = {
        "title": "任教学段",
        "options": "小学\n初中\n\n小学\n 高中 ",
        "other": "on",
        "required": "on",
        "version": "1",
    }
    assert client.post(f"/surveys/{one.pk}/form/new/p1/single/", first).status_code == 302
    second = {
        "title": "每周课时", "least": "0", "most": "40", "unit": "课时", "decimals": "0", "required": "on",
        "show_how": "any", "if_0": "q1|contains|a1", "if_1": "q1|lacks|a3", "version": "2",
    }  # fmt: skip
    assert client.post(f"/surveys/{one.pk}/form/new/p1/number/", second).status_code == 302
    client.post(f"/surveys/{one.pk}/form/arrange/", {"do": "page", "version": "3"})
    third = {"title": "满意程度", "first": "0", "last": "10", "low": "不满意", "required": "on", "version": "4",
             "show_how": "all", "if_0": "q2|at-least|", "value_0": "4"}  # fmt: skip
    assert client.post(f"/surveys/{one.pk}/form/new/p2/scale/", third).status_code == 302
    one.refresh_from_db()
    (first_page, second_page) = one.form["pages"]
    assert [option["text"] for option in first_page["questions"][0]["options"]] == ["小学", "初中", "高中"]
    assert first_page["questions"][1]["show"] == {
        "any": [
            {"question": "q1", "is": "contains", "value": "a1"}, {"question": "q1", "is": "lacks", "value": "a3"}
        ]
    }  # fmt: skip
    assert second_page["questions"][0]["show"] == {"all": [{"question": "q2", "is": "at-least", "value": 4}]}
    outline = client.get(f"/surveys/{one.pk}/form/").content.decode()
    assert "仅当第2题不小于4时显示" in outline and "手机预览" in outline
    shown = client.get(f"/surveys/{one.pk}/form/q3/").content.decode()
    assert '<option value="q2|at-least|" selected>' in shown and 'value="4' in shown
    client.post(f"/surveys/{one.pk}/act/open-survey/", {"version": str(_version(one))})
    record = client.get(f"/surveys/{one.pk}/").content.decode()
    assert f"http://testserver/q/{one.secret}/" in record and "请于2026年12月1日 18:00前填写。" in record
    assert client.get(f"/surveys/{one.pk}/qr/").content.startswith(b"<svg")
    assert "任教学段" in Client().get(f"/q/{one.secret}/").content.decode()


def test_questions_are_moved_copied_and_taken_away(client):
    one = survey(state="draft")
    make.signed_in(client, "liaison")

    def step(words):
        answer = client.post(f"/surveys/{one.pk}/form/arrange/", {"do": words, "version": str(_version(one))})
        one.refresh_from_db()
        return answer

    assert step("copy q6").status_code == 302
    assert [row["title"] for row in one.form["pages"][1]["questions"]].count("意见建议") == 2
    step("up q7")
    step("remove q6")
    assert [row["id"] for row in one.form["pages"][1]["questions"]] == ["q3", "q4", "q5", "q7", "q8"]
    broken = step("remove q1")
    assert broken.status_code == 422 and "用到的题目不在它的前面" in broken.content.decode()
    assert step("explode q1").status_code == 404
    stale = client.post(f"/surveys/{one.pk}/form/arrange/", {"do": "page", "version": "1"})
    assert stale.status_code == 409


@pytest.mark.parametrize(
    ("kind", "sent", "words"),
    [
        ("single", {"title": "", "options": "甲\n乙"}, "请填写题目"),
        ("single", {"title": "x", "options": "甲"}, "至少要有2个选项"),
        ("multiple", {"title": "x", "options": "甲\n乙", "most": "9"}, "最多选几项"),
        ("scale", {"title": "x", "first": "5", "last": "99"}, "选择"),
        ("number", {"title": "x", "decimals": "0", "least": "9", "most": "1"}, "最小值大于最大值"),
        ("number", {"title": "x", "decimals": "0", "least": "很多"}, "数字"),
        ("matrix", {"title": "x", "rows": "", "options": "低\n高"}, "请填写行"),
        ("text", {"title": "x", "show_how": "all"}, "请选择条件"),
        ("text", {"title": "x", "show_how": "all", "if_0": "q4|at-least|"}, "请填写数值"),
        ("text", {"title": "x", "show_how": "all", "if_0": "q99|contains|a1"}, "已不存在"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused_and_stays_typed(client, kind, sent, words):
    one = survey(state="draft")
    make.signed_in(client, "liaison")
    page = client.post(f"/surveys/{one.pk}/form/new/p2/{kind}/", {**sent, "help": "留着的提示", "version": "1"})
    assert page.status_code == 422
    assert words in page.content.decode() and "留着的提示" in page.content.decode()
    assert Survey.objects.get().form == FORM


def test_a_question_of_no_kind_or_page_does_not_exist(client):
    one = survey(state="draft")
    make.signed_in(client, "liaison")
    for path in ("new/p1/exec/", "new/p9/text/", "q99/"):
        assert client.get(f"/surveys/{one.pk}/form/{path}").status_code == 404


def test_a_page_gets_its_title_and_condition(client):
    one = survey(state="draft")
    make.signed_in(client, "liaison")
    sent = {"title": "二、需求", "show_how": "all", "if_0": "q1|contains|a1", "version": "1"}
    assert client.post(f"/surveys/{one.pk}/form/p2/", sent).status_code == 302
    page = Survey.objects.get().form["pages"][1]
    assert page["title"] == "二、需求" and page["show"]["all"][0]["value"] == "a1" and len(page["questions"]) == 5


def test_settings_changed_by_two_people_are_shown_side_by_side(client):
    one = survey(state="draft", title="原题")
    make.signed_in(client, "liaison")
    client.post(f"/surveys/{one.pk}/edit/", {"title": "他人改的", "way": "link", "version": "1"})
    page = client.post(f"/surveys/{one.pk}/edit/", {"title": "我改的", "way": "link", "version": "1"})
    assert page.status_code == 409
    assert "他人改的" in page.content.decode() and "我改的" in page.content.decode()


# Inviting


def test_people_are_invited_from_a_pasted_list_and_their_links_downloaded(client):
    one = survey(way="invited", state="draft")
    make.signed_in(client, "liaison")
    school = make.unit("阜阳师范大学").pk
    sent = {"unit": school, "names": "李梅 lm@fynu.example\n王强\n\n欧阳 修"}
    assert client.post(f"/surveys/{one.pk}/invitations/add/", sent).status_code == 302
    assert list(Invitation.objects.values_list("name", "email")) == [
        ("李梅", "lm@fynu.example"), ("王强", ""), ("欧阳修", "")
    ]  # fmt: skip
    client.post(f"/surveys/{one.pk}/invitations/add/", {"unit": school, "number": "2"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(f"/surveys/{one.pk}/invitations/links/").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][:3] == ["阜阳师范大学", "李梅", "lm@fynu.example"] and rows[1][4] == "未填"
    assert rows[1][3] == f"http://testserver/q/{Invitation.objects.first().secret}/"
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "请选择单位，或者上传Excel名单"), ({"unit": "999"}, "选择"), ({"number": "5000"}, "一次最多2000份"),
        ({"names": "李梅 lm@"}, "第1行：邮箱“lm@”有误"),
        ({"names": "王" * 61}, "第1行：姓名超过60字"), ({"names": " \n "}, "请填写份数或名单"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_read_is_refused_in_words(client, sent, words):
    one = survey(way="invited")
    make.signed_in(client, "liaison")
    given = {"unit": make.unit("阜阳师范大学").pk, **sent} if sent else sent
    page = client.post(f"/surveys/{one.pk}/invitations/add/", given)
    assert page.status_code == 422 and words in page.content.decode()


def test_a_list_comes_as_excel_with_all_its_faults_at_once(client):
    one = survey(way="invited")
    make.signed_in(client, "liaison")
    columns = [Column("单位"), Column("姓名"), Column("邮箱")]

    def sent(*rows):
        upload = SimpleUploadedFile("名单.xlsx", write_sheet("名单", columns, rows))
        return client.post(f"/surveys/{one.pk}/invitations/add/", {"sheet": upload})

    page = sent(("清华", "甲", ""), ("阜阳师范大学", "乙", "@@"), ("阜阳师范大学", "丙", "")).content.decode()
    assert "第2行“单位”：本组团没有“清华”" in page and "第3行：邮箱“@@”有误" in page
    assert not Invitation.objects.exists()
    assert sent(("阜阳师范大学", "丙", ""), ("青海师范大学", "=1+1", "")).status_code == 302
    assert Invitation.objects.count() == 2
    broken = client.post(f"/surveys/{one.pk}/invitations/add/", {"sheet": SimpleUploadedFile("x.xlsx", b"PK\x03\x04")})
    assert broken.status_code == 422 and "打不开这个文件" in broken.content.decode()


def test_units_are_urged_from_the_page(client):
    make.person("罗刚", "阜阳师范大学", post="liaison")
    one = survey(way="invited")
    invitation(one, name="王强")
    make.signed_in(client, "liaison")
    school = make.unit("阜阳师范大学").pk
    assert client.post(f"/surveys/{one.pk}/invitations/urge/", {"units": [school]}).status_code == 302
    assert "今天 12:00催办过" in client.get(f"/surveys/{one.pk}/invitations/").content.decode()
    again = client.post(f"/surveys/{one.pk}/invitations/urge/", {"units": [school, "x", "-1"]})
    assert again.status_code == 422 and "一天只催办一次" in again.content.decode()


# Results


def test_results_are_narrowed_by_unit_and_by_answer():
    one = survey(way="invited")
    many(one, 5, "阜阳师范大学")
    many(one, 3, "安徽师范大学")
    answered(one, invitation(one), q1=["a2"])
    fynu, ahnu = make.unit("阜阳师范大学").pk, make.unit("安徽师范大学").pk
    text = _page("liaison", f"/surveys/{one.pk}/results/")
    assert '共 <b class="tz-b">9</b> 份答卷' in text and "阜阳师范大学（6份）" in text and "安徽师范大学（" not in text
    text = _page("liaison", f"/surveys/{one.pk}/results/?unit={fynu}")
    assert '符合条件 <b class="tz-b">6</b>' in text and "83.3%" in text
    text = _page("liaison", f"/surveys/{one.pk}/results/?unit={ahnu}")
    assert "答卷太少，不单独显示" in text and "100.0%" not in text
    text = _page("liaison", f"/surveys/{one.pk}/results/?answer=q1|a2")
    assert "答卷太少，不单独显示" in text
    text = _page("liaison", f"/surveys/{one.pk}/results/?answer=q1|a1")
    assert '符合条件 <b class="tz-b">8</b>' in text
    for odd in ("answer=q1|zz", "answer=zz", "answer=q6|x", "unit=abc"):
        _page("liaison", f"/surveys/{one.pk}/results/?{odd}")


def test_texts_are_paged_and_escaped():
    one = survey()
    for number in range(55):
        answered(one, q6=[f"第{number}条<b>意见</b>"])
    text = _page("liaison", f"/surveys/{one.pk}/results/texts/q6/")
    assert "第49条&lt;b&gt;意见" in text and "第50条" not in text
    assert "第54条" in _page("liaison", f"/surveys/{one.pk}/results/texts/q6/?page=2")
    assert "外语培训" in _page("liaison", f"/surveys/{one.pk}/results/texts/q3.other/")
    for odd in ("q1", "q6.other", "q99", "q4"):
        _page("liaison", f"/surveys/{one.pk}/results/texts/{odd}/", 404)


def test_two_questions_are_crossed():
    one = survey()
    many(one, 6)
    text = _page("liaison", f"/surveys/{one.pk}/results/cross/?row=q4&by=q1")
    assert '4<span class="tz-note tz-line">' not in text and "100%" in text and "不足5人的列不显示" not in text
    _page("liaison", f"/surveys/{one.pk}/results/cross/?row=q6&by=q1", 404)


def test_downloads_have_names_and_kinds(client):
    one = survey(title="教师问卷")
    many(one, 2)
    make.signed_in(client, "liaison")
    for door, ending in (("excel", "xlsx"), ("spss", "sav"), ("word", "docx")):
        answer = client.get(f"/surveys/{one.pk}/results/{door}/")
        assert answer.status_code == 200 and f".{ending}" in answer["Content-Disposition"]


def test_pages_cost_the_same_however_many_answers_and_surveys(client, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    one = survey(way="invited")
    many(one, 1, "阜阳师范大学")
    make.signed_in(client, "liaison")
    paths = ["/surveys/", *(f"/surveys/{one.pk}/{door}" for door in ("", "form/", "invitations/", "results/"))]

    def cost():
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            found.append(len(seen))
        return found

    cost()
    few = cost()
    for unit in ("阜阳师范大学", "青海师范大学", "西北师范大学"):
        many(one, 8, unit)
    for _ in range(12):
        many(survey(way="invited"), 1, "阜阳师范大学")
    assert cost() == few
