"""Who must not judge what concerns a school: own people, the partner's, whoever wrote – on the days that matter."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.scheme.writing import changed
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts.conflicts import conflicted_people, schools_in_conflict, units_concerned
from tizhi.pipeline.scheme.models import Body, Pair, Post, Seat

pytestmark = pytest.mark.django_db

SINCE, UNTIL = date(2026, 3, 1), date(2026, 11, 23)


@pytest.fixture
def cluster():
    return make.bnu()


def unit(name):
    return make.unit(name).pk


def in_conflict(person, since=SINCE, until=UNTIL, school="阜阳师范大学"):
    """Whether both ways of asking say that `person` is in conflict with `school`; they must agree."""
    cluster = make.bnu()
    reasons = conflicted_people(cluster.pk, unit(school), [person.pk], since, until)
    is_in = unit(school) in schools_in_conflict(cluster.pk, person.pk, since, until)
    assert is_in is bool(reasons)
    return is_in


def names_of(pks):
    return {one.name for one in make.Unit.objects.filter(pk__in=pks)}


def post(key, cluster=None):
    return Post.objects.get(cluster=cluster or make.bnu(), key=key)


# Which units a plan concerns


def test_a_plan_concerns_its_school_and_the_schools_partner(cluster):
    assert names_of(units_concerned(cluster.pk, unit("阜阳师范大学"), SINCE, UNTIL)) == {"阜阳师范大学", "安徽师范大学"}


def test_a_pair_that_ended_inside_the_span_still_counts_and_so_does_the_new_one(cluster):
    Pair.objects.filter(supported=unit("阜阳师范大学")).update(ends=date(2026, 6, 30))
    Pair.objects.create(
        cluster=cluster, partner=make.unit("西北师范大学"), supported=make.unit("阜阳师范大学"), begins=date(2026, 7, 1)
    )
    school = unit("阜阳师范大学")
    assert names_of(units_concerned(cluster.pk, school, SINCE, UNTIL)) == {
        "阜阳师范大学",
        "安徽师范大学",
        "西北师范大学",
    }
    assert "西北师范大学" not in names_of(units_concerned(cluster.pk, school, SINCE, date(2026, 6, 30)))
    assert "安徽师范大学" in names_of(units_concerned(cluster.pk, school, date(2026, 6, 30), UNTIL))
    assert "安徽师范大学" not in names_of(units_concerned(cluster.pk, school, date(2026, 7, 1), UNTIL))


def test_the_days_may_be_given_in_either_order(cluster):
    Pair.objects.filter(supported=unit("阜阳师范大学")).update(ends=date(2026, 6, 30))
    school = unit("阜阳师范大学")
    assert units_concerned(cluster.pk, school, UNTIL, SINCE) == units_concerned(cluster.pk, school, SINCE, UNTIL)


# Who belongs where


@pytest.mark.parametrize(
    ("home", "is_in"),
    [("阜阳师范大学", True), ("安徽师范大学", True), ("四川师范大学", False), ("安徽省教育厅", False)],
)
def test_people_of_the_school_and_of_its_partner_are_in_conflict_and_others_are_not(home, is_in):
    make.bnu()
    assert in_conflict(make.person("冯远", home)) is is_in


def test_who_belongs_to_a_partner_is_in_conflict_with_each_of_its_schools_and_with_no_other(cluster):
    person = make.person("冯远", "北京师范大学", seat="专家委员会委员")
    found = names_of(schools_in_conflict(cluster.pk, person.pk, SINCE, UNTIL))
    assert found == {"北京师范大学", "青海师范大学"}


def test_who_moved_school_in_mid_course_is_in_conflict_with_both(cluster):
    person = make.person("冯远", "四川师范大学")
    school = make.unit("阜阳师范大学")
    make.appoint(person, cluster=cluster, post=post("liaison"), unit=school, ends=date(2026, 5, 31))
    assert in_conflict(person)
    assert in_conflict(person, school="西昌民族幼儿师范高等专科学校")
    assert not in_conflict(person, since=date(2026, 6, 1))
    assert in_conflict(person, since=date(2026, 5, 31))


def test_who_was_entered_anew_by_the_next_school_is_known_by_number_or_address(cluster):
    """The directory closes somebody who leaves and the next unit enters him anew."""
    before = make.person("冯远", "阜阳师范大学", phone="13800001111", is_open=False)
    make.appoint(before, cluster=cluster, post=post("liaison"), unit=before.unit, ends=date(2026, 5, 31))
    user = make.User.objects.create_user("fengyuan2", name="冯远")
    after = Person.objects.create(name="冯远", unit=make.unit("四川师范大学"), phone="13800001111", user=user)
    assert in_conflict(after)
    assert not in_conflict(after, since=date(2026, 6, 1))
    reasons = conflicted_people(cluster.pk, unit("阜阳师范大学"), [after.pk], SINCE, UNTIL)
    assert "阜阳师范大学" in reasons[after.pk]


def test_a_namesake_is_somebody_else(cluster):
    make.person("冯远", "阜阳师范大学", phone="13800001111")
    other = Person.objects.create(name="冯远", unit=make.unit("四川师范大学"), phone="13900002222")
    silent = Person.objects.create(name="冯远", unit=make.unit("四川师范大学"))
    assert not in_conflict(other)
    assert not in_conflict(silent)


def test_a_second_post_elsewhere_counts_like_the_first(cluster):
    person = make.person("冯远", "四川师范大学", post="liaison")
    assert not in_conflict(person)
    make.appoint(person, cluster=cluster, post=post("secretary"), unit=make.unit("安徽师范大学"))
    assert in_conflict(person)


@pytest.mark.parametrize("begins", [date(2026, 11, 23), date(2026, 11, 24)])
def test_a_post_that_begins_on_the_last_day_counts_and_one_the_day_after_does_not(cluster, begins):
    person = make.person("冯远", "四川师范大学")
    make.appoint(person, cluster=cluster, post=post("liaison"), unit=make.unit("阜阳师范大学"), begins=begins)
    assert in_conflict(person) is (begins == UNTIL)


@pytest.mark.parametrize("ends", [date(2026, 3, 1), date(2026, 2, 28)])
def test_a_post_that_ended_on_the_first_day_counts_and_one_the_day_before_does_not(cluster, ends):
    person = make.person("冯远", "四川师范大学")
    make.appoint(person, cluster=cluster, post=post("liaison"), unit=make.unit("阜阳师范大学"), ends=ends)
    assert in_conflict(person) is (ends == SINCE)


def test_a_post_without_a_first_day_counts_from_ever(cluster):
    person = make.person("冯远", "四川师范大学")
    make.appoint(person, cluster=cluster, post=post("liaison"), unit=make.unit("阜阳师范大学"), begins=None)
    assert in_conflict(person)


def test_a_seat_that_the_unit_fills_counts(cluster):
    person = make.person("冯远", "四川师范大学")
    seat = Seat.objects.get(body__declared="leading-group", unit=unit("阜阳师范大学"))
    make.appoint(person, cluster=cluster, seat=seat)
    assert in_conflict(person)


def test_a_seat_of_a_body_that_stands_in_the_unit_counts(cluster):
    person = make.person("冯远", "四川师范大学")
    body = Body.objects.get(declared="pair-office", unit=unit("安徽师范大学"))
    make.appoint(person, cluster=cluster, seat=body.seats.first())
    assert in_conflict(person)


def test_a_seat_that_follows_a_post_of_the_unit_counts(cluster):
    person = make.person("冯远", "四川师范大学")
    held = make.appoint(
        person, cluster=cluster, post=post("president"), unit=make.unit("阜阳师范大学"), ends=date(2026, 2, 1)
    )
    seat = Seat.objects.get(body__declared="expert-committee", post="委员")
    make.appoint(person, cluster=cluster, seat=seat, follows=held)
    assert in_conflict(person)


def test_who_enters_for_a_leader_of_the_unit_counts_as_of_the_unit(cluster):
    leader = make.person("任重", "阜阳师范大学", post="president")
    person = make.person("冯远", "四川师范大学")
    make.appoint(person, cluster=cluster, post=post("secretary"), unit=person.unit, assists=leader.appointments.first())
    assert in_conflict(person)


def test_a_seat_of_a_body_of_the_whole_cluster_ties_to_no_unit(cluster):
    person = make.person("冯远", "四川师范大学", seat="专家委员会委员")
    assert not in_conflict(person)
    assert names_of(schools_in_conflict(cluster.pk, person.pk, SINCE, UNTIL)) == {
        "四川师范大学",
        "西昌民族幼儿师范高等专科学校",
    }


def test_a_unit_that_stands_in_two_clusters_is_the_same_unit_but_its_pairs_are_each_clusters_own(cluster):
    there = make.cluster_of("other", changed(("cluster.id", "other"), ("cluster.name", "另一组团")))
    Pair.objects.filter(cluster=there).delete()
    person = make.person("冯远", "四川师范大学")
    make.appoint(person, cluster=there, post=post("liaison", there), unit=make.unit("安徽师范大学"))
    assert in_conflict(person)
    school = unit("阜阳师范大学")
    assert units_concerned(there.pk, school, SINCE, UNTIL) == {school}
    assert not conflicted_people(there.pk, school, [person.pk], SINCE, UNTIL)


# Whoever wrote, and what is said


def test_whoever_wrote_the_text_must_not_judge_it(cluster):
    person = make.person("冯远", "四川师范大学")
    found = conflicted_people(cluster.pk, unit("阜阳师范大学"), [person.pk], SINCE, UNTIL, authors=[person.pk])
    assert found == {person.pk: "参加了计划的编写。"}


def test_the_reason_is_a_sentence_that_names_the_tie(cluster):
    partner = make.person("冯远", "安徽师范大学")
    school = make.person("任重", "阜阳师范大学")
    moved = make.person("于飞", "四川师范大学")
    make.appoint(
        moved, cluster=cluster, post=post("liaison"), unit=make.unit("安徽师范大学"),
        begins=date(2025, 3, 1), ends=date(2026, 5, 31),
    )  # fmt: skip
    people = [partner.pk, school.pk, moved.pk]
    assert conflicted_people(cluster.pk, unit("阜阳师范大学"), people, SINCE, UNTIL) == {
        partner.pk: "是安徽师范大学人员，该校与阜阳师范大学结对。",
        school.pk: "是阜阳师范大学人员。",
        moved.pk: "任安徽师范大学主要工作人员（2025年3月1日至2026年5月31日），该校与阜阳师范大学结对。",
    }


def test_nobody_asked_about_is_nobody_found(cluster):
    assert conflicted_people(cluster.pk, unit("阜阳师范大学"), [], SINCE, UNTIL) == {}
    assert schools_in_conflict(cluster.pk, 0, SINCE, UNTIL) == frozenset()


def test_the_queries_do_not_grow_with_people_or_posts(cluster):
    def cost(people):
        with CaptureQueriesContext(connection) as seen:
            conflicted_people(cluster.pk, unit("阜阳师范大学"), people, SINCE, UNTIL, authors=people)
        return len(seen)

    one = [make.person("专家0", "四川师范大学", post="liaison", phone="13800000000").pk]
    before = cost(one)
    many = one + [
        make.person(f"专家{n}", "四川师范大学", post="liaison", phone=f"1380000{n:04}").pk for n in range(1, 60)
    ]
    assert cost(many) == before <= 9
