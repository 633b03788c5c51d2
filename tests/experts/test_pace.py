"""The pace an expert sets, absences, and certificates asked for."""

from datetime import date

import pytest

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import actions, queries
from tizhi.pipeline.experts.models import Absence, ExpertProfile, Nomination
from tizhi.pipeline.scheme.models import Area

from .building import appointed, certificate

pytestmark = pytest.mark.django_db

State = Nomination.State


def fields(error):
    return set(error.value.fields)


# The expert's own pace


def pace(person):
    return ExpertProfile.objects.get(person=person)


def test_an_expert_sets_the_own_pace_and_nobody_else_but_the_office():
    person = make.person("田野", "四川师范大学")
    appointed(person)
    area = Area.objects.first()
    actions.set_pace(
        make.actor(person.user), pace(person), at_once=1, remind=[1, 7, 7], speciality=" 教师 教育 ", areas=[area.pk]
    )
    saved = pace(person)
    assert (saved.at_once, saved.remind, saved.speciality) == (1, [7, 1], "教师 教育")
    assert list(saved.areas.all()) == [area]
    assert actions.set_pace.allowed(make.actor("secretariat"), saved)
    for persona in set(make.ALL_PERSONAS) - {"secretariat"}:
        assert not actions.set_pace.allowed(make.actor(persona), saved)


def test_an_expert_appointed_without_a_nomination_sets_the_pace_for_the_first_time_once():
    actor = make.actor("expert")
    person = Person.objects.get(pk=actor.person_id)
    blank = ExpertProfile(cluster=make.bnu(), person=person)
    actions.open_profile(actor, blank, at_once=0, remind=[])
    assert (pace(person).at_once, pace(person).remind) == (0, [])
    with pytest.raises(RuleBroken):
        actions.open_profile(actor, ExpertProfile(cluster=make.bnu(), person=person), at_once=1)


def test_who_is_no_expert_has_no_pace():
    liaison = make.actor("liaison")
    blank = ExpertProfile(cluster=make.bnu(), person_id=liaison.person_id)
    with pytest.raises(RuleBroken):
        actions.open_profile(liaison, blank, at_once=1)


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"at_once": -1}, "at_once"),
        ({"at_once": 21}, "at_once"),
        ({"remind": [31]}, "remind"),
        ({"remind": [-1]}, "remind"),
        ({"speciality": "长" * 121}, "speciality"),
        ({"areas": [0]}, "areas"),
    ],
)
def test_a_pace_that_makes_no_sense_is_refused(given, wrong):
    actor = make.actor("expert")
    blank = ExpertProfile(cluster=make.bnu(), person_id=actor.person_id)
    with pytest.raises(RuleBroken) as error:
        actions.open_profile(actor, blank, **{"at_once": 3, **given})
    assert fields(error) == {wrong}


# Absences


def leave(begins, ends, reason="", actor=None):
    actor = actor or make.actor("expert")
    return actions.take_leave(
        actor, Absence(cluster=make.bnu(), person_id=actor.person_id), begins=begins, ends=ends, reason=reason
    )


def test_an_expert_is_away_on_the_days_he_says_and_may_come_back():
    leave(date(2026, 12, 1), date(2026, 12, 10), "访学")
    (one,) = queries.absences_of(make.bnu().pk, make.actor("expert").person_id)
    actions.cancel_leave(make.actor("expert"), one)
    assert not Absence.objects.exists()
    assert Entry.objects.get(code="experts.cancel_leave").target_id == one.pk


def test_who_comes_back_early_was_away_until_yesterday_and_past_days_stay():
    one = leave(date(2026, 11, 23), date(2026, 12, 10))
    with clock.at(date(2026, 11, 30)):
        actions.cancel_leave(make.actor("expert"), one)
        assert Absence.objects.get().ends == date(2026, 11, 29)
        with pytest.raises(RuleBroken):
            actions.cancel_leave(make.actor("expert"), Absence.objects.get())


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        (None, date(2026, 12, 1), "begins"),
        (date(2026, 12, 1), None, "ends"),
        (date(2026, 12, 2), date(2026, 12, 1), "ends"),
        (date(2026, 11, 1), date(2026, 11, 22), "ends"),
        (date(2026, 12, 1), date(3000, 1, 1), "ends"),
        (date(2026, 12, 20), date(2026, 12, 31), "begins"),
    ],
)
def test_days_that_make_no_sense_or_overlap_are_refused(begins, ends, wrong):
    leave(date(2026, 12, 15), date(2026, 12, 20))
    with pytest.raises(RuleBroken) as error:
        leave(begins, ends)
    assert fields(error) == {wrong}
    assert Absence.objects.count() == 1


# Certificates asked for


def test_an_expert_asks_for_a_year_in_which_he_was_one_and_once_at_a_time():
    actor = make.actor("expert")
    person = Person.objects.get(pk=actor.person_id)
    made = actions.ask_certificate(actor, certificate(person), year=2026, purpose=" 职称 评审 ")
    assert (made.purpose, made.is_issued) == ("职称 评审", False)
    for year, wrong in ((2026, "year"), (2020, "year"), (2027, "year"), (0, "year"), (99999, "year")):
        with pytest.raises(RuleBroken) as error:
            actions.ask_certificate(actor, certificate(person), year=year)
        assert fields(error) == {wrong}


def test_nobody_asks_for_another_expert_but_the_office():
    person = Person.objects.get(pk=make.actor("expert").person_id)
    for persona in set(make.ALL_PERSONAS) - {"secretariat", "expert"}:
        assert not actions.ask_certificate.allowed(make.actor(persona), certificate(person))
    assert actions.ask_certificate(make.actor("secretariat"), certificate(person), year=2026)
