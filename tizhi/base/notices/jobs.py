"""通知的作业: the mails go out, one per recipient."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings

from tizhi.base.jobs.job import job, progress
from tizhi.base.kit import clock
from tizhi.base.kit.privacy import masked

from . import letter
from .models import Delivery
from .post import NotSent, Post

RETRIES = 8
State = Delivery.State


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
    with Post() as post:
        for done, one in enumerate(letters, 1):
            notices = [each.notice for each in one]
            fault, is_lasting = post.send(one[0].address, letter.subject(notices), letter.body(notices))
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
