"""The list of activities, what it exports, and what its pages cost."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.activities.models import Remark

pytestmark = pytest.mark.django_db
LIST = "/activities/"


@pytest.fixture
def liaison(client):
    make.bnu()
    return make.signed_in(client, "liaison")


# The list


def _titles(answer) -> list[str]:
    return [row.activity.title for row in answer.context["page"]]


def test_the_list_is_narrowed_by_its_address(liaison):
    make.activity(title="甲", state="published")
    make.activity(title="乙", state="published", kind="lecture", details={"sessions": 1, "audience": 90})
    summer = {"first_day": date(2026, 8, 1), "last_day": date(2026, 8, 1)}
    make.activity("青海师范大学", title="丙", state="published", units=(), **summer)
    school = make.unit("阜阳师范大学").pk
    narrowed = {
        "": ["乙", "甲", "丙"],
        "quarter=2026Q3": ["丙"],
        f"unit={school}": ["乙", "甲"],
        "kind=lecture": ["乙"],
        "state=published": ["乙", "甲", "丙"],
        "state=draft": [],
        "timely=late": ["丙"],
        "timely=in-time": ["乙", "甲"],
        "timely=not-sent": [],
        "q=丙": ["丙"],
        "q=芜湖+甲": ["甲"],
        "q=100%25": [],
        "quarter=1999Q9&kind=none": ["乙", "甲", "丙"],
    }
    for query, titles in narrowed.items():
        assert _titles(liaison.get(f"{LIST}?{query}")) == titles, query


def test_the_recycle_bin_is_its_own_list(liaison):
    make.activity(title="不报了", binned_at=clock.now())
    assert _titles(liaison.get(LIST)) == []
    assert _titles(liaison.get(f"{LIST}?state=binned")) == ["不报了"]


def test_an_empty_list_says_why_and_what_next(liaison, client):
    assert "报送第一条动态" in liaison.get(LIST).content.decode()
    assert "查看全部" in liaison.get(f"{LIST}?q=没有").content.decode()
    assert "报送第一条动态" not in make.signed_in(client, "expert").get(LIST).content.decode()


def test_the_list_goes_to_excel_as_it_is_narrowed(liaison):
    make.activity(title="=1+1", state="published", text="两天\n三场")
    make.activity(title="讲座", state="published", kind="lecture", details={"sessions": 1, "audience": 90})
    answer = liaison.get("/activities/export/?kind=training")
    head, row = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    told = dict(zip(head, row, strict=True))
    assert (told["标题"], told["参训教师（人）"], told["报送"]) == ("=1+1", 40, "及时")
    assert told["结束日期"] == date(2026, 11, 18)
    assert told["参与单位"] == "安徽师范大学（承办）、阜阳师范大学（参加）"


# The cost


def _queries(client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(page).status_code == 200
    return len(seen)


@pytest.mark.parametrize("page", [LIST, f"{LIST}?timely=late", "/activities/export/"])
def test_a_list_costs_the_same_for_five_and_for_sixty(liaison, page):
    for _ in range(5):
        make.activity(state="published")
    few = _queries(liaison, page)
    units = (("北京师范大学", "host"), ("青海师范大学", "visitor"))
    for number in range(55):
        make.activity(state="published", title=f"第{number}项", units=units)
    assert _queries(liaison, page) == few <= 20


def test_a_record_costs_the_same_whatever_stands_in_it(liaison):
    activity = make.activity(state="published")
    page = f"/activities/{activity.pk}/"
    few = _queries(liaison, page)
    person = make.appointment("liaison").person
    for number in range(20):
        activity.leaders.create(name=f"来宾{number}", post_words="副局长")
        Remark.objects.create(activity=activity, person=person, words="甲", text="乙", at=clock.now())
    assert _queries(liaison, page) == few <= 20


def test_the_form_costs_little(liaison):
    activity = make.activity(writer=make.appointment("liaison").person)
    assert _queries(liaison, f"/activities/{activity.pk}/edit/") <= 25
