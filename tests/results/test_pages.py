"""The pages of the chain: picture, table, Excel, from a piece on – and a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.consultations.building import SCHOOL
from tizhi.base.documents.sheet import read_sheet

from .building import finding, measure, need, plan, study

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def office(client):
    make.signed_in(client, "pair-office")
    return client


def test_the_chain_of_a_plan_is_a_tab_of_it(office):
    found = finding(study())
    made = plan()
    measure(made, needs=[need(finding=found)], findings=[found])
    need("还没有举措的需求")
    text = text_of(office.get(f"/plans/{made.pk}/chain/"))
    assert "关联链条" in text and '<svg xmlns="http://www.w3.org/2000/svg"' in text and "以表格列出" in text
    assert "断开处" in text and "还没有举措的需求" in text and "尚未启用" in text
    assert text_of(office.get(f"/plans/{made.pk}/")).count(f"/plans/{made.pk}/chain/") >= 1


def test_from_a_piece_on_only_what_it_leads_to_is_shown(office):
    stated, other = need("需求甲"), need("需求乙")
    made = plan()
    one, two = measure(made, "举措甲", needs=[stated]), measure(made, "举措乙", needs=[other])
    main = text_of(office.get(f"/plans/{made.pk}/chain/?at=need-{stated.pk}")).split("<main")[1]
    assert "举措甲" in main and "举措乙" not in main and "查看全部" in main
    back = text_of(office.get(f"/plans/{made.pk}/chain/?at=measure-{two.pk}")).split("<main")[1]
    assert "需求乙" in back and "需求甲" not in back
    for spoilt in ("need-0", "x", "need-", "%00", f"measure-{one.pk}x"):
        assert "举措乙" in text_of(office.get(f"/plans/{made.pk}/chain/?at={spoilt}"))


def test_the_chain_of_a_school_names_the_plan_of_each_measure(office):
    measure(plan(), needs=[need()])
    text = text_of(office.get(f"/chain/{make.unit(SCHOOL).pk}/"))
    assert "2026年年度工作计划" in text and "没有对应的需求" not in text.split("<main")[1]


def test_an_empty_chain_says_what_will_stand_there(office):
    assert "还没有登记需求" in text_of(office.get(f"/chain/{make.unit(SCHOOL).pk}/"))


def test_the_overview_counts_what_is_broken(office):
    need("没有人管的需求")
    assert "1处" in text_of(office.get("/chain/"))


def test_hostile_words_are_only_words(office):
    need("<script>alert(1)</script>")
    made = plan()
    measure(made, "<b>粗</b>&amp;")
    text = text_of(office.get(f"/plans/{made.pk}/chain/"))
    assert "<script>alert" not in text and "<b>粗" not in text


def test_the_sheet_holds_a_row_for_each_measure_and_says_where_it_is_broken(office):
    found = finding(study())
    stated = need(finding=found)
    made = plan()
    measure(made, "举措甲", needs=[stated], findings=[found]), measure(made, "举措乙", needs=[stated])
    need("还没有举措的需求")
    rows = read_sheet(office.get(f"/plans/{made.pk}/chain/export/").content)
    assert [(row.text("需求"), row.text("举措"), row.text("断开处")) for row in rows] == [
        ("建设实训课程", "举措甲", ""), ("建设实训课程", "举措乙", ""), ("还没有举措的需求", "", "没有举措"),
    ]  # fmt: skip
    assert rows[0].text("调研发现") == "实训室不足" and rows[0].text("项目、指标、成效") == "尚未启用"
    assert len(read_sheet(office.get(f"/chain/{make.unit(SCHOOL).pk}/export/").content)) == 3


def test_a_long_chain_is_a_table(office):
    made = plan()
    for n in range(40):
        measure(made, f"举措{n}", needs=[need(f"需求{n}")])
    text = text_of(office.get(f"/plans/{made.pk}/chain/"))
    assert "内容较多" in text and "tz-drawing-wide" not in text and "举措39" in text


def test_another_school_and_whoever_reads_issued_reports_only_find_nothing(client):
    made = plan()
    unit = make.unit(SCHOOL).pk
    for who in ("supported-school", "ministry", "outsider", "administrator"):
        make.signed_in(client, who)
        for address in (f"/plans/{made.pk}/chain/", f"/plans/{made.pk}/chain/export/", f"/chain/{unit}/"):
            assert client.get(address).status_code == 404, (who, address)


@pytest.mark.parametrize("which", ["plan", "school", "overview", "export"])
def test_many_pieces_cost_as_many_queries_as_one(office, which):
    there, made = study(), plan()
    unit = make.unit(SCHOOL).pk
    address = {
        "plan": f"/plans/{made.pk}/chain/", "school": f"/chain/{unit}/", "overview": "/chain/",
        "export": f"/plans/{made.pk}/chain/export/",
    }[which]  # fmt: skip
    counts = []
    for more in (1, 40):
        for n in range(more):
            found = finding(there, f"发现{n}")
            measure(made, f"举措{n}", needs=[need(f"需求{n}", finding=found)], findings=[found])
        office.get(address)
        with CaptureQueriesContext(connection) as done:
            assert office.get(address).status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1]
