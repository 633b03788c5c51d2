"""What is planned is entered once: it may be moved and given up with a reason, and becomes a brief by one tap."""

from datetime import date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.agenda import actions, queries, rules
from tizhi.pipeline.agenda.models import Move, PlannedItem
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.models import Area

from .planned import member, plan

pytestmark = pytest.mark.django_db

MAY = {"liaison", "office-head", "secretary", "pair-office", "project-group"}
TODAY = date(2026, 11, 23)


def _fresh(planned: PlannedItem) -> PlannedItem:
    return queries.in_full(PlannedItem.objects.filter(pk=planned.pk)).get()


def _faults(broken) -> dict[str, str]:
    return broken.value.fields


@pytest.mark.parametrize("who", sorted(make.ALL_PERSONAS))
def test_who_reports_for_a_unit_plans_for_it_and_nobody_else(who):
    planned = plan()
    actor = make.actor(who)
    acts = (actions.change_item, actions.move_item, actions.cancel_item, actions.make_brief, actions.link_brief)
    assert actions.plan_item.allowed(actor, member()) == (who in MAY)
    assert {one.allowed(actor, planned) for one in acts} == {who in MAY}


def test_a_pair_office_plans_for_the_school_it_helps_but_not_for_another():
    office = make.actor("pair-office")
    assert plan(by=office, of="阜阳师范大学", with_="安徽师范大学").unit.name == "阜阳师范大学"
    with pytest.raises(Denied):
        plan(by=office, of="青海师范大学", with_="安徽师范大学")


def test_what_a_plan_needs_is_said_field_by_field():
    with pytest.raises(RuleBroken) as broken:
        plan("", kind="", units=[], first_day=None, last_day=None)
    assert _faults(broken) == {
        "title": "请填写事项名称", "kind": "请选择类型", "units": "请至少填写一个参与单位", "first_day": "请填写日期",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (date(2026, 11, 20), date(2026, 11, 22), "first_day"),
        (date(2026, 12, 9), date(2026, 12, 8), "last_day"),
        (date(2026, 12, 9), date(2028, 1, 9), "last_day"),
        (date(2062, 12, 9), date(2062, 12, 9), "first_day"),
    ],
)
def test_days_that_cannot_be_meant_are_refused(first, last, field):
    with pytest.raises(RuleBroken) as broken:
        plan(first_day=first, last_day=last, entered=TODAY)
    assert set(_faults(broken)) == {field}


def test_what_is_under_way_may_still_be_entered_and_a_leap_day_planned():
    assert plan(first_day=date(2026, 11, 20), last_day=TODAY, entered=TODAY).last_day == TODAY
    assert plan(first_day=date(2028, 2, 29), last_day=None).last_day == date(2028, 2, 29)


def test_units_of_another_cluster_and_foreign_areas_are_refused():
    make.second_cluster()
    stranger = make.unit("内蒙古师范大学").pk
    elsewhere = Area.objects.filter(cluster=make.second_cluster())[0]
    with pytest.raises(RuleBroken) as broken:
        plan(units=[Part(stranger)], area_id=elsewhere.pk)
    assert set(_faults(broken)) == {"units", "area"}


def test_too_long_a_text_is_refused_and_line_breaks_in_a_title_become_spaces():
    with pytest.raises(RuleBroken) as broken:
        plan("调" * 121, about="记" * 501)
    assert set(_faults(broken)) == {"title", "about"}
    assert plan("调研\n阜阳\r\n师大").title == "调研 阜阳 师大"


# Other days


def test_a_move_keeps_the_days_before_with_reason_and_name():
    planned = plan()
    actions.move_item(make.actor("liaison"), planned, first_day=date(2027, 1, 6), note="专家行程冲突")
    moved = _fresh(planned)
    assert (moved.first_day, moved.last_day) == (date(2027, 1, 6), date(2027, 1, 6))
    assert (moved.promised_first, moved.promised_last) == (date(2026, 12, 9), date(2026, 12, 10))
    (row,) = moved.moves.all()
    assert rules.moved_words(row) == "2026年12月9日至10日改为2027年1月6日：专家行程冲突"
    assert row.words == "孙涛（安徽师范大学主要工作人员）"
    assert rules.standing(moved, TODAY).words == "已改期"


