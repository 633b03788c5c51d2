"""专家规则: what a sound nomination, letter, pace and absence say, and how many places are free. No database."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from tizhi.base.kit import clock, words
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Body, Seat

from .models import Absence, Nomination, ServiceCertificate

State = Nomination.State
OPEN: Final = (State.NOMINATED, State.CONFIRMED)

# What holds for an expert who has not said otherwise: papers at once, days before the due day to be reminded on.
AT_ONCE: Final = 3
REMIND: Final = (3, 1)
MOST_AT_ONCE: Final = 20
MOST_DAYS_AHEAD: Final = 30
# A term that ends within so many days leaves its place to the next, or to the same person anew.
AHEAD: Final = timedelta(days=90)
ONE_DAY: Final = timedelta(days=1)
LONGEST_TERM: Final = 10
DATES: Final = (date(2000, 1, 1), date(2099, 12, 31))
_COUNTED = re.compile(r"第\s*(\d{1,5})\s*号")


# Places


def ends_late(ends: date | None, today: date) -> bool:
    """Whether a term keeps its place: it has no end, or one too far ahead to be succeeded now."""
    return ends is None or ends > today + AHEAD


def free_places(count: int, terms: Iterable[date | None], nominated: int, today: date) -> int:
    """How many may still be nominated for a seat of `count` places held until `terms`, `nominated` being under way."""
    return max(0, count - sum(ends_late(ends, today) for ends in terms) - nominated)


def seat_fault(seat: Seat, body: Body, free: int) -> str | None:
    """Why nobody is nominated for `seat` of `body`, of which `free` places are left; None where somebody may be."""
    if seat.body_id != body.pk or seat.unit_posts or not seat.holds_on(clock.today()):
        return "请选择本机构中可以提名的席位。"
    if not free:
        return f"“{seat.post}”共{seat.count}席，已聘任和正在提名的已满；任期届满前90天起可以提名接任。"
    return None


def person_fault(person: Person, seat: Seat, is_proposed: bool, terms: Iterable[date | None]) -> str | None:
    """Why `person` is not nominated for `seat`: he left, is nominated for it, or one of his `terms` there goes on."""
    if not person.is_open:
        return f"{person}已不在册，请先由其单位恢复在册。"
    if is_proposed:
        return f"{person}已被提名为{seat.post}，正在办理。"
    if any(ends_late(ends, clock.today()) for ends in terms):
        return f"{person}现任{seat.post}，任期届满前90天起可以提名续聘。"
    return None


# What is sound


def nomination_faults(title: str, speciality: str, reason: str) -> dict[str, str]:
    """What is wrong with the words of a nomination, by field."""
    found = {}
    if len(title) > 60:
        found["title"] = "职称不超过60字。"
    if not speciality:
        found["speciality"] = "请填写专业特长，如：教师教育、学前教育。"
    elif len(speciality) > 120:
        found["speciality"] = "专业特长不超过120字。"
    if not reason:
        found["reason"] = "请写明提名理由。"
    elif len(reason) > 1000:
        found["reason"] = "提名理由不超过1000字。"
    return found


def letter_faults(begins: date | None, ends: date | None, number: str, issued_on: date | None) -> dict[str, str]:
    """What is wrong with a letter of appointment, by field."""
    found = number_faults(number, issued_on)
    if begins is None:
        found["begins"] = "请填写聘期起始日期。"
    if ends is None:
        found["ends"] = "请填写聘期届满日期。"
    if begins and ends:
        if ends < begins:
            found["ends"] = f"聘期届满早于起始日期{words.day(begins)}，请核对。"
        elif begins < DATES[0] or ends > DATES[1] or ends.year - begins.year > LONGEST_TERM:
            found["ends"] = f"聘期不超过{LONGEST_TERM}年，请核对年份。"
    return found


def number_faults(number: str, issued_on: date | None) -> dict[str, str]:
    """What is wrong with the number and the day of a letter or certificate, by field."""
    found = {}
    if not number:
        found["number"] = "请填写编号，如：〔2026〕第1号。"
    elif len(number) > 60:
        found["number"] = "编号不超过60字。"
    if issued_on is None:
        found["issued_on"] = "请填写日期。"
    elif not DATES[0] <= issued_on <= DATES[1]:
        found["issued_on"] = "日期的年份有误，请核对。"
    elif issued_on > clock.today():
        found["issued_on"] = "日期在今天之后，请填今天或以前的日期。"
    return found


def pace_faults(at_once: int, remind: Iterable[int], speciality: str) -> dict[str, str]:
    """What is wrong with an expert's pace, by field; 0 at once means that he takes nothing on for now."""
    found = {}
    if not 0 <= at_once <= MOST_AT_ONCE:
        found["at_once"] = f"请填0至{MOST_AT_ONCE}之间的数；暂不承担评审填0。"
    if any(not 0 <= days <= MOST_DAYS_AHEAD for days in remind):
        found["remind"] = f"提醒日期请填0至{MOST_DAYS_AHEAD}之间的天数。"
    if len(speciality) > 120:
        found["speciality"] = "专业特长不超过120字。"
    return found


