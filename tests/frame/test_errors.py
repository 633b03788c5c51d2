"""Every failure is a page a person understands; for htmx a toast. Nothing typed is lost, nothing internal is told."""

import logging

import pytest
from django.test import Client

PAGES = [
    ("rule", 422, "结束日期早于开始日期"),
    ("denied", 403, "不能办理“签发”"),
    ("stale", 409, "被他人修改过"),
    ("forbidden", 403, "不能打开这个页面"),
    ("large", 413, "太大"),
]


@pytest.mark.parametrize(("how", "status", "words"), PAGES)
def test_a_failure_is_a_page_with_the_navigation(signed_in, how, status, words):
    answer = signed_in.get(f"/fail/{how}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page and "<h1>" in page and 'id="nav"' in page


@pytest.mark.parametrize(("how", "status", "words"), PAGES)
def test_for_htmx_it_is_a_toast_and_the_page_stays(signed_in, how, status, words):
    answer = signed_in.get(f"/fail/{how}/", headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert answer.status_code == status and answer.headers["HX-Retarget"] == "#toasts"
    assert words in page and "<html" not in page


def test_an_unknown_address_is_a_page(signed_in):
    answer = signed_in.get("/nowhere/")
    assert answer.status_code == 404 and "没有找到这个页面" in answer.content.decode()


def test_what_was_typed_is_given_back(signed_in, posts):
    answer = signed_in.post(f"/refused/{posts[0].pk}/", {"reason": "学校已换届\n请看附件", "old_password": "geheim"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "<p>学校已换届</p><p>请看附件</p>" in page and "geheim" not in page


def test_a_crash_has_a_number_that_the_log_knows_too(signed_in, caplog):
    with caplog.at_level(logging.ERROR, logger="tizhi.errors"):
        answer = signed_in.get("/fail/crash/")
    page = answer.content.decode()
    number = next(record for record in caplog.records if record.name == "tizhi.errors").args[0]
    assert answer.status_code == 500
    assert number in page and "secret detail" not in page and "KeyError" not in page
    assert "secret detail" in caplog.text


def test_an_expired_page_gives_the_text_back_and_writes_nothing(posts):
    client = Client(enforce_csrf_checks=True)
    client.force_login(posts[0].person.user)
    answer = client.post(f"/act/{posts[0].pk}/", {"title": "写了很久的职务"})
    assert answer.status_code == 403 and "写了很久的职务" in answer.content.decode()
    posts[0].refresh_from_db()
    assert posts[0].title == ""


def test_the_way_back_leads_only_to_our_own_pages(signed_in):
    for came_from, link in (
        ("http://testserver/edit/1/", 'href="http://testserver/edit/1/"'),
        ("https://evil/", 'href="/"'),
    ):
        page = signed_in.get("/fail/rule/", headers={"Referer": came_from}).content.decode()
        assert link in page and "evil" not in page
