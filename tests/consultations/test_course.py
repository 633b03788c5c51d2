"""A case from question to effect: who takes which step, when, and what keeps them from it."""

from datetime import date

import pytest

from tests import make
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.notices.models import Notice
from tizhi.pipeline.consultations import actions, queries
from tizhi.pipeline.consultations.deadlines import Deadlines
from tizhi.pipeline.consultations.models import Consultant, Consultation
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts.models import Absence, ExpertProfile
from tizhi.pipeline.scheme.models import Member

from .building import PARTNER, SCHOOL, TEXT, asked, case, expert, school_liaison

pytestmark = pytest.mark.django_db

State = Consultation.State


def school():
    return make.actor(school_liaison())


def member(name: str = SCHOOL) -> Member:
    return Member.objects.get(cluster=make.bnu(), unit__name=name)


def told() -> list[tuple[str, str]]:
    return sorted(Notice.objects.values_list("name", "title"))


def person(user) -> int:
    return Person.objects.get(user=user).pk


def test_from_question_to_effect():
    office, guest = make.actor("pair-office"), expert()
    make.persona("secretariat")
    one = actions.open_case(school(), member(), title="实训课程怎样设置", text=TEXT)
    one = actions.ask_case(school(), one)
    assert (one.state, Deadlines(one.cluster_id).day(one.asked_at)) == (State.ASKED, date(2026, 12, 7))
    assert told() == [("王敏", "有新的问诊待受理：实训课程怎样设置"), ("程璐", "有新的问诊待受理：实训课程怎样设置")]
    actions.triage(office, one, helper=make.unit(PARTNER))
    actions.invite(office, one, people=[person(guest)])
    invitation = Consultant.objects.get()
    actions.accept(make.actor(guest), invitation)
    actions.record_session(office, one, on=date(2026, 11, 25), words="线上会议")
    actions.advise(make.actor(guest), invitation, advice="先统筹实训室。")
    actions.answer(office, one, advice="按年级统筹，二年级集中实训。")
    one.refresh_from_db()
    assert (one.state, one.helper.name, one.answered_words) == (State.ANSWERED, PARTNER, office.words)
    actions.decide(school(), one, decision="partly", reason="实训室改造另行安排")
    for day, months in ((date(2027, 2, 23), 3), (date(2027, 5, 23), 6)):
        with clock.at(day):
            actions.tell_effect(school(), one, months=months, text="学生到园实训由四周增加到八周")
    one.refresh_from_db()
    assert (one.state, one.closed_at is not None) == (State.CLOSED, True)
    labels = list(
        Entry.objects.filter(code__startswith="consultations.").order_by("pk").values_list("label", flat=True)
    )
    assert labels == [
        "起草问诊", "提出问诊", "受理问诊", "邀请会诊专家", "接受会诊邀请", "登记会诊", "提出会诊意见", "答复问诊",
        "反馈采纳情况", "登记问诊成效", "登记问诊成效",
    ]  # fmt: skip


def test_a_draft_tells_nobody_and_may_be_thrown_away():
    make.persona("secretariat")
    one = actions.open_case(school(), member(), title="想问一个问题")
    assert (one.state, one.asked_at, told()) == (State.DRAFT, None, [])
    actions.discard(school(), one)
    assert not Consultation.objects.exists()
    with pytest.raises(RuleBroken, match="已经提出的问诊不能删除"):
        actions.discard(school(), case())


def test_a_draft_that_is_asked_counts_its_days_from_then():
    one = case("draft", text="")
    with pytest.raises(RuleBroken) as wrong:
        actions.ask_case(school(), one)
    assert wrong.value.fields == {"text": "请写明情况，专家要据此判断"}
    one = actions.ask_case(school(), actions.change_case(school(), one, text=TEXT))
    assert (one.state, one.asked_at) == (State.ASKED, clock.now())
    with pytest.raises(RuleBroken, match="已经提出"):
        actions.ask_case(school(), one)


def test_a_draft_may_lack_anything_but_not_everything():
    with pytest.raises(RuleBroken) as wrong:
        actions.open_case(school(), member(), title=" ", text="")
    assert set(wrong.value.fields) == {"title"}
    one = actions.open_case(school(), member(), text=TEXT)
    assert str(one) == "未命名问诊"
    with pytest.raises(RuleBroken) as wrong:
        actions.ask_case(school(), one)
    assert set(wrong.value.fields) == {"title"}


