"""专家审核的结论: what the chair concludes, what the authors reply point by point, and the second reading."""

import pytest

from tests import make
from tests.plans import building as plans
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.plans.models import Plan, StepRecord
from tizhi.pipeline.reviews import actions, queries
from tizhi.pipeline.reviews.models import Assignment, Reply, Review
from tizhi.pipeline.reviews.replying import to_answer
from tizhi.pipeline.reviews.rules import Said

from . import building as build

pytestmark = pytest.mark.django_db


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
