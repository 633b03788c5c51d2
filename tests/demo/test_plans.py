"""示例提质计划: four five-year plans at different steps, two yearly plans, a committee appointed by letter."""

import pytest

from tizhi.pipeline.experts.models import Absence, ExpertProfile, Nomination
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.plans.course import courses_of
from tizhi.pipeline.plans.models import Comment, Plan, PlanMeasure, PlanVersion, Section
from tizhi.pipeline.reviews.models import Assignment, Point, Reply, Review

pytestmark = pytest.mark.django_db


def test_the_sample_shows_plans_at_every_stage_and_experts_at_work(sample):
    plans = list(Plan.objects.select_related("unit"))
    now = {
        (one.unit.called, one.declared): course.now.declared.id if course.now else "in-force"
        for one, course in zip(plans, courses_of(plans).values(), strict=True)
    }
    assert now == {
        ("阜阳师范大学", "five-year"): "in-force",
        ("西昌民族幼专", "five-year"): "review",
        ("阿坝师范学院", "five-year"): "second-study",
        ("青海师范大学", "five-year"): "draft",
        ("阜阳师范大学", "year"): "in-force",
        ("西昌民族幼专", "year"): "agreed",
    }
    _is_reviewed_twice()
    _has_an_appointed_committee()
    _has_a_chain()


def _is_reviewed_twice():
    done = list(Review.objects.filter(plan__unit__name="阜阳师范大学").order_by("pk"))
    assert [(one.reading, one.verdict, one.state) for one in done] == [
        (1, "conditional", "closed"), (2, "passed", "closed"),
    ]  # fmt: skip
    decided = list(Reply.objects.order_by("point__number").values_list("decision", flat=True))
    assert sorted(decided) == ["adopted", "adopted", "adopted", "partly", "refused"]
    assert not Point.objects.filter(assignment__review__in=done, number__isnull=False, settled_at=None).exists()
    texts = PlanVersion.objects.filter(plan__unit__name="阜阳师范大学", plan__declared="five-year")
    assert len({one.sha256 for one in texts}) == 3, "draft, final and the text read again"
    running = Assignment.objects.filter(review__plan__unit__short_name="西昌民族幼专")
    assert sorted(running.values_list("state", flat=True)) == ["accepted", "invited", "submitted"]


def _has_an_appointed_committee():
    assert Nomination.objects.filter(state="appointed").count() == 6
    renewed = Nomination.objects.get(state="nominated").person
    assert Nomination.objects.filter(state="appointed", person=renewed).exists() and renewed.name.startswith("示例·")
    assert ExpertProfile.objects.filter(at_once=2).exists() and Absence.objects.exists()


def _has_a_chain():
    assert Comment.objects.filter(parent=None).count() == 2
    tied = PlanMeasure.objects.filter(needs__in=Need.objects.all()).distinct()
    assert tied.filter(plan__unit__name="阜阳师范大学").count() >= 3
    assert PlanMeasure.objects.filter(needs=None).exists(), (
        "a measure that answers to no need yet is shown as broken off"
    )
    assert not Section.objects.filter(plan__unit__name="阜阳师范大学", html="").exists()
