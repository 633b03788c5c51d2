"""Setting a password: oneself, by mail, by a one-time link."""

import re
import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests import make
from tizhi.base.accounts import links, register
from tizhi.base.accounts.models import OneTimeLink, User
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock

pytestmark = pytest.mark.django_db
OLD, NEW = "四平八稳-2026", "五湖四海皆兄弟-2027"


@pytest.fixture
def wang(bare):
    return User.objects.create_user("wangmin", OLD, email="wang.min@bnu.edu.cn", name="王敏")


def change(client, old=OLD, new=NEW, again=NEW):
    given = {"oldpassword": old, "password1": new, "password2": again}
    return client.post(reverse("account_change_password"), given)


def path_of(url):
    return url.removeprefix("http://127.0.0.1:8000")


def knows(user, password):
    return User.objects.get(pk=user.pk).check_password(password)


def signed_in_as(client):
    return client.session.get("_auth_user_id")


# Oneself


def test_a_new_password_ends_all_other_sessions_and_keeps_this_one(client, wang):
    elsewhere = Client()
    make.signed_in(client, wang), make.signed_in(elsewhere, wang)
    assert change(client).url == "/"
    assert knows(wang, NEW)
    assert client.get(reverse("account_change_password")).status_code == 200
    assert elsewhere.get(reverse("account_change_password")).status_code == 302


def test_the_change_stands_in_history_without_the_password(client, wang):
    make.signed_in(client, wang)
    change(client)
    entry = Entry.objects.get()
    assert (entry.label, entry.name, entry.target) == ("设置密码", "王敏", wang)


@pytest.mark.parametrize(
    "given, sentence",
    [
        ({"old": "不是这个密码呀"}, "现用密码不对"),
        ({"again": "六月飞雪自可怜-2027"}, "两次输入的密码不一致"),
        ({"new": "短1", "again": "短1"}, "至少"),
        ({"new": "20261123202611", "again": "20261123202611"}, "两类"),
        ({"new": "wangmin2026", "again": "wangmin2026"}, "相似"),
        ({"new": "password123", "again": "password123"}, "常见"),
    ],
)
def test_a_password_that_will_not_do_says_why(client, wang, given, sentence):
    make.signed_in(client, wang)
    assert sentence in change(client, **given).content.decode()
    assert knows(wang, OLD)


def test_who_came_in_by_a_link_and_has_no_password_yet_sets_one(client, db):
    user = User.objects.create_user("zhaoxiao")
    make.signed_in(client, user)
    page = client.get(reverse("account_change_password"), follow=True).content.decode()
    assert "再输一次新密码" in page and "现用密码" not in page
    client.post(reverse("account_set_password"), {"password1": NEW, "password2": NEW})
    assert knows(user, NEW)


# By mail


def ask(client, email="wang.min@bnu.edu.cn"):
    return client.post(reverse("account_reset_password"), {"email": email})


@pytest.fixture
def has_mail(settings):
    settings.HAS_MAIL = True


def test_without_a_mail_server_the_page_says_whom_to_ask(client, wang):
    page = client.get(reverse("account_reset_password")).content.decode()
    assert "牵头部门" in page and "<input" not in page
    ask(client)
    assert mail.outbox == []


def test_a_link_comes_by_mail_and_works_once(client, wang, has_mail):
    assert ask(client, "Wang.Min@bnu.edu.cn").status_code == 302
    (sent,) = mail.outbox
    assert sent.subject == "【提质平台】重设登录密码" and "王敏" in sent.body and "wangmin" in sent.body
    (url,) = re.findall(r"http://\S+", sent.body)
    form = client.get(path_of(url)).url
    assert client.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert knows(wang, NEW)
    assert "已经用过或已过期" in Client().get(path_of(url)).content.decode()
    assert Entry.objects.get().label == "设置密码"


def test_asking_for_an_unknown_address_looks_the_same_and_sends_nothing(client, wang, has_mail):
    known, unknown = ask(client), ask(client, "zhang.san@bnu.edu.cn")
    assert known.url == unknown.url and len(mail.outbox) == 1


def test_the_mails_address_is_the_installations_whatever_host_was_asked(client, wang, has_mail, settings):
    settings.ALLOWED_HOSTS = ["evil.example"]
    client.post(reverse("account_reset_password"), {"email": wang.email}, HTTP_HOST="evil.example")
    assert "evil.example" not in mail.outbox[0].body


