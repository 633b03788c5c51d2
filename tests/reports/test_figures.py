"""Figures: the same on page, in Word, from the command and straight from the database; each explains itself."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.filings.test_actions import entry_of
from tests.reports.quarter import Q3, brief, drafted, office, quarter
from tizhi.base.documents.document import Number, Table
from tizhi.base.kit import clock
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity, ActivityLeader
from tizhi.pipeline.reports import explaining, queries
from tizhi.pipeline.reports.figures import kinds, participation, reporting

pytestmark = pytest.mark.django_db

IN_Q3 = Q(state__in=("accepted", "published"), last_day__range=(date(2026, 7, 1), date(2026, 9, 30)), binned_at=None)


def numbers(period=Q3) -> dict[str, object]:
    return {value.key: value.number for value in queries.compile_report(make.bnu(), period).values.figures}


def test_figures_equal_what_is_counted_straight_from_the_database():
    quarter(23)
    brief("尚未接收的培训", date(2026, 8, 3), state="submitted")
    brief("上季度的会议", date(2026, 6, 30), kind="meeting", details={"people": 9})
    brief("线上调研", date(2026, 9, 1), kind="field-study", mode="online", details={"team": 2}, stage="other")
    brief(
        "迟报的讲座", date(2026, 9, 30), kind="lecture", details={"sessions": 2, "audience": 300}, sent_at=clock.now()
    )
    rows = Activity.objects.filter(IN_Q3)
    found = numbers()
    assert found["activities"] == found["own"] == rows.count() == 25
    assert found["in-time"] == rows.exclude(title="迟报的讲座").count()
    assert found["in-time-share"] == 96
    assert found["field-studies"] == rows.filter(kind="field-study", mode__in=("on-site", "both")).count() == 1
    assert found["area-talent"] == rows.filter(area__key="talent").count()
    assert sum(value for key, value in found.items() if key.startswith("area-")) == rows.count()
    trained = [row.details["trainees"] for row in rows.filter(kind="training")]
    assert found["kind-training"] == len(trained) and found["kind-training-trainees"] == sum(trained)
    assert found["kind-lecture-audience"] == 300 and found["kind-meeting"] == 0
    assert found["universities"] == 2


def test_page_word_and_command_print_the_same_number():
    quarter(7)
    whole = queries.compile_report(make.bnu(), drafted().span)
    by_key = {value.key: value.text for value in whole.values.figures}
    tables = [block for annex in whole.document.annexes for block in annex.blocks if isinstance(block, Table)]
    printed = [cell for table in tables for row in table.rows for cell in row.cells if isinstance(cell, Number)]
    told = [run for block in whole.document.blocks for run in getattr(block, "runs", ()) if isinstance(run, Number)]
    assert len(printed) > 20 and len(told) > 15
    for number in (*printed, *told):
        assert number.text == whole.values.at(number.key).text
        if "·" not in number.key:
            assert number.text == by_key[number.key]


@pytest.mark.parametrize("count", [1, 12])
def test_every_figure_adds_up_from_what_it_lists(count):
    quarter(count)
    entry_of(state="handed-in", sent_at=clock.now())
    for value in queries.compile_report(make.bnu(), Q3).values.figures:
        if value.counted.share is None:
            assert sum(Decimal(str(line.amount)) for line in value.counted.lines) == value.number


def test_what_is_not_counted_says_why():
    quarter(2)
    waiting = brief("待接收的培训", date(2026, 8, 8), state="submitted")
    online = brief("线上调研", date(2026, 9, 1), kind="field-study", mode="online", details={"team": 2}, stage="other")
    values = queries.compile_report(make.bnu(), Q3).values
    reasons = {key: {one.record: one.reason for one in values.by_key[key].counted.left} for key in values.by_key}
    assert reasons["activities"] == {waiting.pk: "待接收，接收后计入"}
    assert reasons["field-studies"] == {online.pk: "线上开展，不属实地"}
    assert values.by_key["field-studies"].counted.others == "另有1项活动不属于调研"


def test_drafts_of_units_are_not_told_to_anybody():
    quarter(2)
    private = brief("某校的草稿", date(2026, 8, 8), state="draft")
    values = queries.compile_report(make.bnu(), Q3).values
    assert private.pk not in values.names


def test_school_leaders_are_known_by_the_post_they_held():
    visit, *_ = quarter(2)
    held = make.appointment("vice-president")
    ActivityLeader.objects.create(
        activity=visit, person=held.person, appointment=held, name="高远", post_words="校领导"
    )
    ActivityLeader.objects.create(activity=visit, name="白云", post_words="某处处长")
    talk = brief("座谈", date(2026, 8, 1), kind="meeting", details={"people": 5})
    ActivityLeader.objects.create(activity=talk, name="校长甲", post_words="校长")
    values = queries.compile_report(make.bnu(), Q3).values
    assert (values.by_key["leader-activities"].number, values.by_key["leaders"].number) == (1, 1)
    (left,) = values.by_key["leader-activities"].counted.left
    assert left.record == talk.pk and "未登记任职" in left.reason


def test_visits_between_the_two_of_a_pair_go_both_ways():
    quarter(1)
    brief("回访", date(2026, 8, 20), kind="meeting", details={"people": 4},
          units=(("安徽师范大学", "host"), ("阜阳师范大学", "visitor")))  # fmt: skip
    brief("线上会", date(2026, 8, 21), kind="meeting", mode="online", details={"people": 4},
          units=(("安徽师范大学", "host"), ("阜阳师范大学", "visitor")))  # fmt: skip
    brief("别校来访", date(2026, 8, 22), kind="meeting", details={"people": 4},
          units=(("安徽师范大学", "host"), ("青海师范大学", "visitor")))  # fmt: skip
    values = queries.compile_report(make.bnu(), Q3).values
    assert values.by_key["visits"].number == 2
    (pair,) = [value for value in values.figures if value.label == "安徽师范大学—阜阳师范大学互访次数"]
    assert pair.number == 2
    assert [one.reason for one in pair.counted.left] == ["线上开展"]


def test_expected_received_and_in_time_units_are_figures_too():
    quarter(1)
    entry_of("安徽师范大学", state="handed-in", sent_at=clock.now(), is_nil=True, highlights="", next_steps="")
    entry_of("阜阳师范大学", state="exempt", exempt_reason="经同意")
    found = numbers()
    assert (found["expected"], found["received"], found["received-in-time"], found["nil"]) == (7, 1, 0, 1)


def test_no_two_figures_share_a_label_or_key():
    quarter(1)
    values = queries.compile_report(make.bnu(), Q3).values.figures
    for name in ("key", "label"):
        named = [getattr(value, name) for value in values]
        assert len(set(named)) == len(named)
    assert all(value.definition for value in values)


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_every_kind_has_its_number_and_its_sums(kind):
    quarter(1)
    details = {figure.key: 3 for figure in kind.figures}
    brief("一项", date(2026, 8, 2), kind=kind.code, details=details, stage="other" if kind.stages else "")
    values = queries.compile_report(make.bnu(), Q3).values.by_key
    assert values[f"kind-{kind.code}"].number == (2 if kind.code == "field-study" else 1)
    for figure in kind.figures:
        assert values[f"kind-{kind.code}-{figure.key}"].is_single is (figure.total == "none")
        assert 3 in [line.amount for line in values[f"kind-{kind.code}-{figure.key}"].counted.lines]


def test_an_empty_quarter_has_all_figures_and_no_share_of_nothing():
    make.bnu()
    values = queries.compile_report(make.bnu(), Q3).values
    assert values.by_key["activities"].number == 0
    assert (values.by_key["in-time-share"].number, values.by_key["in-time-share"].text) == (None, "—")
    assert len(values.figures) > len((*reporting.ACTIVITIES, *participation.FIGURES, *kinds.FIGURES))


def test_compiling_takes_the_same_number_of_queries_for_5_and_for_60_activities():
    quarter(5)
    few = _queries_of(5)
    for n in range(55):
        brief(f"新增{n}", date(2026, 9, 1))
    assert _queries_of(60) == few


def _queries_of(count: int) -> int:
    queries.compile_report(make.bnu(), Q3)
    with CaptureQueriesContext(connection) as caught:
        whole = queries.compile_report(make.bnu(), Q3)
    assert whole.values.by_key["activities"].number == count
    return len(caught)


def test_an_explanation_links_only_what_its_reader_may_open():
    quarter(3)
    whole = queries.compile_report(make.bnu(), Q3)
    seen = explaining.explanation(office(), whole, "activities")
    assert len(seen.lines) == 3 and all(line.link for line in seen.lines)
    unseen = explaining.explanation(make.actor("supported-school"), whole, "activities")
    assert len(unseen.lines) == 3 and not any(line.link for line in unseen.lines)
    assert explaining.explanation(office(), whole, "no-such-figure") is None


def test_a_title_with_quotation_marks_is_quoted_within():
    make.bnu()
    brief("“教师语言”课程联合教研", date(2026, 8, 1))
    assert "举办“‘教师语言’课程联合教研”" in drafted().parts.get(section="areas").text


def test_leaders_named_in_the_text_have_their_posts():
    visit, *_ = quarter(1)
    ActivityLeader.objects.create(activity=visit, name=Leader("高远").name, post_words="安徽师范大学副校长")
    text = [part.text for part in drafted().parts.filter(activities=visit)]
    assert "安徽师范大学副校长高远到场" in text[0]