def test_a_move_wants_a_reason_other_days_and_days_to_come():
    planned, liaison = plan(), make.actor("liaison")
    for given, field in (
        ({"first_day": date(2026, 12, 16)}, "note"),
        ({"first_day": date(2026, 12, 9), "last_day": date(2026, 12, 10), "note": "无"}, "first_day"),
        ({"first_day": date(2026, 11, 9), "note": "提前"}, "first_day"),
    ):
        with pytest.raises(RuleBroken) as broken:
            actions.move_item(liaison, planned, **given)
        assert set(_faults(broken)) == {field}
    assert not Move.objects.exists()


def test_on_the_day_it_was_entered_other_days_are_a_correction():
    planned = plan(entered=TODAY)
    actions.move_item(make.actor("liaison"), planned, first_day=date(2026, 12, 16))
    assert _fresh(planned).promised_last == date(2026, 12, 16)
    assert rules.standing(_fresh(planned), TODAY).words == "计划中"
    assert not Move.objects.exists()


def test_giving_up_wants_a_reason_and_ends_it():
    planned, liaison = plan(), make.actor("liaison")
    with pytest.raises(RuleBroken):
        actions.cancel_item(liaison, planned, note=" ")
    given_up = actions.cancel_item(liaison, planned, note="受援院校迎评")
    assert rules.standing(given_up, TODAY).words == "已取消"
    assert given_up.cancel_reason == "受援院校迎评"
    for one in (actions.change_item, actions.move_item, actions.cancel_item, actions.make_brief, actions.link_brief):
        assert one.why_not(given_up)


def test_two_windows_do_not_overwrite_each_other():
    planned = plan()
    actions.change_item(make.actor("liaison"), planned, version=1, title="甲的题目")
    with pytest.raises(Stale):
        actions.change_item(make.actor("office-head"), planned, version=1, title="乙的题目")
    assert _fresh(planned).title == "甲的题目"


# The brief it becomes


def test_one_tap_makes_the_brief_with_everything_that_was_planned():
    area = Area.objects.get(cluster=make.bnu(), key="management")
    leader = make.appointment("vice-president")
    planned = plan(
        stage="implementation", mode="both", area_id=area.pk, item=area.items[0],
        leaders=[Leader(appointment_id=leader.pk), Leader("李四", "外请专家")],
    )  # fmt: skip
    brief = actions.make_brief(make.actor("liaison"), planned)
    for name in ("unit_id", "title", "kind", "first_day", "last_day", "place", "mode", "area_id", "item", "stage"):
        assert getattr(brief, name) == getattr(planned, name), name
    assert brief.state == "draft"
    assert [str(one) for one in brief.units.all()] == ["安徽师范大学（来访）", "阜阳师范大学（承办）"]
    assert list(brief.leaders.values_list("appointment", "name")) == [(leader.pk, "高远"), (None, "李四")]
    assert rules.standing(_fresh(planned), TODAY).words == "已起草动态"


def test_a_second_tap_leads_to_the_same_draft():
    planned, liaison = plan(), make.actor("liaison")
    first = actions.make_brief(liaison, planned)
    assert actions.make_brief(liaison, planned) == first
    assert actions.make_brief(make.actor("office-head"), planned) == first
    assert Activity.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_once_make_one_draft():
    planned, actors = plan(), [make.actor("liaison"), make.actor("office-head")]
    made, gate = [], Barrier(2)

    def tap(actor):
        gate.wait()
        made.append(actions.make_brief(actor, planned).pk)
        connection.close()

    taps = [Thread(target=tap, args=(actor,)) for actor in actors]
    [one.start() for one in taps]
    [one.join() for one in taps]
    assert len(made) == 2 and len(set(made)) == 1
    assert Activity.objects.count() == 1


