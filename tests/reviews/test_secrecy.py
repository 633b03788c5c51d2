"""保密: who reads which part of a review, and when; who is told what, and when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.plans import building as plans
from tizhi.base.kit import clock
from tizhi.base.notices.models import Notice
from tizhi.pipeline.directory.actors import actor_of, appointments_of
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts.models import ExpertProfile
from tizhi.pipeline.reviews import actions, jobs, queries, secrecy
from tizhi.pipeline.reviews.todos import waiting_for

from . import building as build

pytestmark = pytest.mark.django_db


def moves_to_the_school(name: str) -> None:
    person = Person.objects.get(user__username=name)
    make.appoint(person, cluster=make.bnu(), post=make.appointment("liaison").post, unit=make.unit(build.SCHOOL))


# While it runs


def test_only_the_committee_knows_of_a_review_that_runs():
    review, _ = build.at_work("陆明")
    assert queries.visible_to(build.assigner()).get() == review
    assert queries.visible_to(build.expert()).get() == review
    for who in ("secretariat", "pair-office", "supported-school", "leading-group", "vice-president", "department"):
        assert not queries.visible_to(make.actor(who)).exists()
    assert not queries.visible_to(plans.school()).exists()
    assert not queries.visible_to(build.expert("顾行")).exists()


def in_the_committee(name: str):  # type: ignore[no-untyped-def]
    """The same person acting in the seat of the committee, whatever other posts he has got."""
    user = Person.objects.get(user__username=name).user
    seat = next(one for one in appointments_of(user) if one.seat_id)
    return actor_of(user, seat)


def test_who_becomes_conflicted_loses_everything_at_once():
    build.handed_in()
    assert queries.opinions_visible_to(in_the_committee("陆明")).count() == 2
    moves_to_the_school("陆明")
    actor = in_the_committee("陆明")
    assert not queries.visible_to(actor).exists()
    assert not queries.assignments_visible_to(actor).exists()
    assert not queries.opinions_visible_to(actor).exists()
    assert not queries.sections_visible_to(actor).exists()
    assert not queries.points_visible_to(actor).exists()
    assert waiting_for(actor) == []
    assert queries.visible_to(in_the_committee("苏文")).exists()


def test_who_belonged_to_the_school_before_the_plan_was_opened_reads_on():
    build.handed_in()
    person = Person.objects.get(user__username="陆明")
    make.appoint(
        person, cluster=make.bnu(), post=make.appointment("liaison").post, unit=make.unit(build.SCHOOL),
        begins=date(2022, 4, 1), ends=date(2023, 4, 1),
    )  # fmt: skip
    assert queries.visible_to(in_the_committee("陆明")).exists()


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        (date(2022, 4, 1), date(2023, 4, 1)), (date(2022, 4, 1), None), (date(2022, 4, 1), date(2026, 11, 23)),
        (date(2026, 11, 23), None), (date(2026, 11, 24), None), (date(2026, 11, 1), date(2026, 11, 2)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("unit", [build.SCHOOL, build.PARTNER, "西北师范大学"])
def test_the_query_and_the_sentence_agree(begins, ends, unit):
    review = build.opened()
    person = Person.objects.get(pk=build.expert("陆明").person_id)
    post = make.appointment("liaison").post
    make.appoint(person, cluster=make.bnu(), post=post, unit=make.unit(unit), begins=begins, ends=ends)
    said = person.pk in secrecy.conflicts_on(review.plan, review.step, [person.pk])
    found = secrecy.conflicted_reviews(make.bnu().pk, person.pk).filter(pk=review.pk).exists()
    assert said == found


def test_an_opinion_is_nobody_elses_until_both_are_in():
    review, found = build.at_work()
    actions.submit_opinion(build.expert("苏文"), found["苏文"], said=build.said(review))
    assert not queries.opinions_visible_to(build.expert()).filter(person__name="苏文").exists()
    assert not queries.points_visible_to(build.expert()).filter(assignment__person__name="苏文").exists()
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review))
    assert queries.opinions_visible_to(build.expert()).filter(person__name="苏文").exists()


def test_a_draft_is_nobody_elses_not_even_of_who_assigns():
    review, found = build.at_work()
    actions.save_opinion(build.expert(), found["陆明"], said=build.said(review, summary="草稿"))
    assert not queries.opinions_visible_to(build.assigner()).exists()


def test_who_assigns_and_reviews_reads_none_before_his_own_is_in():
    review, _ = build.handed_in("陆明")
    head = make.actor(build.user("主任", "北京师范大学", build.HEAD))
    own = actions.invite(build.assigner(), review, person=head.person_id)
    assert not queries.opinions_visible_to(head).filter(person__name="陆明").exists()
    actions.accept(head, own)
    actions.submit_opinion(head, build.again(own), said=build.said(review))
    assert queries.opinions_visible_to(head).filter(person__name="陆明").exists()


# After the conclusion


def test_after_the_conclusion_authors_and_school_read_opinions_the_cluster_the_conclusion():
    review = build.concluded()
    for actor in (plans.author(), plans.school(), make.actor("vice-president")):
        assert queries.visible_to(actor).get() == review
        assert queries.opinions_visible_to(actor).count() == 2
        assert not queries.assignments_visible_to(actor).exists()
    reader = make.actor("leading-group")
    assert queries.visible_to(reader).get() == review
    assert queries.points_visible_to(make.actor("secretariat")).count() == 2
    assert not queries.opinions_visible_to(make.actor("secretariat")).exists()
    assert not queries.visible_to(make.actor("supported-school")).exists()
    assert not queries.visible_to(make.actor("ministry")).exists()
    assert not queries.visible_to(make.actor("outsider")).exists()


def test_an_expert_of_the_partner_reads_nothing_in_his_seat_even_then():
    build.concluded()
    assert not queries.visible_to(make.actor(build.conflicted_expert_user())).exists()
    assert not queries.visible_to(make.actor(build.conflicted_assigner_user())).exists()


def test_replies_are_the_authors_own_until_handed_in():
    review = build.concluded()
    from tizhi.pipeline.reviews.replying import to_answer

    for point in to_answer(review):
        actions.answer(plans.author(), review, point=point.pk, decision="adopted", place="一")
    assert queries.replies_visible_to(plans.author()).count() == 2
    assert not queries.replies_visible_to(make.actor("secretariat")).exists()
    assert not queries.replies_visible_to(build.expert()).exists()
    again = actions.submit_replies(plans.author(), review)
    assert queries.replies_visible_to(build.expert()).count() == 2
    assert again.reading == 2


# Told in time


def reminded(name: str) -> list[str]:
    return list(Notice.objects.filter(name=name, key__contains="|due|").order_by("pk").values_list("title", flat=True))


def test_an_expert_is_reminded_on_the_days_he_chose_and_on_the_last_ones_once_each():
    _, found = build.at_work("陆明", "苏文")
    ExpertProfile.objects.create(cluster=make.bnu(), person_id=found["陆明"].person_id, remind=[5])
    for day in range(20):
        with clock.at(date(2026, 11, 24) + timedelta(days=day)):
            jobs.remind_in(make.bnu())
            jobs.remind_in(make.bnu())
    told = reminded("陆明")
    assert [title.rpartition("，")[2] for title in told] == ["还有5天", "今天到期", "今天到期"]
    assert len(reminded("苏文")) == 4


def test_who_has_handed_in_or_is_barred_hears_nothing_and_the_late_ones_are_named_to_who_assigns():
    review, found = build.at_work("陆明", "苏文", "顾行")
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review))
    moves_to_the_school("顾行")
    build.conflicted_assigner_user()
    with clock.at(build.DUE + timedelta(days=1)):
        jobs.remind_in(make.bnu())
    assert reminded("陆明") == [] and reminded("顾行") == []
    assert len(reminded("苏文")) == 1
    late = Notice.objects.get(key__contains="|late|")
    assert late.name == "许静" and "苏文" in late.text and "顾行" not in late.text


def test_authors_are_reminded_of_their_replies():
    build.concluded()
    with clock.at(build.REPLY_DUE - timedelta(days=2)):
        jobs.remind_in(make.bnu())
        jobs.remind_in(make.bnu())
    assert Notice.objects.filter(key__startswith="review-reply|", key__contains="|due|", name="程璐").count() == 1


def test_no_notice_names_an_expert_or_an_opinion_to_anybody_but_who_assigns():
    again = build.replied()
    assert again
    for notice in Notice.objects.exclude(name="许静"):
        assert not any(name in notice.title + notice.text for name in build.EXPERTS)
        assert "补充依据" not in notice.title + notice.text


# To-dos


def test_what_waits_is_asked_in_one_query_where_nothing_does():
    build.at_work("陆明")
    idle = build.expert("顾行")
    with CaptureQueriesContext(connection) as seen:
        assert waiting_for(idle) == []
    assert len(seen) == 1
    office = plans.secretariat()
    with CaptureQueriesContext(connection) as seen:
        assert waiting_for(office) == []
    assert len(seen) == 0


def test_the_chair_is_asked_when_all_are_in_and_who_assigns_when_something_is_wanting():
    review = build.opened()
    assert "还没有邀请专家" in [one.about for one in waiting_for(build.assigner())]
    review, found = build.at_work(review=review)
    assert waiting_for(build.assigner()) == []
    for name in ("苏文", "陆明"):
        assert [one.verb for one in waiting_for(build.expert(name))] == ["审核"]
        actions.submit_opinion(build.expert(name), found[name], said=build.said(review))
    assert [one.verb for one in waiting_for(build.expert())] == ["作结论"]
    assert waiting_for(build.expert("苏文")) == []
