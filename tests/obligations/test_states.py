"""状态: every state is reached by what happened, and told in a word – never by colour alone [I1]."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import make
from tests.obligations.build import (
    LEAD,
    PARTNER,
    STUDY,
    VISIT,
    brief,
    ledger,
    line_of,
    since_the_start,
    state_of,
    visit,
)
from tizhi.base.kit import clock
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations.finding import Excuse, Finding
from tizhi.pipeline.obligations.rules import SOON_BY_ITSELF, State, is_near
from tizhi.pipeline.obligations.rules import state_of as decide
from tizhi.pipeline.scheme.entries import Evidence, ObligationEntry

RULE = ObligationEntry(
    id="r", name="事项", who=("partner",), evidence=Evidence(kind="activity"), every="year", remind=(30, 7)
)
DUE = date(2026, 12, 31)
EXCUSED = Excuse("王敏", "暑期封校")


@pytest.mark.django_db
def test_every_state_is_reached_by_what_happened():
    since_the_start()
    visit(date(2026, 5, 20))
    open_visit = line_of(VISIT, LEAD)
    with clock.at(date(2026, 9, 1)):
        pending = line_of(VISIT, "西北师范大学")
    waiver = Waiver(cluster=make.bnu(), unit=make.unit("四川师范大学"), instance="", about="调研")
    waiver.instance = line_of(VISIT, "四川师范大学").key
    filings.waive(make.actor("secretariat"), waiver, note="学校合并")
    found = {
        "未到期": pending.state,
        "临期": open_visit.state,
        "已完成": line_of(VISIT).state,
        "本期无": line_of("timely-brief", period="2026Q1").state,
        "免除": line_of(VISIT, "四川师范大学").state,
        "逾期": line_of(STUDY, LEAD, period="2026H1").state,
        "尚未启用": line_of("individual-project").state,
    }
    assert {word: state.word for word, state in found.items()} == {word: word for word in found}
    assert set(found.values()) == set(State)


@pytest.mark.django_db
def test_the_counts_name_every_state_and_add_up_to_all_lines():
    since_the_start()
    brief(date(2026, 11, 18), state="draft")
    whole = ledger()
    assert set(whole.counts) == set(State)
    assert sum(whole.counts.values()) == len(whole.lines)
    assert state_of("timely-brief", period="2026Q4") == "临期"


def test_states_are_told_apart_by_code_and_word():
    assert len({state.code for state in State}) == len({state.word for state in State}) == len(State)
    assert [State.of(state.code) for state in State] == list(State)


@pytest.mark.parametrize(
    ("found", "today", "state"),
    [
        (None, date(2027, 1, 1), State.NOT_YET),
        (Finding(done=1), date(2027, 1, 1), State.DONE),  # also after its day
        (Finding(done=1, excused=EXCUSED), DUE, State.DONE),  # what is done needs no excuse
        (Finding(done=1, is_nil=True), date(2027, 1, 1), State.NIL),
        (Finding(is_nil=True, excused=EXCUSED), DUE, State.NIL),
        (Finding(excused=EXCUSED), date(2027, 1, 1), State.WAIVED),  # also once late
        (Finding(is_lost=True), date(2026, 1, 1), State.LATE),  # at once
        (Finding(done=1, is_lost=True), date(2026, 1, 1), State.LATE),
        (Finding(), date(2027, 1, 1), State.LATE),
        (Finding(), DUE, State.SOON),  # the last day is in time
        (Finding(), date(2026, 12, 1), State.SOON),
        (Finding(), date(2026, 11, 30), State.PENDING),
        (Finding(next_due=date(2026, 11, 30)), date(2026, 11, 23), State.SOON),  # a part falls due before the whole
        (Finding(done=1, is_still_open=True), date(2026, 6, 1), State.PENDING),
        (Finding(done=1, needed=2), date(2026, 6, 1), State.PENDING),
    ],
)
def test_a_state_follows_from_what_was_found_and_the_day(found, today, state):
    assert decide(RULE, found, DUE, today) is state


def test_what_falls_due_on_no_day_is_never_late():
    assert decide(RULE, Finding(), None, date(2030, 1, 1)) is State.PENDING


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.lists(st.integers(1, 120), max_size=4))
def test_it_presses_from_the_first_reminder_on_and_without_reminders_for_a_week(today, days):
    rule = replace(RULE, remind=tuple(days))
    left = (DUE - today).days
    assert is_near(rule, DUE, today) is (left <= (max(days) if days else SOON_BY_ITSELF))


@pytest.mark.django_db
def test_a_years_line_passes_from_not_due_through_soon_to_late_or_done():
    since_the_start()
    words = []
    for day in (date(2026, 3, 1), date(2026, 10, 15), date(2027, 1, 5)):
        with clock.at(day):
            words.append(state_of(VISIT, PARTNER, period="2026"))
    visit(date(2026, 12, 30))
    with clock.at(date(2027, 1, 6)):
        words.append(state_of(VISIT, PARTNER, period="2026"))
    assert words == ["未到期", "临期", "逾期", "已完成"]
