"""项目组: an office founds, names and closes its groups; the scheme keeps the least number [四(一)]."""

from datetime import date

import pytest

from tests import make
from tests.scheme.applied import apply
from tests.scheme.writing import changed
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.scheme import queries
from tizhi.pipeline.scheme.actions import close_group, found_group, rename_body
from tizhi.pipeline.scheme.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster():
    return make.bnu()


@pytest.fixture
def office(cluster):
    return cluster.bodies.get(name="安徽师范大学小组团办公室")


@pytest.fixture
def group(cluster):
    return cluster.bodies.get(name="安徽师范大学项目组")


def names(cluster) -> list[str]:
    standing = queries.bodies(cluster, clock.today()).filter(declared="project-group", unit=make.unit("安徽师范大学"))
    return [body.name for body in standing]


def found(office: Body, name: str, who: str = "pair-office") -> Body:
    return found_group(make.actor(who), office, declared="project-group", name=name)


def test_an_office_founds_a_group_with_its_seats(cluster, office, group):
    made = found(office, "科学教师培训项目组")
    assert names(cluster) == ["安徽师范大学项目组", "科学教师培训项目组"]
    assert [(seat.post, seat.count) for seat in made.seats.all()] == [("组长", 1), ("组员", 2)]
    assert made.parent == office and made.begins == clock.today()


def test_a_new_version_leaves_the_offices_own_names_and_days(cluster, office, group):
    rename_body(make.actor("pair-office"), group, name="专业认证项目组")
    second = found(office, "课程共建项目组")
    third = found(office, "短命项目组")
    with clock.at(date(2026, 11, 30)):
        close_group(make.actor("pair-office"), third)
        apply(changed(("body[project-group].duties", "协同提质")), begins=date(2026, 9, 1))
        assert names(cluster) == ["专业认证项目组", "课程共建项目组"]
    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.begins, second.duties) == (date(2026, 11, 23), "协同提质")
    assert (third.begins, third.ends) == (date(2026, 11, 23), date(2026, 11, 29))
    assert {seat.ends for seat in third.seats.all()} == {date(2026, 11, 29)}


def test_the_last_group_cannot_be_closed(cluster, office, group):
    with pytest.raises(RuleBroken, match="不少于1个"):
        close_group(make.actor("pair-office"), group)
    found(office, "科学教师培训项目组")
    close_group(make.actor("pair-office"), group)
    assert names(cluster) == ["科学教师培训项目组"]


def test_rights_end_with_the_group(cluster, office, group):
    assert "project" in make.actor("project-group").powers
    found(office, "科学教师培训项目组")
    close_group(make.actor("pair-office"), group)
    assert make.actor("project-group").powers == frozenset()


@pytest.mark.parametrize("name", ["", "  ", "四川师范大学项目组", "课" * 61, "课程\n项目组"])
def test_a_name_is_fit_and_free(office, name):
    with pytest.raises(RuleBroken) as fault:
        found(office, name)
    assert "name" in fault.value.fields


def test_bodies_of_the_scheme_itself_are_not_renamed(cluster, office):
    with pytest.raises(RuleBroken, match="以方案为准"):
        rename_body(make.actor("pair-office"), office, name="皖北办公室")
    with pytest.raises(RuleBroken, match="没有在"):
        found_group(make.actor("secretariat"), cluster.bodies.get(name="领导小组"), declared="project-group", name="甲")


@pytest.mark.parametrize("who", [name for name in make.ALL_PERSONAS if name not in ("pair-office", "secretariat")])
def test_only_the_office_and_the_secretariat_found_groups(office, who):
    with pytest.raises(Denied):
        found(office, "科学教师培训项目组", who)


def test_an_office_has_no_say_in_another(cluster):
    with pytest.raises(Denied):
        found(cluster.bodies.get(name="四川师范大学小组团办公室"), "科学教师培训项目组")
