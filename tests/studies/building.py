"""造调研: studies as they stand, without their history."""

from datetime import date, datetime

from django.utils import timezone

from tests import make
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Area, Member, Unit
from tizhi.pipeline.studies.models import Finding, Study, StudyMember

AT = timezone.make_aware(datetime(2026, 11, 20, 10))


def member(name: str = "安徽师范大学") -> Member:
    """Where a unit stands in the cluster."""
    return Member.objects.get(cluster=make.bnu(), unit__name=name)


def study(
    unit: str = "安徽师范大学", school: str = "阜阳师范大学", *, team: int = 2, expert: bool = False, **given: object
) -> Study:
    """A recorded first-round study of 16–18 November 2026 with a team in words, unless `given` says otherwise."""
    cluster = make.bnu()
    leading = make.unit(unit)
    columns = {
        "round": "first", "title": f"{unit}赴{school}第一轮调研", "first_day": date(2026, 11, 16),
        "last_day": date(2026, 11, 18), "place": "安徽省阜阳市", "methods": ["座谈", "听课"],
        "summary": "走访了三个学院。", "writer": make.liaison_of(leading, cluster), "created_at": AT, "recorded_at": AT,
    }  # fmt: skip
    made = Study.objects.create(cluster=cluster, unit=leading, school=Unit.objects.get(name=school), **columns | given)
    for place in range(team):
        StudyMember.objects.create(
            study=made, name=f"组员{place + 1}", post_words="教务处", is_expert=expert and not place, order=place
        )
    return made


def finding(of: Study, text: str = "教育硕士导师不足，校外导师占七成。", **given: object) -> Finding:
    """A gap in the first area of the plan."""
    area = Area.objects.filter(cluster=of.cluster).first()
    return Finding.objects.create(study=of, **{"text": text, "area": area, "evidence": "座谈记录", **given})


def goes_along(of: Study, persona: str, *, expert: bool = True) -> Person:
    """Put somebody of the directory on the team."""
    held = make.appointment(persona)
    StudyMember.objects.create(
        study=of, person=held.person, appointment=held, name=held.person.name, post_words="委员", is_expert=expert
    )
    return held.person
