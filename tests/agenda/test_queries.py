"""A promise is open to its cluster; it stands with the school, on desks and in a leader's next trips."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.kit import clock
from tizhi.base.kit.periods import parse
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import actions, queries, rules
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.scheme.models import Member

from .planned import parts, plan

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
Q4, NEXT_Q1 = parse("2026Q4"), parse("2027Q1")
SCHOOL = "阜阳师范大学"


@pytest.mark.parametrize("who", sorted(make.ALL_PERSONAS))
def test_everybody_of_the_cluster_sees_what_is_planned_but_who_reads_issued_reports_only(who):
    plan()
    sees = queries.visible_to(make.actor(who)).exists()
    assert sees == (who not in {"ministry", "outsider", "administrator", "nobody"})


def test_a_school_sees_what_others_have_promised_it_and_not_its_own_plans():
    promised = plan()
    plan("本校自办培训", by="pair-office", of=SCHOOL, with_="安徽师范大学")
    plan("别校的事", units=parts("安徽师范大学", "青海师范大学"))
    plan("早先的事", first_day=date(2026, 11, 9), last_day=None)
    found = queries.promised_to(make.actor("supported-school"), make.unit(SCHOOL).pk, TODAY)
    assert list(found) == [promised]


def test_a_school_in_two_clusters_sees_in_each_what_was_planned_there():
    plan()
    other, school = make.second_cluster(), make.unit(SCHOOL)
    Member.objects.create(cluster=other, unit=school, key="guest", begins=other.starts)
    elsewhere = plan("另一组团的安排", by="outsider", of="内蒙古师范大学", cluster=other)
    seen_here = queries.promised_to(make.actor("liaison"), school.pk, TODAY)
    seen_there = queries.promised_to(make.actor("outsider"), school.pk, TODAY)
    assert [str(one) for one in seen_here] == ["校领导实地调研阜阳师范大学"]
    assert list(seen_there) == [elsewhere]


def _in_every_state() -> dict[str, PlannedItem]:
    """One item in each standing, by its code."""
    liaison, past = make.actor("liaison"), {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 17)}
    made = {code: plan(code, **past) for code in ("waiting", "drafted", "done", "cancelled")}
    made |= {code: plan(code) for code in ("planned", "moved")}
    actions.make_brief(liaison, made["drafted"])
    brief = actions.make_brief(liaison, made["done"])
    Activity.objects.filter(pk=brief.pk).update(sent_at=clock.now(), state="submitted")
    actions.cancel_item(liaison, made["cancelled"], note="原因")
    actions.move_item(liaison, made["moved"], first_day=date(2026, 12, 16), note="原因")
    return made


def test_the_list_is_narrowed_to_exactly_what_stands_so():
    made = _in_every_state()
    for code, planned in made.items():
        assert list(queries.standing_as(PlannedItem.objects.all(), code, TODAY)) == [planned], code
        assert rules.standing(queries.rows(PlannedItem.objects.filter(pk=planned.pk)).get(), TODAY).code == code


def test_what_lies_ahead_comes_first_and_the_soonest_before_all():
    for title, day in (("远", date(2027, 3, 1)), ("近", date(2026, 11, 25)), ("昨", date(2026, 11, 22)),
                       ("早", date(2026, 11, 3))):  # fmt: skip
        plan(title, first_day=day, last_day=day)
    found = queries.soonest_first(PlannedItem.objects.all(), TODAY)
    assert [one.title for one in found] == ["近", "远", "昨", "早"]


def test_the_desk_shows_the_next_dates_of_the_units_near():
    _in_every_state()
    near = [one.title for one in queries.upcoming(make.actor("liaison"))]
    assert near == ["planned", "moved"]
    assert [one.title for one in queries.upcoming(make.actor("secretariat"))] == near
    assert queries.upcoming(make.actor("supported-school")) == []
    assert len(queries.upcoming(make.actor("liaison"), most=1)) == 1


def test_a_leader_finds_the_next_trips():
    leader = make.appointment("vice-president")
    trip = plan(leaders=[Leader(appointment_id=leader.pk)])
    plan("不去的")
    given_up = plan("不成的", leaders=[Leader(appointment_id=leader.pk)])
    actions.cancel_item(make.actor("liaison"), given_up, note="原因")
    assert queries.trips_of(make.actor("vice-president"), leader.person_id, TODAY) == [trip]
    assert queries.trips_of(make.actor("vice-president"), leader.person_id, date(2026, 12, 11)) == []


# What waits for whom


def test_an_item_whose_day_passed_without_a_word_waits_for_the_units_staff_and_its_writer():
    planned = plan(first_day=date(2026, 11, 16), last_day=date(2026, 11, 17))
    (todo,) = queries.waiting_for(make.actor("liaison"))
    assert (todo.verb, todo.title, todo.url_name, todo.url_args) == (
        "登记结果", "校领导实地调研阜阳师范大学", "agenda:show", (planned.pk,),
    )  # fmt: skip
    assert todo.due == date(2026, 11, 24)  # five working days, as for a brief
    waits = {who for who in make.ALL_PERSONAS if queries.waiting_for(make.actor(who))}
    assert waits == {"liaison", "office-head", "secretary"}


def test_it_waits_no_longer_once_drafted_moved_or_given_up():
    made = _in_every_state()
    assert [todo.title for todo in queries.waiting_for(make.actor("liaison"))] == ["waiting"]
    activities.put_into_bin(make.actor("liaison"), Activity.objects.get(title="drafted"))
    assert [todo.title for todo in queries.waiting_for(make.actor("liaison"))] == ["waiting", "drafted"]
    actions.move_item(make.actor("liaison"), made["waiting"], first_day=date(2026, 12, 1), note="推迟")
    assert [todo.title for todo in queries.waiting_for(make.actor("liaison"))] == ["drafted"]


# What a period planned


def test_a_quarter_tells_what_became_of_everything_planned_for_it():
    _in_every_state()
    told = {one.planned.title: one.result for one in queries.in_period(make.bnu(), Q4)}
    assert told == {
        "waiting": "silent", "drafted": "silent", "done": "done", "cancelled": "cancelled", "planned": "ahead",
        "moved": "ahead",
    }  # fmt: skip


def test_moved_across_the_quarters_end_counts_as_moved_in_the_old_and_as_planned_in_the_new():
    planned, liaison = plan(), make.actor("liaison")
    actions.move_item(liaison, planned, first_day=date(2026, 12, 30), last_day=date(2027, 1, 2), note="天气")
    (old,), (new,) = queries.in_period(make.bnu(), Q4), queries.in_period(make.bnu(), NEXT_Q1)
    assert (old.result, old.days) == ("moved", (date(2026, 12, 9), date(2026, 12, 10)))
    assert (new.result, new.days) == ("ahead", (date(2026, 12, 30), date(2027, 1, 2)))
    actions.move_item(liaison, planned, first_day=date(2027, 4, 6), note="再推迟")
    assert [one.result for one in queries.in_period(make.bnu(), NEXT_Q1)] == ["moved"]
    actions.cancel_item(liaison, planned, note="不再举办")
    results = [
        [one.result for one in queries.in_period(make.bnu(), parse(key))] for key in ("2026Q4", "2027Q1", "2027Q2")
    ]
    assert results == [["moved"], ["moved"], ["cancelled"]]


def test_many_items_cost_as_many_queries_as_few(django_assert_num_queries):
    plan(), plan("已过", first_day=date(2026, 11, 4), last_day=None)
    actor, school = make.actor("liaison"), make.unit(SCHOOL).pk

    def asked():
        queries.in_period(make.bnu(), Q4)
        queries.upcoming(actor, 50)
        queries.waiting_for(actor)
        for one in queries.promised_to(actor, school, date(2026, 1, 1)):
            rules.standing(one, TODAY), one.unit.called, [str(unit) for unit in one.units.all()]

    with CaptureQueriesContext(connection) as few:
        asked()
    for n in range(12):
        plan(f"第{n}项", first_day=date(2026, 11, 3 + n), last_day=date(2026, 11, 3 + n))
    with django_assert_num_queries(len(few)):
        asked()