def absence_faults(
    begins: date | None, ends: date | None, reason: str, others: Iterable[Absence], today: date
) -> dict[str, str]:
    """What is wrong with days of absence, by field; it does not run beside another one."""
    if begins is None or ends is None:
        return {name: "请填写日期。" for name, given in (("begins", begins), ("ends", ends)) if given is None}
    found = {}
    if ends < begins:
        found["ends"] = "结束日期早于开始日期，请核对。"
    elif ends < today:
        found["ends"] = "结束日期已经过去，请填今天或以后的日期。"
    elif ends > DATES[1]:
        found["ends"] = "日期的年份有误，请核对。"
    elif beside := next((one for one in others if one.begins <= ends and begins <= one.ends), None):  # type: ignore[operator]
        found["begins"] = f"与已登记的请假（{words.span(beside.begins, beside.ends)}）重叠，请核对。"  # type: ignore[arg-type]
    if len(reason) > 120:
        found["reason"] = "原因不超过120字。"
    return found


# Numbers and days


def next_number(known: Iterable[str], year: int) -> str:
    """〔2026〕第3号: one after the highest of that year, as the office wrote them."""
    of_year = [one for one in known if str(year) in one]
    counted = [int(match.group(1)) for one in of_year if (match := _COUNTED.search(one))]
    return f"〔{year}〕第{max(counted, default=0) + 1}号"


def days_in_order(days: Iterable[int]) -> tuple[int, ...]:
    """Days ahead, each once, the farthest first."""
    return tuple(sorted(set(days), reverse=True))


def is_absent(absences: Iterable[tuple[date | None, date | None]], day: date) -> bool:
    """Whether any of the spans, first and last day, holds `day`."""
    return any((first or date.min) <= day <= (last or date.max) for first, last in absences)


# Why a state forbids an act, in a sentence; None when it does not.


def not_standing(body: Body) -> str | None:
    """Nobody is nominated for a body that is no more."""
    return None if body.holds_on(clock.today()) else f"{body}已经撤销，不再提名。"


def not_nominated(nomination: Nomination) -> str | None:
    """Only what waits for confirmation is confirmed, declined or changed."""
    if nomination.state == State.NOMINATED:
        return None
    return f"该提名{State(nomination.state).label}，不能再办理这一步。"


def not_confirmed(nomination: Nomination) -> str | None:
    """Only who was confirmed is appointed."""
    if nomination.state == State.CONFIRMED:
        return None
    if nomination.state == State.NOMINATED:
        return "该提名尚未确认，请先确认再聘任。"
    return f"该提名{State(nomination.state).label}，不能再聘任。"


def not_open(nomination: Nomination) -> str | None:
    """What was decided for good is not withdrawn."""
    if nomination.state in OPEN:
        return None
    return f"该提名{State(nomination.state).label}，不能撤回。"


def is_over(absence: Absence) -> str | None:
    """Days that have passed stay as they were."""
    return "该请假已经过去，不再改动。" if absence.ends and absence.ends < clock.today() else None


def is_issued(certificate: ServiceCertificate) -> str | None:
    """A certificate is issued once."""
    return f"该服务证明已出具，编号{certificate.number}。" if certificate.is_issued else None
