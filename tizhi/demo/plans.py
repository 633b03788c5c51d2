"""示例提质计划: four five-year plans at different steps and two yearly plans, each step by whose turn it was.

The needs and studies they rest on are those of `studies`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.plans.models import Plan, Section
from tizhi.pipeline.plans.queries import studies_for
from tizhi.pipeline.studies.models import Finding

from .people import Cast
from .reviewing import Reviewing
from .timeline import Course, on

TEXTS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "plans.toml").read_text("utf-8"))
MEASURES = (
    ("talent", "教师跟岗研修和驻校指导", "每学期", "人事处、教师发展中心"),
    ("disciplines", "共建教师教育课程和虚拟教研室", "第一年建成，持续运行", "教务处"),
    ("basic-education", "共建县域教师发展学校", "第二年起每年一批", "教师教育学院"),
    ("management", "中层干部挂职和质量保证体系建设", "每年一批", "组织部、发展规划处"),
    ("x", "特色项目课程资源建设", "三年建成", "特色项目办公室"),
)


@dataclass(frozen=True)
class Stages:
    """How many days ago each step of a school's plan was taken; None: not yet."""

    school: str
    partner: str
    opened: int
    first_study: int
    draft: int | None = None
    second_study: int | None = None
    final: int | None = None


STAGES = (
    Stages("fynu", "ahnu", 430, 400, 340, 300, 262),
    Stages("xcmzyz", "sicnu", 300, 262, 215, 130, 40),
    Stages("abtu", "nwnu", 240, 205, 95),
    Stages("qhnu", "bnu", 100, 70),
)


