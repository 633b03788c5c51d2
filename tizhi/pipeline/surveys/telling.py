"""问卷催办: who of a unit is told that answers are missing, and in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils import timezone

from tizhi.base.kit import clock, words
from tizhi.base.notices.telling import Message, Recipient
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import in_office

from .models import Survey
from .queries import Tally


def reminders(survey: Survey, tallies: Iterable[Tally]) -> Iterator[tuple[Message, Recipient]]:
    """For the liaison of each unit – where there is none, for its office head – what is missing; a key a day."""
    held = [one for one in in_office(survey.cluster_id) if one.holds_on(clock.today()) and one.person.is_open]
    for tally in tallies:
        message = _message(survey, tally)
        for one in _reachable(held, tally.unit.pk):
            yield message, _recipient(one)


def _reachable(held: Iterable[Appointment], unit: int) -> list[Appointment]:
    keepers = [one for one in held if one.post_id and one.unit_id == unit and "people-unit" in one.powers]
    return [one for one in keepers if "approve-unit" not in one.powers] or keepers


def _message(survey: Survey, tally: Tally) -> Message:
    until = f"，{words.moment(timezone.localtime(survey.closes_at))}截止" if survey.closes_at else ""
    names = f"尚未填写：{words.listing(tally.missing, 20, '人')}。" if tally.missing else ""
    return Message(
        key=f"survey|{survey.pk}|{tally.unit.pk}|urge-{clock.today().isoformat()}",
        kind="survey",
        title=f"问卷“{survey.title}”还有{tally.open}份未填",
        text=f"{survey.unit.called}的问卷，{tally.unit.called}共{tally.invited}份，已填{tally.answered}份{until}。{names}"
        "请提醒有关人员用收到的链接填写。",
        url_name="surveys:show",
        url_args=(survey.pk,),
        cluster_id=survey.cluster_id,
    )


def _recipient(one: Appointment) -> Recipient:
    return Recipient(
        one.person_id, one.person.name, one.person.user_id, one.person.email, f"{one.place}{one.post_name}"
    )


def group_notice(survey: Survey, link: str, tallies: Iterable[Tally]) -> str:
    """What the office pastes into the WeChat group: the survey, its deadline, the link, the units still missing."""
    until = f"请于{words.moment(timezone.localtime(survey.closes_at))}前填写。" if survey.closes_at else "请尽快填写。"
    lines = [f"【{survey.title}】", until]
    if survey.way == Survey.Way.LINK:
        lines += [f"填写链接：{link}", "用手机打开即可填写，不用登录，不记名。"]
    else:
        lines.append("请用发给各人的专属链接填写，一个链接填一份。")
        missing = [f"{one.unit.called}（差{one.open}份）" for one in tallies if one.open]
        lines.append(f"尚未填完的单位：{'、'.join(missing)}。" if missing else "各单位都已填完，谢谢大家！")
    return "\n".join(lines)
