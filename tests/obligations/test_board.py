"""总表: rules × units – a column for each who owes, a cell that shows what needs somebody first, no points [I3]."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import (
    LEAD,
    PARTNER,
    SCHOOL,
    STUDY,
    VISIT,
    brief,
    changed,
    handed_in,
    ledger,
    line_of,
    since_the_start,
    under,
    visit,
)
from tests.scheme.writing import GONE, real
from tizhi.pipeline.obligations.ledger import Cell, Ledger
from tizhi.pipeline.obligations.rules import State

pytestmark = pytest.mark.django_db

INPUT = "quarterly-input"


def cell(rule: str, who: str = PARTNER, board: Ledger | None = None) -> Cell | None:
    row = next(row for row in (board or ledger()).rows if row.rule.id == rule)
    return next(cell for column, cell in row.cells if column.name == who)


def test_a_cell_shows_what_needs_somebody_first():
    since_the_start()
    handed_in("2026Q1", date(2026, 4, 3))
    handed_in("2026Q2", date(2026, 7, 3))
    assert (cell(INPUT).state, cell(INPUT).score) == (State.LATE, "2/4")
    assert cell(INPUT).told == "逾期1，已完成2，未到期1"
    handed_in("2026Q3", date(2026, 10, 9))
    assert (cell(INPUT).state, cell(INPUT).score) == (State.PENDING, "3/4")


def test_a_cell_of_one_duty_shows_how_much_of_how_much():
    under((f"obligation[{VISIT}].count", 2))
    visit(date(2026, 5, 20))
    assert (cell(VISIT).state, cell(VISIT).score) == (State.SOON, "1/2")
    visit(date(2026, 9, 3))
    assert (cell(VISIT).state, cell(VISIT).score) == (State.DONE, "")


def test_a_rule_has_no_cell_for_who_owes_nothing_by_it():
    since_the_start()
    assert cell(VISIT, SCHOOL) is None
    assert cell(VISIT, LEAD) is not None


def test_rules_stand_in_the_order_of_the_scheme_and_units_under_their_role():
    since_the_start()
    board = ledger()
    assert [row.rule.id for row in board.rows] == [one["id"] for one in real()["obligation"]]
    assert board.groups == [("重点联系院校", 4), ("重点支持院校", 4), ("省级教育行政部门", 3), ("组团", 2)]
    assert [column.name for column in board.columns][:5] == [
        "北京师范大学", "安徽师范大学", "西北师范大学", "四川师范大学", "青海师范大学",
    ]  # fmt: skip


def test_an_office_inside_a_unit_stands_in_its_units_column():
    since_the_start()
    assert cell("project-group").lines[0].who.name == "安徽师范大学小组团办公室"


def test_a_unit_that_left_in_the_year_keeps_its_column_under_its_role():
    since_the_start()
    changed(
        ("unit[nwnu]", GONE), ("pair[3].partner", "sicnu"),
        ("conference.members", [one for one in real()["conference"]["members"] if one != "nwnu"]),
        begins=date(2026, 7, 1),
    )  # fmt: skip
    board = ledger()
    column = next(column for column in board.columns if column.name == "西北师范大学")
    assert column.group == "重点联系院校"
    assert [line.instance.period.key for line in cell(INPUT, "西北师范大学").lines] == ["2026Q1", "2026Q2"]
    assert [name for name, _ in board.groups] == ["重点联系院校", "重点支持院校", "省级教育行政部门", "组团"]


def test_a_rule_tells_how_often_by_which_clause_and_how_many_stand_how():
    since_the_start()
    visit(date(2026, 5, 20))
    row = next(row for row in ledger().rows if row.rule.id == VISIT)
    assert (row.often, row.clause) == ("每年", "四(五)2")
    assert {state.word: count for state, count in row.counts.items() if count} == {"已完成": 1, "临期": 3}


def test_lines_are_found_by_state_with_the_most_urgent_first_and_by_their_key():
    since_the_start()
    brief(date(2026, 11, 20), state="draft")
    board = ledger()
    late = board.in_state(State.LATE)
    assert [line.due for line in late] == sorted(line.due for line in late)
    assert board.line(late[0].key) is late[0]
    assert board.line("no|such||line") is None
    assert len({line.key for line in board.lines}) == len(board.lines)


def test_a_key_stays_from_day_to_day_and_from_year_to_year():
    since_the_start()
    assert line_of(VISIT).key == line_of(VISIT, as_of=date(2026, 3, 1)).key
    assert line_of(VISIT, period="2025").key != line_of(VISIT).key


def test_a_line_knows_its_units_and_its_words():
    since_the_start()
    line = line_of(STUDY, period="2026H2")
    assert line.units == {make.unit(PARTNER).pk, make.unit(SCHOOL).pk}
    assert (line.span, line.toward, line.year, line.done_on) == ("2026年下半年", SCHOOL, 2026, "")
    once = line_of("pair-office")
    assert (once.span, once.toward, once.year) == ("一次性", "", 2026)
    assert line_of("lead-leader-visit", LEAD).toward == "任一重点支持院校"


def test_narrowed_it_keeps_only_the_columns_that_have_lines():
    since_the_start()
    board = ledger().only(lambda line: line.rule.id == VISIT)
    assert [column.name for column in board.columns] == ["北京师范大学", "安徽师范大学", "西北师范大学", "四川师范大学"]
    assert board.groups == [("重点联系院校", 4)]
