"""文稿: a plan as a neutral document – its sections, its measures – to be printed as Word or PDF [C7]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tizhi.base.documents import rich
from tizhi.base.documents.document import Block, Document, Heading, Paragraph, Text
from tizhi.base.files import storage
from tizhi.base.files.models import StoredFile
from tizhi.base.kit import words

from . import queries
from .course import Course
from .models import Plan, PlanVersion


def document_of(
    plan: Plan,
    content: Sequence[Mapping[str, Any]],
    mark: str = "",
    *,
    of_draft: bool = False,
) -> Document:
    """The plan with this text; `mark` (征求意见稿, 草稿) stands under the title."""
    blocks: list[Block] = []
    for one in content:
        if rich.is_empty(one["html"]) and not of_draft:
            continue
        blocks.append(Heading(one["name"], 1))
        blocks.extend(rich.blocks(one["html"], level=2) if one["html"] else [_paragraph("（本章尚未填写）")])
    title = (f"{plan.unit}{plan.kind_words}", f"（{plan.span_words}）")
    return Document(
        title=title,
        kind=plan.kind_words,
        issuer=str(plan.unit),
        number=f"（{mark}）" if mark else "",
        blocks=tuple(blocks),
    )


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def mark_of(course: Course, version: PlanVersion | None) -> str:
    """草稿 while it is written, 征求意见稿 once handed over, nothing for what is in force."""
    if version is None:
        return "草稿"
    return "" if version.pk == course.plan.in_force_id else f"第{words.numeral(version.number)}稿　征求意见稿"


def pictures_of(content: Iterable[Mapping[str, Any]], plan: Plan) -> dict[str, bytes]:
    """The bytes of the pictures that stand in the text, as the writers ask for them."""
    asked = {pk for one in content for pk in rich.pictures_in(one["html"])} & queries.pictures_of(plan)
    found = {}
    for file in StoredFile.objects.filter(pk__in=asked):
        with storage.opened(storage.path_of(file.sha256)) as content_of:
            found[f"file:{file.pk}"] = content_of.read()
    return found
