"""The pages of what is planned: list, form, one item, its days, its brief; on the school's page as promised."""

from datetime import date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import make
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import actions
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.scheme.models import Area

from .planned import plan

pytestmark = pytest.mark.django_db

LONG = "关于" + "高质量" * 38
PAST = {"first_day": date(2026, 11, 16), "last_day": date(2026, 11, 17)}


def _text(page) -> str:
    return page.content.decode()


@pytest.fixture
def liaison(client):
    return make.signed_in(client, "liaison")


def _typed(**other: object) -> dict[str, object]:
    """What somebody types on a phone."""
    school = make.unit("阜阳师范大学")
    return {
        "kind": "field-study", "title": "校领导实地调研", "first_day": "2026-12-09", "last_day": "", "place": "阜阳市",
        "units": [school.pk], "mode": "on-site", "area": "", "stage": "", "about": "", **other,
    }  # fmt: skip


# The form


def test_an_empty_form_proposes_the_school_of_the_pair(liaison):
    page = _text(liaison.get(reverse("agenda:new")))
    assert f'<option value="{make.unit("阜阳师范大学").pk}" selected' in page
    assert 'name="unit"' not in page


def test_what_is_typed_becomes_a_planned_item_with_the_parts_that_fit_its_kind(liaison):
    make.bnu()
    done = liaison.post(reverse("agenda:new"), _typed(leaders=[make.appointment("vice-president").pk, "李四 专家"]))
    planned = PlannedItem.objects.get()
    assert done.url == reverse("agenda:show", args=[planned.pk])
    assert (planned.first_day, planned.last_day) == (date(2026, 12, 9), date(2026, 12, 9))
    assert [str(one) for one in planned.units.all()] == ["安徽师范大学（来访）", "阜阳师范大学（承办）"]
    assert [one.name for one in planned.leaders.all()] == ["高远", "李四"]


def test_wrong_input_keeps_everything_that_was_typed(liaison):
    make.bnu()
    typed = _typed(title="", first_day="2026-11-01", about="请准备材料", leaders=["李四 专家"], stage="implementation")
    page = liaison.post(reverse("agenda:new"), typed)
    text = _text(page)
    assert page.status_code == 422 and not PlannedItem.objects.exists()
    for said in ("请填写事项名称", "请准备材料", "李四 专家", 'value="2026-11-01"', "阜阳市"):
        assert said in text
    later = liaison.post(reverse("agenda:new"), {**typed, "title": "调研"})
    assert "这一天已经过去" in _text(later) and later.status_code == 422


def test_a_pair_office_chooses_the_unit_it_plans_for(client):
    make.signed_in(client, "pair-office")
    school, partner = make.unit("阜阳师范大学") if make.bnu() else None, make.unit("安徽师范大学")
    assert 'name="unit"' in _text(client.get(reverse("agenda:new")))
    client.post(reverse("agenda:new"), _typed(unit=school.pk, units=[partner.pk]))
    assert PlannedItem.objects.get().unit == school
    foreign = client.post(reverse("agenda:new"), _typed(unit=make.unit("青海师范大学").pk))
    assert foreign.status_code == 422 and PlannedItem.objects.count() == 1


def test_editing_changes_what_was_changed_and_leaves_the_days(liaison):
    planned = plan(leaders=[Leader(appointment_id=make.appointment("vice-president").pk)])
    area = Area.objects.get(cluster=make.bnu(), key="management")
    school = make.unit("阜阳师范大学").pk
    edit = reverse("agenda:edit", args=[planned.pk])
    page = _text(liaison.get(edit))
    assert 'name="first_day"' not in page and "改期" in page
    typed = _typed(title="改过的名称", area=f"{area.pk}:{area.items[0]}", units=[school, make.unit("西北师范大学").pk])
    assert liaison.post(edit, {**typed, "version": planned.version}).status_code == 302
    changed = PlannedItem.objects.get()
    assert (changed.title, changed.area, changed.item) == ("改过的名称", area, area.items[0])
    assert (changed.first_day, changed.units.count()) == (date(2026, 12, 9), 3)


