"""通知的作业: the mails go out, one per recipient."""

from __future__ import annotations

import logging
import smtplib
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tizhi.base.jobs.job import job, progress
from tizhi.base.kit import clock
from tizhi.base.kit.privacy import masked

from . import letter
from .models import Delivery

log = logging.getLogger("tizhi.notices")
RETRIES = 8
State = Delivery.State


class NotSent(Exception):
    """Some mails could not be sent now; the job is tried again."""


@job("发送邮件", retries=RETRIES, lease=timedelta(minutes=2))
def send_mails(*delivery_ids: int) -> int:
    """Send the waiting mails among these, all of one recipient as one message; how many were sent.

    What has gone is never sent again. A mail server that is away is waited for, four hours and more; an address that
    is refused is given up at once.
    """
    letters = _letters(delivery_ids)
    if not settings.HAS_MAIL:
        Delivery.objects.filter(pk__in=_ids(letters)).update(state=State.NO_MAIL, at=clock.now())
        return 0
    sent, is_left = 0, False
    with _Post() as post:
        for done, one in enumerate(letters, 1):
            fault, is_lasting = post.send(one)
            sent += not fault
            is_left |= bool(fault) and not is_lasting
            _note(one, fault, is_lasting)
            progress(done, len(letters))
    if is_left:
        raise NotSent(f"{len(letters) - sent}封邮件未发出")
    return sent


Letter = list[Delivery]


def _letters(ids: Sequence[int]) -> list[Letter]:
    """The mails still to be sent, by recipient and address."""
    waiting = Delivery.objects.filter(pk__in=ids, state=State.WAITING).select_related("notice")
    letters: dict[tuple[int, str], Letter] = defaultdict(list)
    for one in waiting.order_by("pk"):
        letters[one.notice.person_id, one.address].append(one)
    return list(letters.values())


def _ids(letters: Sequence[Letter]) -> list[int]:
    return [one.pk for each in letters for one in each]


def _note(mail: Letter, fault: str, is_lasting: bool) -> None:
    """Keep how it went: sent, to be tried again, or given up."""
    tries = mail[0].tries + 1
    rows = Delivery.objects.filter(pk__in=_ids([mail]))
    if not fault:
        rows.update(state=State.SENT, address=masked(mail[0].address), fault="", tries=tries, at=clock.now())
        return
    state = State.FAILED if is_lasting or tries > RETRIES else State.WAITING
    rows.update(state=state, fault=fault, tries=tries, at=clock.now())


class _Post:
    """One connection for all letters; a server that is away is asked once, not once per letter."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()
        self._is_away = ""

    def __enter__(self) -> _Post:
        try:
            self._connection.open()
        except OSError as fault:  # smtplib's own faults are of this kind too
            self._is_away = _said(fault)
        return self

    def __exit__(self, *fault: object) -> None:
        self._connection.close()

    def send(self, mail: Letter) -> tuple[str, bool]:
        """Send one letter; why it could not be sent, in words, and whether trying again is of no use."""
        if self._is_away:
            return self._is_away, False
        notices = [one.notice for one in mail]
        try:
            message = EmailMessage(letter.subject(notices), letter.body(notices), to=[mail[0].address])
            message.connection = self._connection
            message.send()
        except (OSError, ValueError) as fault:
            self._is_away = _said(fault) if _is_away(fault) else ""
            log.warning("邮件未发出：%s（%s）", masked(mail[0].address), fault)
            return _said(fault), _is_lasting(fault)
        return "", False


def _is_away(fault: Exception) -> bool:
    """Whether the server is silent, so that nothing is gained by asking it for the next letter."""
    spoke = isinstance(fault, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException)
    return isinstance(fault, OSError) and not spoke


def _is_lasting(fault: Exception) -> bool:
    """Whether the address, not the server or the moment, is at fault."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in fault.recipients.values())
    return isinstance(fault, ValueError)


def _said(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return "收件地址被邮件服务器拒收"
    if isinstance(fault, ValueError):
        return "收件地址无效"
    if isinstance(fault, smtplib.SMTPAuthenticationError):
        return "邮件服务器拒绝登录，请检查邮件设置"
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"邮件服务器拒绝发送（{fault.smtp_code}）"
    return "连不上邮件服务器"
