"""示例专家: the committee nominated by the department the scheme names, confirmed, appointed by letter for a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from faker import Faker

from tizhi.base.accounts.models import User
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import actions
from tizhi.pipeline.experts.models import Absence, ExpertProfile, Nomination
from tizhi.pipeline.scheme.models import Area, Body, Seat

from .people import Cast
from .timeline import Course, on

COMMITTEE = "expert-committee"
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Expert:
    """Somebody of the committee: seat, unit, what he knows; `years` is the term."""

    key: str
    seat: str
    unit: str
    speciality: str
    areas: tuple[str, ...]
    reason: str
    years: int = 3


EXPERTS = (
    Expert("chair", "主任委员", "bnu", "教师教育政策与高等教育管理", ("management", "disciplines"),
           "长期主持师范专业认证工作，熟悉地方师范院校发展规划。"),
    Expert("first", "委员", "bnu", "小学教育、课程与教学论", ("disciplines", "basic-education"),
           "主持小学教育国家级一流专业建设，多次参加西部院校诊断。"),
    Expert("second", "委员", "ahnu", "教师专业发展、乡村教育", ("talent", "basic-education"),
           "从事乡村教师培训研究二十年，承担省级培训项目评估。"),
    Expert("third", "委员", "nwnu", "民族地区教育、双语教育", ("disciplines", "x"),
           "民族地区双语教师培养方面的专家，熟悉西北院校情况。"),
    Expert("fourth", "委员", "sicnu", "学前教育、教育评价", ("basic-education", "management"),
           "学前教育质量监测研究骨干，承担省级学前教育督导。", years=2),
    Expert("secretary", "秘书", "bnu", "教务管理", ("management",),
           "教务部工作人员，承担委员会日常联络。"),
)  # fmt: skip


@dataclass
class Committee:
    """The experts' courses; `cast.actors` gains everybody by key once he is appointed."""

    cast: Cast
    first: date
    today: date
    names: list[str] = field(init=False)

    def __post_init__(self) -> None:
        """Names by Faker that nobody of the sample bears yet."""
        fake = Faker("zh_CN")
        fake.seed_instance(2026)
        used = set(Person.objects.values_list("name", flat=True))
        drawn = (f"示例·{fake.name()}" for _ in range(200))
        self.names = list(dict.fromkeys(name for name in drawn if name not in used))[: len(EXPERTS)]

    def courses(self) -> Iterator[Course]:
        """Everybody's nomination, a renewal that waits, an expert's own pace and absence."""
        for number, one in enumerate(EXPERTS, start=1):
            yield self._appointed(one, number)
        yield self._renewed()
        yield self._pace()

    def _appointed(self, one: Expert, number: int) -> Course:
        nominator, office = self.cast.actor("bnu", "office-head"), self.cast.actor("cluster-office", "主任")
        day = self.first + timedelta(days=2)
        seat = Seat.objects.get(body__declared=COMMITTEE, body__cluster=self.cast.cluster, post=one.seat)
        newcomer = {"member": self.cast.members[one.unit], "name": self.names[number - 1], "title": "教授"}
        made: Nomination = yield (
            on(day, 10, number),
            lambda: actions.nominate(
                nominator, seat.body, seat=seat, newcomer=newcomer, title="教授", speciality=one.speciality,
                areas=self._areas(one), reason=one.reason,
            ),
        )  # fmt: skip
        made = yield on(day + timedelta(days=2), 15, number), lambda: actions.confirm_nomination(office, made)
        begins = day + timedelta(days=4)
        # The term of one ends soon after the sample's last day, so that its renewal is seen.
        ends = begins + one.years * YEAR - timedelta(days=1)
        if one.years == 2:
            ends = self.today + timedelta(days=40)
        letter: dict[str, Any] = {
            "begins": begins,
            "ends": ends,
            "number": f"〔{begins.year}〕第{number}号",
            "issued_on": begins,
        }
        made = yield on(begins, 10, number), lambda: actions.appoint_expert(office, made, **letter)
        yield on(begins, 16, number), lambda: self._let_in(made.person, one.key)

    def _areas(self, one: Expert) -> list[int]:
        return list(Area.objects.filter(cluster=self.cast.cluster, key__in=one.areas).values_list("pk", flat=True))

    def _let_in(self, person: Person, key: str) -> None:
        """An account with the sample's password, and the actor by which later courses act."""
        user = User(username=f"expert-{key}", name=person.name, password=self.cast.administrator.password)
        user.save()
        person.user = user
        person.save()
        self.cast.actors[COMMITTEE, key] = actor_of(user, appointments_of(user)[0])

    def _renewed(self) -> Course:
        """The renewal of the term that ends soon waits for confirmation."""
        nominator = self.cast.actor("bnu", "office-head")
        body = Body.objects.get(declared=COMMITTEE, cluster=self.cast.cluster)

        def again() -> Nomination:
            last = Nomination.objects.get(cluster=self.cast.cluster, person__name=self.names[4])
            return actions.nominate(
                nominator, body, seat=last.seat, person=last.person, title=last.title, speciality=last.speciality,
                areas=[one.pk for one in last.areas.all()], reason="任期内审核计划认真负责，建议续聘。",
            )  # fmt: skip

        yield on(self.today - timedelta(days=3), 11), again

    def _pace(self) -> Course:
        """One expert takes on two at once, and is away for a while."""
        key = (COMMITTEE, "fourth")

        def pace() -> ExpertProfile:
            actor = self.cast.actors[key]
            profile = ExpertProfile.objects.get(cluster=self.cast.cluster, person=actor.person_id)
            known = [one.pk for one in profile.areas.all()]
            return actions.set_pace(
                actor, profile, at_once=2, remind=[5, 2], speciality=profile.speciality, areas=known
            )

        yield on(self.first + timedelta(days=40), 9), pace

        def away() -> Absence:
            actor = self.cast.actors[key]
            absence = Absence(cluster=self.cast.cluster, person_id=actor.person_id or 0)
            begins = self.today + timedelta(days=6)
            return actions.take_leave(
                actor, absence, begins=begins, ends=begins + timedelta(days=12), reason="参加国际学术会议"
            )

        yield on(self.today - timedelta(days=4), 9), away
