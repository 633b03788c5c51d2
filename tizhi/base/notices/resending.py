"""重发: a mail that did not go is sent again, by whom stands on the delivery itself."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from tizhi.base.jobs.job import enqueue
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken

from .jobs import send_mails
from .models import Delivery

State = Delivery.State


def resend(delivery: Delivery, *, address: str, words: str) -> None:
    """Send the mail again, to `address` as it is known now; `words` say who asked for it.

    RuleBroken when it has gone or is about to go, when no address is known, or when the platform sends no mail. Who may
    ask is for the caller to say: this lies below the rights of the programme.
    """
    if not settings.HAS_MAIL:
        raise RuleBroken("本平台没有配置邮件，无法发送。请联系系统管理员。")
    with transaction.atomic():
        fresh = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if not fresh.may_be_resent:
            raise RuleBroken("这封邮件已经发出或正在发送，不必重发。")
        if not address:
            raise RuleBroken("收件人没有邮箱。请先在通讯录中补充邮箱，再重发。")
        fresh.state, fresh.address, fresh.at = State.WAITING, address, clock.now()
        fresh.tries, fresh.fault, fresh.resent_words = 0, "", words
        fresh.save()
        enqueue(send_mails, fresh.pk)


def forget_address(person_id: int) -> None:
    """Erase where a person's mails were to go, on request; what was not sent stays unsent."""
    mails = Delivery.objects.filter(notice__person_id=person_id, channel=Delivery.Channel.MAIL)
    mails.exclude(state=State.SENT).update(state=State.NO_ADDRESS, at=clock.now())
    mails.update(address="")
