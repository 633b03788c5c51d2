"""The administrator's pages, and the search of history."""

import re
from datetime import date

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tizhi.base.accounts.models import User
from tizhi.base.audit.queries import acts, history_of
from tizhi.pipeline.directory import actions
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Member, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    make.bnu()
    return make.signed_in(client, "administrator")


def as_(persona):
    make.bnu()
    return make.signed_in(Client(), persona)


def text_of(client, name, *args, **query):
    response = client.get(reverse(name, args=args, query=query or None))
    assert response.status_code == 200
    return response.content.decode()


# Accounts


def test_the_list_tells_who_may_sign_in_and_who_is_held_back(administrator):
    liaison = make.persona("liaison")
    AccessAttempt.objects.create(username=liaison.username, ip_address="10.0.0.1", failures_since_start=5)
    text = text_of(administrator, "system:accounts")
    assert "孙涛" in text and "安徽师范大学" in text and "登录暂停" in text
    assert "孙涛" in text_of(administrator, "system:accounts", state="locked")
    administrator.post(reverse("system:unlock", args=[liaison.pk]))
    assert "孙涛" not in text_of(administrator, "system:accounts", state="locked")


def test_the_list_is_narrowed_by_name_unit_and_state(administrator):
    make.persona("liaison"), make.persona("expert")
    User.objects.filter(name="钱文").update(password="md5$a$b")
    assert "钱文" in text_of(administrator, "system:accounts", q="北京师范") and "孙涛" not in text_of(
        administrator, "system:accounts", q="北京师范"
    )
    assert "钱文" in text_of(administrator, "system:accounts", state="active")
    assert "孙涛" in text_of(administrator, "system:accounts", state="invited")


def test_an_account_is_shut_and_opened(administrator):
    liaison = make.persona("liaison")
    administrator.post(reverse("system:close", args=[liaison.pk]))
    assert not User.objects.get(pk=liaison.pk).is_active
    administrator.post(reverse("system:reopen", args=[liaison.pk]))
    assert User.objects.get(pk=liaison.pk).is_active


@pytest.mark.parametrize("who", ["secretariat", "office-head", "nobody"])
def test_nobody_else_has_these_pages(who):
    client, victim = as_(who), make.persona("liaison")
    assert client.get(reverse("system:accounts")).status_code == 404
    assert client.get(reverse("system:secretariat", args=["bnu"])).status_code == 404
    assert client.post(reverse("system:close", args=[victim.pk])).status_code == 404


def test_the_first_of_the_secretariat_is_seated_and_goes_to_work(administrator):
    assert "北京师范大学组团还没有大组团办公室人员" in text_of(administrator, "system:accounts")
    seat = Seat.objects.get(body__declared="cluster-office", post="主任")
    member = Member.objects.get(cluster=make.bnu(), unit__name="北京师范大学")
    given = {"seat": seat.pk, "member": member.pk, "name": "王敏", "begins": "2026-11-23", "email": "wm@bnu.edu.cn"}
    shown = administrator.post(reverse("system:secretariat", args=["bnu"]), given).content.decode()
    (link,) = set(re.findall(r"/accounts/link/[\w-]+/", shown))
    first = Client()
    first.post(link, {"password1": "四平八稳自在心-2026", "password2": "四平八稳自在心-2026"})
    assert (
        "邀请" not in text_of(first, "directory:unit", member.unit_id)[:0] and first.get("/history/").status_code == 200
    )
    assert "还没有大组团办公室人员" not in text_of(administrator, "system:accounts")
    again = administrator.post(reverse("system:secretariat", args=["bnu"]), {**given, "name": "李四"})
    assert again.status_code == 422 and "已有在任人员" in again.content.decode()


def test_the_list_of_accounts_costs_the_same_for_one_and_for_many(administrator):
    counts = []
    text_of(administrator, "system:accounts")
    for number in range(5):
        make.person(f"甲{number}", "安徽师范大学")
        with CaptureQueriesContext(connection) as asked:
            text_of(administrator, "system:accounts")
        counts.append(len(asked))
    assert counts[0] == counts[-1]


# History


def do_something():
    head = make.actor("office-head")
    actions.end_appointment(head, make.appointment("liaison"), ends=date(2026, 12, 31), note="挂职期满")
    actions.close_account(make.actor("administrator"), make.persona("nobody"), note="长期不用")


def test_the_secretariat_searches_its_clusters_history():
    do_something()
    client = as_("secretariat")
    text = text_of(client, "history:list")
    assert "确定止期" in text and "挂职期满" in text and "安徽师范大学牵头部门" in text and "停用账号</td>" not in text
    assert "挂职期满" in text_of(client, "history:list", q="孙涛")
    assert "挂职期满" not in text_of(client, "history:list", q="钱文")
    assert "挂职期满" in text_of(client, "history:list", code="directory.end_appointment", since="2026-11-23")
    assert "挂职期满" not in text_of(client, "history:list", until="2026-11-22")


def test_the_administrator_sees_acts_on_accounts_and_schemes_only():
    do_something()
    text = text_of(as_("administrator"), "history:list")
    assert "长期不用" in text and "施行工作方案" in text and "挂职期满" not in text


@pytest.mark.parametrize("who", ["office-head", "pair-office", "ministry", "nobody"])
def test_everybody_else_reads_history_beside_a_record(who):
    assert as_(who).get(reverse("history:list")).status_code == 404


def test_a_change_is_told_in_words_before_and_after():
    make.bnu()
    person = Person.objects.get(user=make.persona("liaison"))
    head = make.actor("office-head")
    actions.change_person(head, person, name="孙涛", phone="13800001234")
    actions.change_person(head, person, name="孙涛", phone="13900001234")
    latest, first = acts(history_of(person))
    assert [(one.field, one.before, one.after) for one in latest.changes] == [("手机", "138****1234", "139****1234")]
    assert first.changes[0].before == ""


def test_dates_choices_and_other_records_are_named():
    make.bnu()
    held = make.appointment("liaison")
    head, leader = make.actor("office-head"), make.appointment("vice-president")
    actions.end_appointment(head, held, ends=date(2026, 12, 31), note="挂职期满")
    actions.set_assistant(head, held, leader=leader)
    assisted, ended = acts(history_of(held))
    assert [(one.field, one.before, one.after) for one in ended.changes] == [("至", "", "2026年12月31日")]
    assert [(one.field, one.after) for one in assisted.changes] == [("协助", "高远任安徽师范大学分管校领导")]


def test_telling_history_costs_the_same_for_one_act_and_for_many():
    make.bnu()
    client, counts = as_("secretariat"), []
    head, member = make.actor("office-head"), Member.objects.get(cluster=make.bnu(), unit__name="安徽师范大学")
    text_of(client, "history:list", q="甲")
    for number in range(4):
        person = actions.add_person(head, member, name=f"甲{number}")
        begins, ends = date(2026 + number, 12, 1), date(2027 + number, 11, 30)
        post = make.bnu().posts.get(key="secretary")
        actions.appoint_to_post(head, member, person=person, post=post, begins=begins, ends=ends)
        with CaptureQueriesContext(connection) as asked:
            assert f"甲{number}" in text_of(client, "history:list", q="甲")
        counts.append(len(asked))
    assert counts[0] == counts[-1]
