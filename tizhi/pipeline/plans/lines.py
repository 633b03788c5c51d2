"""计划的行: a plan and where it stands, as tables and the course on top of the page tell it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tizhi.base.kit import clock, words

from . import queries
from .course import Course, Stage, courses_of
from .models import Plan


@dataclass(frozen=True)
class Line:
    """A plan as tables tell it; `is_open` says whether the reader sees more than what is in force."""

    plan: Plan
    course: Course
    is_open: bool = True

    @property
    def state(self) -> str:
        """done, now or todo: how the chip looks."""
        if self.course.entry is None or not self.is_open:
            return "done"
        return "done" if self.course.now is None else "now"

    @property
    def status_words(self) -> str:
        """现行, or the step that is open."""
        if not self.is_open:
            return "现行"
        return "方案已不含此类计划" if self.course.entry is None else self.course.status_words

    @property
    def waits_for(self) -> str:
        """Whom it waits for; empty when all is done."""
        return self.course.now.waits_for if self.is_open and self.course.now else ""

    @property
    def days(self) -> int | None:
        """How long it has waited there."""
        return self.course.now.days if self.is_open and self.course.now else None

    @property
    def since(self) -> date | None:
        """Since when."""
        return self.course.now.since if self.is_open and self.course.now else None

    @property
    def progress_words(self) -> str:
        """第3步，共7步."""
        if not self.is_open or self.course.now is None:
            return ""
        return f"第{self.course.steps.index(self.course.now) + 1}步，共{len(self.course.steps)}步"

    @property
    def step(self) -> str:
        """The kind of plan and the id of the step that is open, as the filter knows them; "done" when none is."""
        now = self.course.now if self.is_open else None
        return f"{self.plan.declared}:{now.declared.id}" if now else "done"


def lines_of(plans: QuerySet[Plan], drafts: QuerySet[Plan]) -> list[Line]:
    """As tables tell them, in order; the same number of queries for any number."""
    found = list(queries.in_order(queries.in_full(plans)))
    courses = courses_of(found)
    read = set(drafts.values_list("pk", flat=True))
    return [Line(one, courses[one.pk], one.pk in read) for one in found]


@dataclass(frozen=True)
class Drawn:
    """A step as it is drawn on top of a plan."""

    name: str
    state: str
    lines: Sequence[str]


def drawn(course: Course) -> list[Drawn]:
    """The steps with who, when and how long; of the open one whom it waits for and since how many days."""
    return [Drawn(one.name, one.state, [line for line in _lines(one) if line]) for one in course.steps]


def _lines(stage: Stage) -> Iterable[str]:
    if stage.state == "todo":
        return (stage.waits_for, "待上一步")
    if stage.state == "now":
        return (f"等{stage.waits_for}", f"已等{stage.days}天" if stage.days else "今天到这一步")
    record = stage.record
    if record is None:
        return ("已办结",)
    when = words.day(record.on, clock.today().year)
    if record.study and record.study.first_day:
        when = words.span(record.study.first_day, record.study.last_day, clock.today().year)
    took = f"历时{stage.days}天" if stage.days else ""
    return (record.study.unit.called if record.study else stage.waits_for, when, took)
