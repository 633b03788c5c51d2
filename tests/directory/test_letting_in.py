"""Opening accounts: whoever could act as somebody must be one who answers for all that somebody holds."""

from datetime import date

import pytest
from axes.models import AccessAttempt
from django.test import Client

from tests import make
from tizhi.base.accounts import links, lockout
from tizhi.base.accounts.models import User
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.directory import actions
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Member

pytestmark = pytest.mark.django_db


def member(unit="安徽师范大学"):
    return Member.objects.select_related("unit").get(cluster=make.bnu(), unit__name=unit)


def of(persona):
    return Person.objects.get(user=make.persona(persona))


def newcomer(name="赵晓", unit="安徽师范大学", **given):
    make.bnu()
    return Person.objects.create(name=name, unit=make.unit(unit), **given)


def password_link(who, persona):
    secret = links.new_secret()
    actions.make_password_link(make.actor(who), of(persona), secret=secret)
    return secret


# Invitations


def test_an_invitation_opens_an_account_named_by_mail(client):
    person, secret = newcomer(email="zhao.xiao@ahnu.edu.cn"), links.new_secret()
    invited = actions.invite(make.actor("liaison"), person, secret=secret)
    assert invited.user.username == "zhao.xiao@ahnu.edu.cn" and invited.user.name == "赵晓"
    response = client.post(links.address(secret).removeprefix("http://127.0.0.1:8000"), PASSWORDS)
    assert response.status_code == 302 and client.session["_auth_user_id"] == str(invited.user.pk)


PASSWORDS = {"password1": "四平八稳自在心-2026", "password2": "四平八稳自在心-2026"}


def test_without_a_mail_address_the_name_in_pinyin_will_do():
    first, second = newcomer(), newcomer(unit="阜阳师范大学")
    actions.invite(make.actor("liaison"), first, secret="a" * 32)
    actions.invite(make.actor("secretariat"), second, secret="b" * 32)
    assert set(User.objects.filter(name="赵晓").values_list("username", flat=True)) == {"zhaoxiao", "zhaoxiao2"}


def test_a_user_name_may_be_given_unless_somebody_has_it():
    make.persona("office-head")
    actions.invite(make.actor("liaison"), newcomer(), secret="a" * 32, username="ZhaoXiao01")
    assert User.objects.filter(username="zhaoxiao01").exists()
    with pytest.raises(RuleBroken, match="已有人使用"):
        actions.invite(make.actor("liaison"), newcomer("钱进"), secret="b" * 32, username="zhaoxiao01")


def test_inviting_again_voids_the_first_invitation_until_the_account_is_in_use():
    person = newcomer()
    for secret in ("a" * 32, "b" * 32):
        actions.invite(make.actor("liaison"), person, secret=secret)
    assert links.find("a" * 32) is None and links.find("b" * 32) is not None
    user = User.objects.get(name="赵晓")
    user.set_password("四平八稳自在心-2026")
    user.save()
    with pytest.raises(RuleBroken, match="已经启用"):
        actions.invite(make.actor("liaison"), person, secret="c" * 32)


def test_a_whole_unit_is_invited_at_once_and_only_its_own_people():
    people, stranger = [newcomer("甲"), newcomer("乙")], newcomer("丙", "阜阳师范大学")
    secrets = {person.pk: links.new_secret() for person in [*people, stranger]}
    actions.invite_unit(make.actor("office-head"), member(), secrets=secrets)
    assert all(links.find(secrets[person.pk]) for person in people)
    assert links.find(secrets[stranger.pk]) is None
    entry = Entry.objects.get(code="directory.invite_unit")
    assert entry.label == "邀请全单位人员登录" and [part["target"] for part in entry.parts] == ["甲", "乙"]


def test_history_keeps_no_secret():
    actions.invite(make.actor("liaison"), newcomer(), secret="a" * 32)
    assert "aaaa" not in str(Entry.objects.values().latest("pk"))


# New passwords


@pytest.mark.parametrize(
    "who, whose",
    [
        ("office-head", "vice-president"),
        ("office-head", "liaison"),
        ("office-head", "pair-office"),
        ("office-head", "project-group"),
        ("liaison", "secretary"),
        ("secretariat", "expert"),
        ("secretariat", "office-head"),
        ("secretariat", "supported-school"),
    ],
)
def test_who_answers_for_somebody_makes_a_link_for_a_new_password(client, who, whose):
    make.bnu()
    secret = password_link(who, whose)
    client.post(f"/accounts/link/{secret}/", PASSWORDS)
    assert make.persona(whose).check_password(PASSWORDS["password1"])


@pytest.mark.parametrize(
    "who, whose, answer",
    [
        ("liaison", "office-head", RuleBroken),
        ("liaison", "vice-president", RuleBroken),
        ("liaison", "pair-office", RuleBroken),
        ("secretariat", "vice-president", RuleBroken),
        ("office-head", "supported-school", Denied),
        ("pair-office", "liaison", Denied),
        ("vice-president", "liaison", Denied),
        ("secretary", "vice-president", Denied),
        ("administrator", "secretariat", Denied),
        ("outsider", "liaison", Denied),
    ],
)
def test_nobody_else_can_become_somebody_by_a_link(who, whose, answer):
    make.bnu()
    make.persona(whose), make.persona("office-head")
    with pytest.raises(answer):
        password_link(who, whose)


