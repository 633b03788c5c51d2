"""示例问诊: five cases – closed and in the case base, followed, answered, being advised on, just asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from tizhi.base.acts.action import Action
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.consultations import actions, rules
from tizhi.pipeline.consultations.models import Consultant, Consultation
from tizhi.pipeline.consultations.naming import names_of, proposal
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies.models import Finding

from .experts import COMMITTEE
from .people import Cast
from .timeline import Course, on


@dataclass(frozen=True)
class Told:
    """A case: which school asked its pair's office how many days ago, and how far it has come since."""

    school: str
    by: str
    ago: int
    area: str
    title: str
    text: str
    wanted: str = ""
    experts: tuple[tuple[str, str], ...] = ()  # by key of the committee: what each advised; nothing while he writes
    declines: str = ""
    session: str = ""
    takes: int = 0  # days from question to answer; 0: not answered yet
    advice: str = ""
    decision: str = ""
    reason: str = ""
    effects: tuple[str, ...] = ()
    from_finding: bool = False
    is_shared: bool = False


CASES = (
    Told(
        "fynu", "ahnu", 246, "disciplines", "小学教育专业二级认证自评中，毕业要求达成评价怎样做得实",
        "目前按课程成绩加权计算达成度，专家进校前的模拟评审认为证据单一，没有反映实习和毕业论文环节。"
        "专业负责人已组织三次讨论，仍拿不定评价点和样本怎样选。",
        "请有认证经验的专家看一遍自评材料，给出可以照着做的办法。",
        (("first", "先减评价点：每条毕业要求不超过三个观测点，实习、论文各占一个；样本按班级分层抽取。"),
         ("second", "实习环节请用人学校填写行为量表，与校内评价相互印证。")),
        session="线上会议，专家与专业教师两小时", takes=9,
        advice="一、每条毕业要求设两至三个观测点，实习和毕业论文各占一个。二、样本按班级分层，不少于毕业生的三成。"
        "三、实习评价由实习学校填写行为量表，与校内成绩并列分析。四、评价结果写进下一年教学计划的修改说明。",
        decision="adopted", reason="已纳入专业自评工作方案。",
        effects=("完成三个年级的达成评价，修改课程大纲11门。", "自评报告通过省级评审，达成评价被列为改进案例。"),
        is_shared=True,
    ),
    Told(
        "qhnu", "bnu", 128, "talent", "青年教师读博比例高，教学岗位怎样接续",
        "近三年外出读博教师占专任教师的一成以上，部分专业核心课由外聘教师承担，课程质量不稳定。",
        "", (("third", "按专业测算接续缺口，把读博年限写入协议；核心课由课程组集体备课。"),),
        takes=17, advice="分专业测算三年接续缺口；核心课改为课程组负责；与参与帮扶高校互派教师，按学期滚动安排。",
        decision="partly", reason="互派教师已列入下一年度计划；读博年限的约定须与人事部门另行商定。",
    ),
    Told(
        "abtu", "nwnu", 19, "x", "民族地区双语师范生的普通话测试通过率怎样提高",
        "大一新生普通话三级甲等以下占四成，现有课程集中在第二学期，练习时间不足。", "希望提供一套分级训练方案。",
        (("third", "入学先测，分三级编班；以教代练，把训练放进微格教学。"),), takes=12,
        advice="入学测试、分级编班，每天半小时固定训练；第三学期起在微格教学中以教代练，每学期末复测。",
    ),
    Told(
        "xcmzyz", "sicnu", 9, "basic-education", "学前教育专业实训课程与幼儿园实际脱节怎样改",
        "实训内容多为单项技能，学生到园后不会组织一日活动；实训室设备近五年没有更新。", "请专家到校诊断一次。",
        (("first", "以一日活动为主线重排实训项目，先改两门课试行。"), ("second", "")),
        declines="third", session="到校会诊，听课两节并座谈",
    ),
    Told(
        "fynu", "ahnu", 3, "", "调研指出的问题从哪里入手改进",
        "", from_finding=True,
    ),
)  # fmt: skip