def test_two_people_editing_at_once_lose_nothing(liaison):
    planned = plan()
    edit = reverse("agenda:edit", args=[planned.pk])
    actions.change_item(make.actor("office-head"), planned, title="处长的名称")
    page = liaison.post(edit, {**_typed(title="我的名称"), "version": 1})
    assert page.status_code == 409
    assert "处长的名称" in _text(page).replace("<ins>", "").replace("</ins>", "") or "处长" in _text(page)
    assert "我的" in _text(page)


# One item


def test_the_record_tells_days_reasons_and_to_whom_it_is_promised(liaison):
    planned = plan(about="请准备材料")
    actions.move_item(make.actor("liaison"), planned, first_day=date(2026, 12, 16), note="专家行程冲突")
    text = _text(liaison.get(reverse("agenda:show", args=[planned.pk])))
    for said in (
        "已改期",
        "2026年12月16日",
        "最初安排2026年12月9日至10日",
        "专家行程冲突",
        "阜阳师范大学",
        "请准备材料",
    ):
        assert said in text


def test_moving_asks_for_the_reason(liaison):
    planned = plan()
    move = reverse("agenda:move", args=[planned.pk])
    page = liaison.post(move, {"first_day": "2026-12-16", "last_day": "", "note": "", "version": 1})
    assert page.status_code == 422 and "请写明改期原因" in _text(page) and "2026-12-16" in _text(page)
    assert liaison.post(move, {"first_day": "2026-12-16", "note": "推迟", "version": 1}).status_code == 302
    assert PlannedItem.objects.get().moves.get().reason == "推迟"
    stale = liaison.post(move, {"first_day": "2026-12-23", "note": "又推迟", "version": 1})
    assert stale.status_code == 409 and PlannedItem.objects.get().moves.count() == 1


def test_a_correction_on_the_day_of_entry_asks_for_none(liaison):
    planned = plan(entered=date(2026, 11, 23))
    move = reverse("agenda:move", args=[planned.pk])
    assert 'name="note"' not in _text(liaison.get(move))
    liaison.post(move, {"first_day": "2026-12-16", "version": 1})
    assert not PlannedItem.objects.get().has_moved


def test_giving_up_asks_for_the_reason_and_shows_it(liaison):
    planned = plan()
    act = reverse("agenda:act", args=[planned.pk, "cancel-item"])
    assert liaison.post(act, {"note": ""}).status_code == 422
    liaison.post(act, {"note": "受援院校迎评"})
    text = _text(liaison.get(reverse("agenda:show", args=[planned.pk])))
    assert "已取消" in text and "受援院校迎评" in text and "一键起草动态" not in text


def test_one_tap_leads_to_the_draft_and_a_second_one_to_the_same(liaison):
    planned = plan(**PAST)
    show, tap = (reverse(f"agenda:{name}", args=[planned.pk]) for name in ("show", "brief"))
    assert "请登记结果" in _text(liaison.get(show))
    first = liaison.post(tap)
    brief = Activity.objects.get()
    assert first.url == liaison.post(tap).url == reverse("activities:edit", args=[brief.pk])
    assert "校领导实地调研阜阳师范大学" in _text(liaison.get(first.url))
    assert "已起草动态" in _text(liaison.get(show))
    assert "计划安排" in _text(liaison.get(reverse("activities:show", args=[brief.pk])))


def test_a_brief_that_was_reported_without_it_is_linked(liaison):
    planned, brief = plan(**PAST), make.activity(state="published")
    make.activity(state="published", title="去年的事", last_day=date(2025, 11, 1), first_day=date(2025, 11, 1))
    link = reverse("agenda:link", args=[planned.pk])
    page = _text(liaison.get(link))
    assert str(brief) in page and "去年的事" not in page
    assert liaison.post(link, {"activity": ""}).status_code == 422
    liaison.post(link, {"activity": brief.pk})
    assert "已开展" in _text(liaison.get(reverse("agenda:show", args=[planned.pk])))


