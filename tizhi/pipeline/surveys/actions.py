"""问卷的办理: a unit makes a survey, words its questions, opens and closes it, invites units and urges them [H4]."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tizhi.base.acts.action import action
from tizhi.base.jobs.job import enqueue
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.base.notices.telling import tell
from tizhi.pipeline.scheme.models import Member

from . import checks, queries, rules, used
from .form import form_of
from .jobs import send_links
from .mailing import to_mail
from .models import Invitation, Survey
from .telling import reminders
from .who import maker_for_unit

State = Survey.State
COLUMNS = frozenset({"title", "intro", "thanks", "way", "closes_at", "study_id"})
MOST_AT_ONCE, MOST_OF_ALL = 2000, 20000


@dataclass(frozen=True)
class Invited:
    """Somebody to be invited: of a unit, by name if it is known."""

    unit_id: int
    name: str = ""
    email: str = ""


def _secret() -> str:
    """Nobody guesses 120 bits."""
    return secrets.token_urlsafe(15)


def _fill(survey: Survey, given: dict[str, Any]) -> None:
    if unknown := given.keys() - COLUMNS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    way = survey.way
    for name, value in given.items():
        setattr(survey, name, value)
    survey.title = " ".join(survey.title.split())
    faults = _faults(survey)
    if survey.way != way and survey.state != State.DRAFT:
        faults["way"] = "已经开放，不能再改填写方式"
    require_sound(faults)


def _faults(survey: Survey) -> dict[str, str]:
    found = {}
    if not survey.title:
        found["title"] = "请填写标题"
    elif len(survey.title) > 120:
        found["title"] = "标题不超过120字"
    if survey.way not in Survey.Way.values:
        found["way"] = "请选择填写方式"
    if survey.closes_at and survey.closes_at <= clock.now() and survey.state != State.CLOSED:
        found["closes_at"] = "截止时间已过，请填以后的时间，或者不填"
    known = queries.studies_of(survey.cluster_id, survey.unit_id)
    if survey.study_id and not known.filter(pk=survey.study_id).exists():
        found["study_id"] = "请从本校的调研中选择"
    return found


@action("发起问卷", by=[maker_for_unit], creates=True)
def start_survey(actor: Actor, member: Member, **given: Any) -> Survey:
    """Begin a survey of a unit as a draft; `given` are the columns of COLUMNS."""
    survey = Survey(
        cluster_id=member.cluster_id, unit_id=member.unit_id, writer_id=person_of(actor), created_at=clock.now(),
        secret=_secret(), form={"pages": [{"id": "p1", "title": "", "questions": []}]},
    )  # fmt: skip
    _fill(survey, given)
    survey.save()
    return survey


@action("复制问卷", by=[maker_for_unit], creates=True)
def copy_survey(actor: Actor, survey: Survey) -> Survey:
    """Take over the questions of a survey into a new draft."""
    made = Survey(
        cluster_id=survey.cluster_id, unit_id=survey.unit_id, writer_id=person_of(actor), created_at=clock.now(),
        secret=_secret(), form=survey.form, title=f"{survey.title[:115]}（复制）", intro=survey.intro,
        thanks=survey.thanks, way=survey.way,
    )  # fmt: skip
    made.save()
    return made


@action("修改问卷设置", by=[maker_for_unit], when=rules.not_editable)
def change_survey(actor: Actor, survey: Survey, **given: Any) -> Survey:
    """Put title, words, deadline or study right; the way of answering only before it is opened."""
    _fill(survey, given)
    survey.save()
    return survey


@action("编制问卷题目", by=[maker_for_unit], when=rules.not_editable)
def write_form(actor: Actor, survey: Survey, *, form: Any) -> Survey:
    """Put the questions as they are to stand; RuleBroken names all that is wrong.

    From the first answer on what answers mean stands: texts may be put right, what was chosen cannot be removed.
    """
    is_open = survey.state != State.DRAFT
    told = checks.checked(form, is_whole=is_open)
    if is_open:
        found = used.used(survey)
        checks.require_same_meaning(form_of(survey.form), told, found)
    survey.form = form
    survey.save(update_fields=["form"])
    return survey


@action("开放填写", by=[maker_for_unit], when=rules.not_draft)
def open_survey(actor: Actor, survey: Survey) -> Survey:
    """Let people answer from now on; the questions must be whole, the deadline ahead."""
    checks.checked(survey.form, is_whole=True)
    require_sound(_faults(survey))
    survey.state, survey.opened_at = State.OPEN, clock.now()
    survey.save()
    return survey


@action("结束填写", by=[maker_for_unit], when=rules.not_open)
def close_survey(actor: Actor, survey: Survey) -> Survey:
    """Take no more answers; those half-way stay half-way."""
    survey.state, survey.closed_at = State.CLOSED, clock.now()
    survey.save()
    return survey


@action("重新开放填写", by=[maker_for_unit], when=rules.not_closed)
def reopen_survey(actor: Actor, survey: Survey) -> Survey:
    """Take answers again; a deadline that has passed is lifted."""
    survey.state, survey.closed_at = State.OPEN, None
    if survey.closes_at and survey.closes_at <= clock.now():
        survey.closes_at = None
    survey.save()
    return survey


@action("问卷移入回收站", by=[maker_for_unit], when=rules.not_binnable)
def bin_survey(actor: Actor, survey: Survey) -> Survey:
    """Take a draft or a closed survey off the list; its answers stay."""
    survey.binned_at = clock.now()
    survey.save()
    return survey


@action("恢复问卷", by=[maker_for_unit], when=rules.not_binned)
def restore_survey(actor: Actor, survey: Survey) -> Survey:
    """Take it out of the bin."""
    survey.binned_at = None
    survey.save()
    return survey


@action("邀请填写问卷", by=[maker_for_unit], when=rules.not_inviting)
def invite(actor: Actor, survey: Survey, *, people: Iterable[Invited]) -> Survey:
    """Make a personal link for each of `people`; those of the unit who were invited by that name already are skipped.

    RuleBroken when nobody is new, a unit is none of the cluster's, or they are too many.
    """
    rows = list(people)
    before = survey.invitations.count()
    known = {unit.pk for unit in queries.units_to_invite(survey.cluster_id)}
    if any(one.unit_id not in known for one in rows):
        raise RuleBroken("请从本组团的单位中选择。", {"unit": "请从本组团的单位中选择"})
    if len(rows) > MOST_AT_ONCE or before + len(rows) > MOST_OF_ALL:
        raise RuleBroken(f"一次最多邀请{MOST_AT_ONCE}人，一份问卷最多{MOST_OF_ALL}人，请分批邀请。")
    new = _not_yet_invited(survey, rows)
    if not new:
        raise RuleBroken("没有新的填写人：名单是空的，或者都已邀请过。", {"names": "没有新的填写人"})
    Invitation.objects.bulk_create(
        Invitation(
            survey=survey, unit_id=one.unit_id, name=one.name, email=one.email, secret=_secret(),
            invited_at=clock.now(), order=before + place,
        )
        for place, one in enumerate(new)
    )  # fmt: skip
    return survey


def _not_yet_invited(survey: Survey, rows: Iterable[Invited]) -> list[Invited]:
    """Two of one name in one list are two people; a list sent twice is one list."""
    known = Counter(survey.invitations.exclude(name="").values_list("unit_id", "name"))
    new = []
    for one in rows:
        if one.name and known[one.unit_id, one.name]:
            known[one.unit_id, one.name] -= 1
        else:
            new.append(one)
    return new


@action("撤销填写邀请", by=[maker_for_unit], when=rules.not_inviting)
def withdraw_invitations(actor: Actor, survey: Survey, *, unit: int) -> Survey:
    """Take back the links of a unit that nobody has used."""
    count, _ = survey.invitations.filter(unit=unit, response=None).delete()
    if not count:
        raise RuleBroken("该单位没有可以撤销的邀请：都已开始填写。")
    return survey


@action("邮件发送填写链接", by=[maker_for_unit], when=rules.not_open)
def mail_links(actor: Actor, survey: Survey) -> Survey:
    """Send their links to those invited with an address who have not answered; each at most once a day, by a job.

    RuleBroken when the platform sends no mail, the survey is past its end, or nobody is left to be written to.
    """
    if not settings.HAS_MAIL:
        raise RuleBroken("平台还没有设置邮件服务器，不能发送邮件。请下载链接表分发，或者请系统管理员设置。")
    if not rules.accepts(survey, clock.now()):
        raise RuleBroken("问卷已到截止时间，链接不能填写；需要延长的，请先修改截止时间。")
    if not to_mail(survey, clock.today()).exists():
        raise RuleBroken("没有要发的邮件：留了邮箱又没有提交的人，今天都已发过。")
    enqueue(send_links, survey.pk, clock.today().isoformat(), person_id=actor.person_id)
    return survey


@action("催办问卷", by=[maker_for_unit], when=rules.not_open)
def urge(actor: Actor, survey: Survey, *, units: Collection[int]) -> Survey:
    """Tell the liaison of each of these units who have not all answered, how many are missing; once a day each.

    RuleBroken when nothing is missing, nobody can be told, or everybody was told today already.
    """
    if not rules.accepts(survey, clock.now()):
        raise RuleBroken("问卷已到截止时间，不能再催办；需要延长的，请先修改截止时间。")
    waiting = [one for one in queries.by_unit(survey) if one.unit.pk in set(units) and one.open]
    if not waiting:
        raise RuleBroken("所选单位都已填完，不用催办。" if units else "请选择要催办的单位。")
    given = list(reminders(survey, waiting))
    if not given:
        raise RuleBroken("没有可以通知的人：有关单位没有在任的联系人。请直接联系。")
    if not tell(given):
        raise RuleBroken("所选单位今天都已催办过，一天只催办一次；急的请电话联系。")
    survey.invitations.filter(unit__in=[one.unit.pk for one in waiting], response__submitted_at=None).update(
        reminded_at=clock.now()
    )
    return survey
