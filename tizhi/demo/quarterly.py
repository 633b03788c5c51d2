"""示例季报: each quarter the units hand in their input, the cluster office makes the report."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.periods import Period, period_of
from tizhi.pipeline.calendar.queries import add_workdays
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings import queries
from tizhi.pipeline.filings.models import Dispatch, UnitInput, Waiver
from tizhi.pipeline.obligations.ledger import Line
from tizhi.pipeline.obligations.queries import of_now, of_year, years
from tizhi.pipeline.obligations.rules import State
from tizhi.pipeline.reports import actions as reports
from tizhi.pipeline.reports.models import Report
from tizhi.pipeline.scheme.models import Member

from .people import Cast
from .timeline import Course, on

HIGHLIGHTS = (
    "围绕年度任务清单，本季度教师研修和联合教研按计划推进，参训教师返岗汇报课已列入教研安排。",
    "与结对院校共建的课程虚拟教研室运行平稳，集体备课形成制度，优秀课例已入库共享。",
    "专业认证自评材料完成校内审读，专家意见逐条落实，教学质量保障制度进一步完善。",
    "面向当地中小学和幼儿园的教师培训覆盖面扩大，乡村教师参训比例较上季度提高。",
)
PROBLEMS = (
    "青年教师外出研修与教学任务时间冲突，部分课程难以调整。",
    "线上教研受网络条件影响，个别教学点参与不便。",
    "专家来校时间集中在学期末，与期末考试重叠。",
    "",
)
DEVIATIONS = ("", "", "原定的送教活动因天气原因推迟一个月。", "访学名额少于年初计划2人。")
SUGGESTIONS = (
    "建议大组团统一编排专家行程，提前一个月告知受援院校。",
    "建议开放更多平台课程账号，供当地中小学教师使用。",
    "",
    "建议将学科团队建设列入下次联席会议议题。",
)
NEXT_STEPS = (
    "组织学员返岗汇报课；完成一次联合教研；落实挂职干部考核。",
    "完成自评报告修订；开展一期骨干教师培训；做好专家来访准备。",
    "赴结对院校开展一次调研；推进博士学位攻读意向对接；更新案例库。",
)
# Rules of the years before the platform whose duties the plans now being made stand in for; why they are excused.
SUPERSEDED = {
    "second-study": "提质计划按新的五年周期重新编制，第二轮调研随编制进度开展，不再按原期限要求",
    "plan-in-force": "提质计划按新的五年周期重新编制，印发时间以编制步骤为准，不再按原期限要求",
    "year-plan": "提质计划印发以前，年度任务列入计划编制，不单独制定年度工作计划",
}


class Quarterly:
    """The report cycle of one quarter."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.drawn = cast, random.Random(404)
        self.universities = [key for key, member in cast.members.items() if member.unit.kind == "university"]

    def courses(self, quarter: Period) -> Iterator[Course]:
        """What the offices do about `quarter`, side by side."""
        yield self._report(quarter)
        for key in self.universities:
            yield self._input(quarter, key)
        yield from self.contacts(quarter)

    def _input(self, quarter: Period, key: str) -> Course:
        """A unit writes and signs; one unit in twenty is late, one in thirty has nothing to report."""
        due = add_workdays(quarter.last, 5).day
        late = self.drawn.random() < 0.05
        at = on(due + timedelta(days=2) if late else due - timedelta(days=self.drawn.randint(0, 4)), 10)
        liaison, head = self.cast.actor(key, "liaison"), self.cast.actor(key, "office-head")
        fresh = UnitInput(cluster=self.cast.cluster, unit=self.cast.members[key].unit, period=quarter.key)
        words = self._words() if self.drawn.random() > 0.03 else {"is_nil": True}
        entry = yield at, lambda: filings.start_input(liaison, fresh, **words)
        entry = yield at + timedelta(hours=1), lambda: filings.hand_in(liaison, entry)
        yield at + timedelta(hours=4), lambda: filings.sign_input(head, entry)

    def _words(self) -> dict[str, str]:
        return {
            "highlights": self.drawn.choice(HIGHLIGHTS),
            "problems": self.drawn.choice(PROBLEMS),
            "deviations": self.drawn.choice(DEVIATIONS),
            "suggestions": self.drawn.choice(SUGGESTIONS),
            "next_steps": self.drawn.choice(NEXT_STEPS),
        }

    def _report(self, quarter: Period) -> Course:
        office = self.cast.actor("cluster-office", "主任")
        colleague = self.cast.actors.get(("cluster-office", "工作人员"), office)
        leader = self.cast.actor("bnu", "vice-president")
        report: Report = yield (
            on(quarter.first, 9),
            lambda: reports.open_report(office, self.cast.cluster, period=quarter),
        )
        at = on(add_workdays(quarter.last, 8).day, 9)
        report = yield at, lambda: reports.compose_draft(office, report)
        report = yield at + timedelta(hours=5), lambda: reports.submit_for_check(office, report)
        at = on(add_workdays(quarter.last, 9).day, 10)
        report = yield at, lambda: reports.check(colleague, report)
        report = yield at + timedelta(hours=4), lambda: reports.sign(leader, report)
        day = add_workdays(quarter.last, 10).day
        number = f"京师强师办〔{day.year}〕{(quarter.first.month + 2) // 3 % 4 + 3}号"
        report = yield on(day, 9), lambda: reports.issue(office, report, number=number, issued_on=day)
        yield on(day, 15), lambda: self._send(office, quarter, day)

    def _send(self, office: Actor, quarter: Period, day: date) -> Dispatch:
        dispatch = queries.dispatch_of(self.cast.cluster, quarter)
        assert dispatch is not None  # noqa: S101  # the report was issued this morning
        return filings.record_sending(office, dispatch, sent_on=day, channel="公文系统", receipt="已签收（示例）")

    def waivers(self, today: date) -> Iterator[Course]:
        """What is excused: duties older than the plans now being made, and one contact list."""

        def superseded() -> None:
            lines = [line for year in years(self.cast.cluster) for line in of_year(self.cast.cluster, year).lines]
            late = {line.key: line for line in lines if line.rule.id in SUPERSEDED and line.state == State.LATE}
            for line in late.values():
                self._waive(line, SUPERSEDED[line.rule.id])

        def contacts() -> None:
            lines = of_now(self.cast.cluster).lines
            line = next(one for one in lines if one.rule.id == "contact-list" and one.state.is_open)
            self._waive(line, "处室调整，新任负责同志到任后一并确认")

        yield _once(on(today - timedelta(days=60), 15), superseded)
        yield _once(on(today - timedelta(days=2), 16), contacts)

    def _waive(self, line: Line, note: str) -> None:
        toward = f"（{line.toward}）" if line.toward else ""
        about = f"{line.who.called} {line.rule.name}{toward} {line.span}"
        fresh = Waiver(cluster=self.cast.cluster, unit_id=line.who.unit_id, instance=line.key, about=about[:300])
        filings.waive(self.cast.actor("cluster-office", "主任"), fresh, note=note)

    def contacts(self, quarter: Period) -> Iterator[Course]:
        """Twice a year every unit confirms its contacts; in the running half-year two have not come to it yet."""
        half = period_of(quarter.first, "half-year")
        if quarter.last != half.last:
            return
        for place, (key, member) in enumerate(self.cast.members.items()):
            if (key, "office-head") in self.cast.actors:
                day = half.last - timedelta(days=4 + place % 3 if place % 5 == 3 else 55 + place * 3)
                yield self._confirm(key, member, half, on(day, 10))

    def _confirm(self, key: str, member: Member, half: Period, at: datetime) -> Course:
        keeper = self.cast.actor(key, "office-head")
        yield at, lambda: filings.confirm_contacts(keeper, member, period=half.key)


def _once(at: datetime, step: Callable[[], object]) -> Course:
    """A course of one step."""
    yield at, step
