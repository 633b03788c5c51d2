"""一条路：专家审核 – an expert on a phone answers, writes and hands in; the chair concludes; the authors answer."""

import re

import pytest
from playwright.sync_api import expect

from tests import make
from tests.reviews import building as build
from tizhi.pipeline.reviews import actions
from tizhi.pipeline.reviews.models import Review

from .conftest import looks_right

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("cluster")]


@pytest.fixture
def cluster():
    """The cluster of the real work plan: a database that was emptied has none."""
    return make.bnu()


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_an_expert_answers_writes_and_hands_in(open_page, width):
    review = build.opened()
    build.asked(review, "陆明")
    page = open_page(build.user("陆明", "北京师范大学", build.MEMBER), width)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^答复")).first.click()
    looks_right(page)
    page.get_by_role("button", name="接受邀请").click()
    page.get_by_role("link", name="填写意见").click()
    looks_right(page)
    for choices in page.locator(".tz-seg").all():
        choices.get_by_label("通过", exact=True).check()
    page.get_by_role("button", name="对这一章提意见").first.click()
    page.get_by_label("意见", exact=True).first.fill("请补充一流课程的建设基础")
    page.get_by_label("总体意见说明").fill("总体可行。")
    expect(page.locator("[data-saved]")).to_contain_text("已自动保存")
    page.get_by_role("button", name="提交意见").click()
    expect(page.get_by_text("在作出结论以前")).to_be_visible()
    looks_right(page)
    assert build.fresh(review).assignments.get().points.get().text == "请补充一流课程的建设基础"


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_who_assigns_asks_and_the_authors_answer(open_page, width):
    review = build.opened()
    build.expert("陆明"), build.conflicted_expert_user()
    page = open_page(build.assigner_user(), width)
    page.goto("/reviews/")
    looks_right(page)
    page.get_by_role("link", name=str(review.plan)).click()
    page.get_by_role("link", name="邀请专家").click()
    expect(page.get_by_text("需要回避")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name=re.compile("邀请\\s*陆明")).click()
    expect(page.get_by_text("已邀请陆明")).to_be_visible()
    assignment = review.assignments.get()
    actions.accept(build.expert(), assignment)
    actions.name_chair(build.assigner(), build.again(assignment))
    actions.submit_opinion(build.expert(), build.again(assignment), said=build.said(review))
    actions.conclude(
        build.expert(), build.fresh(review), verdict="conditional", conclusion="改后再审", reply_due=build.REPLY_DUE
    )
    page = open_page(make.persona("pair-office"), width)
    page.goto(f"/reviews/{review.pk}/reply/")
    looks_right(page)
    page.get_by_label("采纳", exact=True).check()
    page.get_by_label("修改处").fill("第一章第二段")
    page.get_by_role("button", name="保存这一条").click()
    page.get_by_role("button", name="提交答复，再次送审").click()
    page.get_by_role("dialog").get_by_role("button", name="提交答复").click()
    expect(page.get_by_text("第二次审读已经开始")).to_be_visible()
    assert Review.objects.get(previous=review).reading == 2
