"""专家审核的页面: each finds his part, what was typed is kept, a list costs the same however long."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.plans import building as plans
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Assignment, Point, Reply, Review
from tizhi.pipeline.reviews.replying import to_answer
from tizhi.pipeline.reviews.rules import PointWord

from . import building as build

pytestmark = pytest.mark.django_db


def page(client, who, name: str, *args: object, status: int = 200) -> str:
    answer = make.signed_in(client, who).get(reverse(name, args=args))
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def sent(client, who, name: str, *args: object, **given: object):
    return make.signed_in(client, who).post(reverse(name, args=args), given)


def expert_user(name: str = "陆明"):
    build.expert(name)
    return build.user(name, build.EXPERTS[name], build.MEMBER)


def whole(review, **more):
    keys = [one["key"] for one in review.version_read.content]
    return {
        **{f"verdict-{key}": "passed" for key in keys}, **{f"text-{key}": "" for key in keys}, "verdict": "conditional",
        "summary": "总体可行", "point-section": keys[0], "point-quote": "校级一流课程8门", "point-text": "补充依据",
        "point-weight": "must", **more,
    }  # fmt: skip


# Opening and asking


def test_who_assigns_finds_the_plan_that_waits_and_opens_its_review(client):
    plan = plans.at_step("review")
    who = build.assigner_user()
    assert str(plan) in page(client, who, "reviews:list")
    assert "发起专家审核" in page(client, who, "desk:show")
    assert page(client, who, "reviews:open", plan.pk)
    answer = sent(client, who, "reviews:open", plan.pk, due="2026-12-04", closes="2026-12-11")
    assert answer.status_code == 302
    assert Review.objects.get().plan == plan


def test_wrong_days_are_said_at_their_fields_and_stay(client):
    plan = plans.at_step("review")
    answer = sent(client, build.assigner_user(), "reviews:open", plan.pk, due="2026-12-04", closes="2026-12-01")
    assert answer.status_code == 422
    assert "最后期限早于应完成日期" in answer.content.decode()
    assert 'value="2026-12-01"' in answer.content.decode()


def test_a_plan_leads_to_its_review(client):
    review = build.opened()
    answer = make.signed_in(client, build.assigner_user()).get(reverse("reviews:of-plan", args=[review.plan_id]))
    assert answer.url == reverse("reviews:show", args=[review.pk])


def test_candidates_stand_with_load_and_the_barred_ones_with_the_reason(client):
    review = build.opened()
    for name in build.EXPERTS:
        expert_user(name)
    build.conflicted_expert_user()
    text = page(client, build.assigner_user(), "reviews:experts", review.pk)
    assert "陆明" in text and "手头0件" in text
    assert "需要回避" in text and "安徽师范大学人员" in text


def test_inviting_beyond_the_pace_asks_for_the_reason_there(client):
    from tizhi.pipeline.experts.models import ExpertProfile

    review, busy = build.opened(), build.expert("苏文")
    ExpertProfile.objects.create(cluster=make.bnu(), person_id=busy.person_id, at_once=0)
    who = build.assigner_user()
    answer = sent(client, who, "reviews:experts", review.pk, person=busy.person_id, override="")
    assert answer.status_code == 422
    assert "请写明原因" in answer.content.decode()
    assert sent(client, who, "reviews:experts", review.pk, person=busy.person_id, override="对口").status_code == 302


@pytest.mark.parametrize("person", ["", "abc", "9" * 30, "0", "-1"])
def test_nonsense_is_no_expert(client, person):
    answer = sent(client, build.assigner_user(), "reviews:experts", build.opened().pk, person=person)
    assert answer.status_code == 422
    assert "专家名单" in answer.content.decode()


# The expert


def test_an_expert_answers_writes_and_hands_in(client):
    review = build.opened()
    assignment = build.asked(review, "陆明")["陆明"]
    who = expert_user()
    assert "答复邀请" in page(client, who, "desk:show")
    assert "接受邀请" in page(client, who, "reviews:show", review.pk)
    assert sent(client, who, "reviews:assignment-act", assignment.pk, "accept").status_code == 302
    text = page(client, who, "reviews:opinion", assignment.pk)
    assert "五年建成校级一流课程8门" in text
    answer = sent(client, who, "reviews:opinion", assignment.pk, **whole(review, send="1"))
    assert answer.status_code == 302
    assert build.again(assignment).state == "submitted"
    assert Point.objects.get().quote == "校级一流课程8门"


def test_what_is_missing_is_said_and_what_was_typed_is_kept(client):
    review, found = build.at_work()
    answer = sent(
        client,
        expert_user(),
        "reviews:opinion",
        found["陆明"].pk,
        **whole(review, send="1", verdict="", summary="想法"),
    )
    assert answer.status_code == 422
    assert "请选择总体意见" in answer.content.decode() and "想法" in answer.content.decode()
    assert build.again(found["陆明"]).summary == "想法"


def test_typing_is_saved_by_itself(client):
    review, found = build.at_work()
    answer = sent(
        client, expert_user(), "reviews:autosave", found["陆明"].pk, **whole(review, version=found["陆明"].version)
    )
    assert answer.status_code == 200 and answer.json()["version"] > found["陆明"].version
    stale = sent(
        client, expert_user(), "reviews:autosave", found["陆明"].pk, **whole(review, version=found["陆明"].version)
    )
    assert stale.status_code == 409


def test_two_windows_are_merged(client):
    review, found = build.at_work()
    mine = found["陆明"]
    sent(client, expert_user(), "reviews:opinion", mine.pk, **whole(review, version=mine.version, save="1"))
    answer = sent(
        client, expert_user(), "reviews:opinion", mine.pk,
        **whole(review, version=mine.version, save="1", summary="另一个窗口"),
    )  # fmt: skip
    assert answer.status_code == 409
    assert "另一个窗口" in answer.content.decode()


def test_hostile_text_stays_text(client):
    review, found = build.at_work()
    hostile = "<script>alert(1)</script>\0"
    answer = sent(
        client, expert_user(), "reviews:opinion", found["陆明"].pk,
        **whole(review, send="1", summary=hostile, **{"point-text": hostile}),
    )  # fmt: skip
    assert answer.status_code in (302, 422)
    text = page(client, build.assigner_user(), "reviews:show", review.pk)
    assert "<script>alert(1)" not in text


def test_nobody_reads_others_before_his_own_is_in(client):
    review, found = build.at_work()
    said = build.said(review, summary="先交的意见全文")
    actions.submit_opinion(build.expert("苏文"), found["苏文"], said=said)
    assert "先交的意见全文" not in page(client, expert_user(), "reviews:show", review.pk)
    actions.submit_opinion(build.expert(), found["陆明"], said=build.said(review))
    text = page(client, expert_user(), "reviews:show", review.pk)
    assert "先交的意见全文" in text
    assert "苏文" not in text and "专家二" in text


def test_the_secretary_enters_a_signed_opinion_and_it_is_marked(client):
    review, found = build.at_work()
    who = build.assigner_user()
    assert page(client, who, "reviews:enter", found["苏文"].pk)
    answer = sent(client, who, "reviews:enter", found["苏文"].pk, **whole(review))
    assert answer.status_code == 422 and "签字意见书" in answer.content.decode()
    answer = sent(client, who, "reviews:enter", found["苏文"].pk, **whole(review, paper=plans.paper("签字.pdf")))
    assert answer.status_code == 302
    assert "代录" in page(client, who, "reviews:show", review.pk)
    signed = build.again(found["苏文"]).signed_id
    assert make.signed_in(client, who).get(reverse("files:download", args=[signed])).status_code == 200
    assert make.signed_in(client, expert_user()).get(reverse("files:download", args=[signed])).status_code == 404


# The conclusion, replies, the second reading


def test_the_chair_concludes_with_all_opinions_before_him(client):
    review, _ = build.handed_in()
    who = expert_user()
    assert "作结论" in page(client, who, "desk:show")
    assert "总体可行，个别指标要补充依据。" in page(client, who, "reviews:conclude", review.pk)
    answer = sent(
        client, who, "reviews:conclude", review.pk, verdict="conditional", conclusion="改", reply_due="2026-12-21"
    )
    assert answer.status_code == 302
    assert build.fresh(review).state == "replying"


def test_a_conclusion_without_its_parts_is_refused_and_kept(client):
    review, _ = build.handed_in()
    answer = sent(client, expert_user(), "reviews:conclude", review.pk, verdict="conditional", conclusion="写了结论")
    assert answer.status_code == 422
    assert "答复期限" in answer.content.decode() and "写了结论" in answer.content.decode()


def test_authors_answer_point_by_point_and_hand_in(client):
    review = build.concluded()
    plans.author()
    who = make.persona("pair-office")
    assert "答复专家意见" in page(client, who, "desk:show")
    text = page(client, who, "reviews:reply", review.pk)
    assert "专家一" in text and "陆明" not in text
    first, second = to_answer(review)
    answer = sent(client, who, "reviews:reply", review.pk, point=first.pk, **{f"p{first.pk}-decision": "refused"})
    assert answer.status_code == 422 and "请说明理由" in answer.content.decode()
    for point in (first, second):
        given = {f"p{point.pk}-decision": "adopted", f"p{point.pk}-place": "第二章", f"p{point.pk}-reason": "已补"}
        assert sent(client, who, "reviews:reply", review.pk, point=point.pk, **given).status_code == 302
    assert sent(client, who, "reviews:reply", review.pk, send="1").status_code == 302
    assert Review.objects.get(previous=review).state == "reviewing"


def test_another_who_answered_meanwhile_is_not_overwritten(client):
    review = build.concluded()
    point = to_answer(review)[0]
    actions.answer(plans.author(), review, point=point.pk, decision="refused", reason="先答的")
    actions.answer(plans.author(), review, point=point.pk, decision="refused", reason="再答的")
    given = {f"p{point.pk}-decision": "refused", f"p{point.pk}-reason": "我写的", "read-version": "1"}
    answer = sent(client, make.persona("pair-office"), "reviews:reply", review.pk, point=point.pk, **given)
    assert answer.status_code == 409
    assert "我写的" in answer.content.decode() and "再答的" in answer.content.decode()
    assert Reply.objects.get().reason == "再答的"


def test_the_second_reading_shows_open_points_and_changed_text_only(client):
    from tizhi.pipeline.plans.actions import save_section
    from tizhi.pipeline.plans.models import Section

    review = build.concluded()
    section = Section.objects.filter(plan=review.plan).first()
    save_section(plans.author(), section, html="<p>聚焦小学教育，五年建成校级一流课程10门。</p>")
    again = build.replied(review)
    who = expert_user()
    text = page(client, who, "reviews:show", again.pk)
    assert "<ins>" in text or "新增" in text
    assert "保障措施" not in text
    mine = to_answer(review)[0]
    answer = sent(client, who, "reviews:recheck", again.pk, point=mine.pk, keep="1", reason="")
    assert answer.status_code == 422 and "还要怎样修改" in answer.content.decode()
    assert sent(client, who, "reviews:recheck", again.pk, point=mine.pk, settle="1").status_code == 302
    own = Assignment.objects.get(review=again, person__name="陆明")
    text = page(client, who, "reviews:opinion", own.pk)
    assert "改动过的章节" in text
    answer = sent(client, who, "reviews:opinion", own.pk, send="1", verdict="passed", summary="已改")
    assert answer.status_code == 302


@pytest.mark.parametrize("form", ["word", "pdf"])
def test_papers_are_made(client, form):
    again = build.replied()
    review = again.previous
    who = expert_user()
    for name, pk in (
        ("reviews:conclusion-paper", review.pk), ("reviews:reply-paper", review.pk),
        ("reviews:opinion-paper", Assignment.objects.get(review=review, person__name="陆明").pk),
    ):  # fmt: skip
        answer = make.signed_in(client, who).get(reverse(name, args=[pk, form]))
        assert answer.status_code == 200 and len(answer.content) > 1000


def test_there_is_no_other_form_of_paper(client):
    review = build.concluded()
    page(client, expert_user(), "reviews:conclusion-paper", review.pk, "exe", status=404)


def test_the_list_costs_the_same_however_long(client):
    build.handed_in()
    who = build.assigner_user()

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, who, "reviews:list")
        return len(seen)

    cost()
    before = cost()
    review = Review.objects.get()
    for number in range(15):
        Review.objects.create(
            cluster_id=review.cluster_id, plan=review.plan, version_read=review.version_read, step=review.step,
            state="closed", due=review.due, closes=review.closes, opened_at=review.opened_at, opened_words=str(number),
        )  # fmt: skip
    assert cost() == before


def test_the_page_of_a_review_costs_the_same_however_many_take_part(client):
    def cost(review) -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, build.assigner_user(), "reviews:show", review.pk)
        return len(seen)

    review, _ = build.handed_in("陆明", points=(PointWord("甲"),))
    cost(review)
    before = cost(review)
    for name in ("苏文", "顾行"):
        assignment = build.asked(review, name)[name]
        actions.accept(build.expert(name), assignment)
        points = tuple(PointWord(f"{name}{number}") for number in range(5))
        actions.submit_opinion(build.expert(name), build.again(assignment), said=build.said(review, points=points))
    assert cost(review) == before
