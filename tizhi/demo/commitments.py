"""示例承诺: what each department undertook in the sample years, how it went, what the schools said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tizhi.pipeline.commitments import actions
from tizhi.pipeline.commitments.models import Commitment

from .people import Cast
from .timeline import Course, on

SAMPLE = "（示例数据，金额和文号均为虚构。）"


@dataclass(frozen=True)
class Said:
    """A word on progress so many days ago, with what had come altogether; the last one may say that it is kept."""

    ago: int
    text: str
    come: int | None = None
    kept: bool = False


@dataclass(frozen=True)
class Heard:
    """What a school said so many days ago."""

    ago: int
    school: str
    receipt: str
    text: str = ""


@dataclass(frozen=True)
class Undertaken:
    """One commitment; days are counted back from the sample's last day, `due` forward from it (negative: past)."""

    department: str
    kind: str
    title: str
    text: str
    source: str
    ago: int
    due: int | None = None
    amount: int | None = None
    schools: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    heard: tuple[Heard, ...] = ()
    taken_back: tuple[int, str] | None = None


UNDERTAKEN = (
    Undertaken(
        "qh-edu", "funds", "支持青海师范大学建设高原科学教育实验教学中心",
        "分两年安排专项经费，用于实验室改造和设备购置。", "示例·青教财〔2025〕3号", 620, -190, 600, ("qhnu",),
        said=(
            Said(520, "首批300万元已下达学校，实验室改造完成招标。", 300),
            Said(320, "设备购置到货验收，累计拨付460万元。", 460),
            Said(205, "尾款拨付到位，中心投入使用，承接本科实验课程18门。", 600, kept=True),
        ),
        heard=(Heard(198, "qhnu", "received", "经费已全部到账，年度绩效自评已报。"),),
    ),
    Undertaken(
        "qh-edu", "policy", "师范生公费培养计划向牧区中小学倾斜",
        "在年度招生计划中单列牧区教师培养名额，由青海师范大学承担。", "示例·青教师〔2025〕11号", 500, -120,
        said=(
            Said(380, "方案征求州、县意见，初步确定名额分配办法。"),
            Said(128, "单列计划80名已下达，当年录取到位。", kept=True),
        ),
        heard=(Heard(120, "qhnu", "received"),),
    ),
    Undertaken(
        "qh-edu", "coordination", "协调西宁、海东中小学作为教育实践基地",
        "协调两市教育局各提供不少于10所中小学，接收师范生实习支教。", "示例·第二次联席会议", 210, 22,
        schools=("qhnu",),
        said=(Said(70, "西宁市10所学校已签约，海东市6所正在签约。"),),
    ),
    Undertaken(
        "ah-edu", "funds", "支持阜阳师范大学建设学前教育实训中心",
        "专项经费用于实训楼改造和数字化教学设备，学校按不低于1比0.5配套。", "示例·皖教秘〔2025〕26号", 430, 18,
        800, ("fynu",),
        said=(
            Said(330, "首批320万元已拨付，学校完成施工图设计。", 320),
            Said(140, "第二批160万元已拨付，实训楼改造完成主体施工。", 480),
        ),
        heard=(Heard(130, "fynu", "partly", "已到账480万元，设备采购等待第三批经费。"),),
    ),
    Undertaken(
        "ah-edu", "policy", "驻皖北高校教师职称评审单列计划",
        "对阜阳师范大学教师教育类岗位的高级职称评审单列指标，侧重教学和服务基础教育实绩。",
        "示例·皖教人〔2025〕9号", 560, -250,
        said=(Said(400, "与省人力资源社会保障厅会签评审条件。"), Said(262, "当年评审按单列指标完成。", kept=True)),
        heard=(Heard(240, "fynu", "received"),),
    ),
    Undertaken(
        "ah-edu", "coordination", "协调阜阳市各县区建立教师发展协同联络机制",
        "每个县区明确一名分管负责同志和一所联络学校，与师范院校对接教师研修需求。",
        "示例·第三次联席会议", 260, -24,
        said=(Said(160, "五个县区已明确联络人，其余三个正在沟通。"),),
        heard=(Heard(15, "fynu", "missing", "尚有三个县区没有联络人，秋季研修名单汇总受影响。"),),
    ),
    Undertaken(
        "ah-edu", "funds", "省级骨干教师研修专项",
        "支持两校联合举办乡村骨干教师研修班。", "示例·皖教师〔2026〕4号", 280, -60, 120, ("ahnu", "fynu"),
        said=(
            Said(200, "首期60万元已拨付。", 60),
            Said(75, "第二期60万元已拨付，两期共培训320人。", 120, kept=True),
        ),
        heard=(Heard(72, "ahnu", "received"), Heard(66, "fynu", "received", "两期班均已结业。")),
    ),
    Undertaken(
        "sc-edu", "funds", "民族地区教师教育能力提升专项",
        "支持阿坝师范学院、西昌民族幼专改善教师教育实训条件，分三年安排。", "示例·川教财〔2025〕17号", 470, 240,
        1000, ("abtu", "xcmzyz"),
        said=(
            Said(350, "首年350万元已拨付两校。", 350),
            Said(90, "第二年300万元已拨付，两校实训室建设按进度推进。", 650),
        ),
        heard=(
            Heard(85, "abtu", "received", "第二年经费180万元已到账。"),
            Heard(80, "xcmzyz", "received", "第二年经费120万元已到账。"),
        ),
    ),
    Undertaken(
        "sc-edu", "policy", "扩大民族地区学前教育专业专升本招生计划",
        "由四川师范大学承担，面向西昌民族幼专毕业生。", "示例·川教〔2025〕21号", 520, -170,
        schools=("sicnu", "xcmzyz"),
        said=(Said(180, "新增计划60名，当年录取58名。", kept=True),),
        heard=(Heard(165, "xcmzyz", "received"),),
    ),
    Undertaken(
        "sc-edu", "coordination", "协调阿坝州、凉山州教育局提供教育实习岗位",
        "每年提供实习岗位不少于400个，优先安排在乡村学校。", "示例·第三次联席会议", 190,
        schools=("abtu", "xcmzyz"),
        said=(Said(60, "秋季学期两州共提供实习岗位260个。"),),
    ),
    Undertaken(
        "sc-edu", "funds", "对口支援访问学者补助",
        "补助重点支持院校教师赴结对高校访学。", "示例·川教〔2025〕30号", 400, 100, 40, ("abtu",),
        taken_back=(290, "并入民族地区教师教育能力提升专项统一安排，不再单列。"),
    ),
)  # fmt: skip


