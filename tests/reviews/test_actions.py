"""专家审核的办理: a review is opened, experts are asked, their opinions come in."""

from datetime import date, timedelta

import pytest

from tests import make
from tests.plans import building as plans
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts.models import Absence, ExpertProfile
from tizhi.pipeline.plans.models import StepRecord
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Point
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
