"""What surrounds every page: who acts, the post chosen, the navigation, paging."""

import pytest
from django.contrib.auth.decorators import login_not_required  # noqa: F401
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.accounts.models import User
from tizhi.base.kit.actor import Actor
from tizhi.web.frame import menu


def test_a_person_with_two_posts_acts_in_one_of_them_at_a_time(signed_in, posts):
    assert "孙涛" in signed_in.get("/rows/").content.decode()
    signed_in.post("/act-as/", {"appointment": posts[1].pk})
    answer = signed_in.get("/rows/")
    assert answer.wsgi_request.actor.appointment_id == posts[1].pk
    assert "现在以安徽师范大学分管校领导的职务办理" in answer.content.decode()


@pytest.mark.parametrize("stranger", ["0", "abc", "", "99999999999999999999"])
def test_nobody_acts_in_a_post_that_is_not_theirs(signed_in, posts, stranger):
    assert signed_in.post("/act-as/", {"appointment": stranger}).status_code == 422
    assert signed_in.get("/rows/").wsgi_request.actor.appointment_id == posts[0].pk


def test_an_administrator_with_a_post_leaves_it_to_keep_the_system(signed_in, posts):
    assert signed_in.post("/act-as/", {"appointment": "outside"}).status_code == 422
    User.objects.update(is_administrator=True)
    assert not signed_in.get("/rows/").wsgi_request.actor.is_administrator
    signed_in.post("/act-as/", {"appointment": "outside"})
    actor = signed_in.get("/rows/").wsgi_request.actor
    assert actor.is_administrator and actor.cluster_id is None


def test_every_page_asks_for_sign_in(db):
    answer = Client().get("/rows/")
    assert answer.status_code == 302 and answer.url.startswith("/accounts/login/")


def test_a_fragment_asked_for_after_the_session_ended_leads_the_whole_page_to_sign_in(db):
    answer = Client().get("/rows/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/rows/?n=6"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Frows%2F%3Fn%3D6"


def test_what_is_sent_after_the_session_ended_is_given_back(posts):
    answer = Client().post(f"/act/{posts[0].pk}/", {"title": "写了很久的职务", "mode": "on-site"})
    page = answer.content.decode()
    assert answer.status_code == 403 and "写了很久的职务" in page and "重新登录" in page and "on-site" not in page


@pytest.mark.parametrize(("rows", "asked", "shown"), [(0, "1", None), (12, "2", "第6至10条"), (12, "99", "第11至12条")])
def test_paging_keeps_to_pages_that_exist(signed_in, rows, asked, shown):
    page = signed_in.get("/rows/", {"n": rows, "page": asked, "q": "研修"}).content.decode()
    if shown is None:
        assert "没有符合条件的记录" in page
    else:
        assert shown in page and "q=%E7%A0%94%E4%BF%AE" in page


def test_the_navigation_holds_only_what_the_person_may_open(rf, monkeypatch):
    entries = (
        menu.Entry("换职务", "switch", "frame:act-as", menu.in_a_cluster),
        menu.Entry("系统", "settings", "frame:act-as", menu.keeps_the_system),
    )
    monkeypatch.setattr(menu, "ENTRIES", entries)
    request = rf.get("/")
    request.resolver_match = None
    for actor, labels in ((Actor(cluster_id=1), ["换职务"]), (Actor(is_administrator=True), ["系统"]), (Actor(), [])):
        assert [line.label for line in menu.lines(request, actor)] == labels


def test_a_page_asks_the_database_as_often_for_one_row_as_for_six(signed_in):
    signed_in.get("/rows/")  # the first page of a session also writes its end
    counts = []
    for rows in (1, 6):
        with CaptureQueriesContext(connection) as asked:
            signed_in.get("/rows/", {"n": rows})
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("name", make.ALL_PERSONAS)
def test_every_line_of_the_navigation_opens(name, db, rf, settings):
    settings.ROOT_URLCONF = "tizhi.config.urls"
    client, request = make.signed_in(Client(), name), rf.get("/")
    request.resolver_match = None
    opened = {
        line.label: client.get(line.url, follow=True).status_code for line in menu.lines(request, make.actor(name))
    }
    assert set(opened.values()) <= {200}, opened
