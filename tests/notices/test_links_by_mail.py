"""问卷链接的邮件: whoever was invited with an address gets a link of their own, over a real mail server."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.surveys.building import answered, invitation, survey
from tizhi.base.jobs.queue import work_off
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.surveys import actions
from tizhi.pipeline.surveys.models import Invitation, Survey

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_ADDRESS = "https://tizhi.example"


def asked() -> Survey:
    """A survey of 安徽师范大学 that three were invited to: one answered, one left no address."""
    one = survey(way="invited")
    for name, address in (("罗衡", "lh@fynu.example"), ("田野", "ty@fynu.example"), ("顾行", "")):
        invited = invitation(one, name=name)
        Invitation.objects.filter(pk=invited.pk).update(email=address)
    answered(one, Invitation.objects.get(name="田野"))
    return one


def send(client, one: Survey, status: int = 302) -> str:
    answer = make.signed_in(client, "liaison").post(f"/surveys/{one.pk}/invitations/mail/", follow=status == 302)
    assert answer.status_code == (200 if status == 302 else status)
    work_off()
    return answer.content.decode()


def page(client, one: Survey) -> str:
    return make.signed_in(client, "liaison").get(f"/surveys/{one.pk}/invitations/").content.decode()


def test_the_link_goes_to_who_left_an_address_and_has_not_answered(client, mail_server):
    one = asked()
    assert "邮件正在发送" in send(client, one)
    ((to, mail),) = mail_server.received
    text = mail.get_content()
    assert to == ["lh@fynu.example"] and mail["Subject"].strip() == "【提质平台】请填写问卷：教师教学能力需求问卷"
    assert text.startswith("罗衡：")
    assert f"https://tizhi.example/q/{Invitation.objects.get(name='罗衡').secret}/" in text
    assert "留了邮箱的2人，已发送1人" in page(client, one)


def test_nobody_is_written_to_twice_a_day(client, mail_server):
    one = asked()
    send(client, one)
    assert "今天都已发过" in send(client, one, 422)
    with clock.at(date(2026, 11, 24)):
        send(client, one)
    assert len(mail_server.received) == 2


def test_a_refused_address_is_shown_and_given_up(client, mail_server):
    one = asked()
    mail_server.refuses["lh@fynu.example"] = "550 unknown"
    send(client, one)
    assert not mail_server.received
    said = page(client, one)
    assert "收件地址被邮件服务器拒收" in said and "lh@fynu.example" in said and "已发送0人" in said


def test_a_server_that_is_away_is_waited_for(client, no_server):
    one = asked()
    send(client, one)
    assert Invitation.objects.get(name="罗衡").mailed_at is None


@pytest.mark.parametrize(
    ("given", "mail", "said"),
    [
        ({}, False, "还没有设置邮件服务器"),
        ({"closes_at": clock.now() - timedelta(days=400)}, True, "已到截止时间"),
        ({"state": "closed"}, True, "没有在填写中"),
    ],
)
def test_what_cannot_be_mailed_is_said_with_a_way_out(given, mail, said, settings):
    settings.HAS_MAIL = mail
    one = asked()
    Survey.objects.filter(pk=one.pk).update(**given)
    with pytest.raises(RuleBroken, match=said):
        actions.mail_links(make.actor("liaison"), one)
