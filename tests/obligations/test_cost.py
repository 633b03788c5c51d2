"""查询次数: a ledger asks the database as often for one activity as for sixty, for eight universities as for thirty."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.obligations.build import (
    LEAD,
    PARTNER,
    STARTS,
    STUDY,
    VISIT,
    brief,
    handed_in,
    holder,
    line_of,
    rule,
    since_the_start,
    under,
    visit,
)
from tests.scheme.thirty import thirty_text
from tizhi.base.kit import clock, memory
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.scheme.models import Cluster

pytestmark = pytest.mark.django_db

MOST = 40


def cost(cluster: Cluster, as_of: date | None = None) -> int:
    """How many queries the whole ledger takes: drawn, laid out as a board and told."""
    queries.of_year(cluster, 2026, as_of)  # the schemes' texts are read once in a process
    with CaptureQueriesContext(
        connection,
    ) as asked:
        ledger = queries.of_year(cluster, 2026, as_of)
        assert ledger.rows and all(line.sentence for line in ledger.lines)
    return len(asked)


def filled(count: int, after: int = 0) -> None:
    """So many visits and so many briefs after the first ones, with a waiver for every tenth, and inputs."""
    for n in range(after, after + count):
        day = date(2026, 1, 10) + timedelta(days=5 * n)
        visit(day, who=[holder(f"校领导{n}")], first_day=day)
        brief(day)
    for n in range(after, after + count, 10):
        Waiver.objects.create(cluster=make.bnu(), instance=f"x|{n}", reason="x", words="x", at=clock.now())
    for quarter in (2, 3) if after else (1,):
        handed_in(f"2026Q{quarter}", date(2026, 3 * quarter, 28))


@pytest.mark.parametrize("as_of", [None, date(2026, 11, 1)])
def test_sixty_activities_cost_no_more_than_one(as_of):
    cluster = since_the_start()
    filled(1)
    one = cost(cluster, as_of)
    filled(59, after=1)
    assert cost(cluster, as_of) == one <= MOST


def test_thirty_universities_cost_no_more_than_eight():
    eight = cost(since_the_start())
    with clock.at(STARTS):
        thirty = make.cluster_of("thirty", thirty_text())
    assert len(queries.of_year(thirty, 2026).columns) > 30
    assert cost(thirty) == eight <= MOST


def test_a_request_draws_what_presses_once_and_asks_for_the_cluster_little_more():
    cluster = since_the_start()
    with memory.remembered(), CaptureQueriesContext(connection) as asked:
        queries.of_now(cluster)
        first = len(asked)
        assert queries.of_now(cluster) is queries.of_now(cluster)
        assert len(asked) == first <= MOST


def test_narrowing_costs_no_more_than_who_asks():
    cluster = since_the_start()
    actor = make.actor("supported-school")
    whole = cost(cluster)
    with CaptureQueriesContext(connection) as asked:
        queries.visible_year(actor, 2026)
    assert len(asked) <= whole + 1


def test_each_further_evidence_costs_at_most_one_more_for_each_of_its_periods():
    plain = cost(since_the_start())
    cluster = under(
        ("cluster.id", "more"),
        *(
            ("obligation[+]", rule(f"more-{n}", every=every))
            for n, every in enumerate(("quarter", "half-year", "year"))
        ),
        ("obligation[+]", rule("lecture", evidence={"kind": "activity", "activity": "lecture"})),
        key="more",
    )
    assert cost(cluster) <= plain + 4 + 2 + 1 + 1


def test_what_lies_behind_one_line_costs_the_same_for_few_and_many():
    since_the_start()
    actor = make.actor("secretariat")
    counts = []
    for after, more in ((0, 1), (1, 30)):
        filled(more, after)
        whole, line = queries.of_year(make.bnu(), 2026), line_of(VISIT)
        with CaptureQueriesContext(connection) as asked:
            assert queries.behind(actor, whole, line)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_more_visits_than_are_told_apart_still_count_for_each_duty():
    since_the_start()
    for n in range(25):
        visit(date(2026, 3, 1) + timedelta(days=n), by=LEAD, to="青海师范大学")
    found = line_of(VISIT, LEAD).finding
    assert (found.done, found.needed) == (10, 1)
    assert line_of(VISIT, LEAD).sentence.endswith("；已完成10次以上。")
    assert line_of("lead-leader-visit", LEAD).state.word == "已完成"
    assert line_of(STUDY, PARTNER, period="2026H1").finding.done == 0