def test_who_has_left_the_post_by_the_day_is_looked_for_anew():
    held = make.appointment("vice-president")
    planned = plan(leaders=[Leader(appointment_id=held.pk)])
    Appointment.objects.filter(pk=held.pk).update(ends=date(2026, 11, 30))
    brief = actions.make_brief(make.actor("liaison"), planned)
    assert list(brief.leaders.values_list("appointment", "name")) == [(None, "高远")]


def test_an_item_that_a_later_scheme_no_longer_names_does_not_stop_the_tap():
    area = Area.objects.get(cluster=make.bnu(), key="management")
    planned = plan(area_id=area.pk, item=area.items[0])
    Area.objects.filter(pk=area.pk).update(items=["新事项"])
    brief = actions.make_brief(make.actor("liaison"), planned)
    assert (brief.area_id, brief.item) == (area.pk, "")


def test_it_is_done_once_its_brief_is_sent_and_open_again_when_the_brief_is_binned():
    planned, liaison = plan(first_day=date(2026, 11, 16), last_day=date(2026, 11, 17)), make.actor("liaison")
    assert rules.standing(_fresh(planned), TODAY).words == "待登记结果"
    brief = actions.make_brief(liaison, planned)
    Activity.objects.filter(pk=brief.pk).update(sent_at=timezone.make_aware(datetime(2026, 11, 20, 9)))
    assert rules.standing(_fresh(planned), TODAY).words == "已开展"
    activities.put_into_bin(liaison, brief)
    assert rules.standing(_fresh(planned), TODAY).words == "待登记结果"
    assert actions.make_brief(liaison, planned) != brief


def test_what_is_done_is_neither_changed_nor_moved_nor_given_up_and_a_draft_is_not_given_up():
    planned, liaison = plan(), make.actor("liaison")
    brief = actions.make_brief(liaison, planned)
    assert not actions.change_item.why_not(_fresh(planned))
    assert "草稿" in actions.cancel_item.why_not(_fresh(planned))
    Activity.objects.filter(pk=brief.pk).update(sent_at=clock.now(), state="submitted")
    for one in (actions.change_item, actions.move_item, actions.cancel_item):
        assert one.why_not(_fresh(planned))


def test_an_existing_brief_of_the_unit_or_with_its_part_can_be_what_became_of_it():
    planned, liaison = plan(), make.actor("liaison")
    own = make.activity(state="submitted")
    other = make.activity(
        "阜阳师范大学", state="published", units=(("阜阳师范大学", "host"), ("安徽师范大学", "visitor"))
    )
    for brief in (own, other):
        linked = actions.link_brief(liaison, planned, activity=brief)
        assert rules.standing(_fresh(linked), TODAY).words == "已开展"
        assert actions.link_brief.why_not(_fresh(planned))
        actions.unlink_brief(liaison, planned)
    assert _fresh(planned).brief is None


@pytest.mark.parametrize(
    ("state", "units", "of"),
    [
        ("published", (("青海师范大学", "host"),), "青海师范大学"),
        ("draft", (("阜阳师范大学", "host"), ("安徽师范大学", "visitor")), "阜阳师范大学"),
    ],
)
def test_a_brief_of_others_cannot(state, units, of):
    planned = plan()
    foreign = make.activity(of, state=state, units=units)
    with pytest.raises(RuleBroken):
        actions.link_brief(make.actor("liaison"), planned, activity=foreign)


def test_its_history_tells_everything_that_was_done():
    planned, liaison = plan(), make.actor("liaison")
    actions.move_item(liaison, planned, first_day=date(2026, 12, 16), note="专家行程冲突")
    actions.make_brief(liaison, planned)
    entries = queries.history(_fresh(planned))
    assert [one.label for one in entries] == ["由计划起草动态", "改期", "登记计划"]
    assert entries[1].note == "专家行程冲突"
    assert Entry.objects.get(code="agenda.make_brief").parts[0]["label"] == "起草动态"
