"""同一单位: a renamed school keeps its row, one university in two clusters is one unit, no cluster sees another."""

from datetime import date

import pytest

from tests import make
from tests.scheme.writing import GONE, changed
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.declared import read
from tizhi.pipeline.scheme.models import (
    Unit,
)  # fmt: skip

from .applied import AUGUST, SEPTEMBER, apply, holds, state

pytestmark = pytest.mark.django_db


def test_a_renamed_school_keeps_its_row_and_its_old_name():
    cluster = make.bnu()
    school = make.unit("阿坝师范学院")
    apply(changed(("unit[abtu].name", "阿坝师范大学")), begins=SEPTEMBER)
    school = Unit.objects.get(pk=school.pk)
    assert (school.name, school.initials) == ("阿坝师范大学", "absfdx")
    assert queries.name_on(school, AUGUST) == "阿坝师范学院"
    assert queries.name_on(school, SEPTEMBER) == "阿坝师范大学"
    assert cluster.members.filter(unit=school).count() == 1


def test_offices_bear_their_units_new_name():
    cluster = make.bnu()
    apply(changed(("unit[ahnu].name", "安徽师大"), ("unit[ahnu].short_name", "安师大")), begins=SEPTEMBER)
    assert cluster.bodies.get(declared="pair-office", unit__code="4134010370").name == "安师大小组团办公室"


def test_a_school_without_a_code_is_known_by_its_former_name():
    make.bnu()
    former = [{"name": "西昌民族幼儿师范高等专科学校", "until": date(2025, 5, 31)}]
    apply(
        changed(
            ("unit[xcmzyz].name", "西昌民族师范学院"),
            ("unit[xcmzyz].short_name", GONE),
            ("unit[xcmzyz].code", "4151014999"),
            ("unit[xcmzyz].former_names", former),
        )
    )
    school = Unit.objects.get(name="西昌民族师范学院")
    assert queries.name_on(school, date(2025, 5, 31)) == "西昌民族幼儿师范高等专科学校"
    assert queries.name_on(school, date(2025, 6, 1)) == "西昌民族师范学院"
    assert Unit.objects.count() == 12


def test_an_older_text_does_not_undo_a_renaming():
    make.bnu()
    apply(changed(("unit[abtu].name", "阿坝师范大学")))
    elsewhere = make.example_text("cnu").replace("4115011427", "4151010646").replace("集宁师范学院", "阿坝师范学院")
    apply(elsewhere, key="cnu")
    assert Unit.objects.get(code="4151010646").name == "阿坝师范大学"


def test_one_university_in_two_clusters_is_one_unit():
    first = make.bnu()
    second = make.cluster_of(
        "cnu", make.example_text("cnu").replace("4115010135", "4134010370").replace("内蒙古师范大学", "安徽师范大学")
    )
    school = make.unit("安徽师范大学")
    today = clock.today()
    assert school in queries.members(first, today) and school in queries.members(second, today)
    assert [str(pair) for pair in queries.pairs(second, today).filter(partner=school)] == ["安徽师范大学—集宁师范学院"]
    assert Unit.objects.count() == 12 + 8 - 2  # the university and 教育部


def test_two_clusters_do_not_see_each_other():
    mine, theirs = make.bnu(), make.second_cluster()
    for here, there, who in ((mine, theirs, "liaison"), (theirs, mine, "outsider")):
        actor = make.actor(who)
        assert list(queries.clusters_visible_to(actor)) == [here]
        assert there not in queries.clusters_visible_to(actor)
        seen, others = set(queries.units_visible_to(actor)), set(queries.members(there, clock.today()))
        assert {unit.name for unit in seen & others} == {"教育部"}
    assert mine.bodies.count() == 11 and theirs.bodies.count() == 4


def test_two_entries_that_are_one_unit_are_refused_and_nothing_is_half_applied():
    make.bnu()
    before = state()
    text = make.example_text("cnu").replace("4115011427", "4151010646").replace("拉萨师范高等专科学校", "阿坝师范学院")
    with pytest.raises(RuleBroken, match="同一个单位（阿坝师范学院）"):
        apply(text, key="cnu")
    assert state() == before
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("name", sorted(path.stem for path in make.EXAMPLES.glob("*.toml")))
def test_clusters_of_other_shapes_load_beside_the_real_one(name):
    real_one = make.bnu()
    text = make.example_text(name)
    scheme = read(text)
    cluster = make.cluster_of(scheme.cluster.id, text)
    day = max(clock.today(), cluster.starts)
    there = {unit.id: unit for unit in scheme.units if holds(unit, day)}
    assert [unit.name for unit in queries.members(cluster, day)] == [unit.name for unit in there.values()]
    assert len(queries.pairs(cluster, day)) == len(
        [pair for pair in scheme.pairs if holds(pair, day) and {pair.partner, pair.supported} <= set(there)]
    )
    stand = {body.declared for body in queries.bodies(cluster, day)}
    assert stand <= {body.id for body in scheme.bodies}
    before = state()
    apply(text, key=cluster.key)
    assert state() == before
    assert real_one.members.count() == 12 and real_one.bodies.count() == 11
