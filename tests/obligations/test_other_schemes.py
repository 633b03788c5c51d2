"""别的方案: rules that the real plan does not have are counted, or told as not yet possible; none breaks the ledger."""

import itertools
import tomllib
from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.obligations.build import (
    LEAD,
    OTHER_SCHOOL,
    PARTNER,
    SCHOOL,
    STARTS,
    at,
    brief,
    holder,
    ledger,
    line_of,
    lines,
    rule,
    score_of,
    state_of,
    under,
    visit,
)
from tests.scheme.writing import GONE
from tizhi.base.kit import clock
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.ledger import Ledger
from tizhi.pipeline.scheme.evidence import EVIDENCE
from tizhi.pipeline.scheme.terms import TOWARD

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 20)
STUDIES = {"kind": "activity", "activity": "field-study"}
THREE_MONTHS = {"after": "start", "months": 3}
PARAMETERS = {
    "activity": {"activity": "lecture", "mode": "online", "post": "office-head"},
    "timely-briefs": {"share": 0.5},
    "report": {"report": "quarterly", "state": "issued"},
    "body": {"bodies": ["pair-office", "project-group"]},
    "plan": {"plan": "year", "step": "draft"},
    "project": {"area": "talent"},
    "training": {"item": "青年骨干教师培育"},
    "meeting": {"meeting": "joint-conference", "state": "held"},
}


def told(board: Ledger) -> int:
    """Everything a page asks of every line; how many there are."""
    for line in board.lines:
        assert line.sentence.endswith("。") and line.state.word and line.span and line.column
        assert all("None" not in part for part in (line.score, line.left, line.done_on, line.toward, line.sentence))
    actor = make.actor("secretariat")
    for line in {line.rule.id: line for line in board.lines}.values():
        queries.behind(actor, board, line)
        if line.measure and line.finding:
            assert all(line.measure.how(line.instance))
            place = line.measure.place(line.instance)
            assert place is None or reverse(place.url_name, args=place.url_args)
    assert board.rows or not board.lines
    return len(board.lines)


# Whatever a scheme may ask of whomever


@pytest.mark.parametrize("kind", EVIDENCE)
def test_every_evidence_may_be_asked_of_everybody_as_often_and_toward_whom_one_likes(kind):
    evidence = {"kind": kind, **PARAMETERS.get(kind, {})}
    whose = ("partner", "department", "cluster-office", "pair-office", "project-group")
    often = (
        {"every": "quarter"}, {"every": "half-year", "count": 3}, {"every": "year"}, {"once": True},
        {"once": True, "due": {"after": "start", "workdays": 20}},
    )  # fmt: skip
    towards = itertools.cycle([None, *TOWARD])
    rules = [
        rule(f"any-{n}", who=who, evidence=evidence, **one, **({"toward": toward} if toward else {}))
        for n, ((who, one), toward) in enumerate(zip(itertools.product(whose, often), towards, strict=False))
    ]
    cluster = under(("obligation", rules))
    visit(MAY)
    brief(MAY)
    assert told(ledger()) and told(ledger(as_of=date(2026, 9, 30)))
    assert told(queries.of_now(cluster))


@pytest.mark.parametrize("name", ["cnu", "swu", "least", "second-home"])
def test_the_schemes_of_other_clusters_have_their_ledgers(name):
    make.persona("secretariat")
    text = make.example_text(name)
    with clock.at(STARTS):
        cluster = make.cluster_of(tomllib.loads(text)["cluster"]["id"], text)
    for year in queries.years(cluster):
        told(queries.of_year(cluster, year))
    told(queries.of_now(cluster))


def test_a_scheme_without_rules_has_an_empty_ledger():
    under(("obligation", GONE))
    board = ledger()
    assert (board.lines, board.rows, board.columns, board.groups) == ([], [], [], [])
    assert set(board.counts.values()) == {0}


# Who and toward whom


def test_a_body_of_the_whole_cluster_takes_part_in_no_activity_and_is_not_accused_of_it():
    under(
        ("obligation[+]", rule("office-study", who="cluster-office", toward="each-supported-school", evidence=STUDIES))
    )
    found = lines("office-study", None)
    assert {line.toward for line in found} == {SCHOOL, OTHER_SCHOOL, "阿坝师范学院", "西昌民族幼专"}
    assert {line.state.word for line in found} == {"尚未启用"}


def test_an_office_inside_a_unit_owes_what_its_unit_did():
    under(("obligation[+]", rule("office-study", who="pair-office", toward="paired-school", evidence=STUDIES)))
    visit(MAY)
    assert state_of("office-study", "安徽师范大学小组团办公室") == "已完成"
    assert state_of("office-study", "西北师范大学小组团办公室") == "未到期"


