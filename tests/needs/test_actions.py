"""办理需求: stated, proposed, confirmed, refined, met, withdrawn, taken up again; no number is reused."""

import pytest

from tests import make
from tests.studies.building import finding, member, study
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.needs import actions, queries
from tizhi.pipeline.needs.lines import told
from tizhi.pipeline.needs.models import Need, Trait
from tizhi.pipeline.needs.paper import diagnosis
from tizhi.pipeline.scheme.models import Area

from .building import SCHOOL, need, school_liaison, trait

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    make.bnu()
    return make.actor(school_liaison())


@pytest.fixture
def office():
    return make.actor("pair-office")


def _state(actor, **given):
    return actions.state_need(actor, member(SCHOOL), **{"title": "培养教育硕士导师", "priority": 1, **given})


# Who


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_the_school_states_its_needs_and_the_pair_office_refines_them(persona):
    actor, one, gap = make.actor(persona), need(), trait()
    assert not actions.state_need.allowed(actor, member(SCHOOL))
    assert not any(act.allowed(actor, one) for act in (actions.meet_need, actions.confirm_need, actions.reopen_need))
    assert actions.refine_need.allowed(actor, one) == (persona == "pair-office")
    assert actions.state_trait.allowed(actor, member(SCHOOL)) == (persona == "pair-office")
    assert actions.change_trait.allowed(actor, gap) == (persona == "pair-office")


@pytest.mark.parametrize("post", ["liaison", "office-head", "vice-president"])
def test_the_school_s_own_staff_and_office_head_state_needs(post):
    actor = make.actor(make.person("李静", SCHOOL, post=post).user)
    one, place = need(), member(SCHOOL)
    for act, target in ((actions.state_need, place), (actions.meet_need, one), (actions.state_trait, place)):
        assert act.allowed(actor, target) == (post != "vice-president")


READERS = {
    "pair-office", "liaison", "office-head", "vice-president", "secretary", "project-group", "secretariat",
    "department", "leading-group",
}  # fmt: skip


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_a_diagnosis_is_read_by_the_school_its_helper_its_province_and_who_reads_the_cluster(persona):
    actor, one, gap = make.actor(persona), need(), trait()
    assert (one in queries.visible_to(actor)) == (persona in READERS)
    assert (gap in queries.traits_visible_to(actor)) == (persona in READERS)
    assert (one.unit in queries.schools_visible_to(actor)) == (persona in READERS)


def test_a_school_reads_its_own_diagnosis_and_not_that_of_another():
    mine, other = need("青海师范大学"), need()
    seen = set(queries.visible_to(make.actor("supported-school")))
    assert mine in seen and other not in seen


# Numbers


def test_each_school_numbers_its_needs_and_no_number_comes_twice(school):
    first, second = _state(school), _state(school, title="建设实训中心")
    actions.withdraw_need(school, second, note="与第一项合并")
    third = _state(school, title="建设课程资源")
    other = actions.state_need(make.actor("supported-school"), member("青海师范大学"), title="民族教育研究", priority=2)
    assert [one.number for one in (first, second, third, other)] == [1, 2, 3, 1]


# Stating


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": " "}, "title"), ({"title": "需" * 121}, "title"), ({"text": "字" * 2001}, "text"),
        ({"priority": 9}, "priority"), ({"area_id": 987654}, "area"), ({"evidence": "字" * 501}, "evidence"),
        ({"trait_id": 987654}, "trait"),
    ],
)  # fmt: skip
def test_what_is_no_need_is_refused_by_field(school, given, field):
    with pytest.raises(RuleBroken) as fault:
        _state(school, **given)
    assert field in fault.value.fields and not Need.objects.exists()


def test_a_gap_of_another_school_is_not_behind_a_need(school):
    with pytest.raises(RuleBroken, match="本校的短板"):
        _state(school, trait_id=trait("青海师范大学").pk)


def test_strengths_and_gaps_are_put_right_and_withdrawn_with_a_reason(school, office):
    one = actions.state_trait(school, member(SCHOOL), kind="strength", text="小学教育专业为国家级一流专业", priority=1)
    actions.change_trait(office, one, evidence="教育部2021年公布")
    with pytest.raises(RuleBroken, match="原因"):
        actions.withdraw_trait(school, one, note=" ")
    actions.withdraw_trait(school, one, note="认定到期")
    assert not queries.traits_of(school, one.unit_id)
    one.refresh_from_db()
    with pytest.raises(RuleBroken, match="已经撤回"):
        actions.change_trait(school, one, text="又有了")
    assert Trait.objects.get().withdrawn_reason == "认定到期"


def test_a_partner_has_no_diagnosis():
    with pytest.raises(Denied):
        actions.state_need(make.actor("liaison"), member(), title="我们也有需求", priority=1)


# From a finding


def test_a_finding_becomes_a_proposed_need_in_one_step_and_the_school_confirms_it(school, office):
    found = finding(study(), "教育硕士导师不足。校外导师占七成，指导次数少。")
    made = actions.need_from_finding(office, found)
    assert (made.title, made.text, made.area) == ("教育硕士导师不足", found.text, found.area)
    assert made.proposer.name == "安徽师范大学" and made.confirmed_at is None and made.unit.name == SCHOOL
    assert queries.of_findings(office, [found.pk]) == {found.pk: [made]}
    assert [one.verb for one in queries.waiting_for(school)] == ["确认需求"]
    with pytest.raises(Denied):
        actions.confirm_need(office, made)
    actions.confirm_need(school, made)
    made.refresh_from_db()
    assert made.confirmed_at and not queries.waiting_for(school)
    with pytest.raises(RuleBroken, match="不需要确认"):
        actions.confirm_need(school, made)


