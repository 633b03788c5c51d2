"""说明栏: what the pane beside the text shows – a figure in full, or the activities behind a paragraph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tizhi.base.documents.document import Paragraph
from tizhi.pipeline.reports import explaining
from tizhi.pipeline.reports.compiled import Compiled
from tizhi.pipeline.reports.explaining import Explanation, Shown
from tizhi.web.frame.request import Request


@dataclass(frozen=True)
class Opened:
    """What is asked for in the address: a figure's `address`, a paragraph by its place, or a part by its key."""

    address: str = ""
    part: int | None = None
    figure: Explanation | None = None
    told: tuple[Shown, ...] | None = None

    @property
    def is_any(self) -> bool:
        """Whether something is open."""
        return self.figure is not None or self.told is not None


def opened(request: Request, whole: Compiled) -> Opened:
    """What `?figure=`, `?paragraph=` or `?part=` open; nothing for what the report does not have."""
    actor = request.actor
    address = request.GET.get("figure", "")
    part = number(request.GET.get("part"))
    records = _records(whole, part, number(request.GET.get("paragraph")))
    return Opened(
        address=address,
        part=part,
        figure=explaining.explanation(actor, whole, address) if address else None,
        told=None if records is None else explaining.told(actor, whole, records),
    )


def number(text: str | None) -> int | None:
    """A whole number of an address, or None."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _records(whole: Compiled, part: int | None, place: int | None) -> Iterable[int] | None:
    for passage in whole.passages:
        if passage.part is not None and passage.part.pk == part:
            return passage.records
    blocks = whole.document.blocks
    if place is not None and place < len(blocks) and isinstance(paragraph := blocks[place], Paragraph):
        return paragraph.records
    return None
