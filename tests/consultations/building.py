"""造问诊: cases in any state, as they stand, and the people who meet in them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from tests import make
from tizhi.base.accounts.models import User
from tizhi.pipeline.consultations.models import Consultant, Consultation
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster

SCHOOL, PARTNER = "阜阳师范大学", "安徽师范大学"
ASKED_ON = date(2026, 11, 16)  # the answer is due on 30 November
TEXT = "实训课程分散在三个年级，校内实训室只有两间，学生到园时间不足。"
_COURSE = ("asked", "triaged", "answered", "decided", "closed")


def at(day: date, hour: int = 10) -> datetime:
    """A moment of that day."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def case(state: str = "asked", *, school: str = SCHOOL, cluster: Cluster | None = None, **given: object):  # type: ignore[no-untyped-def]
    """A case of the school in `state`, asked on 16 November, a day for each further step."""
    cluster = cluster or make.bnu()
    reached = _COURSE.index(state) + 1 if state in _COURSE else 1 if state == "withdrawn" else 0
    on: date = given.pop("on", ASKED_ON)  # type: ignore[assignment]
    columns: dict[str, object] = {"title": "学前教育实训课程怎样设置", "text": TEXT, "created_at": at(on)}
    names = ("asked_at", "triaged_at", "answered_at", "decided_at", "closed_at")
    columns |= {name: at(on + timedelta(days=n)) for n, name in enumerate(names[:reached])}
    if reached > 1:
        columns |= {"helper": make.unit(PARTNER), "triaged_words": "程璐（安徽师范大学小组团办公室主任）"}
    if reached > 2:
        columns |= {"advice": "按年级统筹，二年级集中实训。", "answered_words": "程璐"}
    if reached > 3:
        columns |= {"decision": "adopted", "decided_words": "林涛（阜阳师范大学）"}
    if state == "withdrawn":
        columns |= {"withdrawn_at": at(on + timedelta(days=1)), "withdrawn_reason": "已自行解决"}
    writer = make.liaison_of(make.unit(school), cluster)
    return Consultation.objects.create(
        cluster=cluster, unit=make.unit(school), state=state, writer=writer, **{**columns, **given}
    )


def school_liaison(school: str = SCHOOL) -> User:
    """The account of who enters for the school."""
    cluster = make.bnu()
    return make.liaison_of(make.unit(school), cluster).user


def expert(name: str = "沈一鸣", unit: str = "四川师范大学") -> User:
    """One more expert of the committee."""
    return make.person(name, unit, seat="专家委员会委员", cluster=make.bnu()).user


def asked(one: Consultation, who: User, state: str = "invited", **given: object) -> Consultant:
    """An invitation as it stands."""
    person = Person.objects.get(user=who)
    return Consultant.objects.create(
        consultation=one, person=person, state=state, invited_at=at(ASKED_ON), invited_words="程璐", **given
    )
