"""The quarter's report shows what was planned for it: done, moved, given up, without word – each counted once."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.agenda.planned import plan
from tests.reports.quarter import Q3, Q4, brief, drafted, issued, office, quarter
from tizhi.base.documents.document import Annex, Number
from tizhi.base.kit import clock
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import actions as agenda
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.reports import explaining, queries
from tizhi.pipeline.reports.compiled import seal
from tizhi.pipeline.reports.gathering import facts_of

pytestmark = pytest.mark.django_db

JULY = date(2026, 7, 1)


def _planned(title: str, day: date) -> object:
    return plan(title, first_day=day, last_day=day, entered=JULY)


def _a_quarters_plans() -> None:
    """Of the third quarter: one done, one done on other days, one moved out of it, one given up, one without word."""
    liaison, office_head = make.actor("liaison"), make.actor("office-head")
    titles = ("如期", "稍后", "推迟", "不办", "无音")
    done, later, moved, given_up, _ = (_planned(title, date(2026, 8, day)) for day, title in enumerate(titles, 3))
    with clock.at(date(2026, 8, 2)):
        agenda.move_item(liaison, later, first_day=date(2026, 8, 20), note="台风")
        agenda.move_item(liaison, moved, first_day=date(2026, 9, 1), note="场地占用")
        agenda.move_item(office_head, moved, first_day=date(2026, 12, 1), note="专家行程冲突")
        agenda.cancel_item(liaison, given_up, note="并入别项")
    agenda.link_brief(liaison, done, activity=brief("如期的培训", date(2026, 8, 3)))
    agenda.link_brief(liaison, later, activity=brief("稍后的培训", date(2026, 8, 21)))


def _annex(period=Q3) -> Annex | None:
    annexes = queries.compile_report(make.bnu(), period).document.annexes
    found = [one for one in annexes if one.title == "计划安排完成情况"]
    return found[0] if found else None


def _told(period=Q3) -> list[list[str]]:
    annex = _annex(period)
    rows = annex.blocks[0].rows if annex else ()
    return [[cell if isinstance(cell, str) else cell.text for cell in row.cells] for row in rows]


def test_each_item_is_counted_as_one_of_done_moved_given_up_and_silent():
    _a_quarters_plans()
    by_key = queries.compile_report(make.bnu(), Q3).values.by_key
    numbers = {key.removeprefix("planned-"): one.number for key, one in by_key.items() if key.startswith("planned")}
    assert numbers == {"planned": 5, "done": 2, "moved": 1, "cancelled": 1, "silent": 1, "ahead": 0}
    later = queries.compile_report(make.bnu(), Q4).values.by_key
    assert (later["planned"].number, later["planned-ahead"].number) == (1, 1)


def test_the_draft_says_it_in_one_sentence_and_the_annex_item_by_item():
    _a_quarters_plans()
    blocks = queries.compile_report(make.bnu(), Q3).document.blocks
    text = [run for block in blocks for run in getattr(block, "runs", ())]
    said = "".join(run.text for run in text)
    assert "本期计划安排事项5项，已开展2项，改期到本期以外1项，取消1项，未登记结果1项。" in said
    assert {run.key for run in text if isinstance(run, Number)} >= {"planned", "planned-done", "planned-moved"}
    assert [row[1:] for row in _told()] == [
        ["8月3日", "安徽师范大学", "如期", "阜阳师范大学", "已开展", "实际于8月2日至3日开展"],
        ["8月4日", "安徽师范大学", "稍后", "阜阳师范大学", "已开展", "改为8月20日：台风；实际于8月20日至21日开展"],
        ["8月5日", "安徽师范大学", "推迟", "阜阳师范大学", "已改期", "改为9月1日：场地占用；改为12月1日：专家行程冲突"],
        ["8月6日", "安徽师范大学", "不办", "阜阳师范大学", "已取消", "并入别项"],
        ["8月7日", "安徽师范大学", "无音", "阜阳师范大学", "未登记结果", ""],
    ]


def test_a_figure_lists_what_it_counts_and_says_why_the_rest_is_not():
    _a_quarters_plans()
    whole = queries.compile_report(make.bnu(), Q3)
    done = explaining.explanation(office(), whole, "planned-done")
    assert [line.words for line in done.lines] == ["如期的培训", "稍后的培训"]
    assert all(line.link for line in done.lines)
    assert {one.reason.partition("（")[0] for one in done.left} == {"已改期", "已取消", "未登记结果"}
    assert done.left[0].words == "安徽师范大学“推迟”（计划2026年8月5日）"


def test_a_quarter_without_plans_says_nothing_of_them():
    quarter(3)
    whole = queries.compile_report(make.bnu(), Q3)
    assert _annex() is None
    assert whole.values.by_key["planned"].number == 0
    assert not [one for annex in whole.document.annexes for one in annex.blocks[0].rows if "计划事项数" in str(one)]


def test_an_issued_report_keeps_what_it_said_of_plans():
    _a_quarters_plans()
    report = issued()
    before, sealed = _told(), report.sha256
    silent = next(one for one in facts_of(make.bnu(), Q3).plans if one.title == "无音")
    assert silent.result == "silent"
    agenda.cancel_item(make.actor("liaison"), PlannedItem.objects.get(title="无音"), note="不再举办")
    assert _told() == before
    report.refresh_from_db()
    assert seal(report) == sealed == report.sha256
    changes = {one.label: (one.then, one.now) for one in queries.changed_since_issue(report).figures}
    assert changes["未登记结果计划事项数"] == ("1", "0")


def test_a_report_issued_before_there_were_plans_stays_readable():
    quarter(3)
    report = issued()
    figures = [one for one in report.figures if not one["key"].startswith("planned")]
    counts = {key: one for key, one in report.basis["counts"].items() if not key.startswith("planned")}
    type(report).objects.filter(pk=report.pk).update(figures=figures, basis={**report.basis, "counts": counts})
    whole = queries.compile_report(make.bnu(), Q3)
    assert whole.values.by_key["activities"].number == 3
    assert not queries.changed_since_issue(whole.report).figures


def test_recomposing_while_the_quarter_runs_renews_the_sentence():
    planned = plan(first_day=date(2026, 11, 25), last_day=date(2026, 11, 25))
    report = drafted(Q4)
    part = report.parts.get(origin="overview:planned")
    assert "尚未到期" in part.text
    made = agenda.make_brief(make.actor("liaison"), planned)
    Activity.objects.filter(pk=made.pk).update(sent_at=clock.now(), state="submitted")
    drafted(Q4)
    part.refresh_from_db()
    assert part.text == "本期计划安排事项{计划事项数}项，已开展{已开展计划事项数}项。"


def test_facts_cost_the_same_queries_for_many_plans():
    plan()
    with CaptureQueriesContext(connection) as few:
        facts_of(make.bnu(), Q4)
    for n in range(15):
        plan(f"第{n}项", first_day=date(2026, 11, 3 + n), last_day=date(2026, 11, 3 + n))
    with CaptureQueriesContext(connection) as many:
        assert len(facts_of(make.bnu(), Q4).plans) == 16
    assert len(many) == len(few)
