"""组织通讯的办理: people, their posts from–to, their accounts, and the principal's word on what was entered for him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tizhi.base.accounts import links, lockout, register
from tizhi.base.accounts.models import User
from tizhi.base.acts.action import action
from tizhi.base.audit.models import Countersign
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.notices.resending import forget_address
from tizhi.pipeline.scheme.models import Body, Cluster, Member, Post, Seat
from tizhi.pipeline.scheme.who import (
    account_holder,
    administrator,
    colleague,
    keeper_in_cluster,
    keeper_of_people,
    keeper_of_unit,
    office_head_of_unit,
    oneself,
    principal,
    proxy,
    secretariat,
    secretariat_for_people,
)

from . import intake, places, queries, rules, terms
from .models import Appointment, Person

KEEPERS = [keeper_of_unit, secretariat]
KEEPERS_OF_PEOPLE = [keeper_of_people, secretariat_for_people]


def _is_closed(person: Person) -> str | None:
    return None if person.is_open else f"{person}已不在册；请先恢复在册。"


def _is_on_list(person: Person) -> str | None:
    return f"{person}仍在册；注销以后才清除联系方式。" if person.is_open else None


def _has_ended(held: Appointment) -> str | None:
    if held.ends and held.ends < clock.today():
        return f"该任职已于{rules.words.day(held.ends)}结束。"
    return None


def _is_settled(sign: Countersign) -> str | None:
    return "该代录已经确认。" if sign.confirmed_at else None


# People


@action("登记人员", by=KEEPERS)
def add_person(actor: Actor, member: Member, *, name: str, is_namesake: bool = False, **given: Any) -> Person:
    """Put somebody on the unit's list; a second person of that name only if told so. Raises RuleBroken by field."""
    person, faults = Person(unit_id=member.unit_id), {}
    if not is_namesake and Person.objects.filter(unit=member.unit_id, name=name.strip()).exists():
        faults["name"] = f"{member.unit}已有名为“{name.strip()}”的人员；如确为另一人，请勾选“与已有人员同名”。"
    _fill(person, faults, name=name, **given)
    person.save()
    return person


@action("修改人员信息", by=[*KEEPERS_OF_PEOPLE, oneself])
def change_person(actor: Actor, person: Person, *, name: str, **given: Any) -> Person:
    """Correct name, department, post in words, mail and phone.

    A new mail address opens the account, so changing it takes the right to do that.
    """
    before = person.email
    _fill(person, {}, name=name, **given)
    person.save()
    if person.user:
        if person.email != before:
            if not oneself(actor, person):
                _require_answering(actor, person)
            register.change_email(person.user, person.email)
        person.user.name = person.name
        person.user.save(update_fields=["name"])
    return person


@action("查看手机号码", by=[colleague])
def reveal_phone(actor: Actor, person: Person, *, note: str) -> Person:
    """Show the whole number once; what for stands in history [B3]."""
    if not queries.visible_to(actor).filter(pk=person.pk).exists():
        raise Denied("查看手机号码")
    if not note:
        raise RuleBroken("请写明查看用途，如：通知调研行程。", {"note": "请写明查看用途，如：通知调研行程。"})
    return person


@action("导出通讯录", by=[secretariat, keeper_in_cluster])
def export_contacts(actor: Actor, cluster: Cluster, *, note: str) -> Cluster:
    """Let the list be written to a file; what for and for whom stands in history [B3, L10]."""
    if not note:
        raise RuleBroken("请写明导出用途和接收方。")
    return cluster


@action("注销人员", by=KEEPERS_OF_PEOPLE, when=_is_closed)
def close_person(actor: Actor, person: Person, *, note: str) -> Person:
    """Take somebody who left off the list: his posts end today, his account closes; what he did stays."""
    _require_answering(actor, person)
    for held in places.running([person], clock.today()):
        terms.end(held, max(clock.today(), held.begins or clock.today()))
    if person.user:
        register.shut(person.user)
    person.is_open = False
    person.save()
    return person


@action("恢复在册", by=KEEPERS_OF_PEOPLE)
def reopen_person(actor: Actor, person: Person) -> Person:
    """Put somebody who came back on the list again; posts and account are given anew."""
    person.is_open = True
    person.save()
    return person


def _fill(
    person: Person, faults: dict[str, str], *,
    name: str, department: str = "", title: str = "", email: str = "", phone: str = "",
) -> None:  # fmt: skip
    given = {
        "name": name.strip(), "phone": rules.normal_phone(phone), "email": email.strip().lower(),
        "department": department.strip(), "title": title.strip(),
    }  # fmt: skip
    faults = faults | rules.person_faults(**given)
    if register.email_is_taken(given["email"], besides=person.user):
        faults["email"] = rules.EMAIL_TAKEN
    if faults:
        raise RuleBroken("".join(faults.values()), faults)
    for field, value in given.items():
        setattr(person, field, value)
    person.initials = rules.initials(person.name)