def test_only_a_supported_school_asks():
    liaison = make.actor("liaison")
    with pytest.raises(RuleBroken, match="由重点支持院校提出"):
        actions.open_case(liaison, member(PARTNER), title="问题", text=TEXT)
    for who in ("pair-office", "secretariat", "supported-school", "expert", "department"):
        with pytest.raises(Denied):
            actions.open_case(make.actor(who), member(), title="问题", text=TEXT)


def test_what_belongs_to_another_school_or_cluster_is_refused():
    with pytest.raises(RuleBroken) as wrong:
        actions.open_case(school(), member(), title="问题", text=TEXT, need_id=999, area_id=999)
    assert set(wrong.value.fields) == {"need", "area"}
    with pytest.raises(TypeError):
        actions.open_case(school(), member(), title="问题", state="closed")


def test_the_pair_office_of_the_school_takes_it_on_and_no_other():
    one = case()
    make.person("赵远", "西北师范大学", seat="西北师范大学小组团办公室主任")
    other = make.actor(Person.objects.get(name="赵远").user)
    for who in (other, make.actor("liaison"), make.actor("expert"), school()):
        with pytest.raises(Denied):
            actions.triage(who, one, helper=make.unit(PARTNER))
    actions.triage(make.actor("secretariat"), one, helper=make.unit("西北师范大学"))
    assert actions.answer.open_to(other, Consultation.objects.get())
    assert not actions.answer.open_to(make.actor("pair-office"), Consultation.objects.get())


def test_a_school_in_need_or_a_department_owns_no_case():
    for name in (SCHOOL, "青海师范大学", "安徽省教育厅"):
        with pytest.raises(RuleBroken, match="请选择牵头高校或帮扶高校"):
            actions.triage(make.actor("secretariat"), case(), helper=make.unit(name))


def test_a_case_is_handed_over_and_its_new_owner_told():
    one = case("triaged")
    make.person("赵远", "西北师范大学", seat="西北师范大学小组团办公室主任")
    actions.triage(make.actor("pair-office"), one, helper=make.unit("西北师范大学"))
    assert told() == [("赵远", "问诊由你单位承办：学前教育实训课程怎样设置")]


def test_the_schools_own_people_do_not_advise_it_and_the_partners_do():
    own, partners = expert("林涛", SCHOOL), expert("高明", PARTNER)
    one = case("triaged")
    with pytest.raises(RuleBroken, match="本校人员不作为本校问诊的专家"):
        actions.invite(make.actor("pair-office"), one, people=[person(own)])
    actions.invite(make.actor("pair-office"), one, people=[person(partners)])
    assert Consultant.objects.get().person.name == "高明"


def test_somebody_who_was_of_the_school_since_it_asked_is_barred_too():
    guest = expert()
    who = Person.objects.get(user=guest)
    post = make.appointment("liaison").post
    make.appoint(who, cluster=make.bnu(), post=post, unit=make.unit(SCHOOL), ends=date(2026, 11, 18))
    with pytest.raises(RuleBroken, match="本校人员"):
        actions.invite(make.actor("pair-office"), case("triaged"), people=[who.pk])


def test_who_is_full_or_away_is_asked_only_with_a_reason():
    guest = expert()
    ExpertProfile.objects.create(cluster=make.bnu(), person_id=person(guest), at_once=1)
    Absence.objects.create(
        cluster=make.bnu(), person_id=person(guest), begins=date(2026, 11, 27), ends=date(2026, 12, 1)
    )
    asked(case("triaged"), guest, "accepted")
    one, office = case("triaged"), make.actor("pair-office")
    with pytest.raises(RuleBroken) as wrong:
        actions.invite(office, one, people=[person(guest)])
    assert wrong.value.fields["override"].startswith("沈一鸣手上已有1件问诊，办理期间请假。仍要邀请的")
    actions.invite(office, one, people=[person(guest)], override="本领域仅此一人")
    assert one.consultants.get().override == "本领域仅此一人"


def test_nobody_is_asked_twice_nor_who_is_no_expert():
    guest, one, office = expert(), case("triaged"), make.actor("pair-office")
    actions.invite(office, one, people=[person(guest), person(guest)])
    with pytest.raises(RuleBroken, match="已经邀请过"):
        actions.invite(office, one, people=[person(guest)])
    for people, words in (([], "请选择要邀请的专家"), ([person(school_liaison())], "从专家名单中选择")):
        with pytest.raises(RuleBroken, match=words):
            actions.invite(office, one, people=people)


def test_an_expert_declines_with_a_reason_and_the_office_hears_of_it():
    guest, one = expert(), case("triaged")
    make.persona("pair-office")
    invitation = asked(one, guest)
    with pytest.raises(RuleBroken, match="请写明谢绝原因"):
        actions.decline(make.actor(guest), invitation, note=" ")
    actions.decline(make.actor(guest), invitation, note="近期出差")
    assert told() == [("程璐", "专家谢绝问诊：学前教育实训课程怎样设置")]
    with pytest.raises(RuleBroken, match="已经答复过"):
        actions.accept(make.actor(guest), invitation)


