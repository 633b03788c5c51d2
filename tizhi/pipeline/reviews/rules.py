"""专家审核规则: what a sound opinion, conclusion and reply say, and what a state forbids. No database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from tizhi.base.kit import words

from .models import Assignment, Point, Reply, Review, Verdict

State, Given, Weight, Decision = Review.State, Assignment.State, Point.Weight, Reply.Decision

MOST_POINTS: Final = 100
TEXT, QUOTE, SUMMARY = 2000, 500, 4000
A_YEAR: Final = timedelta(days=366)
READING_DAYS: Final = 14
REPLY_DAYS: Final = 21


# What an expert says


@dataclass(frozen=True)
class SectionWord:
    """What is said of one section."""

    section: str
    verdict: str = ""
    text: str = ""


@dataclass(frozen=True)
class PointWord:
    """One thing to be answered, pinned to a passage where it has one."""

    text: str
    section: str = ""
    quote: str = ""
    weight: str = Weight.MUST


@dataclass(frozen=True)
class Said:
    """An opinion as it is written: of each section, the points, and on the whole."""

    verdict: str = ""
    summary: str = ""
    sections: Sequence[SectionWord] = field(default=())
    points: Sequence[PointWord] = field(default=())


def sections_of(content: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Key and name of every section of a frozen text."""
    return [(str(one["key"]), str(one["name"])) for one in content]


def faults_of_said(said: Said, keys: Collection[str]) -> dict[str, str]:
    """What no opinion may hold, finished or not: too much, or sections that the text does not have."""
    found = {}
    if said.verdict and said.verdict not in Verdict.values:
        found["verdict"] = "请选择总体意见"
    if len(said.summary) > SUMMARY:
        found["summary"] = f"总体意见不超过{SUMMARY}字，现有{len(said.summary)}字"
    for one in said.sections:
        if one.section not in keys or (one.verdict and one.verdict not in Verdict.values):
            found[f"verdict-{one.section}"] = "请重新选择这一章的意见"
        if len(one.text) > TEXT:
            found[f"text-{one.section}"] = f"一章的说明不超过{TEXT}字，现有{len(one.text)}字"
    return found | _faults_of_points(said.points, keys)


def _faults_of_points(points: Sequence[PointWord], keys: Collection[str]) -> dict[str, str]:
    found = {}
    if len(points) > MOST_POINTS:
        found["points"] = f"一次审核最多提{MOST_POINTS}条意见，现有{len(points)}条"
    for number, one in enumerate(points, start=1):
        if len(one.text) > TEXT:
            found["points"] = f"第{number}条意见不超过{TEXT}字，现有{len(one.text)}字"
        elif len(one.quote) > QUOTE:
            found["points"] = f"第{number}条意见引用的原文不超过{QUOTE}字，请只引关键的一句"
        elif (one.section and one.section not in keys) or one.weight not in Weight.values:
            found["points"] = f"第{number}条意见的章节或程度有误，请重新选择"
        elif one.quote and not one.text.strip():
            found["points"] = f"第{number}条意见引了原文，还没有写意见"
    return found


def missing(said: Said, sections: Sequence[tuple[str, str]], reading: int) -> dict[str, str]:
    """What an opinion still needs before it is handed in, by field; a second reading needs no word on each section."""
    found = {}
    by_key = {one.section: one for one in said.sections}
    pinned = {one.section for one in said.points}
    for key, name in sections:
        word = by_key.get(key, SectionWord(key))
        if not word.verdict and reading == 1:
            found[f"verdict-{key}"] = f"请选择对“{name}”的意见"
        elif word.verdict in (Verdict.CONDITIONAL, Verdict.FAILED) and not word.text.strip() and key not in pinned:
            found[f"text-{key}"] = f"“{name}”{Verdict(word.verdict).label}，请写明理由或者提出意见"
    if not said.verdict:
        found["verdict"] = "请选择总体意见"
    if not said.summary.strip():
        found["summary"] = "请写几句总体意见"
    if said.verdict == Verdict.CONDITIONAL and not said.points and reading == 1:
        found["points"] = "有条件通过，请至少提出一条要求修改的意见"
    return found


# Days


def faults_of_days(due: date | None, closes: date | None, today: date) -> dict[str, str]:
    """What is wrong with the day due and the last day."""
    found = {}
    if due is None:
        found["due"] = "请填写应完成日期"
    elif due < today:
        found["due"] = "应完成日期已经过去，请填今天或以后的日期"
    elif due > today + A_YEAR:
        found["due"] = "应完成日期在一年以后，请核对年份"
    if closes is None:
        found["closes"] = "请填写最后期限"
    elif due and closes < due:
        found["closes"] = f"最后期限早于应完成日期{words.day(due)}，请核对"
    elif closes > today + A_YEAR:
        found["closes"] = "最后期限在一年以后，请核对年份"
    return found


# The conclusion


