"""Who reads which report in which state, and what waits for whom."""

from datetime import date

import pytest

from tests import make
from tests.reports.quarter import drafted, office, quarter, signer
from tests.reports.test_actions import STATES, in_state
from tizhi.base.kit import clock
from tizhi.pipeline.reports import queries

pytestmark = pytest.mark.django_db

NEVER = {"outsider", "administrator", "nobody"}
ALWAYS = {"secretariat", "leading-group"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("persona", [*make.ALL_PERSONAS, "president"])
def test_drafts_are_read_by_few_and_issued_reports_by_all(persona, state):
    report = in_state(state)
    actor = signer() if persona == "president" else make.actor(persona)
    may_read = queries.visible_to(actor).filter(pk=report.pk).exists()
    expected = persona not in NEVER and (
        persona in ALWAYS or state == "issued" or (persona == "president" and state in ("signing", "signed"))
    )
    assert may_read is expected


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_how_a_quarter_stands_is_seen_by_every_unit_but_the_ministry_waits_for_the_issue(persona):
    quarter(1)
    report = drafted()
    sees = queries.quarters_for(make.actor(persona)).filter(pk=report.pk).exists()
    assert sees is (persona not in NEVER | {"ministry"})


def test_each_step_waits_for_the_one_who_takes_it():
    report = in_state("drafting")
    assert [todo.verb for todo in queries.waiting_for(office())] == ["编制"]
    assert queries.waiting_for(signer()) == []
    report.state = "checking"
    report.save()
    assert [todo.verb for todo in queries.waiting_for(office())] == ["核对"]
    report.state = "signing"
    report.save()
    assert queries.waiting_for(office()) == []
    (todo,) = queries.waiting_for(signer())
    assert (todo.verb, todo.due) == ("签发", date(2026, 10, 20))
    report.state = "signed"
    report.save()
    assert [todo.verb for todo in queries.waiting_for(office())] == ["印发"]
    report.state = "issued"
    report.save()
    assert queries.waiting_for(office()) == []


def test_a_quarter_that_is_not_over_waits_for_nobody():
    in_state("drafting")
    with clock.at(date(2026, 9, 1)):
        assert queries.waiting_for(office()) == []


@pytest.mark.parametrize("persona", ["liaison", "ministry", "expert", "administrator", "nobody"])
def test_nothing_of_a_report_waits_for_others(persona):
    in_state("signing")
    assert queries.waiting_for(make.actor(persona)) == []
