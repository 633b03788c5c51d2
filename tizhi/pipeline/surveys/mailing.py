"""邮件邀请: the personal link goes to whoever left an address and has not answered, once a day at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from tizhi.base.kit import clock, words
from tizhi.base.notices import letter

from .models import Invitation, Survey


def to_mail(survey: Survey, day: date) -> QuerySet[Invitation]:
    """Those with an address who have not answered and were sent nothing on `day` or later."""
    asked = Invitation.objects.filter(survey=survey, response__submitted_at=None).exclude(email="")
    return asked.filter(Q(mailed_at=None) | Q(mailed_at__lt=clock.midnight(day))).order_by("order", "pk")


@dataclass(frozen=True)
class Mailed:
    """How far the mails are: of so many with an address so many were sent, and whose did not arrive."""

    addressed: int
    sent: int
    failed: Sequence[Invitation]


def mailed(survey: Survey) -> Mailed:
    """How far the mails of a survey are; one query."""
    rows = list(
        Invitation.objects.filter(survey=survey).exclude(email="").select_related("unit").order_by("order", "pk")
    )
    failed = [one for one in rows if one.mail_fault]
    return Mailed(len(rows), sum(1 for one in rows if one.mailed_at and not one.mail_fault), failed)


def subject(survey: Survey) -> str:
    """What the mail is about, in one line."""
    return f"{letter.PREFIX}请填写问卷：{' '.join(survey.title.split())}"


def body(one: Invitation) -> str:
    """Who asks, until when, and the link, which is this person's own."""
    survey = one.survey
    until = f"，请在{words.moment(timezone.localtime(survey.closes_at))}以前提交" if survey.closes_at else ""
    link = f"{settings.SITE_ADDRESS}{reverse('q:fill', args=[one.secret])}"
    return (
        f"{one.name or one.unit.called}：\n\n"
        f"{survey.unit}请你填写问卷“{survey.title}”{until}。点下面的链接即可填写，不用登录；中途离开的，再点开接着填：\n\n"
        f"{link}\n\n"
        "这个链接只供你本人使用，请不要转发。\n"
        f"{letter.SENDER}\n"
    )
