"""审核文书: an expert's opinion, the conclusion with all points, the reply table – as documents for Word and PDF."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from tizhi.base.documents.document import Annex, Block, Column, Document, Heading, Table, labelled, paragraph, row
from tizhi.base.kit import words

from . import rules
from .models import Assignment, Opinion, Point, Reply, Review, Verdict

COMMITTEE = "专家委员会"
POINTS = (
    Column("序号", width=3, align="center"), Column("章节", width=8), Column("原文", width=14),
    Column("意见", width=22), Column("程度", width=5, align="center"),
)  # fmt: skip
REPLIES = (
    Column("序号", width=3, align="center"), Column("专家", width=4, align="center"), Column("章节", width=7),
    Column("意见", width=18), Column("采纳情况", width=5, align="center"), Column("说明", width=16),
    Column("修改处", width=9),
)  # fmt: skip


def opinion_paper(
    review: Review, assignment: Assignment, called: str, sections: Sequence[Opinion], points: Sequence[Point]
) -> Document:
    """专家意见书: `called` is the name, or 专家一 for whom names are not shown."""
    said = {one.section: one for one in sections}
    names = rules.sections_of(review.version_read.content)
    blocks: list[Block] = [*_about(review), Heading("总体意见")]
    blocks.append(paragraph(f"{assignment.get_verdict_display()}。"))
    blocks += [paragraph(line) for line in _lines(assignment.summary)]
    if said:
        blocks.append(Heading("分章意见"))
        rows = tuple(
            row(name, said[key].get_verdict_display(), said[key].text) for key, name in names if key in said
        )  # fmt: skip
        columns = (Column("章节", width=12), Column("意见", width=6, align="center"), Column("说明", width=24))
        blocks.append(Table("", columns, rows))
    if points:
        blocks += [Heading("意见条目"), _points_table(points, dict(names))]
    if assignment.signed_id:
        blocks.append(paragraph("本意见由专家签字，经代录；签字原件随附存档。"))
    return Document(
        title=("专家意见书",), number=f"（{review.plan}{_reading(review)}）", blocks=tuple(blocks),
        signature=f"专家：{called}", dated=_day_of(assignment.submitted_at),
    )  # fmt: skip


def conclusion_paper(review: Review, points: Sequence[Point]) -> Document:
    """审核结论: the verdict, the text, and every point as an annex."""
    names = dict(rules.sections_of(review.version_read.content))
    blocks: list[Block] = [*_about(review), Heading("审核结论")]
    blocks.append(paragraph(f"{Verdict(review.verdict).label}。" if review.verdict else "尚未作出结论。"))
    blocks += [paragraph(line) for line in _lines(review.conclusion)]
    if review.reply_due:
        blocks.append(paragraph(f"请编制单位于{words.day(review.reply_due)}前逐条答复并修改计划文本。"))
    annexes = (Annex("专家意见汇总", (_points_table(points, names),), landscape=True),) if points else ()
    return Document(
        title=(f"{review.plan}", f"专家审核结论{_reading(review)}"), blocks=tuple(blocks), signature=COMMITTEE,
        dated=_day_of(review.concluded_at), annexes=annexes,
    )  # fmt: skip


def reply_paper(review: Review, points: Sequence[Point], author: str) -> Document:
    """专家意见逐条答复表: how many were adopted, and every point with what was made of it, on lying pages."""
    names = dict(rules.sections_of(review.version_read.content))
    answered = [one for one in points if _answer(one)]
    counted = Counter(_answer(one).decision for one in answered)  # type: ignore[union-attr]
    shares = [f"{label}{counted[code]}条" for code, label in Reply.Decision.choices if counted[code]]
    text = f"{review.plan}经专家审核，共提出{len(points)}条意见"
    text += f"，已答复{len(answered)}条，其中{'、'.join(shares)}" if answered else "，尚未答复"
    rows = tuple(_reply_row(one, names) for one in points)
    return Document(
        title=(f"{review.plan}", "专家意见逐条答复表"), blocks=(paragraph(f"{text}。逐条答复见附件。"),),
        signature=author, dated=_day_of(review.replied_at),
        annexes=(Annex("专家意见逐条答复表", (Table("", REPLIES, rows),), landscape=True),),
    )  # fmt: skip


def _reply_row(point: Point, names: dict[str, str]):  # type: ignore[no-untyped-def]
    answer = _answer(point)
    said = (answer.get_decision_display(), answer.reason, answer.place) if answer else ("", "", "")
    text = f"{point.text}（{point.get_weight_display()}）"
    return row(str(point.number), point.assignment.called, names.get(point.section, "全文"), text, *said)


def _answer(point: Point) -> Reply | None:
    return getattr(point, "answer", None)


def _points_table(points: Sequence[Point], names: dict[str, str]) -> Table:
    rows = tuple(
        row(str(one.number or place), names.get(one.section, "全文"), one.quote, one.text, one.get_weight_display())
        for place, one in enumerate(points, start=1)
    )
    return Table("", POINTS, rows)


def _about(review: Review) -> Iterator[Block]:
    version = review.version_read
    yield labelled("审核对象", str(review.plan))
    submitted = words.day(timezone.localtime(version.at).date())
    yield labelled("所审文本", f"第{version.number}版，{submitted}提交")


def _reading(review: Review) -> str:
    return "" if review.reading == 1 else f"（{review.called}）"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _day_of(at) -> date | None:  # type: ignore[no-untyped-def]
    return timezone.localtime(at).date() if at else None
