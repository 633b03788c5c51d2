"""告知: tell people something, each thing once – at once in the inbox, and as one mail of all that is new to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from tizhi.base.jobs.job import enqueue
from tizhi.base.kit import clock

from . import queries
from .jobs import send_mails
from .models import Delivery, Notice

Channel, State = Delivery.Channel, Delivery.State


@dataclass(frozen=True)
class Recipient:
    """Who is told, and the post in which; without `user_id` no inbox, without `email` no mail."""

    person_id: int
    name: str
    user_id: int | None = None
    email: str = ""
    post_words: str = ""


@dataclass(frozen=True)
class Message:
    """What is told. `key` names the occasion, such as `ledger:17:2026Q4:90`: whoever was told it is not told again.

    `url_name` and `url_args` are the one page where it is done.
    """

    key: str
    kind: str
    title: str
    text: str = ""
    url_name: str = ""
    url_args: tuple[int | str, ...] = ()
    cluster_id: int | None = None


def tell(messages: Iterable[tuple[Message, Recipient]]) -> list[Notice]:
    """Tell everybody what they were not told yet; the new notices.

    May be called twice, or by two workers at once. One query each however many are told; the mails, one per recipient
    for all that is new to them, go by a job that exists if the surrounding transaction commits.
    """
    wanted: dict[tuple[str, int], tuple[Message, Recipient]] = {}
    for message, recipient in messages:
        wanted.setdefault((message.key, recipient.person_id), (message, recipient))
    with transaction.atomic():
        made = _made(wanted)
        deliveries = [one for notice in made for one in _ways(notice, wanted[notice.key, notice.person_id][1])]
        Delivery.objects.bulk_create(deliveries)
        if ids := [one.pk for one in deliveries if one.state == State.WAITING]:
            enqueue(send_mails, *ids)
    return made


def _made(wanted: dict[tuple[str, int], tuple[Message, Recipient]]) -> list[Notice]:
    """Add the notices that do not exist yet; what another worker adds meanwhile is left to it."""
    keys = {key for key, _ in wanted}
    told = queries.told(keys)
    new = [_notice(*pair) for key, pair in wanted.items() if key not in told]
    if not new:
        return []
    Notice.objects.bulk_create(new, ignore_conflicts=True)
    # A notice gets its deliveries in the transaction that made it: those without any are ours.
    return list(Notice.objects.filter(key__in=keys, deliveries=None).order_by("pk"))


def _notice(message: Message, recipient: Recipient) -> Notice:
    return Notice(
        key=message.key, person_id=recipient.person_id, name=recipient.name, post_words=recipient.post_words,
        user_id=recipient.user_id, cluster_id=message.cluster_id, kind=message.kind, title=message.title[:200],
        text=message.text, url_name=message.url_name, url_args=list(message.url_args), at=clock.now(),
    )  # fmt: skip


def _ways(notice: Notice, recipient: Recipient) -> list[Delivery]:
    """In the inbox and by mail, as far as there is one; whom nothing reaches is kept as 无地址, so that it is seen."""
    ways = []
    if recipient.user_id:
        ways.append(Delivery(notice=notice, channel=Channel.INBOX, state=State.SENT, at=notice.at))
    if recipient.email or not ways:
        state = State.NO_ADDRESS if not recipient.email else State.WAITING if settings.HAS_MAIL else State.NO_MAIL
        mail = Delivery(notice=notice, channel=Channel.MAIL, state=state, address=recipient.email, at=notice.at)
        ways.append(mail)
    return ways
