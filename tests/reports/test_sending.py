"""登记报送: when and how an issued report went on, entered by the office, corrected by entering it again [四(四)]."""

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.obligations.build import line_of, since_the_start
from tests.reports.quarter import issued, opened, quarter
from tizhi.pipeline.filings.models import Dispatch

pytestmark = pytest.mark.django_db
RIGHT = {"sent_on": "2026-11-20", "channel": "机要", "receipt": "教育部教师工作司收文〔2026〕88号"}


@pytest.fixture
def report():
    """The report of the third quarter, issued."""
    since_the_start()
    quarter()
    return issued()


def address(report) -> str:
    return reverse("reports:sending", args=[report.pk])


def test_the_office_enters_it_and_the_report_tells(client, report):
    office = make.signed_in(client, "secretariat")
    overview = reverse("reports:overview", args=[report.pk])
    assert address(report) in office.get(overview).content.decode()
    answer = office.post(address(report), RIGHT)
    assert (answer.status_code, answer.url) == (302, overview)
    dispatch = Dispatch.objects.get()
    assert (dispatch.sent_on, dispatch.channel) == (date(2026, 11, 20), "机要")
    assert "王敏" in dispatch.recorded_words
    told = office.get(overview).content.decode()
    assert "机要" in told and "更正登记" in told


def test_entering_it_settles_what_the_office_owes(client, report):
    assert line_of("quarterly-report", None, period="2026Q3").state.is_open
    make.signed_in(client, "secretariat").post(address(report), RIGHT)
    assert line_of("quarterly-report", None, period="2026Q3").state.word == "已完成"


def test_entering_it_again_corrects_it(client, report):
    office = make.signed_in(client, "secretariat")
    office.post(address(report), RIGHT)
    known = Dispatch.objects.get().recorded_at
    assert 'value="机要"' in office.get(address(report)).content.decode()
    office.post(address(report), {**RIGHT, "channel": "公文系统"})
    dispatch = Dispatch.objects.get()
    assert (dispatch.channel, dispatch.recorded_at) == ("公文系统", known)


@pytest.mark.parametrize(
    ("day", "words"),
    [("", "请填写报送日期"), ("2026-11-24", "报送日期还没有到"), ("2020-01-01", "报送日期早于成文日期")],
)
def test_a_wrong_day_is_named_and_what_was_typed_is_kept(client, report, day, words):
    answer = make.signed_in(client, "secretariat").post(address(report), {**RIGHT, "sent_on": day})
    assert answer.status_code == 422
    told = answer.content.decode()
    assert words in told and RIGHT["receipt"] in told and day in told
    assert Dispatch.objects.get().sent_on is None


@pytest.mark.parametrize("who", ["liaison", "vice-president", "leading-group", "cluster-office-member", "ministry"])
def test_nobody_else_enters_it(client, report, who):
    browser = make.signed_in(client, who)
    assert browser.get(address(report)).status_code == browser.post(address(report), RIGHT).status_code == 403
    assert Dispatch.objects.get().sent_on is None


def test_for_another_cluster_it_does_not_exist(client, report):
    assert make.signed_in(client, "outsider").post(address(report), RIGHT).status_code == 404


def test_what_is_not_issued_cannot_be_sent(client):
    quarter()
    assert make.signed_in(client, "secretariat").get(address(opened())).status_code == 404
