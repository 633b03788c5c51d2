"""Signing in: by user name or mail, held back after wrong passwords, out when idle, back where one wanted to go."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests import make
from tizhi.base.accounts import lockout
from tizhi.base.accounts.models import User
from tizhi.base.kit import clock

pytestmark = pytest.mark.django_db
PASSWORD = "四平八稳-2026"


@pytest.fixture
def wang(db):
    return User.objects.create_user("wangmin", PASSWORD, email="Wang.Min@bnu.edu.cn", name="王敏")


def sign_in(client, login, password=PASSWORD, address="10.0.0.1", **query):
    url = reverse("account_login", query=query) if query else reverse("account_login")
    return client.post(url, {"login": login, "password": password, **query}, REMOTE_ADDR=address)


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("login", ["wangmin", "WangMin", " wangmin ", "wang.min@bnu.edu.cn", "WANG.MIN@BNU.EDU.CN"])
def test_one_signs_in_by_user_name_or_mail_in_any_case(client, wang, login):
    assert sign_in(client, login).status_code == 302
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_account_read_the_same(client, wang):
    wrong = sign_in(client, "wangmin", "不是这个密码呀").content.decode()
    unknown = sign_in(client, "zhangsan", "不是这个密码呀").content.decode()
    by_mail = sign_in(client, "zhang.san@bnu.edu.cn", "不是这个密码呀").content.decode()
    for page in (wrong, unknown, by_mail):
        assert "用户名或密码不对" in page
    assert not is_in(client)


def test_a_shut_account_is_told_only_to_who_knows_its_password(client, wang):
    User.objects.update(is_active=False)
    assert "用户名或密码不对" in sign_in(client, "wangmin", "不是这个密码呀").content.decode()
    response = sign_in(client, "wangmin")
    assert response.url == reverse("account_inactive") and not is_in(client)
    assert "已经停用" in client.get(response.url).content.decode()


def test_after_signing_in_one_is_where_one_wanted_to_go_but_never_elsewhere(client, wang):
    assert sign_in(client, "wangmin", next="/directory/").url == "/directory/"
    for elsewhere in ("https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"):
        other = Client()
        assert sign_in(other, "wangmin", next=elsewhere).url == "/"


def test_the_session_gets_a_new_key_at_sign_in(client, wang):
    client.get(reverse("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, "wangmin")
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_five_wrong_passwords_suspend_sign_in_from_that_address_for_a_quarter_of_an_hour(client, wang):
    for _ in range(4):
        assert sign_in(client, "wangmin", "不是这个密码呀").status_code == 200
    response = sign_in(client, "wangmin", "不是这个密码呀")
    assert response.status_code == 429
    assert "15分钟" in response.content.decode() and "登录已暂停" in response.content.decode()
    right = sign_in(client, "wangmin")
    assert right.status_code == 429 and not is_in(client)
    assert sign_in(Client(), "wangmin", address="10.0.0.2").status_code == 302


def test_mail_and_user_name_count_as_one_account(client, wang):
    for login in ("wangmin", "wang.min@bnu.edu.cn", "WANGMIN", "wangmin"):
        sign_in(client, login, "不是这个密码呀")
    assert sign_in(client, "Wang.Min@bnu.edu.cn", "不是这个密码呀").status_code == 429


def test_an_account_that_does_not_exist_is_suspended_the_same_way(client, db):
    answers = [sign_in(client, "nobody", "不是这个密码呀").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_waiting_ends_the_suspension(client, wang):
    for _ in range(5):
        sign_in(client, "wangmin", "不是这个密码呀")
    attempt = AccessAttempt.objects.get()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=14))
    again = sign_in(client, "wangmin")
    assert again.status_code == 429 and "1分钟" in again.content.decode()
    AccessAttempt.objects.update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert sign_in(client, "wangmin").status_code == 302


def test_a_right_password_in_between_starts_the_count_anew(client, wang):
    for _ in range(4):
        sign_in(client, "wangmin", "不是这个密码呀")
    sign_in(client, "Wang.Min@bnu.edu.cn")
    client.logout()
    assert [sign_in(client, "wangmin", "不是这个密码呀").status_code for _ in range(4)] == [200] * 4


def test_who_is_held_back_is_known_and_can_be_let_go(client, wang):
    for _ in range(5):
        sign_in(client, "wangmin", "不是这个密码呀")
    assert lockout.minutes_left(["wangmin", "other"]) == {"wangmin": 15}
    lockout.unlock(wang)
    assert lockout.minutes_left(["wangmin"]) == {}
    assert sign_in(client, "wangmin").status_code == 302


def test_behind_a_proxy_the_address_is_the_visitors(client, wang, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(5):
        url = reverse("account_login")
        forged = f"1.2.3.{number}, 203.0.113.9"
        wrong = {"login": "wangmin", "password": "不是这个密码呀"}
        client.post(url, wrong, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forged)
    assert AccessAttempt.objects.get().ip_address == "203.0.113.9"
    assert AccessAttempt.objects.get().failures_since_start == 5


def test_signing_in_and_out_is_on_record(client, wang):
    sign_in(client, "wangmin")
    client.post(reverse("account_logout"))
    log = AccessLog.objects.get()
    assert (log.username, log.ip_address) == ("wangmin", "10.0.0.1") and log.logout_time
    assert not is_in(client)


def test_no_password_is_kept_where_it_was_mistyped(client, wang):
    sign_in(client, "wangmin", "几乎是对的密码1")
    attempt = AccessAttempt.objects.get()
    assert "几乎是对的密码1" not in attempt.post_data + attempt.get_data


def test_working_moves_the_end_of_the_session_but_does_not_write_at_every_page(client, wang, django_assert_num_queries):
    make.signed_in(client, wang)
    with clock.at(clock.now()):
        client.get(reverse("account_logout"))
    touched = client.session["touched"]
    soon, later = clock.now() + timedelta(minutes=5), clock.now() + timedelta(minutes=11)
    with clock.at(soon):
        client.get(reverse("account_logout"))
    assert client.session["touched"] == touched
    Session.objects.update(expire_date=clock.now() + timedelta(days=365))
    with clock.at(later):
        client.get(reverse("account_logout"))
    assert client.session["touched"] > touched
    assert Session.objects.get().expire_date < clock.now() + timedelta(days=300)


def test_an_idle_session_is_over(client, wang):
    make.signed_in(client, wang)
    assert client.get(reverse("account_change_password")).status_code == 200
    Session.objects.update(expire_date="2000-01-01T00:00:00Z")
    response = client.get(reverse("account_change_password"))
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "confirm-email/a/", "reauthenticate/", "login/code/"]
)
def test_what_the_platform_does_not_offer_has_no_address(client, db, path):
    assert client.get("/accounts/" + path).status_code == 404


def test_signing_out_takes_a_button_not_a_link(client, wang):
    make.signed_in(client, wang)
    assert client.get(reverse("account_logout")).status_code == 200
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)
