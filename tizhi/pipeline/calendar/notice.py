"""放假通知: reads the State Council's yearly notice, or a pasted table, into marks. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from .rules import Mark

_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\s*[（(]([^）)]*)[）)])?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_UNTIL = re.compile(r"^\s*(?:至|到|—+|-|–|~|～)\s*$")
_VERB = re.compile(r"(上班|补班)|(放假|休息|调休)")
_HEADING = re.compile(r"^\s*(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([^：:\d]{1,12})[：:]")
_NOISE = re.compile(r"共\d+天|一天|[\s,，。；;、至到及和]+")
_WEEKDAYS = "一二三四五六日"
_LONGEST = 31


@dataclass
class Reading:
    """What was understood, and a sentence for every line that was not."""

    marks: list[Mark] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(text: str, year: int) -> Reading:
    """The marks in `text`; a day without a year is one of `year`. Lines without a day are passed over."""
    found: dict[date, Mark] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        line = _ISO.sub(r"\1年\2月\3日", line)
        if not _DAY.search(line):
            continue
        try:
            found |= {mark.day: mark for mark in _line(line, year)}
        except ValueError as fault:
            faults.append(f"第{number}行：{fault}")
    return Reading([found[day] for day in sorted(found)], faults)


def _line(line: str, year: int) -> Iterator[Mark]:
    heading = _HEADING.match(line)
    name = heading.group(1).strip() if heading else _left_over(line)
    waiting: list[date] = []
    for clause in re.split(r"[，,。；;\t]", line[heading.end() :] if heading else line):
        waiting += _days(clause, year)
        verb = _VERB.search(_DAY.sub("", clause))
        if verb and waiting:
            is_workday = bool(verb.group(1))
            words = f"{name}调休" if is_workday and name else name
            yield from (Mark(day, is_workday, words[:40], by_office=True) for day in waiting)
            waiting = []
    if waiting:
        raise ValueError("没有写明上班还是休息。")


def _left_over(line: str) -> str:
    """A table's line names the holiday beside day and verb."""
    return _NOISE.sub("", _VERB.sub("", _DAY.sub("", line)))


def _days(clause: str, year: int) -> list[date]:
    days: list[date] = []
    month, end = 0, 0
    for match in _DAY.finditer(clause):
        month = int(match.group(2) or month)
        day = _date(int(match.group(1) or year), month, int(match.group(3)), match.group(4) or "")
        if days and _UNTIL.match(clause[end : match.start()]):
            days += _span(days[-1] + timedelta(days=1), day)
        else:
            days.append(day)
        end, year = match.end(), day.year
    return days


def _span(first: date, last: date) -> list[date]:
    if not first <= last <= first + timedelta(days=_LONGEST):
        raise ValueError(f"截至{last.month}月{last.day}日的起止日期前后颠倒或超过一个月。")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _date(year: int, month: int, day: int, note: str) -> date:
    """The date; ValueError with a sentence when there is none, or its weekday is written wrong."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise ValueError(f"没有{year}年{month}月{day}日这一天。") from None
    written = re.search(r"(?:周|星期)([一二三四五六日天])", note)
    if written and written.group(1).replace("天", "日") != _WEEKDAYS[found.weekday()]:
        raise ValueError(
            f"{year}年{month}月{day}日写作周{written.group(1)}，实为周{_WEEKDAYS[found.weekday()]}，请核对年份和日期。"
        )
    return found
