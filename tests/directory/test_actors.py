"""What each post may do, speak for and read follows from the scheme and from nothing else."""

from datetime import date, timedelta

import pytest

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.models import Member, Seat

pytestmark = pytest.mark.django_db

ALL = "所有成员单位"
# persona: powers, units it enters for, units it reads
TABLE = {
    "secretariat": ({"secretariat", "read-cluster"}, set(), ALL),
    "cluster-office-member": (set(), set(), {"青海师范大学"}),
    "pair-office": ({"pair", "report-unit"}, {"安徽师范大学", "阜阳师范大学"}, {"安徽师范大学", "阜阳师范大学"}),
    "liaison": ({"report-unit", "people-unit"}, {"安徽师范大学"}, {"安徽师范大学"}),
    "office-head": ({"approve-unit", "report-unit", "people-unit"}, {"安徽师范大学"}, {"安徽师范大学"}),
    "vice-president": ({"approve-unit"}, set(), {"安徽师范大学"}),
    "secretary": ({"report-unit"}, {"安徽师范大学"}, {"安徽师范大学"}),
    "supported-school": ({"report-unit", "people-unit"}, {"青海师范大学"}, {"青海师范大学"}),
    "expert": ({"expert"}, set(), {"北京师范大学"}),
    "project-group": ({"project", "report-unit"}, {"安徽师范大学", "阜阳师范大学"}, {"安徽师范大学", "阜阳师范大学"}),
    "department": (
        {"approve-unit", "read-province"}, set(), {"安徽省教育厅", "安徽师范大学", "阜阳师范大学"},
    ),
    "leading-group": ({"read-cluster"}, set(), ALL),
    "ministry": ({"read-issued"}, set(), {"教育部"}),
    "outsider": ({"report-unit", "people-unit"}, {"内蒙古师范大学"}, {"内蒙古师范大学"}),
}  # fmt: skip


@pytest.mark.parametrize("persona", TABLE)
def test_a_post_gives_what_the_scheme_says_and_nothing_else(persona):
    powers, enters, reads = TABLE[persona]
    actor = make.actor(persona)
    names = dict(Member.objects.filter(cluster=actor.cluster_id).values_list("unit", "unit__name"))
    assert actor.powers == powers
    assert {names[unit] for unit in actor.reports_for} == enters
    assert {names[unit] for unit in actor.reads} == (set(names.values()) if reads == ALL else reads)
    assert not actor.is_administrator


def test_only_posts_of_the_lead_speak_for_the_lead():
    assert make.actor("secretariat").leads_cluster
    assert not make.actor("office-head").leads_cluster


def test_a_secretary_acts_for_the_leader_as_long_as_both_posts_last():
    secretary = make.persona("secretary")
    (principal,) = make.actor(secretary).principals
    assert principal.name == "高远" and principal.powers == {"approve-unit"}
    leader = make.appointment("vice-president")
    leader.ends = clock.today() - timedelta(days=1)
    leader.save()
    assert make.actor(secretary).principals == ()


def test_posts_are_those_of_the_day():
    user = make.persona("liaison")
    Appointment.objects.filter(person__user=user).update(begins=date(2026, 1, 1), ends=date(2026, 11, 22))
    assert appointments_of(user) == []
    assert len(appointments_of(user, date(2026, 11, 22))) == 1
    assert appointments_of(user, date(2025, 12, 31)) == []


def test_somebody_off_the_list_holds_nothing():
    user = make.persona("liaison")
    person = Appointment.objects.get(person__user=user).person
    person.is_open = False
    person.save()
    assert appointments_of(user) == []


@pytest.mark.parametrize("gone", ["body", "seat", "post", "unit"])
def test_what_a_post_was_of_gives_nothing_once_it_is_gone(gone):
    cluster = make.bnu()
    make.appointment("pair-office"), make.appointment("liaison")
    yesterday = {"ends": clock.today() - timedelta(days=1)}
    if gone == "body":
        cluster.bodies.update(**yesterday)
    elif gone == "seat":
        Seat.objects.update(**yesterday)
    elif gone == "post":
        cluster.posts.update(is_open=False)
    else:
        cluster.members.update(**yesterday)
    who = "pair-office" if gone in ("body", "seat") else "liaison"
    assert appointments_of(make.persona(who)) == []


def test_two_posts_are_never_merged():
    head = make.appointment("office-head")
    make.appoint(head.person, cluster=make.bnu(), seat=make.seat_of(make.bnu(), "专家委员会主任委员", head.unit))
    first, second = (actor_of(head.person.user, held) for held in appointments_of(head.person.user))
    assert first.powers == {"approve-unit", "report-unit", "people-unit"} and second.powers == {
        "expert",
        "assign-experts",
    }


def test_an_administrator_without_a_post_does_no_work_and_one_with_a_post_administers_nothing_in_it():
    administrator = make.persona("administrator")
    bare = actor_of(administrator, None)
    assert bare.is_administrator and not bare.powers and bare.cluster_id is None
    held = make.appointment("liaison")
    assert not actor_of(administrator, held).is_administrator


def test_finding_out_who_acts_costs_the_same_for_one_post_and_for_many(django_assert_max_num_queries):
    head = make.appointment("office-head")
    for seat in ("专家委员会主任委员", "专家委员会委员", "专家委员会秘书"):
        make.appoint(head.person, cluster=make.bnu(), seat=make.seat_of(make.bnu(), seat, head.unit))
    secretary = make.persona("secretary")
    for user in (head.person.user, secretary):
        with django_assert_max_num_queries(6):
            held = appointments_of(user)
            assert actor_of(user, held[0]).powers
