"""工作方案的页面: administrators check, look at and apply a scheme; the cluster's people read theirs."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from tests.scheme.writing import GONE, changed
from tizhi.base.kit import clock
from tizhi.pipeline.scheme.models import Cluster, Version

pytestmark = pytest.mark.django_db

LOAD = reverse("scheme:load")
LIST = reverse("scheme:list")
SHOW = reverse("scheme:show", args=["bnu"])
REPAIRED = ("pair[3].partner", "ahnu")


def upload(client, text: str | bytes, **more):
    content = text.encode() if isinstance(text, str) else text
    return client.post(LOAD, {"file": SimpleUploadedFile("plan.toml", content), **more})


def confirm(client, shown, **more):
    return client.post(LOAD, {"text": shown.text, "after": shown.after, "confirm": "1", **more})


@pytest.fixture
def admin(client):
    return make.signed_in(client, "administrator")


def test_a_faulty_file_is_answered_with_all_its_faults(bare, admin):
    response = upload(admin, changed(("unit[ahnu].roles", ["partnr"]), ("briefs.due_workdays", -1)))
    page = response.content.decode()
    assert response.status_code == 422
    assert "2处问题" in page and "unit[ahnu].roles" in page and "briefs.due_workdays" in page
    assert not Cluster.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<html>", "方案".encode("gbk"), b"x" * 1_100_000])
def test_what_is_no_scheme_is_refused_in_words(admin, content):
    assert upload(admin, content).status_code == 422
    assert admin.post(LOAD, {}).status_code == 422


def test_a_first_scheme_is_shown_and_then_applied(bare, admin):
    response = upload(admin, make.real_text())
    assert response.status_code == 200
    assert "核对变化" in response.content.decode() and "新建" in response.content.decode()
    assert not Cluster.objects.exists()
    assert confirm(admin, response.context["shown"]).url == SHOW
    assert Version.objects.get().text == make.real_text()


def test_a_change_is_shown_and_applied_from_a_day(admin):
    cluster = make.bnu()
    response = upload(admin, changed(REPAIRED), begins="2026-09-01")
    page = response.content.decode()
    assert "自2026年9月1日起施行" in page and "安徽师范大学—阿坝师范学院" in page
    assert cluster.versions.count() == 1
    confirm(admin, response.context["shown"], begins="2026-09-01")
    assert [str(version.begins) for version in cluster.versions.all()] == ["2022-04-01", "2026-09-01"]


def test_what_a_change_brings_about_in_the_ledger_is_shown_before_it_is_applied(admin):
    with clock.at(date(2022, 4, 1)):
        make.bnu()
    page = upload(admin, changed(REPAIRED)).content.decode()
    assert "台账：新增7项、取消7项" in page
    assert "新增1项（安徽师范大学→阿坝师范学院，2026年）" in page
    assert "期限已过；没有依据的，施行后即显示逾期" in page
    assert "随之终止的任职" not in page


def test_a_change_without_effect_says_so(admin):
    make.bnu()
    assert "台账：没有变化" in upload(admin, changed(("cluster.title", "新名称"))).content.decode()


def test_who_loses_a_seat_is_named_before_it_is_applied(admin):
    make.persona("expert")
    page = upload(admin, changed(("body[expert-committee].seat[2]", GONE))).content.decode()
    assert "随之终止的任职" in page and "钱文" in page and "专家委员会委员" in page


def test_of_a_first_scheme_all_duties_are_new(bare, admin):
    page = upload(admin, make.real_text()).content.decode()
    assert re.search("台账：新增[0-9]+项", page) and "不追溯以前各期" in page


def test_a_confirmation_that_is_refused_still_shows_what_follows(admin):
    make.bnu()
    shown = upload(admin, changed(REPAIRED)).context["shown"]
    make.cluster_of("bnu", changed(("briefs.due_workdays", 8)))
    page = confirm(admin, shown).content.decode()
    assert "重新核对" in page and "对履约台账的影响" in page


def test_a_scheme_of_hundreds_of_units_is_answered_soon(admin):
    make.bnu()
    units = [
        {"id": f"u{n}", "name": f"第{n}师范大学", "kind": "university", "roles": ["supported"]} for n in range(400)
    ]
    pairs = [{"partner": "ahnu", "supported": f"u{n}"} for n in range(400)]
    more = [("unit[+]", unit) for unit in units] + [("pair[+]", pair) for pair in pairs]
    page = upload(admin, changed(*more))
    assert page.status_code == 200 and "方案很大，未逐项比较" in page.content.decode()


def test_the_browsers_line_ends_do_not_make_another_text(admin):
    shown = upload(admin, make.real_text()).context["shown"]
    admin.post(LOAD, {"text": shown.text.replace("\n", "\r\n"), "after": 0, "confirm": "1"})
    assert Version.objects.get().text == make.real_text()


def test_the_text_in_force_needs_no_confirmation(admin):
    make.bnu()
    page = upload(admin, make.real_text()).content.decode()
    assert "现行方案与此文件相同" in page and "确认施行" not in page


def test_a_confirmation_overtaken_by_another_version_is_shown_again(admin):
    cluster = make.bnu()
    shown = upload(admin, changed(REPAIRED)).context["shown"]
    make.cluster_of("bnu", changed(("briefs.due_workdays", 8)))
    response = confirm(admin, shown)
    assert response.status_code == 422
    assert "重新核对" in response.content.decode()
    assert cluster.versions.count() == 2


def test_a_day_before_the_last_version_is_refused_in_words(admin):
    make.bnu()
    response = upload(admin, changed(REPAIRED), begins="2021-01-01")
    assert response.status_code == 422
    assert "2022年4月1日" in response.content.decode()


def test_confirming_twice_makes_one_version(admin):
    make.bnu()
    shown = upload(admin, changed(REPAIRED)).context["shown"]
    once = "0b0e6f6e-9ac0-4a39-a1a5-8a1b5a1c2d3e"
    assert confirm(admin, shown, once=once).status_code == confirm(admin, shown, once=once).status_code == 302
    assert Version.objects.count() == 2


def test_versions_are_listed_read_and_downloaded(admin):
    make.bnu(), make.second_cluster()
    make.cluster_of("bnu", changed(REPAIRED))
    page = admin.get(LIST).content.decode()
    assert "首都师范大学组团" in page and "第2版" in page and "旧版" in page
    assert "本组团约定" in admin.get(SHOW).content.decode()
    old = admin.get(reverse("scheme:version", args=["bnu", 1])).content.decode()
    assert "第1版，自2022年4月1日起施行" in old
    download = admin.get(reverse("scheme:text", args=["bnu", 1]))
    assert download.content.decode() == make.real_text()
    assert "attachment" in download["Content-Disposition"]
    assert admin.get(reverse("scheme:version", args=["bnu", 9])).status_code == 404


@pytest.mark.parametrize("who", [name for name in make.PERSONAS if name not in ("ministry", "outsider")])
def test_people_of_the_cluster_read_their_scheme_and_cannot_load_one(client, who):
    make.second_cluster()
    make.signed_in(client, who)
    assert "一校一策" in client.get(SHOW).content.decode()
    assert client.get(reverse("scheme:show", args=["cnu"])).status_code == 404
    assert client.get(reverse("scheme:text", args=["cnu", 1])).status_code == 404
    assert "首都" not in client.get(LIST).content.decode()
    assert client.get(LOAD).status_code == 403
    assert upload(client, changed(REPAIRED)).status_code == 403
    assert Version.objects.count() == 2


@pytest.mark.parametrize("who", ["ministry", "nobody", "outsider"])
def test_others_do_not_find_it(client, who):
    make.bnu()
    make.signed_in(client, who)
    assert client.get(SHOW).status_code == 404
    assert client.get(reverse("scheme:text", args=["bnu", 1])).status_code == 404
