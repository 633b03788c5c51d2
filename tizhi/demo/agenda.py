"""示例计划: what the offices planned beforehand – most of it done, some moved, some given up, some still to come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tizhi.base.kit.periods import Period
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.agenda import actions
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.calendar.queries import add_workdays
from tizhi.pipeline.scheme.models import Area

from .people import Cast
from .planning import PLACE, Planned
from .timeline import Course, on

DONE_A_QUARTER = 8
LATER = ("专家行程冲突，双方商定推迟", "受台风影响推迟", "与期末考试时间冲突", "受援院校迎接评估，推迟举行")
GIVEN_UP = (
    ("青年教师教学技能观摩", "参加人员不足，并入下次联合教研"),
    ("学科建设专题讲座", "主讲专家出国，不再另行安排"),
    ("管理干部跟岗交流座谈", "改由线上例会代替"),
    ("实验教学示范中心参观", "场地维修，本年度不再安排"),
)


@dataclass(frozen=True)
class Ahead:
    """Something still to come, so many days from today; `moved_from` is when it was first planned for."""

    days: int
    length: int
    by: str
    to: str
    kind: str
    title: str
    leaders: tuple[tuple[str, str], ...] = ()
    mode: str = "on-site"
    stage: str = ""
    about: str = ""
    moved_from: int | None = None


AHEAD = (
    Ahead(-6, 1, "ahnu", "fynu", "lecture", "“教育家精神”系列讲座（第五讲）"),
    Ahead(7, 3, "nwnu", "abtu", "training", "教学名师示范课与青年教师研修"),
    Ahead(9, 1, "sicnu", "xcmzyz", "joint-research", "课程虚拟教研室联合教研", mode="online"),
    Ahead(14, 2, "ahnu", "fynu", "field-study", "校领导实地调研阜阳师范大学", (("ahnu", "vice-president"),),
          stage="implementation", about="听取年度任务完成情况，研究下一年度计划；请教务处、发展规划处准备材料。"),
    Ahead(20, 2, "bnu", "qhnu", "field-study", "校领导实地调研青海师范大学", (("bnu", "vice-president"),),
          stage="implementation", about="随行专家6人，请安排座谈会和听课。"),
    Ahead(16, 1, "ahnu", "fynu", "joint-research", "专业认证自评报告联合审读", moved_from=5),
    Ahead(27, 1, "bnu", "ahnu", "meeting", "年度工作总结交流会", (("bnu", "president"),)),
    Ahead(41, 5, "bnu", "qhnu", "training", "寒假骨干教师研修班", mode="both"),
)  # fmt: skip


class Agenda:
    """Liaisons who plan: for what was done a plan is entered weeks before, and told what became of it."""

    def __init__(self, cast: Cast, today: date, teaches: Callable[[date], bool]) -> None:
        self.cast, self.today, self.teaches = cast, today, teaches
        self.drawn = random.Random(2025)
        self.areas = {area.key: area for area in Area.objects.filter(cluster=cast.cluster)}

    def courses(
        self, planned: Iterable[Planned], quarters: list[Period], pairs: list[tuple[str, str]]
    ) -> Iterator[Course]:
        """Everything that was planned in `quarters`, side by side."""
        planned, start = list(planned), quarters[0].first + timedelta(days=7)
        for number, quarter in enumerate(quarters):
            fit = [one for one in planned if one.last in quarter and self._is_plannable(one) and one.first > start]
            chosen = self.drawn.sample(fit, min(DONE_A_QUARTER, len(fit)))
            for place, one in enumerate(sorted(chosen, key=lambda one: (one.first, one.title))):
                yield self._done(one, self._first_days(one, quarter, place), start)
            yield self._given_up(quarter, number, pairs[number % len(pairs)], start)
        for ahead in AHEAD:
            yield self._ahead(ahead)

    def _is_plannable(self, one: Planned) -> bool:
        """What was reported in good time under its own name."""
        return not (one.days_late or one.rests or one.title.startswith("我校")) and one.first > one.last - timedelta(9)

    def _first_days(self, one: Planned, quarter: Period, place: int) -> date:
        """On which day it was planned to begin: two of each quarter were moved, one of them across the quarter."""
        if place == 2:
            return quarter.first - timedelta(days=self.drawn.randint(4, 15))
        if place == 5:
            return max(one.first - timedelta(days=self.drawn.randint(7, 20)), quarter.first + timedelta(days=1))
        return one.first

    def _done(self, one: Planned, first: date, start: date) -> Course:
        entered = first - timedelta(days=self.drawn.randint(15, 40))
        if entered < start:
            first, entered = one.first, max(one.first - timedelta(days=20), start)
        length, liaison = one.last - one.first, self.cast.actor(one.reporter, "liaison")
        reason = self.drawn.choice(LATER)
        planned: PlannedItem = yield (
            on(entered, self.drawn.randint(9, 16)),
            lambda: self._enter(one.reporter, one.kind, one.title, first, first + length, self._parts(one), one),
        )
        if first != one.first:
            planned = yield (
                on(first - timedelta(days=4), 10),
                lambda: actions.move_item(liaison, planned, first_day=one.first, last_day=one.last, note=reason),
            )
        yield on(add_workdays(one.last, 5).day, 17), lambda: self._link(one, planned)

    def _link(self, one: Planned, planned: PlannedItem) -> PlannedItem:
        """Say which brief it became; one that somebody has not entered yet is left for later."""
        same = Activity.objects.filter(cluster=self.cast.cluster, unit=planned.unit_id, title=one.title)
        brief = same.filter(first_day=one.first, binned_at=None).first()
        if brief is None:
            return planned
        made: PlannedItem = actions.link_brief(self.cast.actor(one.reporter, "liaison"), planned, activity=brief)
        return made

    def _given_up(self, quarter: Period, number: int, pair: tuple[str, str], start: date) -> Course:
        """One of each quarter was given up with a reason."""
        partner, school = pair
        title, reason = GIVEN_UP[number % len(GIVEN_UP)]
        first = self._workday(quarter.first + timedelta(days=self.drawn.randint(46, 58)))
        liaison = self.cast.actor(partner, "liaison")
        entered = max(first - timedelta(days=30), start)
        parts = [self._part(partner, "visitor"), self._part(school, "host")]
        planned: PlannedItem = yield (
            on(entered, 11), lambda: self._enter(partner, "exchange", title, first, first, parts)
        )  # fmt: skip
        yield on(first - timedelta(days=5), 15), lambda: actions.cancel_item(liaison, planned, note=reason)

    def _ahead(self, one: Ahead) -> Course:
        first = self._workday(self.today + timedelta(days=one.days))
        planned_for = self._workday(self.today + timedelta(days=one.moved_from)) if one.moved_from else first
        length, liaison = timedelta(days=one.length - 1), self.cast.actor(one.by, "liaison")
        entered = min(self.today, first) - timedelta(days=self.drawn.randint(6, 25))
        parts = [self._part(one.by, "visitor"), self._part(one.to, "host")]
        leaders = [self.cast.posts[place] for place in one.leaders if place in self.cast.posts]
        planned: PlannedItem = yield (
            on(entered, 10),
            lambda: actions.plan_item(
                liaison, self.cast.members[one.by], kind=one.kind, title=one.title, first_day=planned_for,
                last_day=planned_for + length, mode=one.mode, stage=one.stage, about=one.about, units=parts,
                place="" if one.mode == "online" else PLACE.get(one.to, ""), area_id=self.areas["management"].pk,
                leaders=[Leader(appointment_id=held.pk) for held in leaders],
            ),
        )  # fmt: skip
        if planned_for != first:
            at = on(self.today - timedelta(days=2), 14)
            yield (
                at,
                lambda: actions.move_item(liaison, planned, first_day=first, last_day=first + length, note=LATER[0]),
            )

    def _enter(
        self, unit: str, kind: str, title: str, first: date, last: date, parts: list[Part], one: Planned | None = None
    ) -> PlannedItem:
        given: dict[str, Any] = {}
        if one is not None:
            held = [self.cast.posts[place] for place in one.leaders if place in self.cast.posts]
            given = {
                "mode": one.mode, "stage": one.stage, "area_id": self.areas[one.area].pk, "item": one.item,
                "place": "" if one.mode == "online" else PLACE.get(one.host, ""),
                "leaders": [Leader(appointment_id=post.pk) for post in held],
            }  # fmt: skip
        liaison, member = self.cast.actor(unit, "liaison"), self.cast.members[unit]
        made: PlannedItem = actions.plan_item(
            liaison, member, kind=kind, title=title, first_day=first, last_day=last, units=parts, **given
        )
        return made

    def _parts(self, one: Planned) -> list[Part]:
        return [
            self._part(one.host, "host"), self._part(one.guest, "visitor" if one.mode == "on-site" else "attending")
        ]  # fmt: skip

    def _part(self, key: str, part: str) -> Part:
        return Part(self.cast.members[key].unit_id, part)

    def _workday(self, day: date) -> date:
        while not self.teaches(day):
            day += timedelta(days=1)
        return day
