"""What may be done to a brief, by whom, in which state, and what comes of it."""

import uuid
from datetime import date, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from tests import make
from tizhi.base.audit.models import Countersign, Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.activities import actions, queries
from tizhi.pipeline.activities.deadlines import Deadlines
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity, ActivityUnit
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Area, Member, Post

pytestmark = pytest.mark.django_db

STATES = ("draft", "approving", "submitted", "returned", "accepted", "published")
GIVEN = {
    "return_to_writer": {"note": "人数与正文不一致"},
    "return_to_unit": {"note": "人数与正文不一致"},
    "remark": {"text": "请补照片"},
}
# draft, approving, submitted, returned, accepted, published
OPEN_IN = {
    "save_draft":         ("liaison",     "100100"),
    "put_into_bin":       ("liaison",     "100100"),
    "send":               ("liaison",     "100100"),
    "withdraw":           ("liaison",     "011000"),
    "approve":            ("office-head", "010000"),
    "return_to_writer":   ("office-head", "010000"),
    "accept":             ("secretariat", "001000"),
    "accept_and_publish": ("secretariat", "001000"),
    "return_to_unit":     ("secretariat", "001010"),
    "publish":            ("secretariat", "000010"),
    "remark":             ("secretariat", "011111"),
}  # fmt: skip
MAY = {
    "save_draft":       {"liaison", "office-head", "secretary", "pair-office", "project-group"},
    "send":             {"liaison", "office-head", "secretary", "pair-office", "project-group"},
    "withdraw":         {"liaison", "office-head", "secretary", "pair-office", "project-group"},
    "put_into_bin":     {"liaison", "office-head", "secretary", "pair-office", "project-group"},
    "approve":          {"office-head", "vice-president", "secretary"},
    "return_to_writer": {"office-head", "vice-president", "secretary"},
    "accept":           {"secretariat"},
    "publish":          {"secretariat"},
    "return_to_unit":   {"secretariat"},
}  # fmt: skip
MAY["remark"] = MAY["save_draft"] | {"vice-president", "secretariat", "department"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", OPEN_IN)
def test_each_act_is_open_in_its_states_only(name, state):
    who, table = OPEN_IN[name]
    activity, act = make.activity(state=state), getattr(actions, name)
    actor, before = make.actor(who), activity.version
    if table[STATES.index(state)] == "1":
        act(actor, activity, **GIVEN.get(name, {}))
    else:
        with pytest.raises(RuleBroken) as fault:
            act(actor, activity, **GIVEN.get(name, {}))
        assert activity.get_state_display() in fault.value.message
        activity.refresh_from_db()
        assert (activity.state, activity.version) == (state, before)


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_each_act_is_open_to_its_posts_only(persona):
    activity, actor = make.activity(), make.actor(persona)
    may = {name for name in MAY if getattr(actions, name).allowed(actor, activity)}
    assert may == {name for name, posts in MAY.items() if persona in posts}


def test_every_act_stands_in_the_tables():
    others = {"start_draft", "upload", "restore", "report_study"}
    assert {name for name, one in vars(actions).items() if isinstance(one, type(actions.send))} == {*OPEN_IN, *others}


# Writing


def _member(unit: str = "安徽师范大学") -> Member:
    return Member.objects.get(cluster=make.bnu(), unit__name=unit)


def test_a_draft_may_be_unfinished():
    activity = actions.start_draft(make.actor("liaison"), _member(), kind="lecture")
    assert (activity.state, activity.title, activity.sent_at) == ("draft", "", None)


def test_a_repeated_request_makes_one_draft():
    once, member = uuid.uuid4(), _member()
    for _ in range(2):
        activity = actions.start_draft(make.actor("liaison"), member, once=once, kind="lecture", title="一次讲座")
    assert list(Activity.objects.all()) == [activity]


def test_a_pair_office_enters_for_its_school_and_for_no_other():
    office = make.actor("pair-office")
    assert actions.start_draft(office, _member("阜阳师范大学"), kind="other").unit.name == "阜阳师范大学"
    with pytest.raises(Denied):
        actions.start_draft(office, _member("青海师范大学"), kind="other")


def test_a_draft_is_not_handed_to_a_unit_one_does_not_enter_for():
    activity = make.activity()
    with pytest.raises(RuleBroken) as fault:
        actions.save_draft(make.actor("liaison"), activity, unit_id=make.unit("青海师范大学").pk)
    assert "unit" in fault.value.fields


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "party"}, "kind"),
        ({"title": "长" * 121}, "title"),
        ({"mode": "by-mail"}, "mode"),
        ({"first_day": date(2026, 11, 20), "last_day": date(2026, 11, 19)}, "last_day"),
        ({"details": {"trainees": "很多"}}, "trainees"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"area_id": 0}, "area"),
        ({"item": "不在方案里的事项"}, "area"),
        ({"units": [Part(0)]}, "units"),
        ({"leaders": [Leader(appointment_id=0)]}, "leaders"),
        ({"leaders": [Leader(name=" ")]}, "leaders"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field_and_nothing_is_saved(wrong, field):
    activity = make.activity()
    with pytest.raises(RuleBroken) as fault:
        actions.save_draft(make.actor("liaison"), activity, **{"text": "新的正文", **wrong})
    assert field in fault.value.fields
    activity.refresh_from_db()
    assert activity.text == "研修班为期三天。"


def test_state_and_times_are_not_written_by_hand():
    with pytest.raises(TypeError):
        actions.save_draft(make.actor("liaison"), make.activity(), state="published")


def test_units_and_leaders_are_saved_with_the_text():
    activity, school = make.activity(), make.unit("青海师范大学")
    leader = make.appointment("vice-president")
    actions.save_draft(
        make.actor("liaison"),
        activity,
        units=[Part(activity.unit_id, ActivityUnit.Part.VISITOR), Part(school.pk, ActivityUnit.Part.HOST)],
        leaders=[Leader(appointment_id=leader.pk), Leader(name="索南", post_words="某县教育局副局长")],
    )
    assert [str(one) for one in activity.units.all()] == ["安徽师范大学（来访）", "青海师范大学（承办）"]
    assert [str(one) for one in activity.leaders.all()] == ["高远 安徽师范大学分管校领导", "索南 某县教育局副局长"]
    assert activity.leaders.first().appointment == leader


def test_a_typed_name_that_one_person_bears_counts_as_that_persons_post():
    leader = make.appointment("vice-president")
    activity = make.activity()
    actions.save_draft(make.actor("liaison"), activity, leaders=[Leader(name="高远", post_words="副校长")])
    assert activity.leaders.get().appointment == leader
    namesake = Person.objects.create(name="高远", unit=make.unit("青海师范大学"))
    post = Post.objects.get(cluster=activity.cluster, key="president")
    make.appoint(namesake, cluster=activity.cluster, post=post, unit=namesake.unit)
    actions.save_draft(make.actor("liaison"), activity, leaders=[Leader(name="高远", post_words="副校长")])
    assert activity.leaders.get().appointment is None


def test_the_same_unit_is_not_entered_twice():
    activity = make.activity()
    twice = [Part(activity.unit_id, "host"), Part(activity.unit_id, "visitor")]
    with pytest.raises(RuleBroken) as fault:
        actions.save_draft(make.actor("liaison"), activity, units=twice)
    assert "只能填一次" in fault.value.fields["units"]


def test_changing_the_kind_drops_the_figures_and_the_stage_of_the_old_one():
    activity = make.activity(kind="field-study", stage="first", details={"team": 5})
    actions.save_draft(make.actor("liaison"), activity, kind="lecture", details={"team": 5, "sessions": 1})
    activity.refresh_from_db()
    assert (activity.stage, activity.details) == ("", {"sessions": 1})


def test_two_windows_one_is_told():
    activity, actor = make.activity(), make.actor("liaison")
    read_at = activity.version
    actions.save_draft(actor, activity, version=read_at, text="第一扇窗")
    with pytest.raises(Stale) as stale:
        actions.save_draft(actor, activity, version=read_at, text="第二扇窗")
    assert stale.value.target.text == "第一扇窗"


def test_hostile_text_is_kept_as_text():
    text = "<script>alert(1)</script>\u202e{{ 7*7 }} 🎓 '; DROP TABLE --"
    activity = actions.start_draft(make.actor("liaison"), _member(), kind="other", title=text, text=text)
    activity.refresh_from_db()
    assert (activity.title, activity.text) == (text, text)


def test_the_recycle_bin_gives_back_what_it_took():
    activity, actor = make.activity(state="returned"), make.actor("liaison")
    actions.put_into_bin(actor, activity)
    with pytest.raises(RuleBroken, match="回收站"):
        actions.send(actor, activity)
    assert actions.restore(actor, activity).state == "returned"
    with pytest.raises(RuleBroken):
        actions.restore(actor, activity)


# On its way


def _history(activity: Activity) -> list[Entry]:
    kind = ContentType.objects.get_for_model(Activity)
    return list(Entry.objects.filter(kind=kind, target_id=activity.pk).order_by("id"))


def test_from_the_writer_to_the_whole_cluster():
    activity = actions.send(make.actor("liaison"), make.activity())
    assert (activity.state, activity.submitted_at) == ("approving", None)
    activity = actions.approve(make.actor("office-head"), activity)
    assert (activity.state, activity.approved_words) == ("submitted", "周岚（安徽师范大学牵头部门(处室)负责同志）")
    activity = actions.accept_and_publish(make.actor("secretariat"), activity)
    assert activity.state == "published"
    assert activity.accepted_at and activity.published_at
    assert [entry.label for entry in _history(activity)] == ["提交动态", "审签动态", "接收并发布动态"]


def test_sending_is_refused_with_a_sentence_for_each_lack():
    activity = make.activity(title="", details={})
    with pytest.raises(RuleBroken) as fault:
        actions.send(make.actor("liaison"), activity)
    assert set(fault.value.fields) == {"title", "trainees", "hours"}


def test_who_may_sign_for_the_unit_signs_by_sending():
    activity = actions.send(make.actor("office-head"), make.activity())
    assert activity.state == "submitted"
    assert activity.approved_words.startswith("周岚")


def test_where_the_scheme_asks_for_no_signature_a_brief_goes_straight_to_the_office():
    text = make.real_text().replace('approved_by = "office-head"', 'approved_by = "none"')
    make.cluster_of("bnu", text)
    activity = actions.send(make.actor("liaison"), make.activity())
    assert (activity.state, activity.approved_words) == ("submitted", "")


def test_a_secretary_signs_for_the_leader_and_it_is_said():
    activity = make.activity(state="approving")
    activity = actions.approve(make.actor("secretary"), activity)
    assert activity.approved_words.startswith("高远")
    entry = Entry.objects.get(code="activities.approve")
    assert (entry.name, entry.principal_words) == ("何静", "高远（安徽师范大学分管校领导）")
    assert Countersign.objects.get(entry=entry).confirmed_at is None


@pytest.mark.parametrize(
    ("who", "state", "name"),
    [("office-head", "approving", "return_to_writer"), ("secretariat", "submitted", "return_to_unit")],
)
def test_returning_needs_a_reason_and_keeps_it(who, state, name):
    activity, act = make.activity(state=state), getattr(actions, name)
    with pytest.raises(RuleBroken) as fault:
        act(make.actor(who), activity, note="  ")
    assert "note" in fault.value.fields
    activity = act(make.actor(who), activity, note="参训人数与正文不一致")
    assert (activity.state, activity.return_reason) == ("returned", "参训人数与正文不一致")
    assert _history(activity)[0].note == "参训人数与正文不一致"


def test_sending_again_after_a_return_does_not_change_when_it_was_first_sent():
    with clock.at(date(2026, 11, 20)):
        activity = actions.send(make.actor("office-head"), make.activity())
        first = activity.sent_at
    actions.return_to_unit(make.actor("secretariat"), activity, note="补照片")
    with clock.at(date(2026, 12, 10)):
        activity = actions.send(make.actor("office-head"), activity)
    assert (activity.sent_at, activity.return_reason) == (first, "")
    assert Deadlines(activity.cluster_id).timeliness(activity.last_day, activity.sent_at).code == "in-time"


def test_taking_back_and_sending_again_asks_for_a_new_signature():
    activity = actions.send(make.actor("liaison"), make.activity())
    activity = actions.approve(make.actor("office-head"), activity)
    activity = actions.withdraw(make.actor("liaison"), activity)
    assert (activity.state, activity.submitted_at) == ("draft", None)
    activity = actions.send(make.actor("liaison"), activity)
    assert (activity.state, activity.approved_words, activity.approved_at) == ("approving", "", None)


def test_a_word_is_left_with_the_brief():
    activity = make.activity(state="submitted")
    actions.remark(make.actor("pair-office"), activity, text="请补一张合影\n")
    remark = activity.remarks.get()
    assert (remark.text, remark.words) == ("请补一张合影", "程璐（安徽师范大学小组团办公室主任）")
    with pytest.raises(RuleBroken):
        actions.remark(make.actor("pair-office"), activity, text=" \n ")


# In time, by the calendar and the scheme of the day


def test_a_stricter_scheme_does_not_make_late_what_was_in_time():
    activity = make.activity(last_day=date(2026, 11, 6), first_day=date(2026, 11, 6))
    stricter = make.real_text().replace("due_workdays = 5 ", "due_workdays = 2 ")
    make.cluster_of("bnu", stricter, begins=date(2026, 11, 20))
    deadlines = Deadlines(activity.cluster_id)
    assert deadlines.of(date(2026, 11, 6)).day == date(2026, 11, 13)
    assert deadlines.of(date(2026, 11, 20)).day == date(2026, 11, 24)
    assert deadlines.of(None) is None


def test_late_ones_are_found():
    in_time = make.activity(state="submitted")
    sent = timezone.make_aware(datetime(2026, 11, 26, 9))
    late = make.activity(state="submitted", sent_at=sent)
    make.activity(state="draft", last_day=date(2026, 10, 1), first_day=date(2026, 10, 1))
    everything = Activity.objects.all()
    assert queries.late(everything, Deadlines(in_time.cluster_id)) == [late.pk]


# What waits for whom


def _waiting(name: str) -> list[tuple[str, str]]:
    return [(todo.verb, todo.title) for todo in queries.waiting_for(make.actor(name))]


def test_each_state_waits_for_somebody_and_for_nobody_else():
    writer = make.appointment("liaison").person
    make.actor("office-head")
    for state in STATES:
        make.activity(state=state, title=state, writer=writer)
    waits = {
        "liaison": [("填完", "draft"), ("修改", "returned")],
        "office-head": [("审签", "approving")],
        "secretariat": [("接收", "submitted")],
    }
    for persona in make.ALL_PERSONAS:
        assert _waiting(persona) == waits.get(persona, []), persona


def test_the_reason_of_a_return_and_a_due_day_stand_in_the_to_do():
    make.activity(state="returned", writer=make.appointment("liaison").person, return_reason="补照片")
    (todo,) = queries.waiting_for(make.actor("liaison"))
    assert "补照片" in todo.about
    assert todo.due == date(2026, 11, 27)
    assert (todo.url_name, todo.button) == ("activities:edit", "修改")


def test_while_nobody_holds_the_signing_post_every_leader_is_asked_and_the_leaders_secretary():
    make.activity(state="approving")
    assert [len(_waiting(name)) for name in ("vice-president", "secretary")] == [1, 1]
    make.actor("office-head")
    assert [len(_waiting(name)) for name in ("vice-president", "secretary", "office-head")] == [0, 0, 1]


def test_a_draft_whose_writer_has_left_waits_for_the_units_people():
    make.bnu()
    writer = make.person("示例·离任", "安徽师范大学", post="liaison")
    make.activity(title="旧稿", writer=writer)
    assert _waiting("secretary") == []
    writer.appointments.update(ends=date(2026, 10, 1))
    assert _waiting("secretary") == [("填完", "旧稿")]


def test_the_area_may_not_be_of_another_cluster():
    other = Area.objects.filter(cluster=make.second_cluster()).first()
    with pytest.raises(RuleBroken) as fault:
        actions.save_draft(make.actor("liaison"), make.activity(), area_id=other.pk, item="")
    assert "area" in fault.value.fields