def test_nobody_learns_from_a_plan_what_a_draft_says(client):
    planned = plan(**PAST)
    brief = actions.make_brief(make.actor("liaison"), planned)
    Activity.objects.filter(pk=brief.pk).update(title="草稿里的另一个题目")
    text = _text(make.signed_in(client, "supported-school").get(reverse("agenda:show", args=[planned.pk])))
    assert "草稿里的另一个题目" not in text and "正在起草" in text


# The list


def test_an_empty_list_says_why_and_what_to_do(liaison, client):
    assert "登记第一项计划" in _text(liaison.get(reverse("agenda:list")))
    plan()
    assert "请放宽条件" in _text(liaison.get(reverse("agenda:list"), {"q": "没有的词"}))


def test_the_list_is_narrowed_by_what_is_asked(liaison):
    (
        plan(),
        plan("已过的", **PAST),
        plan("讲座", kind="lecture", by="pair-office", of="阜阳师范大学", with_="青海师范大学"),
    )

    def found(**asked):
        return {row.planned.title for row in liaison.get(reverse("agenda:list"), asked).context["page"]}

    visit = "校领导实地调研阜阳师范大学"
    assert found() == {visit, "已过的", "讲座"}
    assert found(state="waiting") == {"已过的"}
    assert found(kind="lecture") == {"讲座"}
    assert found(unit=make.unit("青海师范大学").pk) == {"讲座"}
    assert found(q="实地 阜阳") == {visit}
    assert found(quarter="2027Q1") == set()
    actions.move_item(
        make.actor("liaison"), PlannedItem.objects.get(title=visit), first_day=date(2027, 1, 5), note="推迟"
    )
    assert found(quarter="2027Q1") == {visit}
    assert visit in found(quarter="2026Q4")


def test_the_export_says_what_the_list_says(liaison):
    planned = plan(LONG[:120], about="=1+1")
    actions.move_item(make.actor("liaison"), planned, first_day=date(2026, 12, 16), note="专家行程冲突")
    sent = liaison.get(reverse("agenda:export"))
    rows = CalamineWorkbook.from_filelike(BytesIO(sent.content)).get_sheet_by_index(0).to_python()
    flat = [str(cell) for row in rows for cell in row]
    assert LONG[:120] in flat and "2026年12月9日至10日改为12月16日：专家行程冲突" in flat
    assert any("安徽师范大学" in cell for cell in flat)


def test_the_list_costs_the_same_for_few_and_for_many(liaison):
    plan(), plan("已过", **PAST)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            liaison.get(reverse("agenda:list"))
        return len(asked)

    cost()
    few = cost()
    for n in range(15):
        plan(f"第{n}项", leaders=[Leader("李四", "专家")])
    assert cost() == few


# On the school's page


def test_the_helped_school_sees_what_was_promised_it(client):
    plan(), plan("已过的", **PAST)
    given_up = plan("不办的")
    actions.cancel_item(make.actor("liaison"), given_up, note="并入别项")
    make.signed_in(client, "supported-school")
    text = _text(client.get(reverse("cluster:unit", args=[make.unit("阜阳师范大学").pk])))
    section = text[text.index("已承诺的安排") : text.index("最近动态")]
    for said in ("校领导实地调研阜阳师范大学", "安徽师范大学", "12月9日至10日", "计划中", "待登记结果", "已取消"):
        assert said in section
    none = _text(client.get(reverse("cluster:unit", args=[make.unit("青海师范大学").pk])))
    assert "还没有：支持该校的单位登记计划安排以后" in none
    assert "已承诺的安排" not in _text(client.get(reverse("cluster:unit", args=[make.unit("安徽师范大学").pk])))


def test_done_is_what_was_sent(client):
    planned = plan(**PAST)
    brief = actions.make_brief(make.actor("liaison"), planned)
    sent = timezone.make_aware(datetime(2026, 11, 19, 9))
    Activity.objects.filter(pk=brief.pk).update(state="published", sent_at=sent, published_at=sent)
    make.signed_in(client, "supported-school")
    text = _text(client.get(reverse("agenda:show", args=[planned.pk])))
    assert "已开展" in text and reverse("activities:show", args=[brief.pk]) in text
