"""架构图的页面: who sees the figures, as of which day, and what the files hold."""

from datetime import date
from io import BytesIO
from urllib.parse import unquote

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import etree
from PIL import Image

from tests import make
from tests.scheme.applied import apply
from tests.scheme.thirty import thirty_text
from tests.scheme.writing import changed
from tizhi.pipeline.scheme.models import Body

pytestmark = pytest.mark.django_db

WORKING, LEADING = reverse("cluster:figure", args=["working"]), reverse("cluster:figure", args=["leading"])
WORD = reverse("cluster:figures-word")
IN_THE_CLUSTER = [name for name in make.PERSONAS if name not in ("ministry", "outsider")]


def file_of(which: str, form: str) -> str:
    return reverse("cluster:figure-file", args=[which, form])


def text_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", IN_THE_CLUSTER)
def test_everybody_of_the_cluster_sees_both_figures(client, who):
    make.signed_in(client, who)
    working, leading = text_of(client.get(WORKING)), text_of(client.get(LEADING))
    assert "阜阳师范大学" in working and "依据：工作方案 二(一)、四(一)" in working
    assert "安徽师范大学小组团办公室" in leading and "依据：工作方案 四(一)" in leading


@pytest.mark.parametrize("who", ["ministry", "administrator"])
def test_who_does_not_work_in_a_cluster_sees_none(client, who):
    make.bnu()
    make.signed_in(client, who)
    for address in (WORKING, LEADING, WORD, file_of("leading", "svg")):
        assert client.get(address).status_code == 404


def test_another_cluster_sees_its_own(client):
    make.bnu(), make.second_cluster()
    page = text_of(make.signed_in(client, "outsider").get(WORKING))
    assert "呼伦贝尔学院" in page and "阜阳师范大学" not in page


def test_the_boxes_lead_to_bodies_and_units(client):
    make.signed_in(client, "liaison")
    body = Body.objects.get(name="专家委员会")
    assert f'href="{reverse("cluster:body", args=[body.pk])}"' in text_of(client.get(LEADING))
    unit = make.unit("阜阳师范大学")
    assert f'href="{reverse("cluster:unit", args=[unit.pk])}"' in text_of(client.get(WORKING))


def test_the_page_stands_as_of_any_day_and_its_links_keep_it(client):
    make.bnu()
    apply(changed(("unit[abtu].name", "阿坝师范大学")), begins=date(2026, 9, 1))
    make.signed_in(client, "liaison")
    before = text_of(client.get(WORKING, {"on": "2026-08-31"}))
    assert "阿坝师范大学" in text_of(client.get(WORKING)) and "阿坝师范大学" not in before
    for address in (WORD, file_of("working", "svg"), file_of("working", "png"), LEADING):
        assert f"{address}?on=2026-08-31" in before
    svg = client.get(file_of("working", "svg"), {"on": "2026-08-31"}).content.decode()
    assert "阿坝师范学院" in svg and "截至2026年8月31日" in svg
    assert "今天" not in text_of(client.get(WORKING, {"on": "昨天"}))


def test_before_the_cluster_begins_the_page_says_so_and_there_is_no_file(client):
    make.signed_in(client, "liaison")
    assert "这一天组团尚未启动" in text_of(client.get(LEADING, {"on": "2020-01-01"}))
    for address in (WORD, file_of("leading", "png")):
        refused = client.get(address, {"on": "2020-01-01"})
        assert refused.status_code == 422 and "尚未启动" in refused.content.decode()


def test_a_scheme_without_bodies_has_no_leading_figure(client):
    cluster = make.cluster_of(
        "hnu",
        make.example_text("least")
        + '[[post]]\nid = "head"\nname = "负责人"\neach = ["lead"]\npowers = ["report-unit"]\n',
    )
    user = make.person("甲", "湖南师范大学", post="head", cluster=cluster).user
    make.signed_in(client, user)
    assert "没有设立机构" in text_of(client.get(LEADING))
    assert "湖南师范大学" in text_of(client.get(WORKING))


def test_files_have_chinese_names_and_are_what_they_say(client):
    make.signed_in(client, "liaison")
    svg = client.get(file_of("leading", "svg"))
    assert svg["Content-Type"] == "image/svg+xml"
    assert "北京师范大学组团组织领导架构图（截至2026年11月23日）.svg" in unquote(svg["Content-Disposition"])
    assert etree.fromstring(svg.content).get("role") == "img" and b"/cluster/" not in svg.content
    png = client.get(file_of("working", "png"))
    assert "北京师范大学组团内工作架构图（截至2026年11月23日）.png" in unquote(png["Content-Disposition"])
    assert Image.open(BytesIO(png.content)).width > 3000
    word = client.get(WORD)
    assert "北京师范大学组团架构图（截至2026年11月23日）.docx" in unquote(word["Content-Disposition"])
    assert len(docx.Document(BytesIO(word.content)).inline_shapes) == 2


def test_other_figures_and_formats_do_not_exist(client):
    make.signed_in(client, "liaison")
    for address in (reverse("cluster:figure", args=["other"]), file_of("leading", "pdf"), file_of("other", "svg")):
        assert client.get(address).status_code == 404


def test_without_a_chinese_font_the_page_stands_and_the_picture_says_why(client, settings, tmp_path):
    settings.FONTS_OWN, settings.FONTS_OF_SYSTEM, settings.FONTS_BROUGHT = "", False, tmp_path
    make.signed_in(client, "liaison")
    assert client.get(LEADING).status_code == 200 and client.get(file_of("leading", "svg")).status_code == 200
    for address in (file_of("leading", "png"), WORD):
        refused = client.get(address)
        assert refused.status_code == 422 and "没有中文字体" in refused.content.decode()


def test_the_table_below_names_everybody_that_the_figure_only_counts(client):
    cluster = make.bnu()
    for nth, name in enumerate(("安徽师范大学", "西北师范大学", "四川师范大学", "青海师范大学", "阜阳师范大学")):
        make.person(f"示例甲{nth}", name, seat="领导小组成员", cluster=cluster)
    page = text_of(make.signed_in(client, "liaison").get(LEADING))
    drawn, _, table = page.partition("以表格列出")
    assert "到位5人" in drawn and "示例甲3" not in drawn and "示例甲3" in table


def test_the_page_costs_the_same_for_8_and_for_30_universities(client):
    def cost() -> int:
        client.get(LEADING)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LEADING).status_code == 200
        return len(asked)

    make.signed_in(client, "liaison")
    few = cost()
    cluster = make.cluster_of("thirty", thirty_text())
    make.signed_in(client, make.person("乙", "东北师范大学", post="liaison", cluster=cluster).user)
    assert cost() == few <= 20


def test_the_page_of_the_cluster_leads_to_the_figures(client):
    page = text_of(make.signed_in(client, "liaison").get(reverse("cluster:home"), {"on": "2026-10-01"}))
    assert f"{WORKING}?on=2026-10-01" in page