@action("清除联系方式", by=[*KEEPERS_OF_PEOPLE, oneself], when=_is_on_list)
def erase_contacts(actor: Actor, person: Person) -> Person:
    """Forget number and mail of somebody who left; name and past posts stay, as what was done must stay readable."""
    person.phone = person.email = ""
    person.save()
    if person.user:
        register.change_email(person.user, "")
    forget_address(person.pk)
    return person


# Posts


@action("任命单位职务", by=KEEPERS)
def appoint_to_post(
    actor: Actor, member: Member, *, person: Person, post: Post, begins: date, ends: date | None = None,
    title: str = "", is_acting: bool = False,
) -> Appointment:  # fmt: skip
    """Appoint somebody of the unit to one of its posts; seats that this post fills and that are free come with it."""
    unit = member.unit
    standing = places.Standing.on(member.cluster_id, begins)
    terms.require_filling(actor, standing.place(post, unit), "post")
    terms.require_person_of(person, unit)
    if post not in [one.of for one in queries.posts_of_unit(member.cluster_id, unit, begins)]:
        raise RuleBroken(f"方案中{unit}没有“{post}”这一职务。", {"post": f"方案中{unit}没有这一职务。"})
    held = Appointment(
        cluster_id=member.cluster_id, person=person, post=post, unit=unit, begins=begins, ends=ends, title=title,
        is_acting=is_acting,
    )  # fmt: skip
    terms.begin(held, post.count, Appointment.objects.filter(cluster=member.cluster_id, post=post, unit=unit))
    terms.let_follow(held)
    return held


@action("任命机构席位", by=[secretariat])
def appoint_to_seat(
    actor: Actor, body: Body, *, person: Person, seat: Seat, begins: date, ends: date | None = None,
    title: str = "", is_acting: bool = False,
) -> Appointment:  # fmt: skip
    """Appoint somebody to a seat of a body; one that a unit's post fills goes to a holder of that post."""
    return terms.seat_person(body, person, seat, begins, ends, title, is_acting)


@action("任命首位大组团办公室人员", by=[administrator])
def open_secretariat(
    actor: Actor, cluster: Cluster, *, seat: Seat, member: Member, name: str, secret: str, begins: date,
    email: str = "", phone: str = "", title: str = "",
) -> Person:  # fmt: skip
    """Seat the first member of the secretariat and open the account; afterwards the secretariat appoints its own."""
    if queries.secretariat_in_force(cluster.pk, clock.today()):
        raise RuleBroken("大组团办公室已有在任人员，其余席位由大组团办公室自行任命。")
    if "secretariat" not in seat.powers or seat.body.cluster_id != cluster.pk:
        raise RuleBroken("请选择大组团办公室中负责接收、编报的席位。", {"seat": "请选择负责接收、编报的席位。"})
    person = Person(unit=member.unit)
    _fill(person, {}, name=name, email=email, phone=phone, title=title)
    person.save()
    terms.seat_person(seat.body, person, seat, begins, None, title, False)
    _open_account(person, secret)
    return person


@action("确定止期", by=KEEPERS, when=_has_ended)
def end_appointment(actor: Actor, held: Appointment, *, ends: date, note: str) -> Appointment:
    """Set the last day of an appointment: now, ahead, or later than it was; seats that follow from it end with it."""
    terms.require_filling(actor, places.place_of(held, clock.today()))
    if not note:
        raise RuleBroken("请写明原因，如：工作调整。", {"note": "请写明原因，如：工作调整。"})
    terms.end(held, ends)
    return held


@action("指定秘书", by=[office_head_of_unit, secretariat], when=_has_ended)
def set_assistant(actor: Actor, held: Appointment, *, leader: Appointment | None) -> Appointment:
    """Let the holder of `held` enter for `leader`, marked as 代录, until either leaves; nobody: no longer [B7]."""
    if leader:
        if leader.cluster_id != held.cluster_id or leader.person_id == held.person_id:
            raise RuleBroken("请选择本组团的另一位人员。", {"leader": "请选择本组团的另一位人员。"})
        if not rules.answers_for(actor, places.place_of(leader, clock.today())):
            sentence = f"{leader.person}的秘书由其单位牵头部门（处室）负责同志指定；机构席位由大组团办公室指定。"
            raise RuleBroken(sentence, {"leader": sentence})
    held.assists = leader
    held.save()
    return held


# Accounts


@action("邀请登录", by=KEEPERS_OF_PEOPLE, when=_is_closed)
def invite(actor: Actor, person: Person, *, secret: str, username: str = "") -> Person:
    """Open an account that the link of `secret` lets in once; a second invitation voids the first."""
    _require_answering(actor, person)
    if person.user and person.user.has_usable_password():
        raise RuleBroken(f"{person}的账号已经启用；如忘记密码，请生成重设密码链接。")
    _open_account(person, secret, username)
    return person


