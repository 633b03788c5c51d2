"""调研的页面: the list beside what is planned, the form, the record with what came of each finding, the export."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import make
from tests.agenda.planned import plan
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.needs.actions import need_from_finding
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies.models import Study

from .building import finding, study

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def liaison(client):
    return make.signed_in(client, "liaison")


def _sent(**given):
    make.bnu()
    return {
        "school": make.unit("阜阳师范大学").pk, "round": "first", "mode": "on-site", "first_day": "2026-11-16",
        "last_day": "2026-11-18", "place": "安徽省阜阳市", "members": ["周岚", "某某 教授"],
        "experts": ["钱老师 研究员"], "methods": ["座谈", "听课"], "purpose": "摸清底数", "summary": "走访三个学院。",
        "title": "", **given,
    }  # fmt: skip


def _text(response):
    return response.content.decode()


# List


def test_what_is_planned_stands_beside_what_was_done(liaison):
    plan(
        kind="field-study",
        stage="second",
        title="第二轮调研阜阳师范大学",
        first_day=date(2026, 12, 7),
        last_day=date(2026, 12, 8),
    )
    done, draft = study(), study(recorded_at=None, title="写了一半的调研")
    finding(done)
    text = _text(liaison.get(reverse("studies:list")))
    for words in ("计划中的调研", "第二轮调研阜阳师范大学", done.title, draft.title, "1条", "草稿"):
        assert words in text
    text = _text(liaison.get(reverse("studies:list") + "?round=second"))
    assert "第二轮调研阜阳师范大学" in text and done.title not in text
    text = _text(liaison.get(reverse("studies:list") + f"?school={done.school_id}&year=2026&state=recorded"))
    assert done.title in text and draft.title not in text and "计划中的调研" not in text


def test_a_planned_study_whose_day_has_come_is_recorded_with_what_was_planned(liaison):
    planned = plan(
        kind="field-study", stage="first", title="第一轮调研", first_day=date(2026, 11, 16), last_day=date(2026, 11, 17)
    )
    address = reverse("studies:new") + f"?planned={planned.pk}"
    assert address in _text(liaison.get(reverse("studies:list")))
    text = _text(liaison.get(address))
    assert 'value="2026-11-16"' in text and "第一轮调研" in text
    for nonsense in ("0", "x", "9" * 30):
        assert liaison.get(reverse("studies:new") + f"?planned={nonsense}").status_code == 200


def test_words_find_a_study_by_its_findings(liaison):
    one, other = study(title="甲调研"), study(title="乙调研")
    finding(one, "生源质量下降")
    text = _text(liaison.get(reverse("studies:list") + "?q=生源"))
    assert one.title in text and other.title not in text
    assert "没有符合条件" in _text(liaison.get(reverse("studies:list") + "?q=查无此事"))


def test_an_empty_list_says_what_to_do(client):
    assert "登记第一次调研" in _text(make.signed_in(client, "liaison").get(reverse("studies:list")))
    assert "还没有可以查看的调研" in _text(make.signed_in(client, "expert").get(reverse("studies:list")))


def _cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["studies:list", "studies:export"])
def test_a_list_costs_the_same_for_one_and_for_many(liaison, name):
    finding(study())
    plan(kind="field-study", stage="first")
    few = _cost(liaison, reverse(name))
    for _ in range(12):
        one = study(team=4, expert=True)
        finding(one), finding(one)
        plan(kind="field-study", stage="first")
    assert _cost(liaison, reverse(name)) == few
    assert few <= 22


def test_a_record_costs_the_same_whatever_stands_in_it(liaison):
    one = study()
    address = reverse("studies:show", args=[one.pk])
    need_from_finding(make.actor("pair-office"), finding(one))
    few = _cost(liaison, address)
    for _ in range(8):
        need_from_finding(make.actor("pair-office"), finding(one))
    assert _cost(liaison, address) == few


def test_the_export_holds_team_findings_and_needs(liaison):
    one = study(expert=True)
    need_from_finding(make.actor("pair-office"), finding(one))
    content = liaison.get(reverse("studies:export")).content
    head, row = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[-2:]
    told = dict(zip(head, row, strict=True))
    assert told["名称"] == one.title and told["其中专家"] == "组员1" and "导师不足" in told["主要发现"]
    assert told["转为需求（项）"] == 1


# Form


def test_a_study_is_begun_as_one_types_and_goes_on(liaison):
    answer = liaison.post(reverse("studies:begin"), _sent(place=""))
    assert answer.status_code == 200 and Study.objects.get().is_draft
    saved = answer.json()
    again = liaison.post(saved["autosave"], _sent(version=saved["version"]))
    assert again.status_code == 200 and Study.objects.get().place == "安徽省阜阳市"
    assert liaison.post(saved["autosave"], _sent(version=saved["version"])).status_code == 409
    assert liaison.post(saved["autosave"], _sent(round="x", version=again.json()["version"])).status_code == 422


def test_recording_drafts_the_brief_when_the_box_is_ticked(liaison):
    answer = liaison.post(reverse("studies:new"), _sent(record="1", with_brief="on"))
    made, brief = Study.objects.get(), Activity.objects.get()
    assert answer.url == reverse("studies:show", args=[made.pk])
    assert (brief.study, brief.state) == (made, "draft")
    text = _text(liaison.get(answer.url))
    assert "动态简报已起草" in text and reverse("activities:show", args=[brief.pk]) in text
    assert [one.is_expert for one in made.team.all()] == [False, False, True]
    assert "调研登记" in _text(liaison.get(reverse("activities:show", args=[brief.pk])))


def test_without_the_box_there_is_no_brief(liaison):
    liaison.post(reverse("studies:new"), _sent(record="1"))
    assert Study.objects.get().recorded_at and not Activity.objects.exists()


def test_what_is_missing_is_said_and_what_was_typed_is_kept(liaison):
    answer = liaison.post(reverse("studies:new"), _sent(record="1", place="", members=[], experts=[]), follow=True)
    text = _text(answer)
    assert "还差这几项" in text and "请填写地点" in text and "请填写调研组成员" in text
    made = Study.objects.get()
    assert made.is_draft and made.summary == "走访三个学院。"
    answer = liaison.post(reverse("studies:edit", args=[made.pk]), _sent(record="1", version=made.version))
    made.refresh_from_db()
    assert made.recorded_at and not Activity.objects.exists()


def test_a_recorded_study_is_put_right_on_the_same_form(liaison):
    one = study()
    text = _text(liaison.get(reverse("studies:edit", args=[one.pk])))
    assert "修改调研" in text and "data-autosave" not in text and "同时起草" not in text
    answer = liaison.post(reverse("studies:edit", args=[one.pk]), _sent(place="", version=one.version))
    assert answer.status_code == 422 and "请填写地点" in _text(answer)
    liaison.post(reverse("studies:edit", args=[one.pk]), _sent(place="阜阳", version=one.version))
    one.refresh_from_db()
    assert one.place == "阜阳" and one.recorded_at


def test_two_who_correct_at_once_see_both_texts(liaison):
    one = study(recorded_at=None)
    liaison.post(reverse("studies:edit", args=[one.pk]), _sent(place="阜阳", version=one.version))
    answer = liaison.post(reverse("studies:edit", args=[one.pk]), _sent(place="合肥", version=1))
    assert answer.status_code == 409 and "核对两人的改动" in _text(answer)


@pytest.mark.parametrize(
    "given",
    [
        {"school": "x"}, {"school": "999999"}, {"school": ""}, {"round": "fourth"}, {"first_day": "昨天"},
        {"last_day": "2026-11-01"}, {"title": "调" * 200}, {"summary": "字" * 9000}, {"members": ["9" * 12]},
        {"methods": ["占卜"]}, {"members": ["甲" * 300]},
    ],
)  # fmt: skip
def test_wrong_and_huge_input_is_refused_at_its_field(liaison, given):
    answer = liaison.post(reverse("studies:new"), _sent(**given))
    assert answer.status_code == 422 and not Study.objects.exists()
    assert "摸清底数" in _text(answer)


def test_hostile_words_are_shown_as_words(liaison):
    liaison.post(
        reverse("studies:new"), _sent(title=HOSTILE[:110], summary=HOSTILE, members=[HOSTILE[:50]], record="1")
    )
    one = Study.objects.get()
    finding(one, HOSTILE, evidence=HOSTILE)
    for name in ("studies:show", "studies:edit"):
        text = _text(liaison.get(reverse(name, args=[one.pk])))
        assert "<script>alert" not in text and "<img src=x" not in text


# Record


def test_findings_are_added_by_area_and_put_right(liaison):
    one, area = study(), Area.objects.filter(cluster=make.bnu()).first()
    add = reverse("studies:add-finding", args=[one.pk])
    liaison.post(add, {"kind": "gap", "area": area.pk, "text": "导师不足", "evidence": "座谈"})
    answer = liaison.post(add, {"kind": "gap", "area": "", "text": "", "evidence": "无"})
    assert answer.status_code == 422 and "请填写内容" in _text(answer)
    made = one.findings.get()
    text = _text(liaison.get(reverse("studies:show", args=[one.pk])))
    assert "导师不足" in text and area.name in text and reverse("needs:from-finding", args=[made.pk]) in text
    address = reverse("studies:finding", args=[made.pk])
    assert liaison.get(address).status_code == 200
    liaison.post(address, {"kind": "advice", "area": "", "text": "多聘导师", "evidence": "", "version": made.version})
    made.refresh_from_db()
    assert (made.kind, made.area, made.text) == ("advice", None, "多聘导师")
    assert liaison.post(address, {"kind": "gap", "text": "又改", "version": 1}).status_code == 409
    liaison.post(reverse("studies:remove-finding", args=[made.pk]))
    assert not one.findings.exists()


def test_what_came_of_a_finding_is_shown(liaison):
    one = study()
    made = need_from_finding(make.actor("pair-office"), finding(one))
    text = _text(liaison.get(reverse("studies:show", args=[one.pk])))
    assert reverse("needs:show", args=[made.unit_id, made.number]) in text and "转为需求<" not in text
    refused = liaison.post(reverse("studies:remove-finding", args=[one.findings.get().pk]))
    assert refused.status_code == 422 and "不能删除" in _text(refused)


def test_the_report_is_uploaded_and_read_by_the_school(liaison, client):
    one, pdf = study(), b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
    address = reverse("studies:report", args=[one.pk])
    assert liaison.post(address, {}).status_code == 422
    refused = liaison.post(address, {"file": SimpleUploadedFile("报告.pdf", b"not a pdf")})
    assert refused.status_code == 422
    liaison.post(address, {"file": SimpleUploadedFile("调研报告.pdf", pdf)})
    one.refresh_from_db()
    assert one.report.name == "调研报告.pdf"
    download = reverse("files:download", args=[one.report_id])
    client.force_login(
        make.person("李静", "阜阳师范大学", post="liaison").user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    assert client.get(download).status_code == 200
    assert make.signed_in(client, "supported-school").get(download).status_code == 404


def test_a_draft_goes_into_the_bin_and_comes_back(liaison):
    one = study(recorded_at=None)
    liaison.post(reverse("studies:act", args=[one.pk, "put-study-into-bin"]))
    assert one.title not in _text(liaison.get(reverse("studies:list")))
    assert one.title in _text(liaison.get(reverse("studies:list") + "?state=binned"))
    liaison.post(reverse("studies:act", args=[one.pk, "restore-study"]))
    one.refresh_from_db()
    assert one.binned_at is None
    assert liaison.get(reverse("studies:act", args=[one.pk, "burn"])).status_code == 404


# One entry, from the brief


def test_a_brief_with_two_schools_asks_which_was_studied(liaison):
    units = (("安徽师范大学", "visitor"), ("阜阳师范大学", "host"), ("青海师范大学", "attending"))
    brief = make.activity(kind="field-study", stage="first", details={"team": 3}, units=units)
    edit = reverse("activities:edit", args=[brief.pk])
    sent = {
        "kind": "field-study", "title": brief.title, "first_day": "2026-11-16", "last_day": "2026-11-18",
        "place": "阜阳", "mode": "on-site", "stage": "first", "team": "3", "text": "走访",
        "units": [f"{one.unit_id}:{one.part}" for one in brief.units.all()], "area": f"{brief.area_id}:",
        "version": brief.version, "send": "1",
    }  # fmt: skip
    text = _text(liaison.post(edit, sent, follow=True))
    assert "请选择受调研院校" in text and 'name="studied"' in text and not Study.objects.exists()
    brief.refresh_from_db()
    chosen = make.unit("青海师范大学").pk
    text = _text(liaison.post(edit, {**sent, "version": brief.version, "studied": chosen}, follow=True))
    assert "这次调研同时登记好了" in text and Study.objects.get().school_id == chosen
