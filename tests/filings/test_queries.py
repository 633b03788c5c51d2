"""Who reads what, what has come and when, and what waits for whom."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tests.filings.test_actions import Q3, entry_of
from tizhi.base.kit import clock
from tizhi.base.kit.periods import parse
from tizhi.pipeline.filings import queries
from tizhi.pipeline.scheme.models import Unit

pytestmark = pytest.mark.django_db

READERS = {
    "secretariat", "pair-office", "liaison", "office-head", "vice-president", "secretary",
    "project-group", "department", "leading-group",
}  # fmt: skip


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_the_text_of_an_input_is_read_by_its_unit_and_who_reads_the_cluster(persona):
    make.bnu()
    entry_of()
    assert queries.visible_to(make.actor(persona)).exists() is (persona in READERS)


def test_the_due_day_follows_the_chinese_calendar():
    assert queries.due_of(make.bnu(), Q3).day == date(2026, 10, 13)
    next_year = queries.due_of(make.bnu(), parse("2026Q4"))
    assert (next_year.day, next_year.provisional) == (date(2027, 1, 7), True)


def test_expected_received_and_in_time_are_counted_unit_by_unit():
    make.bnu()
    at = timezone.make_aware
    entry_of(state="handed-in", sent_at=at(datetime(2026, 10, 12, 9)))
    entry_of("阜阳师范大学", state="handed-in", is_nil=True, sent_at=at(datetime(2026, 10, 30, 9)))
    entry_of("四川师范大学", state="approving", sent_at=at(datetime(2026, 10, 9, 9)))
    counted = queries.received(make.bnu(), Q3)
    assert [len(one) for one in (counted.expected, counted.received, counted.in_time)] == [8, 2, 1]
    assert len(counted.missing) == 6
    assert [row.unit.called for row in counted.rows][:2] == ["北京师范大学", "安徽师范大学"]


def test_counting_takes_the_same_number_of_queries_for_one_unit_and_for_eight():
    cluster = make.bnu()
    entry_of()
    few = _queries_of(lambda: queries.received(cluster, Q3))
    for unit in Unit.objects.filter(kind="university", memberships__cluster=cluster).exclude(name="安徽师范大学"):
        entry_of(unit.name, state="handed-in", sent_at=clock.now())
    assert _queries_of(lambda: queries.received(cluster, Q3)) == few


def _queries_of(do) -> int:
    with CaptureQueriesContext(connection) as caught:
        do()
    return len(caught)


def test_a_to_do_for_the_unit_in_question_and_nobody_else():
    make.bnu()
    with clock.at(date(2026, 10, 9)):
        (todo,) = queries.waiting_for(make.actor("liaison"))
        assert (todo.verb, todo.title) == ("填写", "安徽师范大学2026年第三季度季报材料")
        assert todo.due == date(2026, 10, 13)
        for persona in ("secretariat", "pair-office", "expert", "ministry", "vice-president", "administrator"):
            assert queries.waiting_for(make.actor(persona)) == []


def test_the_next_period_asks_only_near_its_end():
    make.bnu()
    entry_of(state="handed-in")
    assert queries.waiting_for(make.actor("liaison")) == []
    with clock.at(date(2026, 12, 21)):
        assert [todo.title for todo in queries.waiting_for(make.actor("liaison"))] == [
            "安徽师范大学2026年第四季度季报材料"
        ]


def test_who_is_named_by_the_scheme_is_asked_to_sign_others_only_while_that_post_is_empty():
    make.bnu()
    entry_of(state="approving")
    assert [todo.verb for todo in queries.waiting_for(make.actor("vice-president"))] == ["审签"]
    assert "审签" in [todo.verb for todo in queries.waiting_for(make.actor("secretary"))]
    assert [todo.verb for todo in queries.waiting_for(make.actor("office-head"))] == ["审签"]
    assert queries.waiting_for(make.actor("vice-president")) == []
    assert queries.waiting_for(make.actor("liaison")) == []


def test_what_was_announced_a_period_ago_is_shown_beside_the_form():
    make.bnu()
    entry_of(period="2026Q2", state="handed-in", next_steps="联合申报教改项目")
    assert queries.last_plans(entry_of()) == "联合申报教改项目"