class Departments:
    """The departments' people at work on their commitments."""

    def __init__(self, cast: Cast, today: date) -> None:
        self.cast, self.today = cast, today

    def courses(self) -> Iterator[Course]:
        """A course for each commitment; a unit that is not in the cluster undertakes nothing."""
        return (self._course(one) for one in UNDERTAKEN if one.department in self.cast.members)

    def _course(self, one: Undertaken) -> Course:
        liaison = self.cast.actor(one.department, "liaison")
        commitment: Commitment = yield on(self._day(one.ago), 10), lambda: self._promise(one)
        events: list[Said | Heard] = [*one.said, *one.heard]
        for event in sorted(events, key=lambda event: -event.ago):
            yield self._step(one, commitment, event)
        if one.taken_back:
            ago, why = one.taken_back
            yield on(self._day(ago), 15), lambda: actions.withdraw(liaison, commitment, note=why)

    def _step(self, one: Undertaken, commitment: Commitment, event: Said | Heard):  # type: ignore[no-untyped-def]
        day = self._day(event.ago)
        if isinstance(event, Heard):
            school = self.cast.actor(event.school, "liaison")
            return on(day, 16), lambda: actions.remark(school, commitment, receipt=event.receipt, text=event.text)
        tell = actions.fulfil if event.kept else actions.report_progress
        liaison, come = self.cast.actor(one.department, "liaison"), event.come
        amount = None if come is None else Decimal(come)
        return on(day, 11), lambda: tell(liaison, commitment, on=day, text=event.text, amount=amount)

    def _promise(self, one: Undertaken) -> Commitment:
        return actions.promise(
            self.cast.actor(one.department, "liaison"), self.cast.members[one.department], kind=one.kind,
            title=one.title, text=one.text + SAMPLE, source=one.source, promised_on=self._day(one.ago),
            amount=None if one.amount is None else Decimal(one.amount),
            due=None if one.due is None else self.today + timedelta(days=one.due),
            schools=[self.cast.members[key].unit_id for key in one.schools],
        )  # fmt: skip

    def _day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)