def test_each_supported_school_is_a_duty_of_its_own():
    under(("obligation[+]", rule("everywhere", who="lead", toward="each-supported-school", evidence=STUDIES)))
    visit(MAY, by=LEAD, to=SCHOOL)
    visit(MAY, by=LEAD, units=((OTHER_SCHOOL, "host"), ("阿坝师范学院", "attending"), (LEAD, "visitor")))
    assert {line.toward: line.state.word for line in lines("everywhere", LEAD)} == {
        SCHOOL: "已完成", OTHER_SCHOOL: "已完成", "阿坝师范学院": "已完成", "西昌民族幼专": "未到期",
    }  # fmt: skip


def test_a_school_that_owes_it_to_each_school_does_not_owe_it_to_itself_by_being_there():
    under(("obligation[+]", rule("among", who="supported", toward="each-supported-school", evidence=STUDIES)))
    visit(MAY)
    assert score_of("among", SCHOOL, toward=SCHOOL) == (0, 1)


def test_the_same_evidence_toward_a_school_and_toward_nobody_is_counted_for_each_by_its_own_measure():
    under(
        ("obligation[+]", rule("at-school", who="partner", toward="paired-school", evidence=STUDIES)),
        ("obligation[+]", rule("anywhere", who="partner", evidence=STUDIES)),
    )
    visit(MAY, units=((PARTNER, "host"), (OTHER_SCHOOL, "visitor")))
    assert (state_of("at-school"), state_of("anywhere")) == ("未到期", "已完成")
    visit(date(2026, 6, 2))
    assert (state_of("at-school"), score_of("anywhere")) == ("已完成", (1, 1))


# Once, several times, in other lengths


def test_an_activity_owed_once_may_come_at_any_time_and_says_when_it_was_late():
    under(("obligation[+]", rule("opening", once=True, toward="paired-school", evidence=STUDIES, due=THREE_MONTHS)))
    assert (state_of("opening"), line_of("opening").due) == ("逾期", date(2022, 6, 30))
    visit(MAY)
    line = line_of("opening")
    assert (line.state.word, line.span) == ("已完成", "一次性")
    assert line.sentence == "本组团约定：安徽师范大学应至少1次实地调研阜阳师范大学；已完成1次（逾期1420天）。".replace(
        "实地", ""
    )
    visit(date(2022, 6, 30), who=holder("高远"))
    assert line_of("opening").sentence.endswith("；已完成2次。")


def test_two_are_needed_where_the_scheme_asks_for_two():
    under(("obligation[+]", rule("twice", count=2)))
    assert score_of("twice") == (0, 2)
    brief(MAY)
    assert (state_of("twice"), line_of("twice").score) == ("未到期", "1/2")
    brief(date(2026, 6, 10))
    assert (state_of("twice"), line_of("twice").done_on) == ("已完成", "2026年6月10日")
    assert line_of("twice").sentence == "本组团约定：安徽师范大学2026年应至少2次开展培训（线上、线下均可）；已完成2次。"


def test_one_activity_counts_in_each_of_its_periods_for_rules_of_unlike_length_as_they_say():
    shared = {"evidence": STUDIES, "toward": "paired-school"}
    under(
        ("obligation[+]", rule("of-quarter", every="quarter", also_counts_for=["of-year"], **shared)),
        ("obligation[+]", rule("of-year", **shared)),
    )
    visit(MAY)
    assert [line.state.word for line in lines("of-quarter")] == ["逾期", "已完成", "逾期", "未到期"]
    assert state_of("of-year") == "已完成"


def test_a_cluster_that_reports_by_half_years_owes_its_report_by_half_years():
    under(
        ("reports.every", "half-year"),
        ("obligation[quarterly-report].every", "half-year"),
        ("obligation[quarterly-input].every", "half-year"),
    )
    found = lines("quarterly-report", "大组团办公室")
    assert [(line.instance.period.key, line.state.word) for line in found] == [("2026H1", "逾期"), ("2026H2", "未到期")]
    assert found[0].sentence.startswith("四(四)：大组团办公室应将2026年上半年工作开展情况汇总报送教育部；")
    assert [line.instance.period.key for line in lines("quarterly-input")] == ["2026H1", "2026H2"]


def test_a_report_in_another_rhythm_than_the_clusters_has_no_place_yet():
    under(("obligation[quarterly-report].every", "half-year"))
    assert {line.state.word for line in lines("quarterly-report", "大组团办公室")} == {"尚未启用"}


def test_two_roles_in_one_rule_owe_once_each():
    under(("obligation[+]", rule("all", who=["lead", "partner", "university"])))
    found = [line.who.name for line in lines("all", None)]
    assert len(found) == len(set(found)) == 8


def test_an_evidence_of_a_mode_counts_that_mode():
    under(("obligation[+]", rule("by-video", evidence={**STUDIES, "mode": "online"}, toward="paired-school")))
    visit(MAY)
    assert state_of("by-video") == "未到期"
    visit(MAY, mode="online", created_at=at(MAY))
    assert state_of("by-video") == "已完成"
    assert line_of("by-video").sentence == "本组团约定：安徽师范大学2026年应至少1次线上调研阜阳师范大学；已完成1次。"
