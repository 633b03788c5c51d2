"""需求诊断书: a school's strengths, gaps and needs as a document, the needs with how they became what they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import timezone

from tizhi.base.documents.document import Block, Column, Document, Heading, Paragraph, Row, Table, paragraph, row
from tizhi.base.kit import words

from . import rules
from .lines import Told, told
from .models import Need, Trait

STRENGTHS = [Column("重点内容", width=8), Column("内容", width=16), Column("依据", width=12)]
GAPS = [*STRENGTHS, Column("优先程度", width=5, align="center")]
NEEDS = [
    Column("编号", width=3, align="center"), Column("需求", width=14), Column("重点内容", width=7),
    Column("优先程度", width=5, align="center"), Column("状态", width=4, align="center"), Column("提出日期", "date", 7),
]  # fmt: skip


def diagnosis(school: str, traits: Sequence[Trait], needs: Sequence[Need], day: date) -> Document:
    """The document of one school on `day`; the events of the needs must be at hand."""
    ordered = sorted(needs, key=lambda one: one.number)
    return Document(
        title=(school, "优势短板与需求诊断"),
        kind="需求诊断",
        blocks=(
            paragraph(_opening(school, traits, needs, day)),
            Heading("优势特色（高原）"),
            *_of_kind(traits, Trait.Kind.STRENGTH),
            Heading("短板（洼地）"),
            *_of_kind(traits, Trait.Kind.GAP),
            Heading("需求"),
            *_needs(ordered),
            Heading("需求的经过"),
            *(_courses(ordered) or [paragraph("暂无。")]),
        ),
        dated=day,
    )


def _opening(school: str, traits: Sequence[Trait], needs: Sequence[Need], day: date) -> str:
    strengths = sum(one.kind == Trait.Kind.STRENGTH for one in traits)
    still_open = sum(one.state == Need.State.OPEN for one in needs)
    met = sum(one.state == Need.State.MET for one in needs)
    return (
        f"截至{words.day(day)}，{school}登记优势特色{strengths}项、短板{len(traits) - strengths}项；"
        f"提出需求{len(needs)}项，其中待满足{still_open}项、已满足{met}项。"
    )


def _of_kind(traits: Iterable[Trait], kind: str) -> list[Block]:
    chosen = [one for one in traits if one.kind == kind]
    if not chosen:
        return [paragraph("暂无。")]
    is_gap = kind == Trait.Kind.GAP
    rows = tuple(_trait_row(one, is_gap) for one in chosen)
    return [Table("短板（洼地）" if is_gap else "优势特色（高原）", tuple(GAPS if is_gap else STRENGTHS), rows)]


def _trait_row(one: Trait, is_gap: bool) -> Row:
    cells = [one.area.name if one.area else "", one.text, one.evidence]
    return row(*cells, *([one.get_priority_display()] if is_gap else []), records=(one.pk,))


def _needs(needs: Sequence[Need]) -> list[Block]:
    if not needs:
        return [paragraph("暂无。")]
    rows = tuple(
        row(
            rules.code_of(one), one.title, one.area.name if one.area else "", one.get_priority_display(),
            one.get_state_display(), f"{timezone.localtime(one.stated_at):%Y.%m.%d}", records=(one.pk,),
        )
        for one in needs
    )  # fmt: skip
    return [Table("需求一览", tuple(NEEDS), rows), *_explained(needs)]


def _explained(needs: Iterable[Need]) -> list[Paragraph]:
    """What a need says beyond its title."""
    return [
        paragraph(f"{rules.code_of(one)}　{one.title}。{_sentence(one.text)}{_ground(one)}", records=(one.pk,))
        for one in needs
        if one.text or one.evidence
    ]


def _sentence(text: str) -> str:
    text = " ".join(text.split())
    return text if not text or text.endswith(("。", "！", "？")) else f"{text}。"


def _ground(need: Need) -> str:
    return f"依据：{_sentence(need.evidence)}" if need.evidence else ""


def _courses(needs: Iterable[Need]) -> list[Block]:
    blocks: list[Block] = []
    for need in needs:
        course = told(need)
        if len(course) > 1 or need.proposer:
            blocks.append(Heading(f"{rules.code_of(need)}　{need.title}", 2))
            blocks += [paragraph(_step(one)) for one in course]
    return blocks


def _step(one: Told) -> str:
    event = one.event
    at = words.day(timezone.localtime(event.at).date())
    ground = f"，依据“{event.study}”" if event.study else ""
    changes = "；".join(f"{each.label}由“{each.before or '空'}”改为“{each.after or '空'}”" for each in one.changes)
    said = "。".join(text.rstrip("。") for text in (changes, event.note) if text)
    return f"{at}，{event.words}{event.get_kind_display()}{ground}{'：' + said if said else ''}。"
