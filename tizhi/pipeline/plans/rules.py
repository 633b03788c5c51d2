"""计划规则: which years a plan spans, what a sound text, measure and comment are. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from tizhi.base.documents import rich
from tizhi.base.kit import words
from tizhi.base.kit.periods import parse, period_of
from tizhi.pipeline.scheme.entries import PlanEntry, PlanStep

# A plan of the whole time follows the country's five-year plans: 2021–2025, 2026–2030.
SPAN: Final = 5
MOST_CHARACTERS: Final = 30_000
MOST_BYTES: Final = 200_000
MOST_PICTURES: Final = 60
DATES: Final = (date(2000, 1, 1), date(2099, 12, 31))


# Of which years


def five_years(year: int) -> tuple[int, int]:
    """2026–2030 for any year of them."""
    first = (year - 1) // SPAN * SPAN + 1
    return first, first + SPAN - 1


def span_of(entry: PlanEntry, day: date) -> tuple[str, int, int]:
    """The period, the first and the last year of a plan of this kind that covers `day`; period "" of the whole time."""
    if entry.every is None:
        return "", *five_years(day.year)
    period = period_of(day, entry.every)
    return period.key, period.first.year, period.last.year


def spans_to_open(entry: PlanEntry, today: date) -> list[tuple[str, str]]:
    """What may be opened today, as (first day, words): the running span, the next one and the one before."""
    if entry.every is None:
        first, _ = five_years(today.year)
        starts = [first, first + SPAN, first - SPAN]
        return [(f"{year}-01-01", f"{year}—{year + SPAN - 1}年") for year in starts]
    period = period_of(today, entry.every)
    return [(one.first.isoformat(), one.words) for one in (period, period.shifted(1), period.shifted(-1))]


def words_of_span(period: str, first: int, last: int) -> str:
    """2026—2030年, 2026年, 2026年上半年."""
    if first != last:
        return f"{first}—{last}年"
    return parse(period).words if period else f"{first}年"


# The text


def fault_of_text(html: str) -> str | None:
    """Why a section's text is too much; None when it is not."""
    count = rich.length(html)
    if count > MOST_CHARACTERS:
        return (
            f"本章已有{words.number(count)}字，超过{words.number(MOST_CHARACTERS)}字的上限，没有保存；"
            "请精简，或把一部分放到别的章节"
        )
    if len(html) > MOST_BYTES:
        return "本章的表格和格式过多，没有保存；请把大表格作为附件，或拆到别的章节"
    return None


def sealed(content: Sequence[Mapping[str, Any]]) -> str:
    """The hash that a frozen text is sealed with."""
    told = json.dumps(list(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def is_blank(texts: Iterable[str]) -> bool:
    """Whether nothing stands in any of the sections' texts."""
    return all(map(rich.is_empty, texts))


# A step


def faults_of_step(
    step: PlanStep, on: date | None, today: date, *, has_paper: bool, has_study: bool, study_has_report: bool,
    number: str = "",
) -> dict[str, str]:  # fmt: skip
    """What is wrong with what was given to complete a step, by field."""
    found: dict[str, str] = {}
    asked = step.evidence
    if on is None:
        found["on"] = "请填写日期"
    elif on > today:
        found["on"] = "日期在今天之后，请填已经办成的日期"
    elif on < DATES[0]:
        found["on"] = "日期的年份有误，请核对"
    if asked.study is not None and not has_study:
        found["study"] = "请选择作为依据的调研"
    if asked.paper and not has_paper and not (asked.study is not None and study_has_report):
        found["paper"] = f"请上传“{asked.paper}”" + ("，或先在调研里上传调研报告" if asked.study else "")
    if len(number) > 60:
        found["number"] = "发文字号不超过60字"
    return found


# Measures and comments


def faults_of_measure(given: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with a measure, by field."""
    found: dict[str, str] = {}
    if not given.get("title"):
        found["title"] = "请写明举措"
    for name, label, most in (
        ("title", "举措", 120), ("text", "说明", 1000), ("schedule", "时间安排", 120), ("responsible", "责任部门", 160),
    ):  # fmt: skip
        if len(given.get(name) or "") > most:
            found[name] = f"{label}不超过{most}字"
    return found


def fault_of_comment(text: str) -> str | None:
    """What is wrong with a comment's words; None when nothing is."""
    if not text.strip():
        return "请写明意见"
    return "一条意见不超过1000字，请分条填写" if len(text) > 1000 else None
