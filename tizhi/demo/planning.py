"""示例动态: draws plausible activities from the styles of events.toml; the same day gives the same data."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tizhi.base.kit import words
from tizhi.base.kit.periods import Period, period_of

STYLES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "events.toml").read_text("utf-8"))["event"]
QUARTERS = 8
PER_PAIR = 12  # a quarter; with the twins it makes about 400 in eight quarters
ISSUES = "一二三四五六七八"
# Teaching stops here: (month, day) from–to.
QUIET = (((1, 18), (2, 20)), ((7, 15), (8, 25)))
SPECIALITY = {
    "qhnu": "高原科学与生态文明教育",
    "fynu": "皖北乡村小规模学校全科教师培养",
    "abtu": "藏羌文化进课堂",
    "xcmzyz": "彝区学前双语教师培养",
}
REGION = {"qhnu": "西宁市", "fynu": "阜阳市", "abtu": "阿坝州", "xcmzyz": "凉山州"}
PLACE = {
    "bnu": "北京市海淀区", "ahnu": "安徽省芜湖市", "nwnu": "甘肃省兰州市", "sicnu": "四川省成都市",
    "qhnu": "青海省西宁市", "fynu": "安徽省阜阳市", "abtu": "四川省阿坝州汶川县", "xcmzyz": "四川省凉山州西昌市",
}  # fmt: skip


@dataclass(frozen=True)
class Planned:
    """One activity before it is entered: what happened, who reports it, and how its reporting goes."""

    kind: str
    area: str
    item: str
    title: str
    text: str
    first: date
    last: date
    host: str
    guest: str
    reporter: str
    mode: str = "on-site"
    stage: str = ""
    figures: dict[str, int] = field(default_factory=dict)
    own_next: str = ""
    other_next: str = ""
    leaders: tuple[tuple[str, str], ...] = ()
    days_late: int = 0
    returned: str = ""
    rests: str = ""  # "draft" or "returned": where it still lies today


# Who is late in which quarters; else hardly anybody is, so that the ledger shows where to help.
SLOW = {"nwnu": (1, 3), "fynu": (2, 4)}
RETURNS = (
    "参训人数与正文不一致，请核对",
    "请补充到场负责同志的单位和职务",
    "照片未注明摄影，请补充",
    "请写明下一步由哪个部门落实",
)


def quarters(today: date) -> list[Period]:
    """The sample's quarters, the last one open."""
    current = period_of(today)
    return [current.shifted(step) for step in range(1 - QUARTERS, 1)]


def plan(
    today: date, pairs: list[tuple[str, str]], names: dict[str, str], teaches: Callable[[date], bool]
) -> list[Planned]:
    """All activities of the sample in the order of their last day.

    `pairs` are unit ids, `names` their short names; `teaches` tells the working days, on which activities begin.
    """
    drawn = random.Random(2022)
    found: list[Planned] = []
    for quarter in quarters(today):
        quarter = replace(quarter, last=min(quarter.last, today))
        for partner, school in pairs:
            found += _of_pair(drawn, quarter, (partner, school), names, teaches)
    found += _leader_visits(today, pairs, names)
    found = [one for one in found if one.last <= today]
    found += list(_twins(drawn, found))
    found.sort(key=lambda one: (one.last, one.title, one.reporter))
    return [*found[:-12], *_unfinished(found[-12:])]


def _unfinished(fresh: list[Planned]) -> Iterator[Planned]:
    """Some of the last briefs still lie with their writers: the sample shows their to-dos."""
    for place, one in enumerate(fresh):
        if place % 5 == 1:
            yield replace(one, returned=RETURNS[place % 4], rests="returned", days_late=0)
        else:
            yield replace(one, rests="draft" if place in (4, 9) else "", days_late=0)


def _of_pair(
    drawn: random.Random, quarter: Period, pair: tuple[str, str], names: dict[str, str], teaches: Callable[[date], bool]
) -> list[Planned]:
    styles = drawn.choices(STYLES, [style["weight"] for style in STYLES], k=PER_PAIR)
    return [_event(drawn, style, quarter, *pair, names, _day(drawn, quarter, teaches)) for style in styles]