def test_only_the_expert_himself_answers_and_advises():
    guest, one = expert(), case("triaged")
    invitation = asked(one, guest)
    for who in (make.actor("expert"), make.actor("pair-office"), make.actor("secretariat")):
        with pytest.raises(Denied):
            actions.accept(who, invitation)
    with pytest.raises(RuleBroken, match="请先接受邀请"):
        actions.advise(make.actor(guest), invitation, advice="意见")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": None, "words": "线上"}, "on"), ({"on": date(2026, 11, 15), "words": "线上"}, "on"),
        ({"on": date(2028, 1, 1), "words": "线上"}, "on"), ({"on": date(2026, 11, 25), "words": " "}, "words"),
    ],
)  # fmt: skip
def test_a_session_has_its_day_and_its_way(given, field):
    with pytest.raises(RuleBroken) as wrong:
        actions.record_session(make.actor("pair-office"), case("triaged"), **given)
    assert set(wrong.value.fields) == {field}


def test_a_session_points_to_a_brief_of_guidance_at_that_school():
    office, one = make.actor("pair-office"), case("triaged")
    guidance = make.activity(state="published", kind="expert-guidance")
    training = make.activity(state="published")
    with pytest.raises(RuleBroken, match="专家指导动态"):
        actions.record_session(office, one, on=date(2026, 11, 25), words="到校", activity=training)
    actions.record_session(office, one, on=date(2026, 11, 25), words="到校", activity=guidance)
    assert Consultation.objects.get().activity == guidance


def test_not_adopted_says_why_and_is_closed_at_once():
    one = case("answered")
    for decision in ("refused", "partly"):
        with pytest.raises(RuleBroken) as wrong:
            actions.decide(school(), one, decision=decision)
        assert "请说明原因" in wrong.value.fields["reason"]
    with pytest.raises(RuleBroken, match="请选择采纳情况"):
        actions.decide(school(), one, decision="maybe")
    actions.decide(school(), one, decision="refused", reason="与学校规划不符")
    assert Consultation.objects.get().state == State.CLOSED


def test_an_effect_is_told_in_order_from_its_day_on_and_once():
    one = case("decided")  # decided on 19 November
    with clock.at(date(2027, 2, 18)), pytest.raises(RuleBroken, match="采纳满3个月后再登记"):
        actions.tell_effect(school(), one, months=3, text="有进展")
    with clock.at(date(2027, 2, 19)):
        with pytest.raises(RuleBroken, match="请刷新页面"):
            actions.tell_effect(school(), one, months=6, text="有进展")
        actions.tell_effect(school(), one, months=3, text="有进展")
        with pytest.raises(RuleBroken, match="请刷新页面"):
            actions.tell_effect(school(), one, months=3, text="再说一次")


def test_the_last_day_of_a_month_does_not_get_lost():
    one = case("decided", decided_at=clock.now().replace(month=11, day=30))
    with clock.at(date(2027, 2, 28)), pytest.raises(RuleBroken, match="2027年3月1日起"):
        actions.tell_effect(school(), one, months=3, text="有进展")


def test_what_is_not_answered_may_be_taken_back_with_a_reason():
    one = case("triaged")
    with pytest.raises(RuleBroken, match="请写明撤回原因"):
        actions.withdraw(school(), one, note="")
    actions.withdraw(school(), one, note="已自行解决")
    one.refresh_from_db()
    assert (one.state, one.withdrawn_at) == (State.WITHDRAWN, clock.now())
    for state in ("answered", "closed", "draft"):
        with pytest.raises(RuleBroken, match="不能撤回"):
            actions.withdraw(school(), case(state), note="不问了")


def test_two_who_answer_at_once_do_not_overwrite_each_other():
    one = case("triaged")
    actions.record_session(make.actor("pair-office"), one, on=date(2026, 11, 25), words="线上", version=1)
    with pytest.raises(Stale):
        actions.answer(make.actor("secretariat"), one, advice="建议", version=1)


def test_load_counts_what_is_still_to_be_advised_on():
    guest, other = expert(), expert("杜可")
    asked(case("triaged"), guest)
    asked(case("triaged"), guest, "accepted", advice="好", advised_at=clock.now())
    asked(case("answered"), guest, "accepted")
    asked(case("triaged"), other, "declined")
    assert queries.load_of([person(guest), person(other)]) == {person(guest): 1}
