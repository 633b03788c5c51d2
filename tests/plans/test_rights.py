"""Drafts are read by those they concern; others read a plan when it is in force, and only that text."""

from datetime import date

import pytest

from tests import make
from tests.plans import building
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.models import Comment, Plan, PlanMeasure

pytestmark = pytest.mark.django_db

READERS = {
    "secretariat", "cluster-office-member-no", "pair-office", "liaison", "office-head", "vice-president", "secretary",
    "project-group", "department", "leading-group",
}  # fmt: skip
OTHERS = {"supported-school", "cluster-office-member"}


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 11, 20)):
        yield


@pytest.mark.parametrize("who", make.ALL_PERSONAS)
def test_who_reads_a_draft(who):
    plan = building.at_step("draft")
    assert queries.visible_to(make.actor(who)).filter(pk=plan.pk).exists() is (who in READERS)


@pytest.mark.parametrize("who", make.ALL_PERSONAS)
def test_who_reads_what_is_in_force(who):
    plan = building.at_step("")
    actor = make.actor(who)
    reads = who not in ("ministry", "outsider", "administrator", "nobody")
    assert queries.visible_to(actor).filter(pk=plan.pk).exists() is reads
    numbers = [one.number for one in queries.versions_visible_to(actor, plan)]
    assert numbers == ([1, 2] if who in READERS else [2])
    assert queries.drafts_visible_to(actor).filter(pk=plan.pk).exists() is (who in READERS)


def test_the_school_reads_its_own_and_a_partner_those_of_its_schools():
    plan = building.at_step("draft")
    assert queries.visible_to(building.school()).get() == plan
    bnu = make.actor(make.person("北师", "北京师范大学", post="liaison").user)
    assert not queries.visible_to(bnu).exists()


def test_an_expert_of_the_own_school_reads_no_draft_as_an_expert():
    building.at_step("review")
    expert = make.actor(make.person("专家阜", "阜阳师范大学", seat="专家委员会委员").user)
    assert not queries.visible_to(expert).exists()


@pytest.mark.parametrize("who", make.ALL_PERSONAS)
def test_who_comments(who):
    plan = building.opened()
    may = who in {"secretariat", "pair-office", "liaison", "office-head", "vice-president", "secretary", "department"}
    assert actions.comment.open_to(make.actor(who), plan) is may


def test_comments_are_answered_and_settled():
    plan = building.written(building.opened())
    made = actions.comment(
        building.school(),
        plan,
        section="goals",
        text="写明牵头教师",
        quote="师范 专业群",
        before="两个",
        after="，五年",
    )
    assert (made.quote, made.words.startswith("秦岭")) == ("师范 专业群", True)
    actions.reply(building.author(), made, text="已写明")
    assert queries.comment_counts(plan) == {"goals": 1}
    with pytest.raises(Denied):
        actions.resolve(make.actor("department"), made)
    actions.resolve(building.school(), made)
    assert queries.comment_counts(plan) == {}
    with pytest.raises(RuleBroken):
        actions.resolve(building.author(), Comment.objects.get(pk=made.pk))
    actions.reopen_comment(building.author(), made)
    for text in ("", " ", "字" * 1001):
        with pytest.raises(RuleBroken):
            actions.comment(building.school(), plan, section="goals", text=text)
    with pytest.raises(RuleBroken, match="章节"):
        actions.comment(building.school(), plan, section="nothing", text="好")


def test_measures_tie_the_schools_own_needs_and_findings():
    plan = building.opened()
    need, found = building.need(), building.finding(building.study())
    foreign = building.need(school="青海师范大学")
    made = actions.add_measure(
        building.author(), plan, title=" 共建 课程 ", section="talent", needs=[need.pk], findings=[found.pk]
    )
    assert (made.number, made.title, made.area.key) == (1, "共建 课程", "talent")
    with pytest.raises(RuleBroken, match="选择"):
        actions.change_measure(building.author(), made, needs=[foreign.pk])
    with pytest.raises(RuleBroken) as fault:
        actions.add_measure(building.author(), plan, title="", text="字" * 1001)
    assert set(fault.value.fields) == {"title", "text"}
    with pytest.raises(Denied):
        actions.add_measure(building.school(), plan, title="别人")
    assert queries.measures_of_needs(building.school(), [need.pk]).get() == made
    assert queries.measures_of_findings(building.author(), [found.pk]).get() == made
    assert not queries.measures_of_needs(make.actor("supported-school"), [need.pk]).exists()
    actions.withdraw_measure(building.author(), made, note="并入下一条")
    assert not queries.measures_of_needs(building.school(), [need.pk]).exists()
    assert actions.add_measure(building.author(), plan, title="再一条").number == 2
    assert PlanMeasure.objects.count() == 2


def test_measures_rest_with_the_text():
    plan = building.at_step("review")
    with pytest.raises(RuleBroken, match="不能修改"):
        actions.add_measure(building.author(), plan, title="共建课程")


def test_what_waits_for_whom():
    plan = building.opened()
    building.need()
    (todo,) = queries.waiting_for(building.school())
    assert (todo.verb, todo.title, todo.button) == ("需求申报", str(plan), "申报完成")
    assert queries.waiting_for(building.author()) == []
    actions.complete_step(building.school(), plan, step="needs")
    (todo,) = queries.waiting_for(building.author())
    assert "还没有登记" in todo.about and queries.waiting_for(building.school()) == []
    year = building.year_plan("in-force")
    assert [one.title for one in queries.waiting_for(building.secretariat())] == [str(year)]
    for who in ("ministry", "administrator", "nobody", "expert", "leading-group", "project-group"):
        assert queries.waiting_for(make.actor(who)) == []


def test_a_review_step_is_told_of_by_the_reviews():
    building.at_step("review")
    for who in (building.author(), building.school(), building.secretariat()):
        assert queries.waiting_for(who) == []


def test_what_waits_costs_the_same_for_many(django_assert_max_num_queries):
    from tizhi.base.kit.memory import remembered

    for year in (2021, 2022, 2023, 2024, 2025, 2026):
        building.opened("year", date(year, 5, 1))
    actor = building.author()
    with remembered(), django_assert_max_num_queries(14):
        assert len(queries.waiting_for(actor)) == 6


def test_imported_text_replaces_or_follows_and_the_old_one_stays():
    plan = building.written(building.opened())
    actions.import_text(building.author(), plan, texts={"goals": "<h3>新</h3><p>导入的</p>"}, replace=True)
    section = Plan.objects.get(pk=plan.pk).sections.get(key="goals")
    assert section.html == "<h3>新</h3><p>导入的</p>"
    assert section.pasts.get().html == building.TEXT
    actions.import_text(building.author(), plan, texts={"goals": "<p>再来</p>"})
    assert section.__class__.objects.get(pk=section.pk).html.endswith("<p>再来</p>")
    with pytest.raises(RuleBroken):
        actions.import_text(building.author(), plan, texts={"nothing": "<p>x</p>"})


def test_the_measures_of_a_revision_are_read_by_others_only_when_it_is_in_force():
    plan = building.at_step("")
    need = building.need()
    actions.revise(building.author(), plan, note="目标调整")
    made = actions.add_measure(building.author(), plan, title="修订中的举措", needs=[need.pk])
    assert queries.measures_of_needs(building.school(), [need.pk]).get() == made
    assert not queries.measures_of_needs(make.actor("supported-school"), [need.pk]).exists()
