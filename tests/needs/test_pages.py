"""需求诊断的页面: one school's page and papers, a need with its history, all schools beside each other."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from python_calamine import CalamineWorkbook

from tests import make
from tests.studies.building import finding, study
from tizhi.pipeline.needs.models import Need, Trait

from .building import SCHOOL, need, school_liaison, trait

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script>\"'>"


@pytest.fixture
def school(client):
    make.bnu()
    return make.signed_in(client, school_liaison())


def _unit():
    return make.unit(SCHOOL).pk


def _text(response):
    return response.content.decode()


def _page(name, *args):
    return reverse(f"needs:{name}", args=[_unit(), *args])


# The school's page


def test_a_school_states_a_strength_a_gap_and_a_need(school):
    text = _text(school.get(_page("school")))
    assert "提出第一项需求" in text and "登记一项" in text
    school.post(_page("new-trait"), {"kind": "strength", "text": "小学教育国家级一流专业", "priority": "1", "area": ""})
    gap = school.post(_page("new-trait"), {"kind": "gap", "text": "导师不足", "priority": "2", "area": ""})
    assert gap.url == _page("school")
    row = Trait.objects.get(kind="gap")
    made = school.post(
        _page("new"), {"title": "培养导师", "priority": "1", "area": "", "trait": row.pk, "text": "二十名"}
    )
    assert made.url == _page("show", 1) and Need.objects.get().trait == row
    text = _text(school.get(_page("school")))
    for words in ("小学教育国家级一流专业", "导师不足", "培养导师", "N1", "待满足", "重点"):
        assert words in text


def test_wrong_and_hostile_input_is_refused_or_shown_as_words(school):
    wrong = ({"title": ""}, {"title": "需" * 121}, {"priority": "7"}, {"area": "999999"}, {"evidence": "字" * 501})
    for given in wrong:
        answer = school.post(_page("new"), {"title": "培养导师", "priority": "1", "text": "二十名", **given})
        assert answer.status_code == 422 and "二十名" in _text(answer)
    assert school.post(_page("new-trait"), {"kind": "x", "text": HOSTILE}).status_code == 422
    school.post(_page("new-trait"), {"kind": "gap", "text": HOSTILE, "priority": "2"})
    school.post(_page("new"), {"title": HOSTILE, "priority": "1", "text": HOSTILE})
    for address in (_page("school"), _page("show", Need.objects.latest("pk").number), _page("new")):
        assert "<script>alert" not in _text(school.get(address))


def test_a_gap_is_put_right_and_withdrawn(school):
    row = trait()
    address = _page("edit-trait", row.pk)
    assert "导师32人" in _text(school.get(address))
    sent = {"kind": "gap", "text": "校内导师不足", "priority": "1", "version": row.version}
    school.post(address, sent)
    assert school.post(address, {**sent, "text": "别的"}).status_code == 409
    assert school.post(_page("withdraw-trait", row.pk), {"note": ""}).status_code == 422
    school.post(_page("withdraw-trait", row.pk), {"note": "已补齐"})
    assert "校内导师不足" not in _text(school.get(_page("school")))
    assert school.get(address).status_code == 404


# A need


def test_a_need_is_refined_by_a_finding_and_tells_what_changed(client):
    one, found = need(), finding(study())
    office = make.signed_in(client, "pair-office")
    address = _page("refine", one.number)
    assert "依据这次调研" in _text(office.get(address))
    sent = {"title": "三年新增导师20人", "text": one.text, "priority": "1", "area": one.area_id, "version": one.version}
    refused = office.post(address, {**sent, "ground": ""})
    assert refused.status_code == 422 and "请选择依据的调研" in _text(refused)
    assert office.post(address, {**sent, "ground": "finding-999999"}).status_code == 422
    assert office.post(address, {**sent, "ground": f"finding-{found.pk}"}).url == _page("show", one.number)
    text = _text(office.get(_page("show", one.number)))
    for words in ("细化", one.title, "三年新增导师20人", found.study.title, "教育硕士导师不足"):
        assert words in text
    conflict = office.post(address, {**sent, "title": "又改", "ground": f"study-{found.study_id}"})
    assert conflict.status_code == 409


def test_a_finding_becomes_a_need_with_one_button(client):
    found = finding(study(), "导师不足。只有三十二人。")
    office = make.signed_in(client, "pair-office")
    address = reverse("needs:from-finding", args=[found.pk])
    text = _text(office.get(address))
    assert 'value="导师不足"' in text and "学校确认后" in text
    made = office.post(address, {"title": "导师不足", "text": "只有三十二人。", "priority": "1", "area": found.area_id})
    assert made.url == _page("show", 1)
    text = _text(office.get(made.url))
    assert "待学校确认" in text


def test_the_school_confirms_meets_and_takes_up_again(school):
    one = need(proposer=make.unit("安徽师范大学"), confirmed_at=None)
    assert "确认为本校需求" in _text(school.get(_page("show", one.number)))
    assert one.title in _text(school.get(reverse("desk:show")))
    school.post(_page("act", one.number, "confirm-need"))
    assert school.post(_page("act", one.number, "meet-need"), {"note": ""}).status_code == 422
    school.post(_page("act", one.number, "meet-need"), {"note": "新增导师21人"})
    text = _text(school.get(_page("show", one.number)))
    assert "已满足" in text and "新增导师21人" in text
    school.post(_page("act", one.number, "reopen-need"), {"note": "两人调离"})
    school.post(_page("act", one.number, "withdraw-need"), {"note": "并入N2"})
    one.refresh_from_db()
    assert one.state == "withdrawn"
    assert school.get(_page("act", one.number, "burn")).status_code == 404


# Who sees what


def test_others_meet_no_page_of_the_school(client):
    one = need()
    stranger = make.signed_in(client, "supported-school")
    for address in (_page("school"), _page("show", one.number), _page("word"), _page("export"), _page("new")):
        assert stranger.get(address).status_code == 404
    assert one.title not in str(_rows(stranger, reverse("needs:export-all")))


def test_a_unit_that_is_no_supported_school_has_no_diagnosis(client):
    office = make.signed_in(client, "secretariat")
    assert office.get(reverse("needs:school", args=[make.unit("安徽师范大学").pk])).status_code == 404
    assert office.get(reverse("needs:school", args=[999999])).status_code == 404


# All schools


def test_the_cluster_office_sees_all_schools_the_pressing_first(client):
    low, high = need(priority=3, title="一般的事"), need("青海师范大学", priority=1, title="要紧的事")
    need(state="met", title="办成的事")
    text = _text(make.signed_in(client, "secretariat").get(reverse("needs:overview")))
    assert text.index(high.title) < text.index(low.title) and "办成的事" not in text
    assert text.count("合计") == 2


def test_who_reads_one_school_is_led_to_it_and_who_reads_none_is_told(client):
    assert make.signed_in(client, "liaison").get(reverse("needs:overview")).url == _page("school")
    make.signed_in(client, make.person("江河", "安徽省教育厅", post="liaison").user)
    assert "没有可以查看的需求诊断" in _text(client.get(reverse("needs:overview")))
    assert make.signed_in(client, "ministry").get(reverse("needs:overview")).status_code == 404


def _cost(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["school", "export", "word", "overview", "export-all"])
def test_pages_cost_the_same_for_one_and_for_many(client, name):
    office = make.signed_in(client, "secretariat")
    need(), trait(), finding(study())
    address = reverse(f"needs:{name}") if name in ("overview", "export-all") else _page(name)
    few = _cost(office, address)
    for _ in range(12):
        need(finding=finding(study()), proposer=make.unit("安徽师范大学")), trait(), trait(kind="strength")
    assert _cost(office, address) == few
    assert few <= 22


# On paper


def _rows(client, address):
    content = client.get(address).content
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_diagnosis_goes_out_as_word_and_excel(school):
    trait(), trait(kind="strength", text="小学教育国家级一流专业")
    one = need()
    answer = school.get(_page("word"))
    assert "attachment" in answer["Content-Disposition"]
    paper = Document(io.BytesIO(answer.content))
    words = "\n".join(each.text for each in paper.paragraphs)
    cells = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "需求诊断" in words and one.title in cells and "小学教育国家级一流专业" in cells
    kinds = [row[1] for row in _rows(school, _page("export")) if row[0] == one.unit.called]
    assert sorted(kinds) == sorted(["优势特色（高原）", "短板（洼地）", "需求"])