@action("邀请全单位人员登录", by=KEEPERS)
def invite_unit(actor: Actor, member: Member, *, secrets: Mapping[int, str]) -> Member:
    """Invite the people of a unit named in `secrets` (person → secret), for one sheet to print."""
    for person in Person.objects.filter(pk__in=secrets, unit=member.unit_id):
        invite(actor, person, secret=secrets[person.pk])
    return member


@action("生成重设密码链接", by=KEEPERS_OF_PEOPLE, when=_is_closed)
def make_password_link(actor: Actor, person: Person, *, secret: str) -> Person:
    """Let the link of `secret` set a new password once; the old one holds until then."""
    if person.user is None:
        raise RuleBroken(f"{person}还没有账号，请先邀请登录。")
    _require_answering(actor, person)
    links.issue(person.user, links.Purpose.PASSWORD, secret)
    return person


@action("解除登录锁定", by=KEEPERS_OF_PEOPLE)
def unlock(actor: Actor, person: Person) -> Person:
    """Let somebody who mistyped the password too often try again at once."""
    if person.user:
        lockout.unlock(person.user)
    return person


@action("解除账号锁定", by=[administrator])
def unlock_account(actor: Actor, user: User) -> User:
    """The same for any account, by the administrator."""
    lockout.unlock(user)
    return user


@action("停用账号", by=[administrator])
def close_account(actor: Actor, user: User, *, note: str = "") -> User:
    """Shut an account: its sessions and links end at once. Nobody shuts his own."""
    if user.pk == actor.user_id:
        raise RuleBroken("不能停用自己的账号；请由另一位系统管理员办理。")
    register.shut(user)
    return user


@action("启用账号", by=[administrator])
def open_account(actor: Actor, user: User) -> User:
    """Let a shut account in again, with the password it had."""
    register.reopen(user)
    return user


@action("设置密码", by=[account_holder])
def set_password(actor: Actor, user: User, *, password: str) -> User:
    """Set one's own password; every other session ends, links made before are void, a lock is lifted."""
    user.set_password(password)
    user.save(update_fields=["password"])
    links.void(user)
    lockout.unlock(user)
    return user


def _require_answering(actor: Actor, person: Person) -> None:
    if reason := rules.why_not_let_in(actor, places.places_of([person], clock.today())[person.pk]):
        raise RuleBroken(reason)


def _open_account(person: Person, secret: str, username: str = "") -> None:
    if person.user is None:
        name = username.strip().lower() or register.free_username(person.name, person.email)
        if User.objects.filter(username=name).exists():
            raise RuleBroken(f"用户名“{name}”已有人使用，请换一个。", {"username": "已有人使用，请换一个。"})
        person.user = User.objects.create_user(name, email=person.email, name=person.name)
        person.save(update_fields=["user"])
    elif not person.user.is_active:
        register.reopen(person.user)
    links.issue(person.user, links.Purpose.INVITATION, secret)


# Many at once


@action("导入通讯录", by=[secretariat, keeper_in_cluster])
def import_people(actor: Actor, cluster: Cluster, *, rows: Sequence[intake.Row]) -> Cluster:
    """Take over a sheet of people and posts as a whole; any fault in it and nothing is taken over."""
    plan = intake.plan(actor, cluster, rows)
    if plan.faults:
        raise RuleBroken(f"表格中有{len(plan.faults)}处需要修改，没有导入任何内容；请重新上传。")
    members = {member.unit_id: member for member in queries.visible_members(actor, clock.today())}
    entered: dict[int, Person] = {}
    for step in plan.steps:
        person = entered.get(step.continues or 0) or step.person
        entered[step.row] = _take_over(actor, members[step.unit.pk], person, step)
    return cluster


def _take_over(actor: Actor, member: Member, person: Person | None, step: intake.Step) -> Person:
    given: dict[str, Any] = dict(step.contacts)
    if person is None:
        person = add_person(actor, member, is_namesake=True, **given)
    elif step.changed:
        person = change_person(actor, person, **given)
    if step.post and step.is_new_post:
        begins = clock.today()
        appoint_to_post(actor, member, person=person, post=step.post, begins=begins, title=given["title"])
    return person


# What a secretary entered


@action("确认代录", by=[principal], when=_is_settled)
def confirm_proxy(actor: Actor, sign: Countersign) -> Any:
    """The principal's word that what was entered in his name is his [B7]."""
    sign.confirmed_at = clock.now()
    sign.save(update_fields=["confirmed_at"])
    return sign.entry.target


@action("补附签字件", by=[proxy, principal], when=_is_settled)
def attach_signed_paper(actor: Actor, sign: Countersign, *, paper: StoredFile) -> Any:
    """File the signed paper beside what was entered for a principal, in place of his confirmation here [B7]."""
    sign.paper_id = paper.pk
    sign.save(update_fields=["paper_id"])
    return sign.entry.target
