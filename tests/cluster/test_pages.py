"""组团的页面: who sees which cluster and unit, as of which day, and what an empty place looks like."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.scheme.applied import apply
from tests.scheme.writing import changed
from tizhi.pipeline.scheme.models import Body

pytestmark = pytest.mark.django_db

HOME = reverse("cluster:home")
OVERVIEW = reverse("cluster:overview")
IN_THE_CLUSTER = [name for name in make.PERSONAS if name not in ("ministry", "outsider")]


def unit_page(name: str) -> str:
    return reverse("cluster:unit", args=[make.unit(name).pk])


def body_page(name: str) -> str:
    return reverse("cluster:body", args=[Body.objects.get(name=name).pk])


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", IN_THE_CLUSTER)
def test_everybody_of_the_cluster_reads_its_page(client, who):
    page = text_of(make.signed_in(client, who).get(HOME))
    assert "西昌民族幼儿师范高等专科学校" in page and "高水平教师柔性引进" in page
    assert "安徽师范大学小组团办公室" in page and "本组团约定" in page
    assert "首都师范大学" not in page


def test_empty_places_are_counted_and_named(client):
    make.bnu()
    page = text_of(make.signed_in(client, "secretariat").get(HOME))
    assert "空缺1席：青海省教育厅" not in page
    assert "空缺3席：青海省教育厅、安徽省教育厅、四川省教育厅" in page
    assert "空缺4席，待北京师范大学教务部提名" in page
    make.person("丁一", "青海省教育厅", seat="领导小组成员")
    page = text_of(client.get(HOME))
    assert "丁一" in page and "空缺2席：安徽省教育厅、四川省教育厅" in page


def test_the_page_stands_as_of_any_day(client):
    make.bnu()
    apply(changed(("pair[3].partner", "ahnu"), ("unit[abtu].name", "阿坝师范大学")), begins=date(2026, 9, 1))
    make.signed_in(client, "liaison")
    after, before = text_of(client.get(HOME)), text_of(client.get(HOME, {"on": "2026-08-31"}))
    assert "阿坝师范大学" in after and "结对：阜阳师范大学、阿坝师范大学" in after
    assert "结对：阿坝师范学院" in before and "结对：阜阳师范大学、" not in before
    assert "阿坝师范大学" not in before
    assert "这一天组团尚未启动" in text_of(client.get(HOME, {"on": "2020-01-01"}))
    assert "结对帮扶" in text_of(client.get(HOME, {"on": "昨天"}))


def test_a_unit_shows_what_it_is_holds_and_owes(client):
    make.bnu()
    make.person("罗刚", "阜阳师范大学", post="liaison", phone="13800001234", title="发展规划处副处长")
    page = text_of(make.signed_in(client, "pair-office").get(unit_page("阜阳师范大学")))
    assert "由" in page and "安徽师范大学" in page and "4134010371" in page
    assert "罗刚" in page and "138****1234" in page and "13800001234" not in page
    assert "开展工作后及时报送信息" in page and "2026年第四季度" in page
    assert "召开联席会议" not in page
    assert "4个职务空缺" in page


def test_a_unit_bears_the_name_of_the_day(client):
    make.bnu()
    page = unit_page("阿坝师范学院")
    apply(changed(("unit[abtu].name", "阿坝师范大学")), begins=date(2026, 9, 1))
    make.signed_in(client, "liaison")
    assert "<h1>阿坝师范大学</h1>" in text_of(client.get(page))
    earlier = text_of(client.get(page, {"on": "2026-08-31"}))
    assert "<h1>阿坝师范学院</h1>" in earlier and "用至2026年8月31日" in earlier


def test_two_clusters_do_not_see_each_others_units(client):
    make.bnu(), make.second_cluster()
    make.signed_in(client, "liaison")
    assert client.get(unit_page("内蒙古师范大学")).status_code == 404
    make.signed_in(client, "outsider")
    assert client.get(unit_page("安徽师范大学")).status_code == 404
    assert "首都师范大学组团" in text_of(client.get(HOME))
    shared = text_of(client.get(unit_page("教育部")))
    assert "2022年5月1日" in shared and "2022年4月1日" not in shared


@pytest.mark.parametrize("who", ["administrator", "nobody"])
def test_who_holds_no_post_sees_no_cluster(client, who):
    make.bnu()
    make.signed_in(client, who)
    assert client.get(HOME, follow=True).status_code == 404
    assert client.get(unit_page("安徽师范大学")).status_code == 404


def test_the_ministry_sees_agreed_figures_across_its_clusters(client):
    bnu, second = make.bnu(), make.second_cluster()
    reader = make.persona("ministry")
    post = second.posts.get(key="ministry-reader")
    held = make.appointment("ministry")
    make.appoint(held.person, cluster=second, post=post, unit=make.unit("教育部"))
    make.person("罗刚", "阜阳师范大学", post="liaison", cluster=bnu)
    make.signed_in(client, reader)
    response = client.get(HOME, follow=True)
    page = text_of(response)
    assert response.redirect_chain == [(OVERVIEW, 302)]
    figures = {line.cluster.key: line for line in response.context["lines"]}
    assert (figures["bnu"].universities, figures["bnu"].pairs, figures["bnu"].provinces) == (8, 4, 5)
    assert (figures["cnu"].universities, figures["cnu"].partners, figures["cnu"].supported) == (7, 3, 3)
    assert figures["cnu"].lead == "首都师范大学"
    assert "尚无" in page and "罗刚" not in page
    assert client.get(unit_page("阜阳师范大学")).status_code == 404


@pytest.mark.parametrize("who", IN_THE_CLUSTER)
def test_only_who_reads_issued_reports_sees_the_overview(client, who):
    assert make.signed_in(client, who).get(OVERVIEW).status_code == 404


def test_pages_cost_the_same_however_many_people(client):
    make.bnu()
    make.persona("vice-president")  # with the post empty, nobody's visits are looked for
    make.signed_in(client, "liaison").get(HOME)

    def cost(url: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    pages = HOME, unit_page("安徽师范大学"), body_page("安徽师范大学小组团办公室")
    before = [cost(page) for page in pages]
    for name in ("office-head", "pair-office", "leading-group", "expert", "secretariat"):
        make.persona(name)
    assert [cost(page) for page in pages] == before


def test_a_body_names_its_seats_and_the_bodies_inside_it(client):
    make.signed_in(client, "pair-office")
    page = text_of(client.get(body_page("安徽师范大学小组团办公室")))
    assert "程璐" in page and "联络员" in page and "空缺" in page
    assert "安徽师范大学项目组" in page and "阜阳师范大学" in page
    assert "组建项目组" in page and "任命" not in page


def test_an_office_founds_renames_and_closes_a_group_on_its_pages(client):
    make.signed_in(client, "pair-office")
    office = Body.objects.get(name="安徽师范大学小组团办公室")
    url = reverse("cluster:found", args=[office.pk, "project-group"])
    assert client.post(url, {"name": ""}).status_code == 422
    assert "请换一个名称" in client.post(url, {"name": "四川师范大学项目组"}).content.decode()
    made = client.post(url, {"name": "科学教师培训项目组"}, follow=True)
    assert "<h1>科学教师培训项目组</h1>" in made.content.decode()
    group = Body.objects.get(name="科学教师培训项目组")
    client.post(reverse("cluster:rename", args=[group.pk]), {"name": "科学教师项目组"})
    group.refresh_from_db()
    assert group.name == "科学教师项目组"
    assert client.post(reverse("cluster:close", args=[group.pk])).url == reverse("cluster:body", args=[office.pk])
    assert "已撤销" in text_of(client.get(reverse("cluster:body", args=[group.pk])))
    assert "科学教师项目组" not in text_of(client.get(HOME))


def test_others_see_no_such_buttons_and_cannot_press_them(client):
    office = Body.objects.get(pk=make.appointment("pair-office").seat.body_id)
    for who in ("liaison", "supported-school", "expert"):
        make.signed_in(client, who)
        assert "组建项目组" not in text_of(client.get(reverse("cluster:body", args=[office.pk])))
        assert (
            client.post(reverse("cluster:found", args=[office.pk, "project-group"]), {"name": "甲"}).status_code == 403
        )
    make.signed_in(client, "outsider")
    assert client.get(reverse("cluster:body", args=[office.pk])).status_code == 404
    assert client.post(reverse("cluster:close", args=[office.pk])).status_code == 404


def test_the_secretariat_is_led_from_an_empty_seat_to_appointing(client):
    make.signed_in(client, "secretariat")
    page = text_of(client.get(body_page("专家委员会")))
    seat = Body.objects.get(name="专家委员会").seats.get(post="委员")
    assert reverse("directory:sit", args=[seat.pk]) in page
