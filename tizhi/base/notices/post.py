"""邮局: one connection to the mail server for many letters, and what went wrong with each in words."""

from __future__ import annotations

import logging
import smtplib

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from tizhi.base.kit.privacy import masked

log = logging.getLogger("tizhi.notices")


class NotSent(Exception):
    """Some mails could not be sent now; the job is tried again."""


class Post:
    """One connection for all letters; a server that is away is asked once, not once per letter."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend = get_connection()
        self._is_away = ""

    def __enter__(self) -> Post:
        try:
            self._connection.open()
        except OSError as fault:  # smtplib's own faults are of this kind too
            self._is_away = _said(fault)
        return self

    def __exit__(self, *fault: object) -> None:
        self._connection.close()

    def send(self, to: str, subject: str, body: str) -> tuple[str, bool]:
        """Send one letter; why it could not be sent, in words, and whether trying again is of no use."""
        if self._is_away:
            return self._is_away, False
        try:
            message = EmailMessage(subject, body, to=[to])
            message.connection = self._connection
            message.send()
        except (OSError, ValueError) as fault:
            self._is_away = _said(fault) if _is_away(fault) else ""
            log.warning("邮件未发出：%s（%s）", masked(to), fault)
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
