"""Who is an expert on a day, at which pace, and who is away."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.pipeline.experts import queries
from tizhi.pipeline.experts.models import Absence, ExpertProfile
from tizhi.pipeline.scheme.models import Body, Seat

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 23)


def expert(name="钱文", home="北京师范大学", seat="专家委员会委员"):
    return make.person(name, home, seat=seat)


def names(day=DAY):
    return [one.person.name for one in queries.experts_of(make.bnu(), day)]


def test_experts_are_those_whose_seat_reviews_the_chair_first_the_secretary_not():
    expert("委员甲"), expert("主任乙", seat="专家委员会主任委员"), expert("秘书丙", seat="专家委员会秘书")
    make.actor("secretariat"), make.actor("liaison")
    assert names() == ["主任乙", "委员甲"]


def test_a_term_gives_the_right_from_its_first_day_to_its_last():
    person = expert()
    person.appointments.update(begins=date(2026, 1, 1), ends=DAY)
    assert names() == ["钱文"] == names(date(2026, 1, 1))
    assert names(date(2026, 11, 24)) == [] == names(date(2025, 12, 31))


def test_a_closed_person_and_a_dissolved_body_have_no_experts():
    person = expert()
    type(person).objects.update(is_open=False)
    assert names() == []
    type(person).objects.update(is_open=True)
    Body.objects.filter(declared="expert-committee").update(ends=date(2026, 11, 22))
    assert names() == []


def test_who_sits_twice_is_one_expert():
    person = expert()
    chair = Seat.objects.get(body__declared="expert-committee", post="主任委员")
    make.appoint(person, cluster=make.bnu(), seat=chair)
    found = queries.experts_of(make.bnu(), DAY)
    assert [one.seat for one in found] == [chair]


def test_who_said_nothing_has_the_usual_pace():
    expert()
    (found,) = queries.experts_of(make.bnu(), DAY)
    assert (found.at_once, found.remind, found.is_absent, list(found.areas)) == (3, (3, 1), False, [])


def test_what_an_expert_said_of_pace_and_areas_holds():
    cluster, person = make.bnu(), expert()
    profile = ExpertProfile.objects.create(
        cluster=cluster, person=person, at_once=1, remind=[1, 5, 5], speciality="教师教育"
    )
    profile.areas.set(make.Area.objects.filter(cluster=cluster)[:2])
    (found,) = queries.experts_of(cluster, DAY)
    assert (found.at_once, found.remind, found.speciality, len(found.areas)) == (1, (5, 1), "教师教育", 2)
    assert queries.remind_days(person) == queries.remind_days(person.pk, cluster) == (5, 1)


def test_reminder_days_of_many_those_who_said_nothing_and_those_who_want_none():
    cluster = make.bnu()
    silent, quiet, eager = expert("甲"), expert("乙"), expert("丙")
    ExpertProfile.objects.create(cluster=cluster, person=quiet, remind=[])
    ExpertProfile.objects.create(cluster=cluster, person=eager, remind=[7])
    people = [silent.pk, quiet.pk, eager.pk]
    assert queries.remind_days_of(cluster, people) == {silent.pk: (3, 1), quiet.pk: (), eager.pk: (7,)}


@pytest.mark.parametrize(
    ("first", "last", "is_absent", "is_away"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), True, True),
        (date(2026, 11, 24), date(2026, 11, 30), False, True),
        (date(2026, 11, 1), date(2026, 11, 22), False, False),
        (date(2026, 12, 2), date(2026, 12, 9), False, False),
    ],
)
def test_an_absence_holds_from_its_first_day_to_its_last(first, last, is_absent, is_away):
    cluster, person = make.bnu(), expert()
    Absence.objects.create(cluster=cluster, person=person, begins=first, ends=last, reason="访学")
    (found,) = queries.experts_of(cluster, DAY)
    until = date(2026, 12, 1)
    assert (found.is_absent, found.is_away(DAY, until)) == (is_absent, is_away)
    assert (person.pk in queries.away_on(cluster, [person.pk], DAY, until)) is is_away


def test_the_queries_do_not_grow_with_the_experts():
    cluster = make.bnu()

    def cost():
        with CaptureQueriesContext(connection) as seen:
            for one in queries.experts_of(cluster, DAY):
                _ = f"{one.seat}{one.person.unit}{one.areas}"
        return len(seen)

    person = expert("专家0")
    ExpertProfile.objects.create(cluster=cluster, person=person)
    before = cost()
    for n in range(1, 40):
        person = expert(f"专家{n}")
        ExpertProfile.objects.create(cluster=cluster, person=person).areas.set(make.Area.objects.all())
        Absence.objects.create(cluster=cluster, person=person, begins=DAY, ends=DAY)
    assert cost() == before <= 6
