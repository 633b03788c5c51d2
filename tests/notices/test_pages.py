"""The pages of notices: the bell, the inbox, the way to what a notice is about, the log with another try."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.jobs.queue import work_off
from tizhi.base.notices.models import Delivery, Notice
from tizhi.base.notices.telling import Recipient, tell
from tizhi.pipeline.directory.actions import erase_contacts
from tizhi.pipeline.directory.models import Person

from .conftest import message

pytestmark = pytest.mark.django_db
LIST, LOG = reverse("notices:list"), reverse("notices:log")


def as_(persona):
    return make.signed_in(Client(), persona)


def recipient(persona="liaison", post_words="主要工作人员"):
    person = Person.objects.get(user=make.persona(persona))
    return Recipient(person.pk, person.name, person.user_id, person.email or "st@ahnu.example", post_words)


def told(*numbers, persona="liaison", **given):
    messages = [message(number, **{"cluster_id": make.bnu().pk, **given}) for number in numbers]
    return tell([(one, recipient(persona)) for one in messages])


def text(client, url, **query):
    return client.get(url, query).content.decode()


# The bell


def test_the_bell_counts_what_is_unread_on_every_page(client):
    make.signed_in(client, "liaison")
    assert "通知，没有未读" in text(client, reverse("activities:list"))
    first, _ = told(1, 2)
    assert "通知，2条未读" in text(client, reverse("activities:list"))
    client.get(reverse("notices:open", args=[first.pk]))
    assert "通知，1条未读" in text(client, reverse("activities:list"))
    assert "通知，没有未读" in text(as_("office-head"), reverse("activities:list"))


def test_the_bell_costs_one_query_and_a_fragment_none(client):
    make.signed_in(client, "liaison")
    told(1, 2)
    for url, cost in ((reverse("activities:list"), 1), (reverse("activities:figures"), 0)):
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        assert sum("notices_notice" in one["sql"] for one in asked) == cost, url


def test_a_bell_of_very_many_stays_short(client):
    told(*range(100))
    assert "<b>99+</b>" in text(make.signed_in(client, "liaison"), reverse("activities:list"))


# The inbox


def test_the_inbox_shows_what_is_new_first_and_can_show_it_alone(client):
    make.signed_in(client, "liaison")
    assert "还没有通知" in text(client, LIST)
    old, new = told(1)[0], told(2)[0]
    client.get(reverse("notices:open", args=[new.pk]))
    page = text(client, LIST)
    assert page.index(old.title) < page.index(new.title) and "11月23日已读" in page
    unread = text(client, LIST, show="unread")
    assert old.title in unread and new.title not in unread


def test_an_inbox_with_nothing_new_says_so_and_leads_to_the_rest(client):
    make.signed_in(client, "liaison")
    told(1)
    assert client.post(reverse("notices:read-all")).url == LIST
    page = text(client, LIST, show="unread")
    assert "没有未读通知。" in page and "查看全部通知" in page and "全部记为已读" not in page
    assert not Entry.objects.filter(code__startswith="notices").exists(), "reading is no act of work"


def test_a_long_inbox_has_pages_and_costs_what_a_short_one_does(client):
    make.signed_in(client, "liaison")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(LIST)
        return len(asked)

    told(1)
    client.get(LIST)  # the session's first look at the day
    few = cost()
    told(*range(2, 30))
    assert cost() == few
    assert "第21至29条" in text(client, LIST, page=2)


def test_a_notice_leads_to_its_page_and_is_read(client):
    draft = make.activity(state="returned")
    (notice,) = told(1, url_name="activities:show", url_args=(draft.pk,))
    make.signed_in(client, "liaison")
    assert client.get(reverse("notices:open", args=[notice.pk])).url == reverse("activities:show", args=[draft.pk])
    assert Notice.objects.get().read_at


@pytest.mark.parametrize("page", [{"url_name": "ledger:gone", "url_args": (5,)}, {"url_name": ""}])
def test_a_notice_whose_page_is_no_more_is_read_all_the_same(client, page):
    (notice,) = told(1, **page)
    answer = make.signed_in(client, "liaison").get(reverse("notices:open", args=[notice.pk]), follow=True)
    assert answer.status_code == 200 and "已记为已读" in answer.content.decode()
    assert Notice.objects.get().read_at


def test_somebody_elses_notice_does_not_exist(client):
    (notice,) = told(1)
    make.signed_in(client, "office-head")
    assert client.get(reverse("notices:open", args=[notice.pk])).status_code == 404
    client.post(reverse("notices:read-all"))
    assert Notice.objects.get().read_at is None and notice.title not in text(client, LIST)


def test_a_notice_opens_in_the_post_in_which_one_was_told(client):
    person = Person.objects.get(user=make.persona("liaison"))
    seat = make.seat_of(make.bnu(), "安徽师范大学小组团办公室主任", make.unit("安徽师范大学"))
    make.appoint(person, cluster=make.bnu(), seat=seat)
    (notice,) = tell([(message(cluster_id=make.bnu().pk), recipient(post_words="安徽师范大学小组团办公室主任"))])
    make.signed_in(client, "liaison")
    page = client.get(reverse("notices:open", args=[notice.pk]), follow=True)
    assert page.wsgi_request.actor.post_words != make.actor("liaison").post_words
    assert "小组团办公室主任的职务办理" in page.content.decode()


# The log


def test_the_secretariat_sees_how_every_notice_went():
    told(1)
    tell([(message(2, cluster_id=make.bnu().pk), Recipient(99, "示例·周岚"))])
    page = text(as_("secretariat"), LOG)
    assert "孙涛" in page and "未配置邮件" in page and "示例·周岚" in page and "无地址" in page
    assert "本平台还没有配置邮件" in page and "重发" not in page
    assert as_("liaison").get(LOG).status_code == 404 and "投递记录" not in text(as_("liaison"), LIST)


def test_the_log_is_filtered_by_whom_how_and_how_it_went():
    told(1)
    tell([(message(2, cluster_id=make.bnu().pk), Recipient(99, "示例·周岚"))])
    office = as_("secretariat")
    for query, found, left in (
        ({"q": "孙涛"}, "第1项还有9天", "周岚"), ({"channel": "mail", "state": "no-address"}, "周岚", "孙涛"),
        ({"state": "sent"}, "孙涛", "周岚"), ({"q": "没有这样的人"}, "没有符合条件的记录", "孙涛"),
    ):  # fmt: skip
        page = text(office, LOG, **query)
        assert found in page and left not in page, query


def test_a_long_log_costs_what_a_short_one_does():
    office = as_("secretariat")

    def cost():
        with CaptureQueriesContext(connection) as asked:
            office.get(LOG)
        return len(asked)

    assert "还没有发出过通知" in text(office, LOG)
    told(1)
    few = cost()
    told(*range(2, 15))
    assert cost() == few


def test_a_mail_that_failed_goes_again_to_the_address_the_directory_has_now(has_mail):
    (notice,) = told(1)
    mails = Delivery.objects.filter(channel="mail")
    mails.update(state="failed", fault="收件地址被邮件服务器拒收")
    Person.objects.filter(pk=notice.person_id).update(email="sun.tao@ahnu.edu.cn")
    office, url = as_("secretariat"), reverse("notices:resend", args=[mails.get().pk])
    assert "收件地址被邮件服务器拒收" in text(office, LOG)

    assert "正在重新发送给孙涛" in office.post(url, follow=True).content.decode()
    work_off()
    assert [one.to for one in mail.outbox] == [["sun.tao@ahnu.edu.cn"]]
    assert "王敏（" in text(office, LOG) and office.post(url).status_code == 422


def test_nobody_but_the_clusters_secretariat_sends_a_mail_again(has_mail):
    told(1)
    failed = Delivery.objects.filter(channel="mail")
    failed.update(state="failed")
    url = reverse("notices:resend", args=[failed.get().pk])
    for persona in ("liaison", "office-head", "administrator", "outsider"):
        assert as_(persona).post(url).status_code == 404
    Notice.objects.update(cluster_id=make.second_cluster().pk)
    assert as_("secretariat").post(url).status_code == 404


def test_who_has_their_contacts_erased_is_forgotten_by_the_mails_too(has_mail):
    (notice,) = told(1)
    Person.objects.filter(pk=notice.person_id).update(is_open=False)
    erase_contacts(make.actor("secretariat"), Person.objects.get(pk=notice.person_id))
    work_off()
    assert mail.outbox == [] and not Delivery.objects.exclude(address="").exists()