def test_an_office_head_cannot_become_the_secretariat_of_its_own_university():
    make.bnu()
    head = make.person("牛犇", "北京师范大学", post="office-head")
    make.persona("secretariat")
    with pytest.raises(RuleBroken, match=r"大组团办公室主任.*由大组团办公室办理"):
        actions.make_password_link(make.actor(head.user), of("secretariat"), secret="a" * 32)


def test_changing_the_mail_of_an_account_takes_the_same_right():
    make.bnu()
    leader = of("vice-president")
    given = {"name": "高远", "email": "mine@ahnu.edu.cn"}
    with pytest.raises(RuleBroken, match="请由该单位牵头部门"):
        actions.change_person(make.actor("liaison"), leader, **given)
    actions.change_person(make.actor("liaison"), leader, name="高远", department="校领导")
    actions.change_person(make.actor("office-head"), leader, **given)
    assert make.persona("vice-president").email == "mine@ahnu.edu.cn"


def test_one_corrects_ones_own_particulars():
    make.bnu()
    expert = of("expert")
    actions.change_person(make.actor("expert"), expert, name="钱文", phone="13800001234", email="qw@bnu.edu.cn")
    expert.refresh_from_db()
    assert expert.phone == "13800001234" and make.persona("expert").email == "qw@bnu.edu.cn"
    with pytest.raises(Denied):
        actions.change_person(make.actor("expert"), of("vice-president"), name="高远")


def test_two_accounts_never_share_a_mail_address():
    make.bnu()
    actions.change_person(make.actor("expert"), of("expert"), name="钱文", email="QW@bnu.edu.cn")
    with pytest.raises(RuleBroken, match="已用于另一账号"):
        actions.change_person(make.actor("liaison"), of("liaison"), name="孙涛", email="qw@bnu.edu.cn")


# Locks


def test_keepers_and_administrators_let_somebody_try_again():
    make.bnu()
    user = make.persona("vice-president")
    for who, release in (("liaison", actions.unlock), ("administrator", actions.unlock_account)):
        AccessAttempt.objects.create(username=user.username, ip_address="10.0.0.1", failures_since_start=5)
        assert lockout.minutes_left([user.username])
        release(make.actor(who), of("vice-president") if release is actions.unlock else user)
        assert not lockout.minutes_left([user.username])
    with pytest.raises(Denied):
        actions.unlock(make.actor("supported-school"), of("vice-president"))


# The administrator's side


def test_the_administrator_shuts_accounts_but_not_the_own_one():
    make.bnu()
    administrator, user = make.actor("administrator"), make.persona("liaison")
    client = make.signed_in(Client(), user)
    actions.close_account(administrator, user, note="长期不用")
    assert client.get("/accounts/password/change/").status_code == 302
    actions.open_account(administrator, user)
    user.refresh_from_db()
    assert user.is_active
    with pytest.raises(RuleBroken, match="不能停用自己的账号"):
        actions.close_account(administrator, make.persona("administrator"))
    with pytest.raises(Denied):
        actions.close_account(make.actor("secretariat"), user)


# People


def test_a_namesake_is_entered_only_if_told_so():
    newcomer()
    with pytest.raises(RuleBroken) as broken:
        actions.add_person(make.actor("liaison"), member(), name="赵晓")
    assert "name" in broken.value.fields
    added = actions.add_person(make.actor("liaison"), member(), name="赵晓", is_namesake=True, phone="138 0000 1234")
    assert (added.initials, added.phone) == ("zx", "13800001234")


def test_faults_are_said_at_their_fields():
    make.bnu()
    with pytest.raises(RuleBroken) as broken:
        actions.add_person(make.actor("liaison"), member(), name=" ", phone="123", email="x")
    assert set(broken.value.fields) == {"name", "phone", "email"}


def test_looking_at_a_number_takes_a_purpose_and_is_kept():
    make.bnu()
    person = newcomer(phone="13800001234")
    with pytest.raises(RuleBroken, match="请写明查看用途"):
        actions.reveal_phone(make.actor("pair-office"), person, note="")
    with clock.at(date(2026, 11, 20)):
        actions.reveal_phone(make.actor("pair-office"), person, note="通知调研行程")
    entry = Entry.objects.get(code="directory.reveal_phone")
    assert (entry.name, entry.note, entry.target) == ("程璐", "通知调研行程", person)


@pytest.mark.parametrize("who", ["outsider", "ministry", "administrator", "nobody"])
def test_whoever_does_not_work_in_the_cluster_sees_no_number(who):
    person = newcomer(phone="13800001234")
    with pytest.raises(Denied):
        actions.reveal_phone(make.actor(who), person, note="好奇")
