"""截至某日: the ledger of a past day tells what was true and known by the end of that day, nothing that came later."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.obligations.build import (
    LEAD,
    PARTNER,
    SCHOOL,
    STUDY,
    VISIT,
    at,
    brief,
    changed,
    handed_in,
    holder,
    ledger,
    line_of,
    lines,
    since_the_start,
    state_of,
    visit,
)
from tizhi.base.kit import clock
from tizhi.base.kit.periods import parse
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings import queries as inputs
from tizhi.pipeline.filings.models import ContactsConfirmation
from tizhi.pipeline.scheme.models import UnitName

pytestmark = pytest.mark.django_db

INPUT, BRIEFS = "quarterly-input", "timely-brief"
Q3 = {"period": "2026Q3"}
DAY = timedelta(days=1)


def test_a_visit_counts_from_the_day_it_was_accepted():
    since_the_start()
    visit(date(2026, 5, 20), accepted_at=at(date(2026, 6, 8), 23))
    assert state_of(VISIT, as_of=date(2026, 6, 7)) == "未到期"
    assert state_of(VISIT, as_of=date(2026, 6, 8)) == "已完成"


def test_a_visit_of_december_accepted_in_january_was_late_for_those_days():
    since_the_start()
    visit(date(2025, 12, 30), accepted_at=at(date(2026, 1, 6)))
    told = {day: state_of(VISIT, period="2025", as_of=day) for day in (date(2025, 12, 31), date(2026, 1, 5))}
    assert list(told.values()) == ["临期", "逾期"]
    assert state_of(VISIT, period="2025") == "已完成"


def test_as_of_a_day_is_what_the_ledger_said_on_the_evening_of_that_day():
    since_the_start()
    visit(date(2026, 5, 20))
    brief(date(2026, 10, 9), sent_at=at(date(2026, 10, 20)))
    handed_in("2026Q3", date(2026, 10, 15))
    for day in (date(2026, 5, 1), date(2026, 10, 16), date(2026, 10, 19), date(2026, 10, 31)):
        with clock.at(at(day, 23)):
            then = {line.key: line.sentence for line in ledger().lines}
        assert {line.key: line.sentence for line in ledger(as_of=day).lines} == then


def test_today_is_the_same_asked_for_or_not():
    since_the_start()
    visit(date(2026, 5, 20))
    assert [line.sentence for line in ledger().lines] == [
        line.sentence for line in ledger(as_of=clock.today()).lines
    ]  # fmt: skip


def test_a_year_that_is_over_keeps_its_ledger():
    since_the_start()
    assert ledger(2024, date(2024, 12, 31)).lines
    assert {line.instance.period.first.year for line in ledger(2024).lines if line.instance.period} == {2024}
    assert state_of(VISIT, period="2024", as_of=date(2024, 12, 31)) == "临期"
    assert state_of(VISIT, period="2024") == "逾期"


def test_a_post_given_up_since_does_not_matter_to_the_day():
    since_the_start()
    leader = holder("高远")
    visit(date(2026, 5, 20), who=leader)
    Appointment.objects.filter(person=leader).update(ends=date(2026, 6, 30))
    assert state_of(VISIT, as_of=date(2026, 6, 1)) == state_of(VISIT) == "已完成"


# Briefs


def test_a_brief_entered_later_was_not_known():
    since_the_start()
    brief(date(2026, 10, 9), created_at=at(date(2026, 10, 30)), sent_at=at(date(2026, 10, 30)))
    assert line_of(BRIEFS, as_of=date(2026, 10, 29), period="2026Q4").finding.note == "尚无动态"
    assert state_of(BRIEFS, as_of=date(2026, 10, 30), period="2026Q4") == "逾期"


def test_a_brief_sent_later_was_open_and_then_overdue():
    since_the_start()
    brief(date(2026, 11, 6), sent_at=at(date(2026, 11, 20)))
    told = {
        day: line_of(BRIEFS, as_of=day, period="2026Q4").finding.note
        for day in (date(2026, 11, 7), date(2026, 11, 13), date(2026, 11, 14), date(2026, 11, 20))
    }
    assert list(told.values()) == [
        "已知1条，及时0条，待报送1条", "已知1条，及时0条，待报送1条", "已知1条，及时0条，逾期未报1条",
        "已知1条，及时0条，逾期报送1条",
    ]  # fmt: skip


def test_a_draft_put_away_since_was_still_there():
    since_the_start()
    draft = brief(date(2026, 11, 6), state="draft")
    with clock.at(date(2026, 11, 16)):
        activities.put_into_bin(make.actor("liaison"), draft)
    assert state_of(BRIEFS, as_of=date(2026, 11, 15), period="2026Q4") == "逾期"
    assert state_of(BRIEFS, as_of=date(2026, 11, 16), period="2026Q4") == "未到期"
    assert line_of(BRIEFS, period="2026Q4").finding.note == "尚无动态"


def test_as_of_yesterday_todays_draft_is_not_known():
    since_the_start()
    brief(date(2026, 11, 23), state="draft", first_day=date(2026, 11, 20), created_at=at(date(2026, 11, 20)))
    assert line_of(BRIEFS, as_of=clock.today() - DAY, period="2026Q4").finding.note == "尚无动态"
    assert line_of(BRIEFS, period="2026Q4").finding.note == "已知1条，及时0条，待报送1条"


# Inputs


def test_an_input_signed_later_waited_for_its_signature():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 9), handed_in_at=at(date(2026, 10, 12)))
    told = [line_of(INPUT, as_of=date(2026, 10, day), **Q3) for day in (8, 9, 12)]
    assert [(line.state.word, line.finding.note) for line in told] == [
        ("临期", ""), ("临期", "待本单位审签"), ("已完成", "2026年10月9日报送"),
    ]  # fmt: skip


def test_an_exemption_holds_from_the_day_it_was_given():
    since_the_start()
    entry = inputs.input_of(make.actor("secretariat"), parse("2026Q3"), make.unit(PARTNER))
    with clock.at(date(2026, 10, 20)):
        filings.exempt(make.actor("secretariat"), entry, note="暑期搬迁")
    assert state_of(INPUT, as_of=date(2026, 10, 19), **Q3) == "逾期"
    assert state_of(INPUT, as_of=date(2026, 10, 20), **Q3) == "免除"


def test_an_exemption_taken_back_leaves_the_duty_open():
    since_the_start()
    entry = inputs.input_of(make.actor("secretariat"), parse("2026Q3"), make.unit(PARTNER))
    entry = filings.exempt(make.actor("secretariat"), entry, note="暑期搬迁")
    entry = filings.ask_again(make.actor("secretariat"), entry)
    assert (state_of(INPUT, **Q3), entry.exempt_at) == ("逾期", None)


def test_contacts_confirmed_later_were_not_confirmed():
    since_the_start()
    ContactsConfirmation.objects.create(
        cluster=make.bnu(), unit=make.unit(PARTNER), period="2026H2", words="孙涛", at=at(date(2026, 9, 1))
    )
    assert state_of("contact-list", as_of=date(2026, 8, 31), period="2026H2") == "未到期"
    assert state_of("contact-list", as_of=date(2026, 9, 1), period="2026H2") == "已完成"


# The cluster itself


def test_a_scheme_put_in_force_later_asked_nothing_then():
    since_the_start()
    changed((f"obligation[{VISIT}].count", 2), begins=date(2026, 11, 2))
    assert line_of(VISIT, as_of=date(2026, 11, 1)).finding.needed == 1
    assert line_of(VISIT, as_of=date(2026, 11, 2)).finding.needed == 2


def test_who_had_not_joined_yet_owed_nothing():
    since_the_start()
    school = {"id": "nenu", "name": "东北师范大学", "kind": "university", "province": "吉林省", "roles": ["partner"]}
    changed(("unit[+]", school), ("pair[+]", {"partner": "nenu", "supported": "fynu"}), begins=date(2026, 10, 12))
    assert lines(VISIT, "东北师范大学", as_of=date(2026, 10, 11)) == []
    assert len(lines(VISIT, "东北师范大学", as_of=date(2026, 10, 12))) == 1


def test_a_unit_stands_under_the_name_it_bore_then():
    since_the_start()
    UnitName.objects.create(unit=make.unit(SCHOOL), name="阜阳师范学院", until=date(2026, 6, 30))
    before = line_of(VISIT, as_of=date(2026, 6, 30))
    assert (before.toward, "实地调研阜阳师范学院；" in before.sentence) == ("阜阳师范学院", True)
    assert line_of(VISIT).toward == SCHOOL


def test_duties_owed_once_stand_in_every_years_ledger_as_of_its_day():
    since_the_start()
    before, after = (line_of("pair-office", LEAD, as_of=day) for day in (date(2022, 6, 30), date(2022, 7, 1)))
    assert (before.state.word, after.state.word) == ("临期", "逾期")
    assert line_of(STUDY, as_of=date(2022, 12, 31), period="2022H2").state.word == "临期"