def faults_of_conclusion(verdict: str, text: str, reply_due: date | None, today: date) -> dict[str, str]:
    """What is wrong with a conclusion, by field."""
    found = {}
    if verdict not in Verdict.values:
        found["verdict"] = "请选择结论"
    if not text.strip():
        found["conclusion"] = "请写明结论意见"
    elif len(text) > SUMMARY:
        found["conclusion"] = f"结论意见不超过{SUMMARY}字，现有{len(text)}字"
    if verdict == Verdict.CONDITIONAL:
        if reply_due is None:
            found["reply_due"] = "有条件通过，请填写答复期限"
        elif reply_due < today or reply_due > today + A_YEAR:
            found["reply_due"] = "答复期限请填今天以后一年以内的日期"
    return found


def why_not_pass(verdict: str, reading: int, points: int, open_musts: int) -> str | None:
    """Why the points forbid this verdict, in a sentence."""
    if verdict == Verdict.CONDITIONAL and not points:
        return "有条件通过需要有待答复的意见，各位专家都没有提出意见；请改选结论，或者先在自己的意见中提出。"
    if verdict == Verdict.PASSED and reading > 1 and open_musts:
        return f"还有{open_musts}条要求修改的意见没有复核通过，不能作“通过”的结论；已经改好的，请先逐条复核。"
    return None


# Replies


def faults_of_reply(decision: str, reason: str, place: str) -> dict[str, str]:
    """What is wrong with the reply to one point."""
    found = {}
    if decision not in Decision.values:
        found["decision"] = "请选择是否采纳"
    if len(reason) > TEXT:
        found["reason"] = f"说明不超过{TEXT}字，现有{len(reason)}字"
    elif decision in (Decision.PARTLY, Decision.REFUSED) and not reason.strip():
        found["reason"] = f"{Decision(decision).label}，请说明理由"
    if len(place) > 300:
        found["place"] = "修改处不超过300字"
    elif decision in (Decision.ADOPTED, Decision.PARTLY) and not place.strip():
        found["place"] = "请写明修改在哪里，如：第三章第二段"
    return found


# Why a state forbids an act, in a sentence; None when it does not.


def not_running(review: Review) -> str | None:
    """Experts are assigned and days moved only while it runs."""
    return None if review.state in (State.ASSIGNING, State.REVIEWING) else "这次审核已经结束。"


def not_concludable(review: Review) -> str | None:
    """A conclusion is given once."""
    return None if review.state == State.REVIEWING else "这次审核不在评审中，不能作结论。"


def not_replying(review: Review) -> str | None:
    """Replies are written only between a conditional conclusion and the second reading."""
    return None if review.state == State.REPLYING else "现在不是答复意见的时候。"


def not_rechecking(review: Review) -> str | None:
    """Points are settled only in a later reading that runs."""
    return None if review.state == State.REVIEWING and review.reading > 1 else "现在不是复核意见的时候。"


def not_invited(assignment: Assignment) -> str | None:
    """An invitation is accepted once."""
    if over := _over(assignment):
        return over
    return None if assignment.state == Given.INVITED else "这份邀请已经答复过。"


def not_declinable(assignment: Assignment) -> str | None:
    """Who has handed in an opinion has no longer anything to decline."""
    if over := _over(assignment):
        return over
    if assignment.state in (Given.INVITED, Given.ACCEPTED):
        return None
    return "已经提交意见，不能再谢绝；意见有变化的，可以撤回后修改。"


def not_writable(assignment: Assignment) -> str | None:
    """An opinion is written from the acceptance until it is handed in, and until the last day."""
    if over := _over(assignment):
        return over
    if assignment.state == Given.INVITED:
        return "请先接受邀请，再填写意见。"
    return None if assignment.state == Given.ACCEPTED else "意见已经提交；需要修改的，请先撤回。"


def not_enterable(assignment: Assignment) -> str | None:
    """A signed opinion is entered for an expert who has not handed in his own."""
    if over := _over(assignment):
        return over
    return None if assignment.state in (Given.INVITED, Given.ACCEPTED) else "这位专家的意见已经提交，不能再代录。"


def not_withdrawable(assignment: Assignment) -> str | None:
    """What was handed in may be taken back until the conclusion."""
    if over := _over(assignment):
        return over
    return None if assignment.state == Given.SUBMITTED else "意见还没有提交，可以直接修改。"


def not_released(assignment: Assignment) -> str | None:
    """Somebody who takes part may be released."""
    if over := _over(assignment):
        return over
    return None if assignment.is_live else "这位专家已不参加这次审核。"


def _over(assignment: Assignment) -> str | None:
    return not_running(assignment.review)


def after_the_last_day(review: Review, today: date) -> str | None:
    """Nothing is handed in after the last day; who assigns may move it."""
    if today <= review.closes:
        return None
    return f"最后期限{words.day(review.closes)}已过，不能再提交；确需提交的，请联系专家委员会秘书延期。"
