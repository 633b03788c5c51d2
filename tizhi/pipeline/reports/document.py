"""成文: a report as the neutral document that page, Word and frozen copy are made from [F4]."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tizhi.base.documents.document import (
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Number,
    Paragraph,
    Run,
    Table,
    Text,
    paragraph,
    row,
)
from tizhi.base.kit.words import listing, moment, number, span
from tizhi.pipeline.activities.kinds import kind_of

from .facts import RESULTS, Facts, Input, Record
from .figures.figure import Value
from .models import Part
from .values import Values, pieces

Section = Part.Section
NOTHING = "本期无。"


@dataclass(frozen=True)
class Passage:
    """A paragraph in its place: proposed, or kept as the row `part`; `lost` activities it tells of were sent back."""

    section: str
    text: str
    area: int | None = None
    pair: int | None = None
    records: tuple[int, ...] = ()
    lost: tuple[int, ...] = ()
    part: Part | None = None


@dataclass(frozen=True)
class Formalities:
    """What a document needs beside its text: to whom, from whom, under which number and day."""

    addressee: str = ""
    signature: str = ""
    number: str = ""
    dated: date | None = None


def document_of(facts: Facts, values: Values, passages: Sequence[Passage], formal: Formalities) -> Document:
    """The whole report with its annexes; every number and paragraph keeps the activities behind it."""
    return Document(
        title=(facts.cluster, f"{facts.period.words}工作开展情况汇总"),
        kind="季度报告",
        issuer=formal.signature,
        number=formal.number,
        addressee=formal.addressee,
        blocks=tuple(_body(facts, values, passages)),
        signature=formal.signature,
        dated=formal.dated,
        annexes=tuple(_annexes(facts, values)),
        notes=(f"数据截至{moment(facts.as_of)}",),
    )


# Text


def _body(facts: Facts, values: Values, passages: Sequence[Passage]) -> Iterator[Block]:
    for section in Section:
        yield Heading(section.label)
        here = [one for one in passages if one.section == section]
        if not here:
            yield paragraph(NOTHING)
        for title, group in grouped(facts, section, here):
            if title:
                yield Heading(title, level=2)
            for one in group:
                yield from paragraphs(one, values)


def grouped(facts: Facts, section: str, passages: Iterable[Passage]) -> list[tuple[str, list[Passage]]]:
    """A section's paragraphs under the headings of its areas or pairs; those of none come last, under 综合."""
    heads = {Section.AREAS: [(area.id, area.name) for area in facts.areas],
             Section.PAIRS: [(pair.id, pair.name) for pair in facts.pairs]}.get(Section(section), [])  # fmt: skip
    passages = list(passages)
    known = {key for key, _ in heads}
    groups = [(name, [one for one in passages if _head(one) == key]) for key, name in heads]
    rest = [one for one in passages if _head(one) not in known]
    return [(name, group) for name, group in [*groups, ("综合" if heads else "", rest)] if group]


def _head(passage: Passage) -> int | None:
    return {Section.AREAS: passage.area, Section.PAIRS: passage.pair}.get(Section(passage.section))


def paragraphs(passage: Passage, values: Values) -> Iterator[Paragraph]:
    """One paragraph for each line of the text."""
    for line in passage.text.splitlines():
        if line.strip():
            yield paragraph(*_runs(line.strip(), values), records=passage.records)


def _runs(line: str, values: Values) -> Iterator[Run]:
    for piece in pieces(line, values):
        yield Text(piece) if isinstance(piece, str) else printed(piece)


def printed(value: Value) -> Number:
    """A figure as a document prints it."""
    return Number(value.text, value.address, value.records)


# Annexes


def _annexes(facts: Facts, values: Values) -> Iterator[Annex]:
    yield _activities(facts)
    yield _inputs(facts, values)
    if facts.plans:
        yield _plans(facts)
    yield _figures(values)


def _activities(facts: Facts) -> Annex:
    columns = (
        Column("序号", "number", 3), Column("日期", width=10), Column("报送单位", width=8), Column("活动", width=20),
        Column("重点内容", width=8), Column("参加单位", width=14), Column("数字", width=14),
    )  # fmt: skip
    areas = {area.id: area.name for area in facts.areas}
    rows = [
        row(
            place,
            span(one.first, one.last, facts.period.first.year),
            one.unit.called,
            one.title + ("（补报）" if one.is_late else ""),
            areas.get(one.area or 0, ""),
            listing([unit.called for unit in one.units]),
            _told(one),
            records=(one.id,),
        )
        for place, one in enumerate(facts.records, start=1)
    ]
    return Annex("活动清单", (Table("", columns, tuple(rows)),), landscape=True)


def _told(record: Record) -> str:
    """参训教师86人，24学时: the figures of one activity in words."""
    filled = kind_of(record.kind).filled(record.details or {})
    return "，".join(("" if asked.label == asked.unit else asked.label) + asked.words(value) for asked, value in filled)


def _inputs(facts: Facts, values: Values) -> Annex:
    said = tuple(Column(title, width=4, align="center") for title in ("应报", "已报", "及时"))
    columns = (Column("单位", width=16), *said, Column("备注", width=12))
    rows = [
        row(one.unit.name, _mark(one.is_expected), _mark(one.is_received), _mark(one.is_in_time), _remark(one))
        for one in facts.inputs
    ]
    totals = [printed(values.by_key[key]) for key in ("expected", "received", "received-in-time")]
    rows.append(row("合计", *totals, "", total=True))
    return Annex("单位季报材料报送情况", (Table("", columns, tuple(rows)),))


def _mark(is_so: bool) -> str:
    return "是" if is_so else "否"


def _remark(entry: Input) -> str:
    return "本期无" if entry.is_nil else f"免报：{entry.remark}" if not entry.is_expected else ""


def _plans(facts: Facts) -> Annex:
    columns = (
        Column("序号", "number", 3), Column("计划日期", width=10), Column("负责单位", width=9),
        Column("事项", width=20), Column("参加单位", width=14), Column("结果", width=8), Column("说明", width=16),
    )  # fmt: skip
    year = facts.period.first.year
    rows = [
        row(
            place,
            span(one.first, one.last, year),
            one.unit.called,
            one.title,
            listing([unit.called for unit in one.others]),
            RESULTS[one.result],
            one.about,
            records=(one.record,) if one.record in facts.by_id else (),
        )
        for place, one in enumerate(facts.plans, start=1)
    ]
    return Annex("计划安排完成情况", (Table("", columns, tuple(rows)),), landscape=True)


def _figures(values: Values) -> Annex:
    columns = (Column("序号", "number", 3), Column("指标", width=14), Column("数值", "number", 5),
               Column("单位", width=4, align="center"), Column("口径", width=22))  # fmt: skip
    told = [value for value in values.listed if value.number or not value.key.startswith(("kind-", "planned"))]
    rows = [
        row(number(place), value.label, printed(value), "" if value.counted.share else value.unit, value.definition)
        for place, value in enumerate(told, start=1)
    ]
    return Annex("指标和口径", (Table("", columns, tuple(rows), "各类活动和计划安排的指标，本期为0的未列出。"),))
