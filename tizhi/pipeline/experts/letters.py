"""聘书: the letter of appointment as a neutral document, printed as Word and PDF."""

from __future__ import annotations

from tizhi.base.documents.document import Document, Text, paragraph
from tizhi.base.kit import words
from tizhi.pipeline.scheme.queries import name_on

from .models import Nomination


def letter_of(nomination: Nomination) -> Document:
    """The letter of somebody who was appointed; units bear the names of its day."""
    issued, person, seat = nomination.issued_on, nomination.person, nomination.seat
    if issued is None or nomination.begins is None:
        raise ValueError("nobody has a letter before he is appointed")
    issuer = issuer_of(nomination)
    unit = name_on(person.unit, issued)
    about = "，".join(filter(None, (unit, nomination.title)))
    return Document(
        title=("聘　书",),
        kind="聘书",
        issuer=issuer,
        number=nomination.letter_number,
        addressee=f"{person.name}同志",
        blocks=(
            paragraph(
                "兹聘请", Text(person.name, bold=True), f"同志（{about}）担任{nomination.cluster.programme}",
                f"{nomination.cluster}{seat.body}{seat.post}，",
                f"聘期自{words.day(nomination.begins)}起，至{words.day(nomination.ends)}止。",  # type: ignore[arg-type]
            ),
            paragraph("此聘。"),
        ),
        signature=issuer,
        dated=issued,
    )  # fmt: skip


def issuer_of(nomination: Nomination) -> str:
    """Who appoints: the body above, as the leading group appoints its committee; else the cluster."""
    above = nomination.seat.body.parent
    return f"{nomination.cluster}{above}" if above else str(nomination.cluster)
