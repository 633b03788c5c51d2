"""谁看得见: every post reads the lines of the units it reads; no school reads how another one stands [I3]."""

from collections.abc import Iterable
from datetime import date

import pytest

from tests import make
from tests.obligations.build import (
    LEAD,
    OTHER_SCHOOL,
    PARTNER,
    SCHOOL,
    VISIT,
    handed_in,
    ledger,
    since_the_start,
    twin,
    visit,
)
from tizhi.base.kit import clock
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.ledger import Ledger, Line

pytestmark = pytest.mark.django_db

OF_CLUSTER = {"大组团办公室", "专家委员会"}


def seen(who: str) -> Ledger | None:
    return queries.visible_year(make.actor(who), 2026)


def owners(lines: Iterable[Line]) -> set[str]:
    """Whose lines they are; the cluster's own bodies left out, which are everybody's."""
    return {line.who.name for line in lines} - OF_CLUSTER


def about(line: Line) -> set[str]:
    return {line.who.name, line.toward} - {""}


@pytest.mark.parametrize("who", ["secretariat", "leading-group"])
def test_who_reads_the_cluster_reads_every_line(who):
    since_the_start()
    assert [line.key for line in seen(who).lines] == [line.key for line in ledger().lines]


def test_a_school_reads_what_it_owes_and_is_owed():
    since_the_start()
    mine = seen("supported-school")
    assert owners(mine.lines) == {OTHER_SCHOOL, LEAD}
    assert all(OTHER_SCHOOL in about(line) for line in mine.lines if line.who.name not in OF_CLUSTER)
    assert {line.rule.id for line in mine.lines if line.who.name == LEAD} >= {VISIT, "implementation-study"}


def test_no_school_reads_how_another_school_stands():
    since_the_start()
    visit(date(2026, 5, 20))
    handed_in("2026Q3", date(2026, 10, 9), of=SCHOOL)
    assert not [line for line in seen("supported-school").lines if SCHOOL in about(line)]


@pytest.mark.parametrize("who", ["liaison", "office-head", "vice-president", "secretary"])
def test_a_partner_reads_its_own_lines_and_not_what_its_school_owes(who):
    since_the_start()
    assert owners(seen(who).lines) == {PARTNER, "安徽师范大学小组团办公室"}


@pytest.mark.parametrize("who", ["pair-office", "project-group"])
def test_a_pair_office_reads_its_school_too(who):
    since_the_start()
    assert owners(seen(who).lines) >= {PARTNER, SCHOOL}
    assert OTHER_SCHOOL not in owners(seen(who).lines)


def test_a_department_reads_its_province():
    since_the_start()
    mine = seen("department")
    assert owners(mine.lines) == {"安徽省教育厅", PARTNER, SCHOOL, "安徽师范大学小组团办公室"} | {
        line.who.name for line in mine.lines if line.toward == SCHOOL
    }
    assert OTHER_SCHOOL not in owners(mine.lines)


def test_the_clusters_own_duties_are_everybodys():
    since_the_start()
    for who in ("supported-school", "liaison", "department", "expert"):
        assert {line.who.name for line in seen(who).lines} >= OF_CLUSTER


@pytest.mark.parametrize("who", ["ministry", "administrator", "nobody"])
def test_who_reads_issued_reports_only_or_has_no_post_reads_no_ledger(who):
    cluster = since_the_start()
    assert seen(who) is None
    assert queries.visible_now(make.actor(who), cluster).lines == []


def test_nobody_of_another_cluster_reads_it_not_even_the_same_university():
    cluster = since_the_start()
    stranger = make.actor("outsider")
    assert queries.visible_now(stranger, cluster).lines == []
    other = twin()
    member = make.person("吴桐", PARTNER, post="liaison", cluster=other)
    actor = make.actor(member.user)
    assert queries.visible_now(actor, cluster).lines == []
    assert owners(queries.visible_now(actor, other).lines) == {PARTNER, "安徽师范大学小组团办公室"}


def test_columns_and_counts_are_of_what_is_seen():
    since_the_start()
    mine = seen("supported-school")
    assert [column.name for column in mine.columns] == [LEAD, OTHER_SCHOOL, "大组团办公室", "专家委员会"]
    assert sum(mine.counts.values()) == len(mine.lines) < len(ledger().lines)
    assert sum(sum(row.counts.values()) for row in mine.rows) == len(mine.lines)


def test_what_presses_now_is_narrowed_alike():
    cluster = since_the_start()
    mine = queries.visible_now(make.actor("supported-school"), cluster)
    assert owners(mine.lines) == {OTHER_SCHOOL, LEAD}
    owed = queries.owed_by(mine, {make.unit(OTHER_SCHOOL).pk})
    assert owners(owed.lines) == {OTHER_SCHOOL}
    assert {line.state.word for line in queries.pressing(mine)} <= {"逾期", "临期"}


def test_what_presses_stands_in_the_order_of_its_days():
    cluster = since_the_start()
    lines = queries.pressing(queries.of_now(cluster))
    assert [line.due for line in lines] == sorted(line.due for line in lines)
    assert list(queries.pressing(queries.of_now(cluster), most=3)) == list(lines[:3])


def test_as_of_a_past_day_the_same_may_be_read():
    since_the_start()
    with clock.at(date(2026, 11, 23)):
        then = queries.visible_year(make.actor("supported-school"), 2026, date(2026, 3, 31))
    assert owners(then.lines) == {OTHER_SCHOOL, LEAD}
