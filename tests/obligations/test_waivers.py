"""免除: who may excuse from a duty, with a reason, once – and how the days before and after tell of it [I1]."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import STUDY, VISIT, ledger, line_of, since_the_start, state_of, twin, visit
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.filings import actions
from tizhi.pipeline.filings import queries as filings
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.ledger import Line

pytestmark = pytest.mark.django_db


def fresh(line: Line) -> Waiver:
    return Waiver(cluster=make.bnu(), unit_id=line.who.unit_id, instance=line.key, about=line.rule.name)


def waived(line: Line | None = None, on: date = date(2026, 10, 9), who: str = "secretariat", note: str = "学校合并"):
    with clock.at(on):
        return actions.waive(make.actor(who), fresh(line or line_of(VISIT)), note=note)


def test_an_excused_duty_is_neither_open_nor_done_and_names_who_and_why():
    since_the_start()
    waived()
    line = line_of(VISIT)
    assert (line.state.word, line.left, line.score) == ("免除", "", "")
    assert line.finding.excused.reason == "学校合并"
    assert line.finding.excused.on == date(2026, 10, 9)
    assert line.sentence.endswith("已完成0次，已由王敏（大组团办公室主任）免除：学校合并。")


def test_it_excuses_from_that_one_duty_only():
    since_the_start()
    waived()
    assert state_of(VISIT, "西北师范大学") == "临期"
    assert state_of(VISIT, period="2025") == "逾期"
    assert state_of(STUDY, period="2026H2") == "未到期"


def test_what_is_done_is_done_though_it_was_excused():
    since_the_start()
    waived()
    visit(date(2026, 11, 10))
    assert state_of(VISIT) == "已完成"


def test_a_late_duty_can_be_excused_too():
    since_the_start()
    line = line_of(STUDY, period="2026H1")
    assert line.state.word == "逾期" and queries.waivable(line)
    waived(line)
    assert state_of(STUDY, period="2026H1") == "免除"


@pytest.mark.parametrize("who", make.ALL_PERSONAS)
def test_only_the_secretariat_excuses_and_asks_again(who):
    since_the_start()
    if who == "secretariat":
        actions.lift_waiver(make.actor(who), waived(who=who))
        return
    with pytest.raises(Denied):
        waived(who=who)
    with pytest.raises(Denied):
        actions.lift_waiver(make.actor(who), waived())


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_reason_is_required(note):
    since_the_start()
    with pytest.raises(RuleBroken, match="请写明免除原因") as refused:
        waived(note=note)
    assert "note" in refused.value.fields
    assert not Waiver.objects.exists()


def test_what_is_excused_is_not_excused_again():
    since_the_start()
    line = line_of(VISIT)
    waived(line)
    with pytest.raises(RuleBroken, match="已经免除"):
        waived(line)
    assert not queries.waivable(line_of(VISIT))


def test_it_is_lifted_once_and_may_be_given_again():
    since_the_start()
    line = line_of(VISIT)
    first = waived(line)
    with clock.at(date(2026, 11, 2)):
        lifted = actions.lift_waiver(make.actor("secretariat"), first)
    with pytest.raises(RuleBroken, match="已经取消"):
        actions.lift_waiver(make.actor("secretariat"), lifted)
    assert state_of(VISIT) == "临期"
    waived(line, on=date(2026, 11, 20), note="疫情")
    assert line_of(VISIT).finding.excused.reason == "疫情"


def test_each_day_tells_what_was_decided_by_then():
    since_the_start()
    with clock.at(date(2026, 11, 2)):
        actions.lift_waiver(make.actor("secretariat"), waived())
    days = {date(2026, 10, 8): "临期", date(2026, 10, 9): "免除", date(2026, 11, 1): "免除", date(2026, 11, 2): "临期"}
    assert {day: state_of(VISIT, as_of=day) for day in days} == days


def test_who_excused_and_why_stands_in_the_history():
    since_the_start()
    actions.lift_waiver(make.actor("secretariat"), waived())
    told = [
        (entry.label, entry.note, entry.name) for entry in Entry.objects.filter(code__contains="waive").order_by("pk")
    ]
    assert told == [("免除履约事项", "学校合并", "王敏"), ("取消免除", "", "王敏")]


def test_the_decision_in_force_is_at_hand_for_its_line():
    since_the_start()
    made = waived()
    assert queries.waiver_of(ledger(), line_of(VISIT)) == made
    assert queries.waiver_of(ledger(), line_of(VISIT, "西北师范大学")) is None


def test_decisions_are_read_by_the_unit_they_concern_and_by_who_reads_the_cluster():
    since_the_start()
    waived()
    readers = {name for name in make.ALL_PERSONAS if filings.waivers_visible_to(make.actor(name)).exists()}
    assert readers == {
        "secretariat", "pair-office", "liaison", "office-head", "vice-president", "secretary",
        "project-group", "department", "leading-group",
    }  # fmt: skip


def test_those_of_the_clusters_bodies_are_read_by_all_of_it_but_not_by_who_reads_reports_only():
    since_the_start()
    waived(line_of("quarterly-report", "大组团办公室", period="2026Q3"))
    readers = {name for name in make.ALL_PERSONAS if filings.waivers_visible_to(make.actor(name)).exists()}
    assert readers == set(make.PERSONAS) - {"ministry", "outsider"}


def test_an_excuse_of_another_cluster_excuses_nobody_here():
    since_the_start()
    Waiver.objects.create(cluster=twin(), instance=line_of(VISIT).key, reason="x", words="x", at=clock.now())
    assert state_of(VISIT) == "临期"