def _event(
    drawn: random.Random,
    style: dict[str, Any],
    quarter: Period,
    partner: str,
    school: str,
    names: dict[str, str],
    first: date,
) -> Planned:
    host, guest = (partner, school) if style["host"] == "partner" else (school, partner)
    last = min(first + timedelta(days=drawn.randint(*style["days"]) - 1), quarter.last)
    figures = {key: drawn.randint(*span) for key, span in style["figures"].items()}
    figures["rural"] = min(figures.get("rural", 0), figures.get("trainees", 0))
    slots = {
        "partner": names[partner], "school": names[school], "topic": drawn.choice(style["topics"]),
        "issue": ISSUES[(quarter.first.month - 1) // 3 + 4 * (quarter.first.year % 2)],
        "region": REGION.get(school, ""),
        "place": PLACE.get(host, names[host]), "x": SPECIALITY.get(school, "特色项目"),
        "span": words.span(first, last), "leader": "{leader}", **figures,
    }  # fmt: skip
    leaders = ((host, "office-head"),) if drawn.random() < 0.35 or "{leader}" in style["text"] else ()
    reporter = host if drawn.random() < 0.7 else guest
    return Planned(
        kind=style["kind"], area=style["area"], item=style["item"], title=style["title"].format(**slots),
        text=style["text"].format(**slots), first=first, last=last, host=host, guest=guest,
        reporter=reporter, mode=style.get("mode", "on-site"),
        stage=style.get("stage", ""), figures={key: value for key, value in figures.items() if value},
        own_next=style["own_next"].format(**slots), other_next=style["other_next"].format(**slots), leaders=leaders,
        days_late=drawn.choices((0, 1, 3, 8), (55, 20, 18, 7) if _is_slow(reporter, last) else (99, 1, 0, 0))[0],
        returned=drawn.choice(RETURNS) if drawn.random() < 0.06 else "",
    )  # fmt: skip


def _is_slow(unit: str, last: date) -> bool:
    return (last.month + 2) // 3 in SLOW.get(unit, ())


def _day(drawn: random.Random, quarter: Period, teaches: Callable[[date], bool]) -> date:
    """A working day of the quarter; days of the long holidays are drawn again, though not without end."""
    days = [day for n in range((quarter.last - quarter.first).days) if teaches(day := quarter.first + timedelta(n))]
    busy = [day for day in days if not any(start <= (day.month, day.day) <= end for start, end in QUIET)]
    return drawn.choice(busy)


def _leader_visits(today: date, pairs: list[tuple[str, str]], names: dict[str, str]) -> Iterator[Planned]:
    """四(五)2: the yearly visits. 安徽师范大学 still owes this year's, so that the sample has something 临期."""
    days = ((3, 18), (4, 22), (5, 14), (9, 16))
    for year in (today.year - 1, today.year):
        for (partner, school), (month, day) in zip(pairs, days, strict=False):
            if not (partner == "ahnu" and year == today.year):
                yield _visit(names, partner, school, date(year, month, day))
        yield _visit(names, pairs[0][0], pairs[-2][1], date(year, 10, 21))


def _visit(names: dict[str, str], visitor: str, school: str, first: date) -> Planned:
    last = first + timedelta(days=1)
    style = next(one for one in STYLES if one["kind"] == "field-study" and one.get("mode") is None)
    figures = {"team": 7, "talks": 3, "interviewed": 42, "advice": 5}
    slots = {"partner": names[visitor], "school": names[school], "span": words.span(first, last), "leader": "{leader}"}
    return Planned(
        kind="field-study", area="management", item="发展规划提升", mode="on-site", stage="implementation",
        title=f"{names[visitor]}校领导实地调研{names[school]}", text=style["text"].format(**slots, **figures),
        first=first, last=last, host=school, guest=visitor, reporter=visitor, figures=figures,
        own_next="一周内反馈书面调研意见", other_next="对照任务清单逐项落实",
        leaders=((visitor, "vice-president"), (school, "president")),
    )  # fmt: skip


def _twins(drawn: random.Random, found: list[Planned]) -> Iterator[Planned]:
    """The other school reports the same event in its own words, a few days later."""
    for one in found:
        if one.kind != "field-study" and drawn.random() < 0.06:
            other = one.guest if one.reporter == one.host else one.host
            title = f"我校参加{one.title}" if other == one.guest else f"我校承办{one.title}"
            late = drawn.choice((0, 0, 1))
            yield replace(one, reporter=other, title=title, days_late=late * _is_slow(other, one.last), returned="")
