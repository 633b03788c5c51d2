"""告知: the nominator hears what came of a nomination, the expert of the letter."""

from __future__ import annotations

from typing import Final

from tizhi.base.kit import words
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.directory.models import Person

from .models import Nomination, ServiceCertificate

KIND: Final = "experts"


def tell_nominator(nomination: Nomination, occasion: str, title: str, text: str = "") -> None:
    """To who nominated: confirmed, declined with the reason, appointed."""
    about = f"{title}：{nomination.person}（{nomination.seat}）"
    _tell(nomination, nomination.writer, occasion, about, text, ("experts:nomination", (nomination.pk,)))


def tell_expert(nomination: Nomination) -> None:
    """To who was appointed: seat, term and letter, and that the pace is his to set."""
    term = words.span(nomination.begins, nomination.ends)  # type: ignore[arg-type]
    text = f"聘期{term}，聘书编号{nomination.letter_number}。可以在专家页面设定同时承担的数量和提醒日期，登记请假。"
    title = f"受聘为{nomination.seat}"
    _tell(nomination, nomination.person, "聘书", title, text, ("experts:person", (nomination.person_id,)))


def tell_certificate(certificate: ServiceCertificate) -> None:
    """To the expert: the certificate he asked for lies ready."""
    person = certificate.person
    message = Message(
        key=f"certificate:{certificate.pk}:", kind=KIND, title=f"{certificate.year}年度服务证明已出具",
        text=f"编号{certificate.number}，可以下载 Word 和 PDF。", url_name="experts:person", url_args=(person.pk,),
        cluster_id=certificate.cluster_id,
    )  # fmt: skip
    tell([(message, Recipient(person.pk, person.name, person.user_id, person.email))])


def _tell(
    nomination: Nomination, person: Person, occasion: str, title: str, text: str, page: tuple[str, tuple[int, ...]]
) -> None:
    message = Message(
        key=f"nomination:{nomination.pk}:{occasion}", kind=KIND, title=title, text=text, url_name=page[0],
        url_args=page[1], cluster_id=nomination.cluster_id,
    )  # fmt: skip
    tell([(message, Recipient(person.pk, person.name, person.user_id, person.email))])
