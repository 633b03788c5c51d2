"""提醒的邮件: what the morning's job tells goes over a real mail server, in one mail to each, and once."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import line_of, since_the_start
from tizhi.base.jobs.queue import work_off
from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.obligations import reminders
from tizhi.pipeline.obligations.jobs import remind_in

pytestmark = pytest.mark.django_db


def test_a_morning_goes_out_in_one_mail_to_each_and_the_ledger_shows_that_it_went(mail_server, settings):
    settings.SITE_ADDRESS = "https://tizhi.example"
    since_the_start()
    make.persona("liaison")
    Person.objects.filter(name="孙涛").update(email="st@ahnu.example")
    with clock.at(date(2026, 12, 28)):
        assert remind_in(make.bnu()) > 1
        work_off()
        assert remind_in(make.bnu()) == 0
        work_off()

    ((to, mail),) = mail_server.received
    text = mail.get_content()
    assert to == ["st@ahnu.example"]
    assert "安徽师范大学分管校领导2026年应至少1次实地调研阜阳师范大学；已完成0次，还剩3天" in text
    assert "到期前7天自动提醒" in text and "https://tizhi.example/ledger/2026/partner-leader-visit/" in text
    (told,) = reminders.told_about(make.bnu(), line_of("partner-leader-visit"))
    assert told.ways == "站内、邮件"