def test_what_the_school_makes_of_a_finding_is_its_own_at_once(school):
    made = actions.need_from_finding(school, finding(study()), title="培养校内导师", priority=1)
    assert made.proposer is None and made.confirmed_at and made.title == "培养校内导师"


def test_a_finding_of_a_draft_study_becomes_no_need_yet(office):
    with pytest.raises(RuleBroken, match="先登记"):
        actions.need_from_finding(office, finding(study(recorded_at=None)))


def test_others_make_no_need_of_a_finding():
    found = finding(study())
    for persona in ("secretariat", "supported-school", "department", "expert", "vice-president"):
        assert not actions.need_from_finding.allowed(make.actor(persona), found)


def test_the_proposer_takes_a_proposal_back_only_before_the_school_confirmed(school, office):
    found = finding(study())
    one, two = actions.need_from_finding(office, found), actions.need_from_finding(office, found)
    actions.withdraw_need(office, one, note="与N2重复")
    actions.confirm_need(school, two)
    two.refresh_from_db()
    with pytest.raises(Denied):
        actions.withdraw_need(office, two, note="不要了")


# Refining


def test_a_study_refines_a_need_and_the_words_before_are_kept(school, office):
    one, recorded = _state(school), study()
    found = finding(recorded)
    area = Area.objects.filter(cluster=one.cluster)[1]
    actions.refine_need(office, one, finding=found, title="三年新增校内导师20人", area_id=area.pk, note="调研核实")
    one = queries.in_full(Need.objects.all()).get()
    stated, refined = told(one)
    assert (one.title, one.area) == ("三年新增校内导师20人", area)
    assert (refined.event.study, refined.event.finding, refined.event.note) == (recorded, found, "调研核实")
    changed = {change.label: (change.before, change.after) for change in refined.changes}
    assert changed["需求"] == ("培养教育硕士导师", "三年新增校内导师20人") and changed["重点内容"] == ("", area.name)
    assert not stated.changes


def test_several_refinings_each_tell_what_they_changed(school):
    one = _state(school)
    for title in ("新增导师", "新增校内导师20人"):
        actions.refine_need(school, one, title=title, note="讨论后")
        one.refresh_from_db()
    told_changes = [(each.changes[0].before, each.changes[0].after) for each in told(one) if each.changes]
    assert told_changes == [("培养教育硕士导师", "新增导师"), ("新增导师", "新增校内导师20人")]


def test_the_pair_office_refines_by_a_study_only_and_the_school_says_why(school, office):
    one = _state(school)
    with pytest.raises(RuleBroken) as fault:
        actions.refine_need(office, one, title="别的话", note="我觉得")
    assert "ground" in fault.value.fields
    with pytest.raises(RuleBroken) as fault:
        actions.refine_need(school, one, title="别的话")
    assert "note" in fault.value.fields
    with pytest.raises(RuleBroken, match="没有变化"):
        actions.refine_need(school, one, note="没改")


@pytest.mark.parametrize("given", [{"recorded_at": None}, {"school": "青海师范大学"}])
def test_only_a_recorded_study_of_the_same_school_refines(school, office, given):
    with pytest.raises(RuleBroken, match="本校已登记"):
        actions.refine_need(office, _state(school), study=study(**given), title="别的话")


# Closing


def test_a_need_is_met_with_words_and_taken_up_again(school):
    one = _state(school)
    with pytest.raises(RuleBroken, match="怎样得到"):
        actions.meet_need(school, one, note="")
    actions.meet_need(school, one, note="联合导师组成立，新增导师21人")
    one.refresh_from_db()
    assert one.state == "met" and queries.open_count(one.cluster_id, one.unit_id) == 0
    for act in (actions.meet_need, actions.withdraw_need, actions.refine_need):
        with pytest.raises(RuleBroken, match="重新提出"):
            act(school, one, note="再来")
    actions.reopen_need(school, one, note="两名导师调离")
    one.refresh_from_db()
    assert one.state == "open" and [event.kind for event in one.events.all()] == ["stated", "met", "reopened"]
    with pytest.raises(RuleBroken, match="还没有"):
        actions.reopen_need(school, one, note="再来")


# Over all, and on paper


def test_counts_by_area_and_school_are_one_query(django_assert_num_queries):
    for _ in range(3):
        need()
    need("青海师范大学", area=None), need(state="met")
    office, area = make.actor("secretariat"), Area.objects.filter(cluster=make.bnu()).first()
    # Beside its own, the pairs that every request knows already.
    with django_assert_num_queries(2):
        counted = queries.counts_by_area(office)
    assert counted[make.unit(SCHOOL).pk, area.pk] == 3 and counted[make.unit("青海师范大学").pk, None] == 1


def test_the_pressing_needs_come_first():
    low, high = need(priority=3), need(priority=1)
    need(state="withdrawn", priority=1)
    assert list(queries.pressing_first(queries.visible_to(make.actor("secretariat")))) == [high, low]


def test_the_diagnosis_on_paper_says_everything(school, office):
    trait(), trait(kind="strength", text="小学教育国家级一流专业")
    one = _state(school, text="三年新增校内导师20人")
    actions.refine_need(office, one, study=study(), title="新增校内导师20人")
    needs = list(queries.in_full(queries.of_school(school, one.unit_id)))
    text = diagnosis(SCHOOL, list(queries.traits_of(school, one.unit_id)), needs, one.stated_at.date()).to_json()
    for words in ("小学教育国家级一流专业", "教育硕士导师不足", "新增校内导师20人", "N1", "第一轮调研"):
        assert words in text
    assert "暂无" in diagnosis(SCHOOL, [], [], one.stated_at.date()).to_json()
