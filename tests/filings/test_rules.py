"""What a period asks, and what counts as complete and in time."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from tests import make
from tizhi.base.kit.periods import parse
from tizhi.pipeline.filings import rules
from tizhi.pipeline.filings.models import UnitInput
from tizhi.pipeline.scheme import declared


def _scheme(**replaced: str) -> declared.Scheme:
    text = make.real_text()
    for old, new in replaced.values():
        assert old in text
        text = text.replace(old, new)
    return declared.read(text)


def test_the_plan_asks_every_university():
    assert rules.asked_of(_scheme()) == ("university",)


def test_a_scheme_that_asks_nobody_in_particular_asks_every_university():
    silent = _scheme(kind=('evidence = { kind = "unit-input" }', 'evidence = { kind = "contacts" }'))
    assert rules.asked_of(silent) == ("university",)


def test_a_scheme_may_ask_roles_and_bodies_instead():
    other = _scheme(
        who=(
            'name = "报送本季度亮点、问题、建议和下季度安排"\nwho = "university"',
            'name = "报送本季度亮点、问题、建议和下季度安排"\nwho = ["partner", "pair-office"]',
        )
    )
    assert rules.asked_of(other) == ("partner", "pair-office")


def test_inputs_are_due_with_the_report_where_the_scheme_says_nothing_else():
    silent = _scheme(
        due=("input_due_workdays = 5       # after the quarter ends\n", ""),
        rule=(
            'evidence = { kind = "unit-input" }\ndue = { after = "period-end", workdays = 5 }',
            'evidence = { kind = "unit-input" }',
        ),
    )
    assert rules.input_due(silent).workdays == 10


def test_what_the_obligation_says_of_the_day_goes_before_the_report_cycle():
    said = _scheme(
        rule=(
            'evidence = { kind = "unit-input" }\ndue = { after = "period-end", workdays = 5 }',
            'evidence = { kind = "unit-input" }\ndue = { after = "period-end", workdays = 7 }',
        )
    )
    assert rules.input_due(said).workdays == 7


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, {"highlights", "next_steps"}),
        ({"highlights": "开展师范生联合培养", "next_steps": "完成中期检查"}, set()),
        ({"highlights": " \n ", "next_steps": "完成中期检查"}, {"highlights"}),
        ({"is_nil": True}, set()),
        ({"is_nil": True, "problems": "经费未到位"}, {"is_nil"}),
    ],
)
def test_complete_is_a_matter_of_content_and_nil_a_statement(given, faults):
    assert set(rules.faults(UnitInput(period="2026Q3", **given))) == faults


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (datetime(2026, 10, 14, 23, 59), True),
        (datetime(2026, 10, 15, 0, 1), False),
        (datetime(2026, 9, 20, 8, 0), True),
    ],
)
def test_in_time_is_the_day_in_the_programmes_zone(moment, in_time):
    assert rules.is_in_time(timezone.make_aware(moment), date(2026, 10, 14)) is in_time


def test_what_never_came_is_not_in_time():
    assert not rules.is_in_time(None, date(2026, 10, 14))


def test_units_are_reminded_from_ten_days_before_the_end():
    assert rules.opens_on(parse("2026Q4")) == date(2026, 12, 21)