@dataclass
class Plans:
    """The courses of the plans of the sample."""

    cast: Cast
    today: date

    def courses(self) -> Iterator[Course]:
        """The five-year plans, then the yearly ones."""
        for stages in STAGES:
            yield self._five_years(stages)
        yield from self._years()

    def _ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

    def _author(self, partner: str) -> Actor:
        return self.cast.actor(f"{partner}-pair-office", "主任")

    def _five_years(self, stages: Stages) -> Course:
        """Opened, needs, first study, draft, second study, final; then the experts."""
        author, text = self._author(stages.partner), TEXTS[stages.school]
        school = self.cast.actor(stages.school, "liaison")
        member = self.cast.members[stages.school]
        opened = self._ago(stages.opened)
        plan: Plan = yield (
            on(opened, 9),
            # All of them plan the same five years, whichever began early.
            lambda: actions.open_plan(author, member, declared="five-year", day=self.today),
        )
        yield on(opened + timedelta(days=8), 9), lambda: actions.complete_step(school, _now(plan), step="needs")
        yield on(self._ago(stages.first_study), 10), lambda: self._studied(author, plan, "first-study")
        at = self._ago(stages.first_study) + timedelta(days=12)
        yield on(at, 14), lambda: self._write(author, plan, text)
        if stages.draft is None:
            yield from self._discussed(plan, stages, at + timedelta(days=5))
            return
        yield on(self._ago(stages.draft + 20), 9), lambda: self._measures(author, plan)
        yield (
            on(self._ago(stages.draft), 16),
            lambda: actions.submit_text(author, _now(plan), note="根据第一轮调研形成的初稿"),
        )
        if stages.second_study is None:
            return
        yield on(self._ago(stages.second_study), 10), lambda: self._studied(author, plan, "second-study")
        assert stages.final is not None  # noqa: S101
        yield on(self._ago(stages.final + 10), 14), lambda: self._edit(author, plan, text["edits"]["final"])
        yield (
            on(self._ago(stages.final), 16),
            lambda: actions.submit_text(author, _now(plan), note="吸收第二轮调研意见后定稿"),
        )
        yield from Reviewing(self.cast, self.today).course(plan, author, text, stages.school, self._edit)

    # Evidence

    def _studied(self, author: Actor, plan: Plan, step: str) -> None:
        """Complete the step by the study that was made for it."""
        fresh = _now(plan)
        study = next(one for one in studies_for(fresh, course_of(fresh)) if one.report_id)
        actions.complete_step(author, fresh, step=step, study=study)

    # The text

    def _write(self, author: Actor, plan: Plan, text: Mapping[str, Any]) -> None:
        for section in Section.objects.filter(plan=plan):
            if section.key in text:
                actions.save_section(author, section, html=text[section.key])

    def _edit(self, author: Actor, plan: Plan, edits: list[dict[str, str]]) -> None:
        """Change the text where the edits say so."""
        for edit in edits:
            section = Section.objects.get(plan=plan, key=edit["section"])
            actions.save_section(author, section, html=section.html.replace(edit["old"], edit["new"]))

    def _measures(self, author: Actor, plan: Plan) -> None:
        """Five measures, tied to what the school needs and what was found in the area; one answers to no need yet."""
        for key, title, schedule, responsible in MEASURES:
            stated = Need.objects.filter(unit=plan.unit, area__key=key).exclude(state=Need.State.WITHDRAWN)
            found = Finding.objects.filter(study__school=plan.unit, study__recorded_at__isnull=False, area__key=key)
            actions.add_measure(
                author, _now(plan), section=key, title=title, schedule=schedule, responsible=responsible,
                needs=list(stated.values_list("pk", flat=True)), findings=list(found.values_list("pk", flat=True)[:2]),
            )  # fmt: skip

    def _discussed(self, plan: Plan, stages: Stages, day: date) -> Course:
        """The draft is still being written: the school comments, the author answers."""
        school, author = self.cast.actor(stages.school, "liaison"), self._author(stages.partner)
        first = yield (
            on(day, 10),
            lambda: actions.comment(
                school, _now(plan), section="goals", text="科学教育师资培养的规模请写明年度招生数，便于与省里衔接。",
                quote="科学教育师资培养形成规模",
            ),
        )  # fmt: skip
        yield (
            on(day + timedelta(days=1), 9),
            lambda: actions.reply(author, first, text="拟写每年40人，待第二轮调研时核定。"),
        )
        yield (
            on(day + timedelta(days=2), 15),
            lambda: actions.comment(school, _now(plan), section="talent", text="建议增加实验教师的培养安排。"),
        )

    # The yearly plans

    def _years(self) -> Iterator[Course]:
        """One in force, one that waits for the school's word."""
        yield self._year("fynu", "ahnu", 190, in_force=True)
        yield self._year("xcmzyz", "sicnu", 12, in_force=False)

    def _year(self, key: str, partner: str, ago: int, *, in_force: bool) -> Course:
        author, school = self._author(partner), self.cast.actor(key, "liaison")
        day, member = self._ago(ago), self.cast.members[key]
        # At the end of a year it is the next one's plan that is being agreed upon.
        year = day.year + (not in_force and day.month > 9)
        plan: Plan = yield (
            on(day, 9),
            lambda: actions.open_plan(author, member, declared="year", day=date(year, 1, 1)),
        )
        yield on(day + timedelta(days=2), 10), lambda: self._write(author, plan, YEARLY)
        yield on(day + timedelta(days=4), 15), lambda: actions.submit_text(author, _now(plan))
        if in_force:
            office = self.cast.actor("cluster-office", "主任")
            yield on(day + timedelta(days=7), 10), lambda: actions.complete_step(school, _now(plan), step="agreed")
            yield on(day + timedelta(days=10), 10), lambda: actions.complete_step(office, _now(plan), step="in-force")


YEARLY = {
    "aims": "<p>围绕五年提质计划的年度安排，完成教师跟岗研修、课程共建、教师培训三项重点任务，形成可检验的成果。</p>",
    "tasks": "<table><thead><tr><th>任务</th><th>目标</th><th>责任部门</th></tr></thead><tbody>"
    "<tr><td>教师跟岗研修</td><td>选派5人，研修一学期</td><td>人事处</td></tr>"
    "<tr><td>共建课程</td><td>建成2门，开课1轮</td><td>教务处</td></tr>"
    "<tr><td>乡村教师培训</td><td>600人次，跟踪半年</td><td>教师教育学院</td></tr></tbody></table>",
    "dates": "<ol><li>第一季度：签订协议，确定人选。</li><li>第二、三季度：实施，开展联合教研。</li>"
    "<li>第四季度：总结，提出下一年度安排。</li></ol><p>（示例文本，数据均为虚构。）</p>",
}


def _now(plan: Plan) -> Plan:
    """The plan as it now stands."""
    return Plan.objects.get(pk=plan.pk)
