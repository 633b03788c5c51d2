"""方案对台账的影响: before a version is put in force, it is told which duties come, go and change."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from tests.obligations.build import LEAD, VISIT, handed_in, rule, since_the_start, visit
from tests.scheme.thirty import thirty_text
from tests.scheme.writing import GONE, changed, real
from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.pipeline.filings.models import Waiver
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.effects import Effects, effects
from tizhi.pipeline.obligations.instances import Instance
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.declared import read
from tizhi.pipeline.scheme.models import Cluster

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
REPAIRED = ("pair[3].partner", "ahnu")
NEW_UNIT = {
    "id": "nnu", "name": "南宁师范大学", "short_name": "南宁师大", "kind": "university", "roles": ["supported"],
    "province": "广西壮族自治区",
}  # fmt: skip
JOINED = (("unit[+]", NEW_UNIT), ("pair[+]", {"partner": "ahnu", "supported": "nnu"}))
# 阿坝师范学院 is no longer in the plan.
MEMBERS = [key for key in real()["conference"]["members"] if key != "abtu"]
LEFT = (("pair[3]", GONE), ("unit[abtu]", GONE), ("conference.members", MEMBERS))


def told(*changes, begins: date = TODAY, cluster: Cluster | None = None) -> Effects:
    """What the real plan with these changes would do."""
    return effects(cluster or make.bnu(), read(changed(*changes)), begins)


def sentences(*changes, begins: date = TODAY) -> list[str]:
    return [str(one) for one in told(*changes, begins=begins).rules]


# The numbers


def test_the_same_plan_changes_nothing():
    since_the_start()
    found = told()
    assert found.lines() == ["台账：没有变化"]


def test_what_does_not_touch_a_duty_changes_nothing():
    since_the_start()
    assert told(("cluster.title", "新名称"), ("obligation[quarterly-input].remind", [9])).head == "台账：没有变化"


def test_a_pair_that_goes_to_another_partner_takes_its_duties_along():
    since_the_start()
    found = told(REPAIRED)
    assert found.head == "台账：新增7项、取消7项"
    assert str(found.rules[0]) == (
        "分管校领导实地调研重点联系的薄弱院校：新增1项（安徽师范大学→阿坝师范学院，2026年）；"
        "取消1项（西北师范大学→阿坝师范学院，2026年）"
    )


def test_another_due_day_another_count_and_another_evidence_are_told_from_what_to_what():
    since_the_start()
    assert sentences(("obligation[quarterly-input].due", {"after": "period-end", "workdays": 8})) == [
        "报送本季度亮点、问题、建议和下季度安排：期限由2027年1月7日改为2027年1月12日，"
        "8项（北京师范大学、安徽师范大学、西北师范大学等8项，2026年第四季度）"
    ]
    assert "次数由1次改为2次，1项（北京师范大学，2026年）" in sentences(("obligation[lead-leader-visit].count", 2))[0]
    (mode,) = sentences(("obligation[lead-leader-visit].evidence.mode", "online"))
    assert re.search("依据由“.*方式：现场.*”改为“.*方式：线上.*”，1项", mode)


def test_a_limit_that_an_evidence_rests_on_changes_its_duties_too():
    since_the_start()
    (brief,) = sentences(("briefs.due_workdays", 8))
    assert brief.startswith("开展工作后及时报送信息：计算所依据的规定有改变，8项")


def test_a_new_rule_and_one_that_goes_are_told_with_examples_and_a_count():
    since_the_start()
    assert sentences(("obligation[+]", rule("x")))[-1] == (
        "举办培训：新增4项（北京师范大学、安徽师范大学、西北师范大学等4项，2026年）"
    )
    assert sentences(("obligation[timely-brief]", GONE)) == [
        "开展工作后及时报送信息：取消8项（北京师范大学、安徽师范大学、西北师范大学等8项，2026年第四季度）"
    ]


def test_a_rule_that_changes_its_rhythm_asks_for_other_periods():
    since_the_start()
    (rhythm,) = sentences(("obligation[contact-list].every", "quarter"))
    assert "新增11项" in rhythm and "2026年第四季度" in rhythm and "取消11项" in rhythm and "2026年下半年" in rhythm


def test_a_unit_renamed_or_called_by_another_id_owes_what_it_owed():
    since_the_start()
    renamed = changed(("unit[abtu].name", "阿坝师范大学"), ("unit[abtu].former_names", [
        {"name": "阿坝师范学院", "until": date(2026, 11, 22)}]),
    )  # fmt: skip
    assert effects(make.bnu(), read(renamed), TODAY).head == "台账：没有变化"
    other_id = re.sub(r'"ahnu"', '"anshida"', changed())
    assert effects(make.bnu(), read(other_id), TODAY).head == "台账：没有变化"


# The days


def test_periods_that_ended_before_the_version_stay_as_they_were():
    since_the_start()
    gone = ("obligation[quarterly-input]", GONE)
    assert sentences(gone, begins=date(2026, 12, 1))[0].endswith("2026年第四季度）")
    assert sentences(gone, begins=date(2027, 1, 1))[0].endswith("2027年第一季度）")
    back = sentences(gone, begins=date(2026, 7, 1))[0]
    assert "取消16项" in back and "2026年第三季度；" in back and back.endswith("2026年第四季度）")


def test_who_joins_with_the_version_has_as_long_as_the_others_had():
    since_the_start()
    found = told(*JOINED, begins=date(2026, 12, 1))
    study = next(one for one in found.rules if one.name == "完成第一轮调研")
    assert [one.due_day for one in study.added] == [date(2027, 2, 28)]


def test_what_is_due_before_anybody_knows_is_told():
    since_the_start()
    late = told(("obligation[+]", rule("once", once=True, due={"after": "start", "months": 5})))
    assert late.passed == 4
    assert "4项的期限已过；没有依据的，施行后即显示逾期" in late.lines()[-1]
    assert told(("obligation[+]", rule("year"))).passed == 0


# What is there already


def test_what_goes_though_there_is_evidence_or_a_waiver_is_told():
    cluster = since_the_start()
    visit(date(2026, 5, 20))
    line = next(
        line for line in queries.of_year(cluster, 2026).lines if line.rule.id == VISIT and line.who.name == LEAD
    )
    Waiver.objects.create(cluster=cluster, instance=line.key, about="x", reason="防汛", words="王敏", at=clock.now())
    found = told((f"obligation[{VISIT}]", GONE))
    assert (len(found.rules[0].removed), found.kept) == (4, 2)
    assert "2项已有依据或已免除：记录都保留" in found.lines()[-1]


def test_what_is_kept_is_still_there_when_looked_at_as_of_the_day_before():
    cluster = since_the_start()
    handed_in("2026Q4", date(2026, 11, 20))
    gone = changed(("obligation[quarterly-input]", GONE))
    assert effects(cluster, read(gone), TODAY).kept == 1
    apply_scheme(system(), cluster, text=gone, begins=TODAY)
    inputs = [line for line in queries.of_year(cluster, 2026).lines if line.rule.id == "quarterly-input"]
    assert {line.instance.period.key for line in inputs} == {"2026Q1", "2026Q2", "2026Q3"}
    before = queries.of_year(cluster, 2026, date(2026, 11, 22))
    assert "2026Q4" in {line.instance.period.key for line in before.lines if line.rule.id == "quarterly-input"}


# A cluster's first version


def test_of_a_first_version_everything_is_new_rule_by_rule():
    found = effects(Cluster(key="bnu"), read(make.real_text()), date(2022, 4, 1))
    rules = read(make.real_text()).obligations
    assert found.is_first and [one.name for one in found.rules] == [one.name for one in rules]
    assert "新增8项" in str(next(one for one in found.rules if one.name.startswith("报送本季度")))
    assert found.passed == found.kept == 0
    make.bnu()
    assert found.head == f"台账：新增{len(queries.of_year(make.bnu(), 2026).lines)}项"


def test_a_first_version_of_a_cluster_still_to_begin_is_told_as_of_its_first_day():
    text = changed(("cluster.id", "next"), ("cluster.starts", date(2027, 1, 1)))
    found = effects(Cluster(key="next"), read(text), date(2027, 1, 1))
    assert {one.period.key for rule in found.rules for one in rule.added if one.period} == {"2027Q1", "2027H1", "2027"}


# It is true


def known(one: Instance) -> tuple:
    return one.rule.id, one.who.name, one.toward and one.toward.name, one.period and one.period.key


@pytest.mark.parametrize(
    "changes",
    [
        (REPAIRED,),
        JOINED,
        LEFT,
        (
            ("pair[3].to", date(2026, 11, 30)),
            ("pair[+]", {"partner": "sicnu", "supported": "abtu", "from": date(2026, 12, 1)}),
        ),
        (("unit[abtu].to", date(2026, 11, 30)),),
        (("unit[nwnu].roles", ["partner", "supported"]),),
        (("obligation[year-plan].due", {"after": "period-start", "months": 5}), ("obligation[bodies]", GONE)),
        (("obligation[contact-list].every", "quarter"), ("obligation[+]", rule("x", toward="each-supported-school"))),
        (("body[expert-committee].per", "partner"),),
        (("cluster.ends", date(2026, 12, 15)),),
        (("cluster.starts", date(2022, 7, 1)),),
        (
            (
                "obligation[+]",
                rule("y", who=["pair-office", "department"], once=True, due={"after": "start", "months": 60}),
            ),
        ),
    ],
    ids=lambda changes: changes[0][0],
)
@pytest.mark.parametrize("begins", [TODAY, date(2026, 8, 1)])
def test_what_was_told_is_what_happens(changes, begins):
    cluster = since_the_start()
    text = changed(*changes)
    found = effects(cluster, read(text), begins)
    before = {known(line.instance): line.due for line in queries.of_year(cluster, 2026).lines}
    apply_scheme(system(), cluster, text=text, begins=begins)
    after = {known(line.instance): line.due for line in queries.of_year(Cluster.objects.get(), 2026).lines}
    assert {known(one) for rule in found.rules for one in rule.added} == after.keys() - before.keys()
    assert {known(one) for rule in found.rules for one in rule.removed} == before.keys() - after.keys()
    moved = {key for key in before.keys() & after.keys() if before[key] != after[key]}
    assert {
        known(one) for rule in found.rules for what, these in rule.changed.items() if "期限" in what for one in these
    } == moved
    dues = {known(one): one.due_day for rule in found.rules for one in rule.added}
    assert dues == {key: after[key] for key in dues}


# Its cost


def test_a_large_scheme_costs_as_many_queries_as_a_small_one():
    counts = []
    for cluster, text in (
        (since_the_start(), changed(REPAIRED)),
        (make.cluster_of("thirty", thirty_text()), thirty_text()),
    ):
        scheme = read(text)
        effects(cluster, scheme, TODAY)
        with CaptureQueriesContext(connection) as asked:
            effects(cluster, scheme, TODAY)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_a_scheme_larger_than_any_cluster_is_not_compared_duty_by_duty():
    cluster = since_the_start()
    units = [
        {"id": f"u{n}", "name": f"第{n}师范大学", "kind": "university", "roles": ["supported"]} for n in range(400)
    ]
    found = effects(cluster, read(changed(*(("unit[+]", unit) for unit in units))), TODAY)
    assert found.is_too_large and found.lines() == ["台账：方案很大，未逐项比较"]
