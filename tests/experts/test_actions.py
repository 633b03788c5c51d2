"""From a nomination to the letter and its end."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.notices.models import Notice
from tizhi.pipeline.desk.queries import todos
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.models import ExpertProfile, Nomination
from tizhi.pipeline.scheme.models import Body, Member

from .building import BEGINS, ENDS, appointed, candidate, certificate, committee, confirmed, nomination, nominator, seat

pytestmark = pytest.mark.django_db
State = Nomination.State


def fields(error):
    return set(error.value.fields)


# Who nominates


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_only_the_unit_that_the_scheme_names_nominates(persona):
    assert not actions.nominate.allowed(make.actor(persona), committee())


def test_the_liaison_the_office_head_and_the_leaders_of_that_unit_nominate():
    for post in ("liaison", "office-head", "vice-president"):
        assert actions.nominate.allowed(
            make.actor(make.person(f"北师{post}", "北京师范大学", post=post).user), committee()
        )


def test_who_sits_in_a_body_of_that_unit_does_not_nominate():
    group = make.person("项目组长", "北京师范大学", seat="北京师范大学项目组组长")
    assert not actions.nominate.allowed(make.actor(group.user), committee())


def test_nobody_nominates_for_a_body_that_the_scheme_lets_nobody_nominate_for():
    assert not actions.nominate.allowed(nominator(), Body.objects.get(declared="cluster-office"))


def test_a_nomination_names_the_department_the_seat_and_the_reason():
    made = nomination()
    assert (made.state, made.department, str(made.seat)) == (State.NOMINATED, "北京师范大学教务部", "专家委员会委员")
    assert [area.name for area in made.areas.all()] == ["人才队伍建设"]
    assert "陆宁" in made.nominated_words
    assert Entry.objects.get(code="experts.nominate").target_id == made.pk


def test_somebody_new_is_entered_on_the_list_of_the_unit_with_the_nomination():
    member = Member.objects.get(cluster=make.bnu(), unit=make.unit("西北师范大学"))
    newcomer = {"member": member, "name": "罗衡", "department": "教育学院", "phone": "13800001111"}
    made = nomination_of(newcomer=newcomer)
    person = Person.objects.get(name="罗衡")
    assert (made.person, person.unit.name, person.department) == (person, "西北师范大学", "教育学院")
    assert person.user is None


def nomination_of(**given):
    columns = {"seat": seat(), "speciality": "教师教育", "reason": "熟悉情况。"}
    return actions.nominate(nominator(), committee(), **{**columns, **given})


def test_a_newcomer_with_faults_is_entered_nowhere_and_the_faults_stand_on_their_fields():
    member = Member.objects.get(cluster=make.bnu(), unit=make.unit("西北师范大学"))
    with pytest.raises(RuleBroken) as error:
        nomination_of(newcomer={"member": member, "name": "", "phone": "123"})
    assert fields(error) == {"name", "phone"}
    assert not Nomination.objects.exists()


def test_a_namesake_has_to_be_said_to_be_somebody_else():
    candidate("罗衡", "西北师范大学")
    member = Member.objects.get(cluster=make.bnu(), unit=make.unit("西北师范大学"))
    with pytest.raises(RuleBroken) as error:
        nomination_of(newcomer={"member": member, "name": "罗衡"})
    assert fields(error) == {"name"}
    assert nomination_of(newcomer={"member": member, "name": "罗衡", "is_namesake": True})


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"speciality": " "}, {"speciality"}),
        ({"reason": ""}, {"reason"}),
        ({"speciality": "长" * 121, "reason": "长" * 1001, "title": "长" * 61}, {"speciality", "reason", "title"}),
        ({"person": None}, {"person"}),
        ({"areas": [0]}, {"areas"}),
    ],
)
def test_a_nomination_that_says_too_little_or_too_much_is_refused_by_field(given, wrong):
    with pytest.raises(RuleBroken) as error:
        nomination_of(**{"person": candidate(), **given})
    assert fields(error) == wrong
    assert not Nomination.objects.exists()


def test_a_seat_of_another_body_or_one_that_a_post_fills_is_not_nominated_for():
    other = Body.objects.get(declared="leading-group").seats.first()
    with pytest.raises(RuleBroken) as error:
        nomination_of(person=candidate(), seat=other)
    assert fields(error) == {"seat"}


def test_no_more_are_nominated_than_places_are_free():
    for number in range(4):
        nomination(candidate(f"候选{number}"))
    with pytest.raises(RuleBroken) as error:
        nomination(candidate("候选五"))
    assert fields(error) == {"seat"}
    assert queries.free_places(seat()) == 0 and queries.free_places(seat("主任委员")) == 1


def test_a_declined_or_withdrawn_nomination_frees_its_place():
    first = nomination(candidate("甲"), "主任委员")
    actions.decline_nomination(make.actor("secretariat"), first, note="另有安排")
    second = nomination(candidate("乙"), "主任委员")
    actions.withdraw_nomination(nominator(), second, note="本人谢绝")
    assert nomination(candidate("丙"), "主任委员").state == State.NOMINATED


def test_somebody_is_nominated_once_for_a_seat():
    person = candidate()
    nomination(person)
    with pytest.raises(RuleBroken) as error:
        nomination(person)
    assert fields(error) == {"person"}


def test_somebody_off_the_list_is_not_nominated():
    with pytest.raises(RuleBroken) as error:
        nomination(candidate(is_open=False))
    assert fields(error) == {"person"}


def test_a_term_near_its_end_may_be_renewed_and_one_far_from_it_not():
    person = candidate()
    first = appointed(person)
    with pytest.raises(RuleBroken) as error:
        nomination(person)
    assert fields(error) == {"person"}
    with clock.at(ENDS - timedelta(days=90)):
        again = nomination(person)
        actions.confirm_nomination(make.actor("secretariat"), again)
        following = {"begins": ENDS + timedelta(days=1), "ends": date(2032, 11, 22)}
        actions.appoint_expert(
            make.actor("secretariat"), again, number="〔2029〕第1号", issued_on=clock.today(), **following
        )
    terms = list(Appointment.objects.filter(person=person).order_by("begins").values_list("begins", "ends"))
    assert terms == [(BEGINS, ENDS), (following["begins"], following["ends"])]
    assert Nomination.objects.filter(person=person, state=State.APPOINTED).count() == 2
    assert first.pk != again.pk


# Confirmed, declined, withdrawn, changed


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_only_the_secretariat_confirms_and_appoints(persona):
    made = nomination()
    for action in (actions.confirm_nomination, actions.decline_nomination, actions.appoint_expert):
        assert action.allowed(make.actor(persona), made) is (persona == "secretariat")


def test_the_nominator_hears_that_it_was_confirmed_declined_and_appointed():
    made = confirmed()
    told = Notice.objects.filter(person_id=made.writer_id)
    assert [one.title for one in told] == ["专家提名已确认，待发聘书：田野（专家委员会委员）"]
    other = nomination(candidate("乙"))
    actions.decline_nomination(make.actor("secretariat"), other, note="专业方向重复")
    assert (told.get(title__startswith="专家提名未通过").text, Nomination.objects.get(pk=other.pk).declined_reason) == (
        "专业方向重复",
        "专业方向重复",
    )


def test_a_decision_without_a_reason_is_not_taken():
    made = nomination()
    for action, actor in (
        (actions.decline_nomination, make.actor("secretariat")),
        (actions.withdraw_nomination, nominator()),
    ):
        with pytest.raises(RuleBroken) as error:
            action(actor, made, note=" ")
        assert fields(error) == {"note"}


def test_what_was_confirmed_is_neither_changed_nor_confirmed_again_but_may_be_withdrawn():
    made = confirmed()
    for action, actor in (
        (actions.change_nomination, nominator()),
        (actions.confirm_nomination, make.actor("secretariat")),
        (actions.decline_nomination, make.actor("secretariat")),
    ):
        with pytest.raises(RuleBroken):
            action(actor, made)
    assert actions.withdraw_nomination(nominator(), made, note="本人谢绝").state == State.WITHDRAWN
    with pytest.raises(RuleBroken):
        actions.appoint_expert(make.actor("secretariat"), made, begins=BEGINS, ends=ENDS, number="1", issued_on=BEGINS)


def test_two_who_change_a_nomination_at_once_do_not_overwrite_each_other():
    made = nomination()
    actions.change_nomination(nominator(), made, version=1, speciality="学前教育", reason="改一")
    with pytest.raises(Stale):
        actions.change_nomination(nominator(), made, version=1, speciality="特殊教育", reason="改二")
    assert Nomination.objects.get(pk=made.pk).speciality == "学前教育"


# The letter


def test_a_letter_gives_the_seat_its_rights_from_the_first_day_to_the_last():
    person = make.person("田野", "四川师范大学")
    made = appointed(person)
    assert (made.state, made.letter_number, made.appointment.person) == (State.APPOINTED, "〔2026〕第1号", person)
    held = appointments_of(person.user)
    assert actor_of(person.user, held[0]).powers == {"expert"}
    for day, count in ((BEGINS - timedelta(1), 0), (BEGINS, 1), (ENDS, 1), (ENDS + timedelta(1), 0)):
        with clock.at(day):
            assert len(appointments_of(person.user)) == count


def test_the_expert_hears_of_the_letter_and_starts_with_what_the_nomination_says():
    person = make.person("田野", "四川师范大学")
    appointed(person)
    notice = Notice.objects.get(person_id=person.pk)
    assert notice.title == "受聘为专家委员会委员" and "〔2026〕第1号" in notice.text
    profile = ExpertProfile.objects.get(person=person)
    assert (profile.speciality, profile.at_once, profile.remind, profile.areas.count()) == ("教师教育", 3, [3, 1], 1)


def test_who_is_not_confirmed_is_not_appointed():
    with pytest.raises(RuleBroken, match="请先确认"):
        actions.appoint_expert(
            make.actor("secretariat"), nomination(), begins=BEGINS, ends=ENDS, number="1", issued_on=BEGINS
        )


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"begins": None}, {"begins"}),
        ({"ends": None}, {"ends"}),
        ({"ends": date(2026, 11, 22)}, {"ends"}),
        ({"ends": date(2040, 1, 1)}, {"ends"}),
        ({"number": "  "}, {"number"}),
        ({"number": "长" * 61}, {"number"}),
        ({"issued_on": None}, {"issued_on"}),
        ({"issued_on": date(2026, 11, 24)}, {"issued_on"}),
        ({"issued_on": date(1026, 11, 24)}, {"issued_on"}),
        ({"begins": None, "ends": None, "number": "", "issued_on": None}, {"begins", "ends", "number", "issued_on"}),
    ],
)
def test_a_letter_that_is_not_complete_is_refused_by_field_and_nobody_is_appointed(given, wrong):
    with pytest.raises(RuleBroken) as error:
        appointed(**given)
    assert fields(error) == wrong
    assert not Appointment.objects.filter(seat=seat()).exists()


def test_a_number_is_given_once():
    appointed(candidate("甲"))
    with pytest.raises(RuleBroken) as error:
        appointed(candidate("乙"))
    assert fields(error) == {"number"}


def test_numbers_are_proposed_by_year_after_the_highest_one():
    cluster = make.bnu()
    assert queries.next_letter(cluster.pk, 2026) == "〔2026〕第1号"
    appointed(number="北师强师〔2026〕第 12 号")
    assert queries.next_letter(cluster.pk, 2026) == "〔2026〕第13号"
    assert queries.next_letter(cluster.pk, 2027) == "〔2027〕第1号"


def test_a_full_seat_is_refused_by_the_directorys_own_rule():
    make.person("现任", "北京师范大学", seat="专家委员会主任委员").appointments.update(ends=date(2027, 1, 31))
    with pytest.raises(RuleBroken) as error:
        appointed(post="主任委员")
    assert fields(error) == {"begins"}
    assert Nomination.objects.get().state == State.CONFIRMED
    made = actions.appoint_expert(
        make.actor("secretariat"), Nomination.objects.get(), begins=date(2027, 2, 1), ends=ENDS,
        number="〔2026〕第1号", issued_on=BEGINS,
    )  # fmt: skip
    assert made.appointment.begins == date(2027, 2, 1)


def test_a_term_that_ends_soon_is_on_the_offices_desk():
    appointed()
    with clock.at(ENDS - timedelta(days=10)):
        assert [one for one in todos(make.actor("secretariat")) if one.verb == "安排接任"]


# Who reads what


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_nominations_are_read_by_who_confirms_assigns_and_leads(persona):
    nomination()
    seen = queries.visible_to(make.actor(persona)).exists()
    assert seen is (persona in {"secretariat", "leading-group"})


def test_the_nominating_unit_reads_its_nominations_and_the_expert_his_own_letter():
    person = make.person("田野", "四川师范大学")
    made = confirmed(person)
    assert list(queries.visible_to(nominator())) == [made]
    other = make.person("丙", "四川师范大学", seat="专家委员会委员")
    assert not queries.visible_to(make.actor(other.user)).exists()
    actions.appoint_expert(make.actor("secretariat"), made, begins=BEGINS, ends=ENDS, number="1", issued_on=BEGINS)
    assert list(queries.visible_to(make.actor(person.user))) == [made]


def test_another_cluster_sees_and_decides_nothing():
    made = appointed()
    there = make.second_cluster()
    office = make.person("外组", "首都师范大学", cluster=there)
    head = next(
        one for one in Body.objects.filter(cluster=there) for seat_ in one.seats.all() if "secretariat" in seat_.powers
    )
    make.appoint(office, cluster=there, seat=head.seats.first())
    stranger = make.actor(office.user)
    assert stranger.has("secretariat")
    assert not queries.visible_to(stranger).exists() and not queries.experts_seen_by(stranger).exists()
    with pytest.raises(Denied):
        actions.confirm_nomination(stranger, made)


def test_what_waits_for_the_office_is_one_query_and_nobody_elses():
    nomination(candidate("甲")), confirmed(candidate("乙"))
    expert = appointed(make.person("丁", "四川师范大学"), "主任委员").person
    actions.ask_certificate(make.actor(expert.user), certificate(expert), year=2026)
    office = make.actor("secretariat")
    with CaptureQueriesContext(connection) as seen:
        found = [(one.verb, one.title) for one in queries.waiting_for(office)]
    assert len(seen) == 1
    assert set(found) == {
        ("确认专家提名", "甲（委员）"), ("聘任专家", "乙（委员）"), ("出具服务证明", "丁2026年度服务证明"),
    }  # fmt: skip
    with CaptureQueriesContext(connection) as seen:
        assert queries.waiting_for(make.actor("liaison")) == []
    assert [one for one in seen if "experts_" in one["sql"]] == []
