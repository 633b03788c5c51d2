"""A plan goes through the steps its scheme names, none skipped; each opens when the one before has its evidence."""

from datetime import date

import pytest

from tests import make
from tests.plans import building
from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.course import course_of, courses_of
from tizhi.pipeline.plans.models import Plan, PlanVersion, Section, StepRecord

pytestmark = pytest.mark.django_db

STEPS = ["needs", "first-study", "draft", "second-study", "final", "review", "in-force", ""]


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 11, 20)):
        yield


def fresh(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def test_the_five_year_plan_spans_the_five_years_of_its_day():
    plan = building.opened(day=date(2026, 6, 1))
    assert (plan.first_year, plan.last_year, plan.period) == (2026, 2030, "")
    assert str(plan) == "阜阳师范大学提质计划（2026—2030年）"
    earlier = building.opened(day=date(2025, 12, 31))
    assert (earlier.first_year, earlier.last_year) == (2021, 2025)
    assert str(building.opened("year")) == "阜阳师范大学年度工作计划（2026年）"


def test_a_plan_is_opened_once_per_span():
    building.opened()
    with pytest.raises(RuleBroken, match="已经建立"):
        building.opened()


def test_a_plan_is_opened_by_those_who_write_it():
    for who in (building.school(), building.secretariat(), make.actor("supported-school"), make.actor("expert")):
        with pytest.raises(Denied):
            actions.open_plan(who, building.member(), declared="five-year")
    with pytest.raises(Denied):
        actions.open_plan(building.author(), building.member("青海师范大学"), declared="five-year")
    assert actions.open_plan(make.actor("liaison"), building.member(), declared="year").unit.name == "阜阳师范大学"


def test_a_plan_is_only_for_a_school_of_the_role_the_scheme_names():
    with pytest.raises((RuleBroken, Denied)):
        actions.open_plan(building.author(), building.member("安徽师范大学"), declared="five-year")


@pytest.mark.parametrize("step", STEPS)
def test_each_step_follows_the_one_before(step):
    plan = building.at_step(step)
    course = course_of(plan)
    done = [one.declared.id for one in course.steps if one.state == "done"]
    assert done == STEPS[: STEPS.index(step)]
    assert course.is_in_force is (step == "")
    assert [one.state for one in course.steps].count("now") == (0 if step == "" else 1)


def test_no_step_is_skipped():
    plan = building.opened()
    with pytest.raises(RuleBroken, match="已申报需求0条"):
        actions.complete_step(building.school(), plan, step="needs")
    with pytest.raises(Denied):
        actions.complete_step(building.author(), plan, step="first-study", study=building.study().pk)
    building.need()
    with pytest.raises(RuleBroken, match="需求申报"):
        actions.complete_step(building.school(), plan, step="draft")
    with pytest.raises(RuleBroken, match="不用送交文本"):
        actions.submit_text(building.author(), plan)


def test_a_study_must_be_of_its_round_of_the_school_and_led_by_whom_the_step_names():
    plan = building.at_step("first-study")
    assert course_of(plan).now.missing == ("还没有登记由安徽师范大学牵头的第一轮调研",)
    wrong = [
        building.study("second"),
        building.study(unit="四川师范大学"),
        building.study(school="青海师范大学"),
        building.study(recorded_at=None),
        building.study(binned_at=building.at(date(2026, 5, 1))),
    ]
    assert course_of(plan).now.missing
    right = building.study()
    assert course_of(plan).now.missing == ()
    for one in wrong:
        with pytest.raises(RuleBroken, match="不符合"):
            actions.complete_step(building.author(), plan, step="first-study", study=one, paper=building.paper())
    with pytest.raises(RuleBroken, match="第一轮调研报告"):
        actions.complete_step(building.author(), plan, step="first-study", study=right)
    record = actions.complete_step(building.author(), plan, step="first-study", study=right, paper=building.paper())
    assert record.on == date(2026, 4, 24)


def test_a_joint_study_needs_an_expert_in_its_team():
    plan = building.at_step("second-study")
    building.study("second", unit="北京师范大学")
    assert "专家" in course_of(plan).now.missing[0]
    building.study("second", unit="北京师范大学", expert=True)
    assert course_of(plan).now.missing == ()


def test_a_submitted_text_is_frozen_and_closed_where_no_later_step_brings_one():
    plan = building.at_step("review")
    versions = list(PlanVersion.objects.filter(plan=plan))
    assert [one.step for one in versions] == ["draft", "final"]
    assert versions[0].content[0]["html"] == building.TEXT and len(versions[0].sha256) == 64
    assert not course_of(plan).is_text_open
    with pytest.raises(RuleBroken, match="不能修改"):
        actions.save_section(building.author(), Section.objects.filter(plan=plan).first(), html="<p>改</p>")


def test_an_empty_text_is_not_submitted():
    plan = building.opened("year")
    with pytest.raises(RuleBroken, match="还没有文本"):
        actions.submit_text(building.author(), plan)


def test_the_reviews_pass_open_and_send_back():
    plan = building.at_step("review")
    with pytest.raises(Denied):
        actions.pass_step(building.secretariat(), plan, passed=PlanVersion.objects.filter(plan=plan).last())
    actions.open_text(system(), plan)
    course = course_of(fresh(plan))
    assert course.is_text_open and course.now.waits_for == "安徽师范大学小组团办公室"
    building.written(plan, "<p>按意见修改</p>")
    second = actions.submit_again(building.author(), plan)
    assert second.number == 3 and not course_of(fresh(plan)).is_text_open
    actions.send_back(system(), plan, note="指标缺少基线")
    assert building.step_of(plan) == "final" and course_of(fresh(plan)).is_text_open
    undone = StepRecord.objects.get(plan=plan, step="final")
    assert undone.undone_reason == "指标缺少基线"
    actions.submit_text(building.author(), plan)
    actions.pass_step(system(), plan, passed=PlanVersion.objects.filter(plan=plan).last())
    assert building.step_of(plan) == "in-force"


def test_the_last_step_puts_the_text_in_force_with_its_paper():
    plan = building.at_step("in-force")
    with pytest.raises(RuleBroken, match="印发文件"):
        actions.complete_step(building.secretariat(), plan, step="in-force")
    actions.complete_step(
        building.secretariat(), plan, step="in-force", paper=building.paper(), number="组团办〔2026〕3号"
    )
    plan = fresh(plan)
    assert plan.in_force.number == 2 and plan.in_force_on == date(2026, 11, 20)


def test_the_secretariat_takes_a_step_back_with_a_reason():
    plan = building.at_step("")
    with pytest.raises(Denied):
        actions.undo_step(building.author(), plan, note="错了")
    with pytest.raises(RuleBroken, match="原因"):
        actions.undo_step(building.secretariat(), plan, note=" ")
    actions.undo_step(building.secretariat(), plan, note="印发文件有误")
    plan = fresh(plan)
    assert building.step_of(plan) == "in-force" and plan.in_force is None
    assert StepRecord.objects.filter(plan=plan, undone_at__isnull=False).count() == 1


def test_a_revision_goes_back_to_the_step_the_scheme_names_and_the_former_text_holds():
    plan = building.at_step("")
    former = plan.in_force
    with pytest.raises(Denied):
        actions.revise(building.school(), plan, note="目标调整")
    actions.revise(building.author(), plan, note="目标调整")
    plan = fresh(plan)
    course = course_of(plan)
    assert course.now.declared.id == "draft" and course.is_in_force and plan.in_force == former
    assert [one.state for one in course.steps][:2] == ["done", "done"]
    with pytest.raises(RuleBroken, match="办理中"):
        actions.revise(building.author(), plan, note="再来")
    building.written(plan, "<p>新的文本</p>")
    actions.submit_text(building.author(), plan)
    assert "还没有登记" in course_of(fresh(plan)).now.missing[0], "a study serves one revision"
    while building.step_of(plan):
        building._next(plan, building.step_of(plan))
    plan = fresh(plan)
    assert plan.in_force.revision == 1 and plan.in_force != former
    assert PlanVersion.objects.filter(pk=former.pk).exists()
    actions.undo_step(building.secretariat(), plan, note="错了")
    assert fresh(plan).in_force == former


def test_a_school_confirms_or_returns_and_the_office_accepts():
    plan = building.year_plan("agreed")
    with pytest.raises(RuleBroken, match="原因"):
        actions.return_text(building.school(), plan, note="")
    actions.return_text(building.school(), plan, note="任务分工不明确")
    assert building.step_of(plan) == "draft"
    actions.submit_text(building.author(), plan)
    actions.complete_step(building.school(), plan, step="agreed")
    assert course_of(fresh(plan)).now.waits_for == "大组团办公室"
    actions.return_text(building.secretariat(), plan, note="时间安排与组团不一致")
    assert building.step_of(plan) == "draft", "what came after is done anew"
    plan2 = fresh(plan)
    actions.submit_text(building.author(), plan2)
    actions.complete_step(building.school(), plan2, step="agreed")
    actions.complete_step(building.secretariat(), plan2, step="in-force")
    assert fresh(plan).in_force.number == 3


def test_days_waited_and_whom_it_waits_for():
    with clock.at(date(2026, 11, 1)):
        plan = building.at_step("draft")
    course = course_of(plan)
    assert course.now.waits_for == "安徽师范大学小组团办公室"
    assert (
        course.now.days == (date(2026, 11, 20) - max(date(2026, 11, 1), date(2026, 4, 24))).days or course.now.days > 0
    )
    assert course.steps[3].waits_for == "北京师范大学、安徽师范大学"


def test_wrong_days_papers_and_numbers_end_in_a_sentence():
    plan = building.at_step("in-force")
    with pytest.raises(RuleBroken) as fault:
        actions.complete_step(
            building.secretariat(), plan, step="in-force", on=date(2027, 1, 1), paper=building.paper(), number="号" * 61
        )
    assert set(fault.value.fields) == {"on", "number"}


def test_two_who_write_one_section_lose_nothing():
    plan = building.opened()
    section = Section.objects.filter(plan=plan).first()
    actions.save_section(building.author(), section, version=1, html="<p>甲写的</p>")
    with pytest.raises(Stale):
        actions.save_section(make.actor("liaison"), section, version=1, html="<p>乙写的</p>")
    actions.save_section(make.actor("liaison"), section, version=2, html="<p>乙写的</p>")
    assert section.pasts.get().html == "<p>甲写的</p>"


def test_a_huge_text_is_refused_with_its_count():
    plan = building.opened()
    section = Section.objects.filter(plan=plan).first()
    with pytest.raises(RuleBroken, match="30,001字"):
        actions.save_section(building.author(), section, html=f"<p>{'字' * 30_001}</p>")


def test_hostile_text_is_cleaned():
    plan = building.opened()
    section = Section.objects.filter(plan=plan).first()
    actions.save_section(
        building.author(), section, html='<p onclick="x()">好<script>alert(1)</script><img src="/files/99/"></p>'
    )
    html = Section.objects.get(pk=section.pk).html
    assert "script" not in html and "onclick" not in html and "img" not in html


def test_courses_of_many_plans_ask_as_much_as_of_one(django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from tizhi.base.kit.memory import remembered

    building.at_step("second-study")
    with (
        remembered(),
        CaptureQueriesContext(
            connection,
        ) as one,
    ):
        courses_of(Plan.objects.all())
    for day in (date(2021, 1, 1), date(2016, 1, 1), date(2011, 1, 1)):
        building.opened(day=day)
    for day in (date(2024, 1, 1), date(2025, 1, 1)):
        building.written(building.opened("year", day))
    with remembered(), CaptureQueriesContext(connection) as many:
        courses_of(Plan.objects.all())
    assert len(many) <= len(one) + 1, [q["sql"][:100] for q in many.captured_queries]
