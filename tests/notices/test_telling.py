"""Telling: each thing once, one mail for all that is new, nothing silently lost."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tizhi.base.accounts.models import User
from tizhi.base.jobs.models import Run, failed_lately
from tizhi.base.jobs.queue import work_off
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.notices import queries, reading, resending
from tizhi.base.notices.jobs import send_mails
from tizhi.base.notices.models import Delivery, Notice
from tizhi.base.notices.telling import Recipient, tell

from .conftest import message

pytestmark = pytest.mark.django_db
NOON = timezone.make_aware(datetime(2026, 11, 23, 12))
ADDRESS = "st@ahnu.example"


def ways(notice=None):
    found = Delivery.objects.filter(notice=notice) if notice else Delivery.objects.all()
    return [(one.channel, one.state) for one in found]


# Once


def test_the_same_thing_is_told_once(sun, has_mail):
    (notice,) = tell([(message(), sun)])
    assert tell([(message(title="还有3天"), sun)]) == []
    work_off()

    assert Notice.objects.get() == notice and notice.title == "第1项还有9天"
    assert len(mail.outbox) == 1
    assert ways() == [("inbox", "sent"), ("mail", "sent")]


def test_one_call_names_a_person_twice_and_tells_it_once(sun):
    assert len(tell([(message(), sun), (message(), sun)])) == 1


def test_the_same_thing_is_told_to_each_person_and_of_two_things_the_new_one(sun):
    zhou = Recipient(8, "示例·周岚", None, "zl@ahnu.example")
    tell([(message(1), sun)])
    told = tell([(message(1), sun), (message(1), zhou), (message(2), sun)])
    assert [(one.key, one.name) for one in told] == [("ledger:1:", "示例·周岚"), ("ledger:2:", "示例·孙涛")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_tell_the_same_at_once_tell_it_once(sun, has_mail):
    start = threading.Barrier(2)

    def work():
        start.wait()
        told = [one.key for one in tell([(message(number), sun) for number in range(20)])]
        connection.close()
        return told

    with ThreadPoolExecutor(2) as pool:
        first, second = [one.result() for one in [pool.submit(work), pool.submit(work)]]
    assert sorted(first + second) == sorted(f"ledger:{number}:" for number in range(20))
    assert Notice.objects.count() == 20 and Delivery.objects.count() == 40


def test_what_is_told_in_a_transaction_that_fails_is_not_told(sun, has_mail):
    with pytest.raises(ValueError), transaction.atomic():
        tell([(message(), sun)])
        raise ValueError
    assert work_off() == 0 and not Notice.objects.exists() and mail.outbox == []


def test_many_are_told_with_as_many_queries_as_one(sun, has_mail):
    def cost(messages):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            tell(messages)
        return len(asked)

    few = cost([(message(1), sun)])
    many = [Recipient(number, f"示例·{number}", sun.user_id, f"{number}@ahnu.example") for number in range(100, 130)]
    assert cost([(message(2), one) for one in many]) == few
    assert cost([(message(2), one) for one in many]) < few


# One mail


def test_all_that_is_new_to_a_person_comes_in_one_mail(sun, has_mail, settings):
    settings.SITE_ADDRESS = "https://tizhi.example"
    zhou = Recipient(8, "示例·周岚", sun.user_id, "zl@ahnu.example", "牵头部门负责同志")
    tell([(message(1), sun), (message(2), sun), (message(3), zhou)])
    work_off()

    first, second = mail.outbox
    assert first.to == [ADDRESS] and first.subject == "【提质平台】第1项还有9天等2条通知"
    assert first.body.startswith("示例·孙涛：\n\n你有2条新通知：\n\n1. 第1项还有9天\n请按期完成。\n")
    assert first.body.count("https://tizhi.example/activities/\n") == 2
    assert "自动发出" in first.body and "https://tizhi.example/notices/" in first.body
    assert second.to == ["zl@ahnu.example"] and second.subject == "【提质平台】第3项还有9天"


def test_a_title_of_two_lines_makes_a_subject_of_one(sun, has_mail):
    tell([(message(title="决议\n第3项"), sun)])
    work_off()
    assert mail.outbox[0].subject == "【提质平台】决议 第3项"


def test_a_page_that_is_no_more_is_left_out_of_the_mail(sun, has_mail):
    tell([(message(url_name="ledger:gone"), sun)])
    work_off()
    assert "http" not in mail.outbox[0].body.split("本邮件")[0]


def test_a_mail_really_arrives_once(sun, mail_server):
    tell([(message(), sun)])
    run = Run.objects.get()
    work_off()
    send_mails.call(*run.task.args_kwargs["args"])  # a worker that died before saying so

    ((to, letter),) = mail_server.received
    assert to == [ADDRESS] and letter["Subject"] == "【提质平台】第1项还有9天"
    assert letter.get_content_type() == "text/plain" and "请按期完成" in letter.get_content()


# Nothing is lost


def test_who_has_no_account_gets_the_mail_and_is_told_whom_to_ask(has_mail):
    tell([(message(), Recipient(8, "示例·周岚", None, "zl@ahnu.example"))])
    work_off()
    assert ways() == [("mail", "sent")] and "还没有平台账号" in mail.outbox[0].body


def test_who_has_no_mail_address_reads_the_inbox(sun, has_mail):
    tell([(message(), Recipient(7, "示例·孙涛", sun.user_id))])
    assert work_off() == 0 and ways() == [("inbox", "sent")]


def test_whom_nothing_reaches_is_kept_for_all_to_see(has_mail):
    (notice,) = tell([(message(), Recipient(8, "示例·周岚"))])
    assert work_off() == 0
    assert ways() == [("mail", "no-address")] and notice.ways == "邮件（无地址）"


def test_a_platform_without_mail_says_so_and_loses_nothing(sun, settings):
    settings.HAS_MAIL = False
    (notice,) = tell([(message(), sun)])
    assert work_off() == 0 and mail.outbox == []
    assert notice.ways == "站内、邮件（未配置邮件）"


def test_mail_that_is_turned_off_meanwhile_is_kept_too(sun, has_mail, settings):
    tell([(message(), sun)])
    settings.HAS_MAIL = False
    assert work_off() == 1
    assert ways() == [("inbox", "sent"), ("mail", "no-mail")] and mail.outbox == []


def test_a_server_that_is_away_is_waited_for(sun, no_server, settings):
    tell([(message(1), sun), (message(2), sun)])
    work_off()
    tried = Delivery.objects.filter(channel="mail")
    assert {(one.state, one.fault, one.tries) for one in tried} == {("waiting", "连不上邮件服务器", 1)}

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert work_off() == 0, "a retry comes later, not at once"
    with clock.at(NOON + timedelta(minutes=1)):
        assert work_off() == 1
    assert len(mail.outbox) == 1
    assert {(one.state, one.fault, one.tries) for one in tried.all()} == {("sent", "", 2)}


def test_a_server_that_stays_away_is_given_up_visibly(sun, no_server):
    (notice,) = tell([(message(), sun)])
    for hour in range(12):
        with clock.at(NOON + timedelta(hours=hour)):
            work_off()
    notice = Notice.objects.get()
    assert notice.ways == "站内、邮件（失败）" and len(failed_lately()) == 1


def test_a_refused_address_is_given_up_at_once_and_holds_up_nobody(sun, mail_server):
    mail_server.refuses = {"nobody@ahnu.example": "550 no such user"}
    wrong = Recipient(6, "示例·赵晓", None, "nobody@ahnu.example")
    tell([(message(), wrong), (message(), sun)])
    work_off()

    failed = Delivery.objects.get(notice__name="示例·赵晓")
    assert (failed.state, failed.fault) == ("failed", "收件地址被邮件服务器拒收")
    assert [to for to, _ in mail_server.received] == [[ADDRESS]]
    assert not failed_lately(), "the address is at fault, not the job"


def test_an_address_that_is_refused_for_now_is_tried_again_and_the_others_not(sun, mail_server):
    mail_server.refuses = {"busy@ahnu.example": "451 try later"}
    tell([(message(), Recipient(6, "示例·赵晓", None, "busy@ahnu.example")), (message(), sun)])
    work_off()
    mail_server.refuses.clear()
    with clock.at(NOON + timedelta(minutes=1)):
        work_off()
    assert sorted(to for to, _ in mail_server.received) == [["busy@ahnu.example"], [ADDRESS]]


def test_an_address_that_is_none_is_said_to_be_wrong(sun, has_mail):
    tell([(message(), Recipient(6, "示例·赵晓", None, "赵晓\n@ahnu.example"))])
    work_off()
    assert Delivery.objects.get().fault == "收件地址无效"


# Again


def failed(sun, **given):
    (notice,) = tell([(message(**given), sun)])
    Delivery.objects.filter(notice=notice, channel="mail").update(state="failed", fault="收件地址被拒收", tries=1)
    Run.objects.all().delete()
    return notice.deliveries.get(channel="mail")


def test_a_failed_mail_is_sent_again_to_the_address_known_now(sun, has_mail):
    delivery = failed(sun)
    resending.resend(delivery, address="new@ahnu.example", words="示例·王敏（大组团办公室主任）")
    work_off()
    delivery.refresh_from_db()
    assert mail.outbox[0].to == ["new@ahnu.example"]
    assert (delivery.state, delivery.fault, delivery.resent_words) == ("sent", "", "示例·王敏（大组团办公室主任）")


def test_what_has_gone_or_is_about_to_go_is_not_sent_again(sun, has_mail):
    delivery = failed(sun)
    resending.resend(delivery, address=ADDRESS, words="示例·王敏")
    for _ in range(2):
        with pytest.raises(RuleBroken, match="不必重发"):
            resending.resend(delivery, address=ADDRESS, words="示例·王敏")
        work_off()
    assert len(mail.outbox) == 1


def test_a_mail_whose_job_is_no_more_can_be_sent_again_the_next_day(sun, has_mail):
    (notice,) = tell([(message(), sun)])
    Run.objects.all().delete()
    delivery = notice.deliveries.get(channel="mail")
    with clock.at(NOON + timedelta(days=1)):
        resending.resend(delivery, address=ADDRESS, words="示例·王敏")


def test_without_an_address_or_a_mail_server_nothing_is_promised(sun, has_mail, settings):
    delivery = failed(sun)
    with pytest.raises(RuleBroken, match="通讯录"):
        resending.resend(delivery, address="", words="示例·王敏")
    settings.HAS_MAIL = False
    with pytest.raises(RuleBroken, match="没有配置邮件"):
        resending.resend(delivery, address=ADDRESS, words="示例·王敏")


# Addresses are not kept for ever


def test_what_was_sent_keeps_its_address_only_so_that_it_is_recognised(sun, has_mail):
    tell([(message(), sun)])
    work_off()
    assert Delivery.objects.get(channel="mail").address == "s****@ahnu.example"


def test_an_address_is_forgotten_on_request_and_nothing_goes_there_any_more(sun, has_mail):
    tell([(message(), sun)])
    resending.forget_address(sun.person_id)
    work_off()
    assert mail.outbox == [] and ways() == [("inbox", "sent"), ("mail", "no-address")]
    assert not Delivery.objects.exclude(address="").exists()


# Reading


def test_a_notice_is_read_by_its_reader_and_the_first_time_stands(sun):
    other = User.objects.create_user("zhoulan").pk
    (notice,) = tell([(message(), sun)])
    reading.mark_read(other, notice)
    assert queries.unread_count(sun.user_id) == 1
    reading.mark_read(sun.user_id, notice)
    with clock.at(NOON + timedelta(days=1)):
        reading.mark_read(sun.user_id, notice)
        assert reading.mark_all_read(sun.user_id) == 0
    assert Notice.objects.get().read_at == NOON and queries.unread_count(sun.user_id) == 0


def test_an_occasion_tells_who_was_told_and_how_it_went(sun):
    tell([(message(1), sun), (message(17), sun), (message(1), Recipient(8, "示例·周岚"))])
    with CaptureQueriesContext(connection) as asked:
        found = {one.name: one.ways for one in queries.of_key("ledger:1:")}
    assert found == {"示例·孙涛": "站内、邮件（未配置邮件）", "示例·周岚": "邮件（无地址）"} and len(asked) == 2


def test_the_log_is_the_clusters_own(sun):
    tell([(message(1, cluster_id=1), sun), (message(2, cluster_id=2), sun), (message(3, cluster_id=None), sun)])
    assert {one.notice.key for one in queries.log(1)} == {"ledger:1:"}
    assert not queries.log(None).exists() and not queries.inbox(None).exists()
