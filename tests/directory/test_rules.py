"""The rules of appointing, without a database."""

from datetime import date

import pytest

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory import rules
from tizhi.pipeline.directory.rules import Place

AHNU, FYNU = 1, 2
HEAD = frozenset({"approve-unit", "report-unit", "people-unit"})
LIAISON = frozenset({"report-unit", "people-unit"})


def _actor(*powers, unit=AHNU, cluster=7):
    return Actor(person_id=1, appointment_id=1, cluster_id=cluster, unit_id=unit, powers=frozenset(powers))


def _post(*powers, unit=AHNU, cluster=7):
    return Place(cluster, unit, frozenset(powers), in_body=False, name="某职务")


def _seat(*powers, unit=None, cluster=7):
    return Place(cluster, unit, frozenset(powers), in_body=True, name="某席位")


SECRETARIAT, OFFICE_HEAD, KEEPER = _actor("secretariat"), _actor(*HEAD), _actor(*LIAISON)


@pytest.mark.parametrize(
    "who, place, may",
    [
        (SECRETARIAT, _seat("secretariat"), True),
        (SECRETARIAT, _seat("pair", unit=AHNU), True),
        (SECRETARIAT, _post(*HEAD, unit=FYNU), True),
        (SECRETARIAT, _post(*LIAISON, unit=FYNU), True),
        (SECRETARIAT, _post("approve-unit", unit=FYNU), False),
        (SECRETARIAT, _seat("secretariat", cluster=8), False),
        (OFFICE_HEAD, _post(*HEAD), True),
        (OFFICE_HEAD, _post("approve-unit", "read-cluster"), True),
        (OFFICE_HEAD, _post(*LIAISON, unit=FYNU), False),
        (OFFICE_HEAD, _post(*LIAISON, cluster=8), False),
        (OFFICE_HEAD, _seat(), False),
        (OFFICE_HEAD, _seat("pair", unit=AHNU), False),
        (KEEPER, _post(*LIAISON), True),
        (KEEPER, _post("report-unit"), True),
        (KEEPER, _post(), True),
        (KEEPER, _post(*HEAD), False),
        (KEEPER, _post("approve-unit"), False),
        (KEEPER, _post("report-unit", "read-cluster"), False),
        (_actor("approve-unit"), _post(), False),
        (_actor("report-unit"), _post(), False),
        (Actor(is_administrator=True), _seat("secretariat"), False),
        (Actor(is_administrator=True), _post(), False),
    ],
)
def test_who_may_appoint_whom(who, place, may):
    assert (rules.why_not_fill(who, place) is None) == may


@pytest.mark.parametrize(
    "who, places, may",
    [
        (KEEPER, [], True),
        (KEEPER, [_post(*LIAISON)], True),
        (KEEPER, [_post("approve-unit")], False),
        (KEEPER, [_post(*LIAISON), _seat("pair", unit=AHNU)], False),
        (OFFICE_HEAD, [_post("approve-unit")], True),
        (OFFICE_HEAD, [_post(*LIAISON), _seat("pair", unit=AHNU)], True),
        (OFFICE_HEAD, [_seat("secretariat")], False),
        (OFFICE_HEAD, [_post(*LIAISON, unit=FYNU)], False),
        (SECRETARIAT, [_seat("secretariat"), _post(*HEAD, unit=FYNU)], True),
        (SECRETARIAT, [_seat("expert"), _post("approve-unit", unit=FYNU)], False),
    ],
)
def test_an_account_is_opened_only_by_who_answers_for_all_its_owner_holds(who, places, may):
    assert (rules.why_not_let_in(who, places) is None) == may


def test_what_is_wrong_with_a_term_is_said_at_its_field():
    day = date(2026, 11, 23)
    assert rules.term_fault(day, None, False) is None
    assert rules.term_fault(day, day, True) is None
    assert rules.term_fault(day, date(2026, 11, 22), False) == ("ends", "止期早于起期，请核对。")
    assert rules.term_fault(day, None, True) == ("ends", "代管须写明止期，到期可再延长。")


def test_how_many_hold_a_post_at_once():
    spring = (date(2026, 1, 1), date(2026, 6, 30))
    autumn = (date(2026, 7, 1), None)
    assert rules.most_at_once([spring, autumn], date(2026, 1, 1), None) == 1
    assert rules.most_at_once([spring, autumn, (None, None)], date(2026, 3, 1), date(2026, 3, 1)) == 2
    assert rules.most_at_once([spring], date(2026, 7, 1), None) == 0
    assert rules.most_at_once([autumn], date(2026, 1, 1), None) == 1


@pytest.mark.parametrize("phone", ["13800001234", "010-58800000", "0971-6307300-8012", "05535910001", ""])
def test_numbers_offices_write_are_taken(phone):
    assert rules.person_faults("王敏", rules.normal_phone(phone), "") == {}


@pytest.mark.parametrize("typed", ["138 0000 1234", "+86 138-0000-1234", "0086 13800001234", "138　0000　1234"])
def test_numbers_are_kept_in_one_form(typed):
    assert rules.normal_phone(typed) == "13800001234"


@pytest.mark.parametrize("phone", ["1380000123", "12345678901", "58800000", "138000012345", "电话见邮件"])
def test_numbers_that_reach_nobody_are_refused(phone):
    assert "phone" in rules.person_faults("王敏", rules.normal_phone(phone), "")


@pytest.mark.parametrize("email", ["wang", "wang@", "wang@bnu", "wang min@bnu.edu.cn", "王敏@bnu.edu.cn"])
def test_addresses_that_reach_nobody_are_refused(email):
    assert "email" in rules.person_faults("王敏", "", email)


@pytest.mark.parametrize(
    "name, letters", [("王敏", "wm"), ("单雪", "sx"), ("重庆", "cq"), ("才让·多杰", "crdj"), ("任丽Anna", "rlanna")]
)
def test_people_are_found_by_the_first_letters_of_their_names(name, letters):
    assert rules.initials(name) == letters
