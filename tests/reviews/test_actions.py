"""专家审核的办理: a plan is read, concluded, answered point by point and read again."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.plans import building as plans
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts.models import Absence, ExpertProfile
from tizhi.pipeline.plans.models import Plan, StepRecord
from tizhi.pipeline.reviews import actions, queries
from tizhi.pipeline.reviews.models import Assignment, Point, Reply, Review
from tizhi.pipeline.reviews.replying import to_answer
from tizhi.pipeline.reviews.rules import PointWord, Said, SectionWord

from . import building as build

pytestmark = pytest.mark.django_db


# Opening


def test_a_review_is_opened_for_the_text_submitted_last():
    review = build.opened()
    assert review.state == "assigning"
    assert review.step == "review"
    assert review.version_read == review.plan.versions.last()


def test_only_at_the_step_that_asks_for_the_conclusion():
    with pytest.raises(RuleBroken, match="不在专家审核的步骤"):
        build.opened(plans.at_step("final"))


def test_a_plan_is_reviewed_once_at_a_time():
    review = build.opened()
    with pytest.raises(RuleBroken, match="正在审核"):
        build.opened(review.plan)


@pytest.mark.parametrize("who", ["secretariat", "pair-office", "expert", "supported-school"])
def test_whoever_does_not_assign_experts_opens_none(who):
    plan = plans.at_step("review")
    with pytest.raises(Denied):
        actions.open_review(make.actor(who), plan, due=build.DUE, closes=build.CLOSES)


def test_who_assigns_but_belongs_to_the_school_opens_none():
    plan = plans.at_step("review")
    with pytest.raises(Denied):
        actions.open_review(make.actor(build.conflicted_assigner_user()), plan, due=build.DUE, closes=build.CLOSES)


@pytest.mark.parametrize(
    ("due", "closes", "field"),
    [
        (date(2026, 11, 22), date(2026, 12, 1), "due"),
        (date(2026, 12, 4), date(2026, 12, 3), "closes"),
        (date(2036, 12, 4), date(2036, 12, 5), "due"),
    ],
)
def test_days_that_cannot_be_are_refused(due, closes, field):
    with pytest.raises(RuleBroken) as fault:
        actions.open_review(build.assigner(), plans.at_step("review"), due=due, closes=closes)
    assert field in fault.value.fields


def test_days_are_moved_with_a_reason_only():
    review = build.opened()
    with pytest.raises(RuleBroken, match="原因"):
        actions.change_days(build.assigner(), review, due=build.DUE, closes=build.CLOSES, note=" ")
    later = build.DUE + timedelta(days=7)
    actions.change_days(build.assigner(), review, due=later, closes=later, note="专家出差")
    assert build.fresh(review).due == later


# Assigning


def test_an_expert_is_asked_and_told_at_once():
    review = build.opened()
    assignment = build.asked(review, "陆明")["陆明"]
    assert assignment.state == "invited"
    assert build.fresh(review).state == "reviewing"
    notice = Notice.objects.get(person_id=assignment.person_id)
    assert str(review.plan) in notice.title


@pytest.mark.parametrize("unit", [build.SCHOOL, build.PARTNER])
def test_nobody_of_the_school_or_its_partner_is_ever_asked(unit):
    review = build.opened()
    person = Person.objects.get(user=build.user("回避者", unit, build.MEMBER))
    with pytest.raises(RuleBroken, match="需要回避"):
        actions.invite(build.assigner(), review, person=person.pk, override="急需")


def test_who_was_of_the_school_when_the_plan_was_opened_is_barred_still():
    review = build.opened()
    person = Person.objects.get(user=build.user("调出者", "北京师范大学", build.MEMBER))
    post = Appointment.objects.filter(post__key="liaison").first() or make.appointment("liaison")
    Appointment.objects.create(
        person=person, cluster=make.bnu(), post=post.post, unit=make.unit(build.SCHOOL), begins=date(2024, 1, 1),
        ends=date(2026, 11, 30),
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="需要回避"):
        actions.invite(build.assigner(), review, person=person.pk)


def test_who_left_the_school_before_the_plan_was_opened_is_not_barred():
    review = build.opened()
    person = Person.objects.get(user=build.user("早已调出", "北京师范大学", build.MEMBER))
    post = make.appointment("liaison").post
    Appointment.objects.create(
        person=person, cluster=make.bnu(), post=post, unit=make.unit(build.SCHOOL), begins=date(2022, 4, 1),
        ends=date(2024, 1, 1),
    )  # fmt: skip
    assert actions.invite(build.assigner(), review, person=person.pk).state == "invited"


def test_who_wrote_at_the_plan_is_barred():
    review = build.opened()
    person = Person.objects.get(user=build.user("执笔人", "北京师范大学", build.MEMBER))
    StepRecord.objects.create(
        plan=review.plan, step="first-study", revision=7, on=date(2026, 5, 1), at=clock.now(), person=person, words="…"
    )
    with pytest.raises(RuleBroken, match="需要回避"):
        actions.invite(build.assigner(), review, person=person.pk)


def test_a_full_or_absent_expert_needs_a_reason():
    review, busy = build.opened(), build.expert("苏文")
    ExpertProfile.objects.create(cluster=make.bnu(), person_id=busy.person_id, at_once=0)
    with pytest.raises(RuleBroken, match="同时0件") as fault:
        actions.invite(build.assigner(), review, person=busy.person_id)
    assert "override" in fault.value.fields
    assert actions.invite(build.assigner(), review, person=busy.person_id, override="专业对口").override == "专业对口"
    away = build.expert("顾行")
    Absence.objects.create(
        cluster=make.bnu(), person_id=away.person_id, begins=date(2026, 11, 20), ends=date(2026, 11, 30)
    )
    with pytest.raises(RuleBroken, match="请假"):
        actions.invite(build.assigner(), review, person=away.person_id)


def test_somebody_who_is_no_expert_is_not_asked():
    with pytest.raises(RuleBroken, match="专家名单"):
        actions.invite(build.assigner(), build.opened(), person=make.actor("liaison").person_id)


def test_who_declined_may_be_asked_again_and_the_office_hears_of_it():
    review = build.opened()
    assignment = build.asked(review, "陆明")["陆明"]
    actions.decline(build.expert(), assignment, note="出访")
    assert build.again(assignment).declined_reason == "出访"
    told = Notice.objects.filter(person_id=build.assigner().person_id)
    assert "谢绝" in told.first().title
    assert build.asked(review, "陆明")["陆明"].pk == assignment.pk
    assert build.again(assignment).state == "invited"


def test_one_expert_does_not_answer_for_another():
    review = build.opened()
    assignment = build.asked(review, "陆明")["陆明"]
    with pytest.raises(Denied):
        actions.accept(build.expert("苏文"), assignment)


# Opinions


def test_an_opinion_is_kept_unfinished_and_handed_in_whole():
    review, found = build.at_work()
    mine = found["陆明"]
    actions.save_opinion(build.expert(), mine, said=Said(summary="写到一半"))
    with pytest.raises(RuleBroken, match="还不能提交") as fault:
        actions.submit_opinion(build.expert(), mine, said=Said(summary="写到一半"))
    assert "verdict" in fault.value.fields and "verdict-goals" in fault.value.fields
    actions.submit_opinion(build.expert(), mine, said=build.said(review))
    assert build.again(mine).state == "submitted"
    assert Point.objects.filter(assignment=mine).count() == 1


@pytest.mark.parametrize(
    "said",
    [
        Said(verdict="whatever"),
        Said(summary="长" * 4001),
        Said(sections=[SectionWord("no-such-section", "passed")]),
        Said(points=[PointWord("意见", quote="原" * 501)]),
        Said(points=[PointWord("意见" * 1001)]),
        Said(points=[PointWord("意见")] * 101),
        Said(points=[PointWord("", quote="只有原文")]),
        Said(points=[PointWord("意见", weight="fatal")]),
    ],
)
def test_what_no_opinion_may_hold_is_refused_with_a_sentence(said):
    _, found = build.at_work()
    with pytest.raises(RuleBroken):
        actions.save_opinion(build.expert(), found["陆明"], said=said)


def test_after_the_last_day_nothing_is_handed_in_until_it_is_moved():
    review, found = build.at_work()
    with clock.at(build.CLOSES + timedelta(days=1)):
        with pytest.raises(RuleBroken, match="最后期限"):
            actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review))
        later = clock.today() + timedelta(days=3)
        actions.change_days(build.assigner(), review, due=later, closes=later, note="延期")
        actions.submit_opinion(build.expert(), build.again(found["陆明"]), said=build.said(review))


def test_what_was_handed_in_may_be_taken_back_with_a_reason():
    _, found = build.handed_in()
    with pytest.raises(RuleBroken, match="原因"):
        actions.take_back(build.expert(), found["陆明"], note="")
    actions.take_back(build.expert(), found["陆明"], note="补充一点")
    assert build.again(found["陆明"]).state == "accepted"


def test_the_secretary_enters_a_signed_opinion():
    review, found = build.at_work()
    entered = actions.enter_for(build.assigner(), found["苏文"], said=build.said(review), paper=plans.paper("签字.pdf"))
    assert entered.state == "submitted"
    assert entered.signed.name == "签字.pdf"
    assert "许静" in entered.entered_words


def test_an_expert_who_also_assigns_enters_none_before_his_own_is_in():
    review = build.opened()
    head = make.actor(build.user("主任", "北京师范大学", build.HEAD))
    own = actions.invite(build.assigner(), review, person=head.person_id)
    other = build.asked(review, "苏文")["苏文"]
    with pytest.raises(Denied):
        actions.enter_for(head, other, said=build.said(review), paper=plans.paper())
    actions.accept(head, own)
    actions.submit_opinion(head, build.again(own), said=build.said(review))
    assert actions.enter_for(head, other, said=build.said(review), paper=plans.paper()).signed


# The conclusion


def test_only_the_chair_concludes_and_only_after_his_own_opinion():
    review, found = build.at_work()
    with pytest.raises(Denied):
        actions.conclude(build.expert("苏文"), review, verdict="passed", conclusion="好")
    with pytest.raises(Denied):
        actions.conclude(build.expert(), review, verdict="passed", conclusion="好")
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review, "passed"))
    with pytest.raises(RuleBroken, match="还有1位专家没有提交意见"):
        actions.conclude(build.expert(), review, verdict="passed", conclusion="好")
    actions.conclude(build.expert(), review, verdict="passed", conclusion="好", note="联系不上")
    assert build.again(found["苏文"]).state == "released"


def test_passed_takes_the_plan_to_its_next_step_under_the_committees_name():
    review = build.concluded("passed")
    assert review.state == "closed"
    assert plans.step_of(review.plan) == "in-force"
    record = StepRecord.objects.get(plan=review.plan, step="review")
    assert record.person is None
    assert "陆明" not in record.words
    assert record.version == review.version_read


def test_failed_sends_the_plan_back_to_its_text():
    review = build.concluded("failed")
    assert review.state == "closed"
    assert plans.step_of(review.plan) == "final"


def test_conditional_opens_the_text_and_waits_for_replies():
    review = build.concluded()
    assert review.state == "replying"
    assert Plan.objects.get(pk=review.plan_id).is_text_open
    assert [one.number for one in to_answer(review)] == [1, 2]
    told = Notice.objects.filter(person_id=plans.author().person_id, kind="review-reply")
    assert "有条件通过" in told.get().title


def test_conditional_needs_points_and_a_day():
    review, found = build.at_work("陆明")
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review, "passed", points=()))
    with pytest.raises(RuleBroken, match="没有提出意见"):
        actions.conclude(build.expert(), review, verdict="conditional", conclusion="改", reply_due=build.REPLY_DUE)
    with pytest.raises(RuleBroken) as fault:
        actions.conclude(build.expert(), review, verdict="conditional", conclusion="")
    assert {"conclusion", "reply_due"} <= fault.value.fields.keys()


# Replies and the second reading


def test_every_point_is_answered_before_the_replies_go():
    review = build.concluded()
    with pytest.raises(RuleBroken, match="第1条没有答复；第2条没有答复"):
        actions.submit_replies(plans.author(), review)


@pytest.mark.parametrize(
    ("decision", "reason", "place", "field"),
    [
        ("", "", "", "decision"),
        ("adopted", "", "", "place"),
        ("partly", "", "第三章", "reason"),
        ("refused", "", "", "reason"),
        ("refused", "理" * 2001, "", "reason"),
    ],
)
def test_a_reply_says_why_and_where(decision, reason, place, field):
    review = build.concluded()
    point = to_answer(review)[0]
    with pytest.raises(RuleBroken) as fault:
        actions.answer(plans.author(), review, point=point.pk, decision=decision, reason=reason, place=place)
    assert field in fault.value.fields


def test_two_who_answer_the_same_point_do_not_overwrite_each_other():
    review = build.concluded()
    point = to_answer(review)[0]
    reply = actions.answer(plans.author(), review, point=point.pk, decision="refused", reason="甲")
    actions.answer(plans.author(), review, point=point.pk, decision="refused", reason="乙", read=reply.version)
    with pytest.raises(Stale):
        actions.answer(plans.author(), review, point=point.pk, decision="refused", reason="丙", read=reply.version)
    assert Reply.objects.get(point=point).reason == "乙"


@pytest.mark.parametrize("who", ["secretariat", "supported-school", "expert"])
def test_only_the_authors_answer(who):
    review = build.concluded()
    with pytest.raises(Denied):
        actions.answer(make.actor(who), review, point=to_answer(review)[0].pk, decision="refused", reason="不")


def test_the_second_reading_begins_with_the_same_experts():
    again = build.replied()
    assert (again.reading, again.state) == (2, "reviewing")
    assert again.version_read.number == again.previous.version_read.number + 1
    assert [one.state for one in again.assignments.all()] == ["accepted", "accepted"]
    assert again.chair_id == again.previous.chair_id
    assert not Plan.objects.get(pk=again.plan_id).is_text_open


def test_who_became_conflicted_meanwhile_is_not_asked_again():
    review = build.concluded()
    person = Person.objects.get(user__username="苏文")
    make.appoint(person, cluster=make.bnu(), post=make.appointment("liaison").post, unit=make.unit(build.SCHOOL))
    again = build.replied(review)
    assert [one.person.name for one in again.assignments.all()] == ["陆明"]


def test_points_are_settled_or_kept_and_the_chair_passes_only_when_all_must_are_settled():
    again = build.replied()
    mine, other = to_answer(again.previous)
    with pytest.raises(RuleBroken, match="由提出意见的专家或组长复核"):
        actions.recheck(build.expert("苏文"), again, point=mine.pk, is_settled=True)
    chair, second = (Assignment.objects.get(review=again, person__name=name) for name in ("陆明", "苏文"))
    whole = Said("passed", "已按意见修改。")
    with pytest.raises(RuleBroken, match="没有复核"):
        actions.submit_opinion(build.expert(), chair, said=whole)
    actions.recheck(build.expert(), again, point=mine.pk, is_settled=True)
    with pytest.raises(RuleBroken, match="还要怎样修改"):
        actions.recheck(build.expert("苏文"), again, point=other.pk, is_settled=False)
    actions.recheck(build.expert("苏文"), again, point=other.pk, is_settled=False, reason="依据不足")
    actions.submit_opinion(build.expert(), chair, said=whole)
    actions.submit_opinion(build.expert("苏文"), second, said=Said("conditional", "还差一条。"))
    with pytest.raises(RuleBroken, match="还有1条要求修改的意见没有复核通过"):
        actions.conclude(build.expert(), again, verdict="passed", conclusion="通过")
    actions.recheck(build.expert(), again, point=other.pk, is_settled=True)
    actions.conclude(build.expert(), again, verdict="passed", conclusion="同意。")
    assert plans.step_of(again.plan) == "in-force"


def test_a_third_reading_keeps_the_earlier_reply_beside_the_new_one():
    again = build.replied()
    for name, point in zip(("陆明", "苏文"), to_answer(again.previous), strict=True):
        actions.recheck(build.expert(name), again, point=point.pk, is_settled=False, reason="再改")
        own = Assignment.objects.get(review=again, person__name=name)
        actions.submit_opinion(build.expert(name), own, said=Said("conditional", "再改。"))
    actions.conclude(build.expert(), again, verdict="conditional", conclusion="再改", reply_due=build.REPLY_DUE)
    third = build.replied(build.fresh(again), "refused")
    assert third.reading == 3
    reply = Reply.objects.first()
    assert [one["decision"] for one in reply.earlier] == ["采纳"]


def test_load_counts_what_is_open():
    review, found = build.at_work()
    people = [one.person_id for one in found.values()]
    assert queries.load_of(people) == dict.fromkeys(people, 1)
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review))
    assert queries.load_of(people) == {found["苏文"].person_id: 1}


def test_a_review_opened_by_mistake_is_cancelled_with_a_reason():
    review = build.opened()
    actions.cancel(build.assigner(), review, note="文本有误")
    assert Review.objects.get(pk=review.pk).state == "closed"
    assert build.opened(review.plan).pk != review.pk
