"""A scheme with other steps works: another order, no needs, papers only, a text that is only accepted."""

from datetime import date

import pytest

from tests import make
from tests.plans import building
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.plans import actions
from tizhi.pipeline.plans.course import course_of
from tizhi.pipeline.plans.models import Plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with clock.at(date(2026, 11, 20)):
        yield


def cluster_with(plan: str, key: str = "bnu"):
    """The real cluster, whose scheme declares one other kind of plan."""
    text = make.real_text()
    head, rest = text.split("[[plan]]", 1)
    tail = rest[rest.index("# ================================================================ obligations") :]
    kept = [block for block in tail.split("[[obligation]]") if 'plan = "' not in block]
    return make.cluster_of(key, head + plan + "\n" + "[[obligation]]".join(kept))


SECTIONS = """
[[plan.section]]
id = "all"
name = "全文"
"""


def step(id: str, name: str, by: str, evidence: str) -> str:
    return f'[[plan.step]]\nid = "{id}"\nname = "{name}"\nby = ["{by}"]\nevidence = {{ {evidence} }}\n'


def plan_text(*steps: str, author: str = "partner", **given: str) -> str:
    more = "".join(f'{key} = "{value}"\n' for key, value in given.items())
    head = f'[[plan]]\nid = "one"\nname = "帮扶方案"\nper = "supported"\nauthor = "{author}"\n{more}'
    return head + "".join(steps) + SECTIONS


def test_papers_only_and_another_order():
    cluster_with(
        plan_text(
            step("issue", "下达", "cluster-office", 'paper = "下达文件"'),
            step("sign", "签收", "supported", 'paper = "签收单"'),
        )
    )
    plan = building.opened("one")
    assert course_of(plan).now.waits_for == "大组团办公室" and course_of(plan).is_text_open
    actions.complete_step(building.secretariat(), plan, step="issue", paper=building.paper())
    building.written(plan)
    actions.complete_step(building.school(), plan, step="sign", paper=building.paper())
    plan = Plan.objects.get(pk=plan.pk)
    assert plan.in_force.content[0]["html"] == building.TEXT
    assert not course_of(plan).is_text_open
    actions.revise(building.author(), plan, note="调整")
    assert building.step_of(plan) == "issue", "without a step named, a revision begins anew"


def test_a_text_only_accepted_is_handed_over_and_may_come_back():
    cluster_with(plan_text(step("accept", "核定", "cluster-office", 'text = "accepted"')))
    plan = building.written(building.opened("one"))
    course = course_of(plan)
    assert course.wants_text and course.now.missing == ("编制单位还没有送交文本",)
    assert course.now.waits_for == "安徽师范大学小组团办公室"
    with pytest.raises(RuleBroken, match="没有送交"):
        actions.complete_step(building.secretariat(), plan, step="accept")
    actions.submit_text(building.author(), plan)
    course = course_of(Plan.objects.get(pk=plan.pk))
    assert not course.is_text_open and course.now.waits_for == "大组团办公室"
    actions.return_text(building.secretariat(), plan, note="补充指标")
    assert course_of(Plan.objects.get(pk=plan.pk)).is_text_open
    with pytest.raises(RuleBroken, match="没有送交"):
        actions.complete_step(building.secretariat(), plan, step="accept")
    actions.submit_text(building.author(), plan)
    actions.complete_step(building.secretariat(), plan, step="accept")
    assert Plan.objects.get(pk=plan.pk).in_force.number == 2


def test_a_plan_the_school_writes_and_a_committee_receives():
    cluster_with(
        plan_text(
            step("write", "起草", "supported", 'text = "submitted"'),
            step("see", "审阅", "expert-committee", 'paper = "审阅意见"'),
            step("agree", "联系院校同意", "partner", 'paper = "复函"'),
            author="supported",
            revision_from="see",
        )
    )
    with pytest.raises(Denied):
        building.opened("one")
    plan = actions.open_plan(building.school(), building.member(), declared="one")
    for section in plan.sections.all():
        actions.save_section(building.school(), section, html=building.TEXT)
    actions.submit_text(building.school(), plan)
    assert course_of(Plan.objects.get(pk=plan.pk)).now.waits_for == "专家委员会"
    with pytest.raises(Denied):
        actions.complete_step(building.author(), plan, step="see", paper=building.paper())
    actions.complete_step(make.actor("expert"), plan, step="see", paper=building.paper())
    actions.complete_step(building.author(), plan, step="agree", paper=building.paper())
    plan = Plan.objects.get(pk=plan.pk)
    assert course_of(plan).is_in_force
    actions.revise(building.school(), plan, note="调整")
    course = course_of(Plan.objects.get(pk=plan.pk))
    assert course.now.declared.id == "see" and course.is_text_open, "no step of the revision brings a text"


def test_half_yearly_plans_stand_beside_each_other():
    cluster_with(plan_text(step("w", "拟订", "partner", 'text = "submitted"'), every="half-year"))
    first, second = building.opened("one", date(2026, 3, 1)), building.opened("one", date(2026, 9, 1))
    assert (first.period, second.period) == ("2026H1", "2026H2")
    assert str(second) == "阜阳师范大学帮扶方案（2026年下半年）"


def test_what_a_later_scheme_adds_does_not_undo_what_is_in_force():
    cluster_with(plan_text(step("w", "拟订", "partner", 'text = "submitted"')))
    plan = building.written(building.opened("one"))
    actions.submit_text(building.author(), plan)
    cluster_with(
        plan_text(
            step("w", "拟订", "partner", 'text = "submitted"'), step("x", "备案", "cluster-office", 'paper = "件"')
        )
    )
    assert course_of(Plan.objects.get(pk=plan.pk)).is_done
    other = building.written(building.opened("one", date(2021, 1, 1)))
    actions.submit_text(building.author(), other)
    assert building.step_of(other) == "x"


def test_a_kind_the_scheme_no_longer_declares_is_still_read():
    plan = building.at_step("draft")
    cluster_with(plan_text(step("w", "拟订", "partner", 'text = "submitted"')))
    course = course_of(Plan.objects.get(pk=plan.pk))
    assert course.entry is None and course.now is None and not course.is_text_open
    with pytest.raises((RuleBroken, Denied)):
        actions.submit_text(building.author(), plan)