def test_an_address_somebody_gave_up_opens_nothing(client, wang, has_mail):
    ask(client)
    register.change_email(wang, "Min.Wang@bnu.edu.cn")
    mail.outbox.clear()
    ask(client)
    assert mail.outbox == []
    ask(client, "min.wang@bnu.edu.cn")
    assert mail.outbox[0].to == ["min.wang@bnu.edu.cn"]


def test_a_mail_really_arrives(client, wang, has_mail, settings):
    received = []

    class Sink:
        async def handle_DATA(self, server, session, envelope):
            received.append((envelope.rcpt_tos, envelope.content.decode()))
            return "250 OK"

    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.EMAIL_HOST, settings.EMAIL_PORT = free.getsockname()
    controller = Controller(Sink(), hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    try:
        ask(client)
    finally:
        controller.stop()
    ((to, content),) = received
    assert to == ["wang.min@bnu.edu.cn"] and "Subject: =?utf-8" in content


# By a one-time link


def open_link(client, url, password=NEW):
    return client.post(path_of(url), {"password1": password, "password2": password})


@pytest.mark.parametrize("purpose", [links.Purpose.INVITATION, links.Purpose.PASSWORD])
def test_a_link_sets_a_password_signs_in_and_is_used_up(client, wang, purpose):
    url = links.make_link(wang, purpose)
    assert open_link(client, url).url == "/"
    assert signed_in_as(client) == str(wang.pk) and knows(wang, NEW)
    again = open_link(Client(), url, OLD)
    assert again.status_code == 410 and knows(wang, NEW)


def test_looking_at_a_link_does_not_use_it_up(client, wang):
    url = links.make_link(wang, links.Purpose.INVITATION)
    for _ in range(3):
        page = Client().get(path_of(url))
        assert page.status_code == 200 and "王敏" in page.content.decode() and "no-store" in page["Cache-Control"]
    Client().head(path_of(url))
    assert open_link(client, url).status_code == 302


def test_a_password_that_will_not_do_does_not_use_the_link_up(client, wang):
    url = links.make_link(wang, links.Purpose.PASSWORD)
    assert open_link(client, url, "短").status_code == 422
    assert open_link(client, url).status_code == 302


def test_a_link_to_sign_in_takes_one_button(client, wang):
    url = links.make_link(wang, links.Purpose.SIGNIN)
    assert "密码" not in Client().get(path_of(url)).content.decode().replace("忘记密码", "")
    assert client.post(path_of(url)).url == "/"
    assert signed_in_as(client) == str(wang.pk) and knows(wang, OLD)
    assert client.post(path_of(url)).status_code == 410


@pytest.mark.parametrize(
    "purpose, lasts",
    [(links.Purpose.INVITATION, 7), (links.Purpose.PASSWORD, 1), (links.Purpose.SIGNIN, 1)],
)
def test_a_link_expires(client, wang, purpose, lasts):
    url = path_of(links.make_link(wang, purpose))
    with clock.at(clock.now() + timedelta(days=lasts, seconds=-1)):
        assert client.get(url).status_code == 200
    with clock.at(clock.now() + timedelta(days=lasts, seconds=1)):
        assert client.get(url).status_code == 410
        assert client.post(url).status_code == 410


def test_a_new_link_voids_the_one_before(client, wang):
    first, second = (links.make_link(wang, links.Purpose.INVITATION) for _ in range(2))
    assert client.get(path_of(first)).status_code == 410
    assert client.get(path_of(second)).status_code == 200


def test_setting_a_password_voids_links_made_before(client, wang):
    url = links.make_link(wang, links.Purpose.SIGNIN)
    make.signed_in(client, wang)
    change(client)
    assert Client().get(path_of(url)).status_code == 410


def test_a_shut_account_is_opened_by_no_link(client, wang):
    url = links.make_link(wang, links.Purpose.SIGNIN)
    register.shut(wang)
    assert client.get(path_of(url)).status_code == 410
    register.reopen(wang)
    assert client.get(path_of(url)).status_code == 410


def test_the_platform_keeps_only_the_hash_of_a_link(wang):
    secret = links.make_link(wang, links.Purpose.SIGNIN).rstrip("/").split("/")[-1]
    row = OneTimeLink.objects.values().get()
    assert secret not in map(str, row.values())


def test_a_made_up_link_opens_nothing(client, db):
    assert client.get(reverse("account_link", args=["abcdefgh"])).status_code == 410


def test_two_at_the_same_moment_and_only_one_gets_in(wang):
    secret = links.new_secret()
    links.issue(wang, links.Purpose.SIGNIN, secret)
    first, second = links.find(secret), links.find(secret)
    assert links.use(first) and not links.use(second)