@dataclass
class Cases:
    """The schools' liaisons, the pair offices and the experts at work on cases."""

    cast: Cast
    today: date

    def courses(self) -> Iterator[Course]:
        """Every case whose units stand in the cluster."""
        for told in CASES:
            if {told.school, told.by} <= self.cast.members.keys():
                yield self._case(told)

    def _case(self, told: Told) -> Course:
        school, office = self.cast.actor(told.school, "liaison"), self.cast.actor(f"{told.by}-pair-office", "主任")
        day = self._day(told.ago)
        one: Consultation = yield on(day, 10), lambda: self._asked(told, school)
        if not told.text:
            return
        helper = self.cast.members[told.by].unit
        yield on(day + timedelta(days=1), 9), lambda: actions.triage(office, one, helper=helper)
        yield from self._advised(told, one, office, day)
        if not told.takes:
            return
        day = _weekday(day + timedelta(days=told.takes))
        yield on(day, 15), lambda: actions.answer(office, one, advice=told.advice)
        if told.decision:
            yield from self._followed(told, one, school, office, _weekday(day + timedelta(days=2)))

    def _asked(self, told: Told, school: Actor) -> Consultation:
        member = self.cast.members[told.school]
        finding = Finding.objects.filter(study__school=member.unit, kind="gap").order_by("pk").last()
        given: dict[str, Any] = {"title": told.title, "text": told.text, "wanted": told.wanted}
        if told.from_finding and finding:
            given |= {
                "title": finding.text.split("。")[0][:60], "text": f"{finding.text}\n\n依据：{finding.evidence}",
                "finding_id": finding.pk, "area_id": finding.area_id,
            }  # fmt: skip
        else:
            area = Area.objects.filter(cluster=self.cast.cluster, key=told.area).first()
            need = Need.objects.filter(cluster=self.cast.cluster, unit=member.unit, area=area, state="open").first()
            given |= {"area_id": area and area.pk, "need_id": need and need.pk, "text": told.text or told.title}
        return actions.ask_case(school, actions.open_case(school, member, **given))

    def _advised(self, told: Told, one: Consultation, office: Actor, day: date) -> Course:
        keys = [*(key for key, _ in told.experts), *([told.declines] if told.declines else [])]
        people = [self.cast.actors[COMMITTEE, key].person_id for key in keys]
        yield on(day + timedelta(days=1), 10), lambda: actions.invite(office, one, people=people)
        advising = [(key, advice) for key, advice in told.experts if advice]
        for key, _ in advising:
            yield on(day + timedelta(days=2), 11), partial(self._as_expert, one, key, actions.accept)
        if told.declines:
            yield (
                on(day + timedelta(days=2), 15),
                lambda: self._as_expert(one, told.declines, actions.decline, note="近期带学生实习，不能到校"),
            )
        if told.session:
            on_day = _weekday(day + timedelta(days=5))
            session: dict[str, Any] = {"on": on_day, "words": told.session}
            yield on(day + timedelta(days=3), 9), lambda: actions.record_session(office, one, **session)
        for key, advice in advising:
            yield (
                on(day + timedelta(days=4), 16),
                partial(self._as_expert, one, key, actions.advise, advice=advice),
            )

    def _as_expert(self, one: Consultation, key: str, act: Action, **given: Any) -> Consultation:
        expert = self.cast.actors[COMMITTEE, key]
        return act(expert, Consultant.objects.get(consultation=one, person=expert.person_id), **given)

    def _followed(self, told: Told, one: Consultation, school: Actor, office: Actor, day: date) -> Course:
        decision: dict[str, Any] = {"decision": told.decision, "reason": told.reason}
        one = yield on(day, 9), lambda: actions.decide(school, one, **decision)
        for months, text in zip(rules.EFFECTS, told.effects, strict=False):
            asked = rules.effect_day(one, months) or day
            yield on(asked, 10), partial(actions.tell_effect, school, one, months=months, text=text)
            day = asked
        if told.is_shared:
            secretariat = self.cast.actor("cluster-office", "主任")
            text = yield on(day + timedelta(days=2), 9), lambda: proposal(one, names_of(one.cluster_id))
            yield on(day + timedelta(days=2), 10), lambda: actions.prepare_case(office, one, **text)
            yield on(day + timedelta(days=3), 10), lambda: actions.share_case(secretariat, one, **text)

    def _day(self, ago: int) -> date:
        """So many days ago, or the next working day."""
        return _weekday(self.today - timedelta(days=ago))


def _weekday(day: date) -> date:
    """The day itself, or the Monday after it."""
    return day if day.weekday() < 5 else day + timedelta(days=7 - day.weekday())
