"""Appointing people from–to: who may, for how long, and what comes and goes with a post."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.directory import actions, queries
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.scheme.models import Body, Member, Post, Seat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
NOT_KEEPERS = ["pair-office", "vice-president", "secretary", "expert", "department", "administrator", "outsider"]


def member(unit="安徽师范大学"):
    return Member.objects.select_related("unit").get(cluster=make.bnu(), unit__name=unit)


def post(key):
    return Post.objects.get(cluster=make.bnu(), key=key)


def somebody(name="赵晓", unit="安徽师范大学", **given):
    return Person.objects.create(name=name, unit=make.unit(unit), **given)


def appoint(who, person, key, unit="安徽师范大学", begins=TODAY, **given):
    given = {"person": person, "post": post(key), "begins": begins, **given}
    return actions.appoint_to_post(make.actor(who), member(unit), **given)


def seat(words, unit="安徽师范大学"):
    return make.seat_of(make.bnu(), words, make.unit(unit))


def sit(who, person, words, begins=TODAY, **given):
    place = seat(words, person.unit.name)
    return actions.appoint_to_seat(make.actor(who), place.body, person=person, seat=place, begins=begins, **given)


# Who may


@pytest.mark.parametrize("key", ["party-secretary", "president", "vice-president", "liaison", "secretary"])
def test_the_office_head_appoints_anybody_within_the_unit(key):
    make.bnu(), make.actor("office-head")
    assert appoint("office-head", somebody(), key).person.name == "赵晓"


@pytest.mark.parametrize("key", ["party-secretary", "president", "vice-president", "office-head"])
def test_a_liaison_hands_out_no_more_than_it_holds(key):
    make.bnu()
    with pytest.raises(RuleBroken, match="权限超出"):
        appoint("liaison", somebody(), key)
    assert not Appointment.objects.filter(person__name="赵晓").exists()


def test_a_liaison_appoints_the_secretary():
    make.bnu()
    assert appoint("liaison", somebody(), "secretary").post.key == "secretary"


def test_the_secretariat_appoints_each_units_keepers_and_leaves_the_rest_to_the_unit():
    make.bnu()
    school = somebody(unit="阜阳师范大学")
    assert appoint("secretariat", school, "office-head", "阜阳师范大学").unit.name == "阜阳师范大学"
    with pytest.raises(RuleBroken, match="由所在单位任命"):
        appoint("secretariat", somebody("钱进", "阜阳师范大学"), "president", "阜阳师范大学")


@pytest.mark.parametrize("who", NOT_KEEPERS)
def test_nobody_else_appoints_in_a_unit(who):
    make.bnu()
    with pytest.raises(Denied):
        appoint(who, somebody(), "secretary")


def test_no_unit_appoints_in_another():
    make.bnu()
    with pytest.raises(Denied):
        appoint("office-head", somebody(unit="阜阳师范大学"), "liaison", "阜阳师范大学")


@pytest.mark.parametrize("who", ["office-head", "liaison", "pair-office", "administrator", "outsider"])
def test_seats_of_bodies_are_the_secretariats(who):
    make.bnu()
    with pytest.raises(Denied):
        sit(who, somebody(), "安徽师范大学小组团办公室联络员")


def test_the_secretariat_seats_people_from_the_unit_the_seat_asks_for():
    make.bnu()
    assert sit("secretariat", somebody("孔文", "北京师范大学"), "大组团办公室工作人员").seat.powers
    with pytest.raises(RuleBroken, match="不在北京师范大学的在册人员中"):
        actions.appoint_to_seat(
            make.actor("secretariat"), seat("大组团办公室工作人员", "北京师范大学").body, person=somebody(),
            seat=seat("大组团办公室工作人员", "北京师范大学"), begins=TODAY,
        )  # fmt: skip


# The first of the secretariat


def open_secretariat(who="administrator", words="大组团办公室主任"):
    given = {"seat": seat(words, "北京师范大学"), "member": member("北京师范大学"), "name": "王敏", "begins": TODAY}
    return actions.open_secretariat(make.actor(who), make.bnu(), secret="s" * 32, email="wm@bnu.edu.cn", **given)


def test_the_administrator_seats_the_first_member_of_the_secretariat_with_an_account():
    person = open_secretariat()
    assert person.user.username == "wm@bnu.edu.cn" and not person.user.has_usable_password()
    assert "secretariat" in make.actor(person.user).powers


def test_only_the_first_and_only_in_a_seat_of_the_secretariat():
    with pytest.raises(RuleBroken, match="负责接收、编报的席位"):
        open_secretariat(words="领导小组组长")
    open_secretariat()
    with pytest.raises(RuleBroken, match="已有在任人员"):
        open_secretariat(words="大组团办公室工作人员")


@pytest.mark.parametrize("who", ["secretariat", "office-head", "nobody"])
def test_nobody_but_the_administrator_opens_the_secretariat(who):
    make.bnu()
    with pytest.raises(Denied):
        open_secretariat(who)


# For how long


def test_a_post_for_one_is_held_by_one_at_a_time():
    make.bnu(), make.actor("office-head")
    appoint("office-head", somebody("甲"), "president", ends=date(2026, 12, 31))
    with pytest.raises(RuleBroken, match=r"限1人.*甲（2026年11月23日至12月31日）"):
        appoint("office-head", somebody("乙"), "president", begins=date(2026, 12, 1))
    assert appoint("office-head", somebody("丙"), "president", begins=date(2027, 1, 1)).begins == date(2027, 1, 1)


def test_somebody_may_act_beside_the_holder_but_only_for_a_time():
    make.bnu(), make.actor("office-head")
    appoint("office-head", somebody("甲"), "president")
    with pytest.raises(RuleBroken, match="代管须写明止期"):
        appoint("office-head", somebody("乙"), "president", is_acting=True)
    assert appoint("office-head", somebody("丙"), "president", is_acting=True, ends=date(2027, 1, 31)).is_acting


def test_nobody_is_appointed_twice_to_the_same_post():
    make.bnu(), make.actor("office-head")
    person = somebody()
    appoint("office-head", person, "secretary", ends=date(2026, 12, 31))
    with pytest.raises(RuleBroken, match="已任该职务"):
        appoint("office-head", person, "secretary", begins=date(2026, 12, 31))
    appoint("office-head", person, "secretary", begins=date(2027, 1, 1))


def test_only_people_on_the_units_list_and_posts_the_unit_has():
    make.bnu(), make.actor("office-head")
    with pytest.raises(RuleBroken, match="不在安徽师范大学的在册人员中"):
        appoint("office-head", somebody(unit="阜阳师范大学"), "secretary")
    with pytest.raises(RuleBroken, match="没有“教育厅分管同志”"):
        appoint("office-head", somebody("乙"), "department-leader")


def test_an_end_is_set_ahead_and_moved_but_not_once_it_is_past():
    make.bnu()
    held = make.appointment("liaison")
    head = make.actor("office-head")
    actions.end_appointment(head, held, ends=date(2026, 12, 31), note="挂职期满")
    held.refresh_from_db()
    assert held.holds_on(date(2026, 12, 31)) and not held.holds_on(date(2027, 1, 1))
    actions.end_appointment(head, held, ends=date(2027, 3, 31), note="延长")
    with clock.at(date(2027, 4, 1)), pytest.raises(RuleBroken, match="已于2027年3月31日结束"):
        actions.end_appointment(head, held, ends=date(2027, 12, 31), note="再延长")


def test_an_end_takes_a_reason_and_lies_not_before_the_beginning():
    make.bnu()
    held, head = make.appointment("liaison"), make.actor("office-head")
    with pytest.raises(RuleBroken, match="请写明原因"):
        actions.end_appointment(head, held, ends=TODAY, note="")
    with pytest.raises(RuleBroken, match="止期早于起期"):
        actions.end_appointment(head, held, ends=date(2000, 1, 1), note="误")
    actions.end_appointment(head, held, ends=TODAY, note="工作调整")
    assert Entry.objects.latest("pk").note == "工作调整"


def test_prolonging_does_not_push_a_successor_aside():
    make.bnu(), make.actor("office-head")
    first = appoint("office-head", somebody("甲"), "president", ends=date(2026, 12, 31))
    appoint("office-head", somebody("乙"), "president", begins=date(2027, 1, 1))
    with pytest.raises(RuleBroken, match="限1人"):
        actions.end_appointment(make.actor("office-head"), first, ends=date(2027, 1, 15), note="延长")


def test_a_liaison_ends_only_what_it_could_have_given():
    make.bnu()
    head, liaison = make.appointment("office-head"), make.actor("liaison")
    with pytest.raises(RuleBroken, match="权限超出"):
        actions.end_appointment(liaison, head, ends=TODAY, note="夺权")


def test_two_who_change_the_same_appointment_do_not_overwrite_each_other():
    make.bnu()
    held, head = make.appointment("liaison"), make.actor("office-head")
    actions.end_appointment(head, held, ends=TODAY, note="调离", version=1)
    with pytest.raises(Stale):
        actions.end_appointment(head, held, ends=date(2027, 1, 1), note="延长", version=1)


# Seats that a post fills


def followers(held):
    return {str(one.seat) for one in Appointment.objects.filter(follows=held).select_related("seat__body")}


def test_the_seats_a_post_fills_come_with_it_and_go_with_it():
    make.bnu(), make.actor("office-head")
    held = appoint("office-head", somebody(), "president", ends=date(2027, 6, 30))
    assert followers(held) == {"领导小组成员"}
    follower = Appointment.objects.get(follows=held)
    assert (follower.begins, follower.ends) == (TODAY, date(2027, 6, 30))
    actions.end_appointment(make.actor("office-head"), held, ends=date(2026, 12, 31), note="调离")
    follower.refresh_from_db()
    assert follower.ends == date(2026, 12, 31)
    assert len(Entry.objects.filter(code="directory.end_appointment")) == 1


def test_a_seat_that_is_taken_stays_with_who_has_it():
    make.bnu(), make.actor("office-head")
    first = appoint("office-head", somebody("甲"), "party-secretary")
    second = appoint("office-head", somebody("乙"), "president")
    assert followers(first) == {"领导小组成员"} and followers(second) == set()


def test_when_it_falls_free_the_secretariat_gives_it_to_the_holder_of_such_a_post():
    make.bnu(), make.actor("office-head")
    first = appoint("office-head", somebody("甲"), "party-secretary")
    second = appoint("office-head", somebody("乙"), "president", ends=date(2027, 6, 30))
    actions.end_appointment(make.actor("office-head"), first, ends=TODAY, note="调离")
    given = sit("secretariat", second.person, "领导小组成员", begins=TODAY + timedelta(days=1))
    assert given.follows == second and given.ends == date(2027, 6, 30)
    with pytest.raises(RuleBroken, match="组团院校主要负责同志担任"):
        sit("secretariat", somebody("丙"), "领导小组成员")


def test_a_department_and_the_lead_have_their_own_seats():
    make.bnu()
    leader = make.person("丁宁", "安徽省教育厅", post="office-head")
    held = actions.appoint_to_post(
        make.actor(leader.user), member("安徽省教育厅"), person=somebody("乔木", "安徽省教育厅"),
        post=post("department-leader"), begins=TODAY,
    )  # fmt: skip
    assert followers(held) == {"领导小组成员"}
    assert not Appointment.objects.filter(seat=Seat.objects.get(body__declared="leading-group", post="组长")).exists()


def test_the_powers_of_seats_that_come_with_a_post_count_when_a_liaison_appoints():
    Seat.objects.filter(pk=_seat_for_secretaries().pk).update(powers=["read-cluster"])
    with pytest.raises(RuleBroken, match="权限超出"):
        appoint("liaison", somebody(), "secretary")


def _seat_for_secretaries():
    body = Body.objects.get(cluster=make.bnu(), declared="cluster-office")
    return Seat.objects.create(body=body, post="列席", unit=make.unit("安徽师范大学"), unit_posts=["secretary"])


# Secretaries


def test_the_office_head_names_a_leaders_secretary():
    make.bnu()
    secretary = make.person("何静", "安徽师范大学", post="secretary")
    leader = make.appointment("vice-president")
    actions.set_assistant(make.actor("office-head"), Appointment.objects.get(person=secretary), leader=leader)
    assert [one.name for one in make.actor(secretary.user).principals] == ["高远"]
    actions.set_assistant(make.actor("office-head"), Appointment.objects.get(person=secretary), leader=None)
    assert make.actor(secretary.user).principals == ()


def test_a_liaison_names_nobody_and_no_office_head_names_one_for_another_units_leader():
    make.bnu()
    held = make.appointment("secretary")
    with pytest.raises(Denied):
        actions.set_assistant(make.actor("liaison"), held, leader=make.appointment("vice-president"))
    expert = make.appointment("expert")
    with pytest.raises(RuleBroken, match="大组团办公室指定"):
        actions.set_assistant(make.actor("office-head"), held, leader=expert)


# Off the list


def test_who_leaves_holds_nothing_from_tomorrow_and_cannot_sign_in(client):
    make.bnu()
    liaison = make.persona("liaison")
    make.signed_in(client, liaison)
    person = Person.objects.get(user=liaison)
    actions.close_person(make.actor("office-head"), person, note="退休")
    held = Appointment.objects.get(person=person)
    assert held.ends == TODAY and not Person.objects.get(pk=person.pk).is_open
    liaison.refresh_from_db()
    assert not liaison.is_active
    assert client.get("/accounts/password/change/").status_code == 302
    actions.reopen_person(make.actor("office-head"), person)
    assert Person.objects.get(pk=person.pk).is_open


def test_the_office_head_strikes_off_whoever_sits_in_the_units_own_office_but_no_expert():
    make.bnu()
    head = make.actor("office-head")
    actions.close_person(head, make.appointment("pair-office").person, note="调离")
    assert Appointment.objects.get(person__name="程璐").ends == TODAY
    expert = make.person("乔木", "安徽师范大学", seat="专家委员会委员")
    with pytest.raises(RuleBroken, match="请由大组团办公室办理"):
        actions.close_person(head, expert, note="调离")


def test_a_liaison_does_not_strike_the_office_head_off():
    make.bnu()
    head = make.appointment("office-head").person
    with pytest.raises(RuleBroken, match="请由该单位牵头部门"):
        actions.close_person(make.actor("liaison"), head, note="")


# Questions about a day


def test_who_held_a_post_on_a_day_and_who_before():
    cluster = make.bnu()
    first, second = somebody("甲"), somebody("乙")
    unit = make.unit("安徽师范大学")
    spring = {"begins": date(2026, 1, 1), "ends": date(2026, 6, 30)}
    make.appoint(first, cluster=cluster, post=post("president"), unit=unit, **spring)
    make.appoint(second, cluster=cluster, post=post("president"), unit=unit, begins=date(2026, 7, 1))
    assert queries.holder_on(cluster, "president", unit, date(2026, 6, 30)) == first
    assert queries.holder_on(cluster, "president", unit, date(2026, 7, 1)) == second
    assert queries.holder_on(cluster, "president", unit, date(2025, 12, 31)) is None
    former = queries.former_holders(cluster, TODAY, post=post("president"), unit=unit)
    assert [one.person for one in former] == [first]


def test_each_units_posts_with_holders_and_empty_places():
    cluster = make.bnu()
    make.appointment("liaison"), make.appointment("department")
    ahnu = {one.of.key: one for one in queries.posts_of_unit(cluster, make.unit("安徽师范大学"), TODAY)}
    assert list(ahnu) == ["party-secretary", "president", "vice-president", "office-head", "liaison", "secretary"]
    assert [one.person.name for one in ahnu["liaison"].holders] == ["孙涛"]
    assert ahnu["president"].missing == 1 and ahnu["secretary"].missing == 0
    department = queries.posts_of_unit(cluster, make.unit("安徽省教育厅"), TODAY)
    assert [one.of.key for one in department] == ["department-leader", "office-head", "liaison", "secretary"]


def test_each_bodys_seats_with_holders_and_empty_places():
    cluster = make.bnu()
    make.appointment("secretariat"), make.appointment("expert")
    bodies = {one.body.name: one for one in queries.seats_of_bodies(cluster, TODAY)}
    assert len([name for name in bodies if name.endswith("小组团办公室")]) == 4
    experts = {one.of.post: one for one in bodies["专家委员会"].seats}
    assert [one.person.name for one in experts["委员"].holders] == ["钱文"] and experts["委员"].missing == 3
    office = bodies["大组团办公室"]
    assert office.missing == sum(one.of.count for one in office.seats) - 1
    assert queries.seats_of_bodies(cluster, date(2021, 1, 1)) == []


def test_the_whole_cluster_costs_the_same_however_many_people(django_assert_num_queries):
    cluster = make.bnu()
    make.appointment("secretariat")
    for read in (queries.posts_of_members, queries.seats_of_bodies):
        with CaptureQueriesContext(connection) as before:
            str(read(cluster, TODAY))
        make.person("甲" + read.__name__, "安徽师范大学", post="secretary", seat="安徽师范大学小组团办公室联络员")
        with django_assert_num_queries(len(before)):
            str(read(cluster, TODAY))
