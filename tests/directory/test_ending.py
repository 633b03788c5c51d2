"""随方案终止的任职: who would lose a post or seat by a new version is known before it is put in force."""

from datetime import date

import pytest

from tests import make
from tests.scheme.writing import GONE, changed, real
from tizhi.base.kit import clock
from tizhi.base.kit.actor import system
from tizhi.pipeline.directory.actors import in_force
from tizhi.pipeline.directory.ending import ending
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.scheme.actions import apply_scheme
from tizhi.pipeline.scheme.declared import read
from tizhi.pipeline.scheme.jobs import start_due_versions
from tizhi.pipeline.scheme.models import Cluster

pytestmark = pytest.mark.django_db

TODAY, LATER = date(2026, 11, 23), date(2027, 1, 1)
MEMBERS = [key for key in real()["conference"]["members"] if key != "abtu"]
LEFT = (("pair[3]", GONE), ("unit[abtu]", GONE), ("conference.members", MEMBERS))
CHANGES = [
    (),
    (("pair[3].partner", "ahnu"),),
    (("post[secretary]", GONE),),
    LEFT,
    (("unit[abtu].to", date(2026, 11, 22)),),
    (("body[expert-committee].seat[2]", GONE),),
    (("body[project-group].seat[1].post", "负责人"),),
    (("unit[abtu].name", "阿坝师范大学"), ("unit[nwnu].short_name", "西北师大")),
]


@pytest.fixture
def cluster() -> Cluster:
    """Everybody in office, and two of 阿坝师范学院."""
    for name in make.PERSONAS:
        make.persona(name)
    make.person("泽仁", "阿坝师范学院", post="liaison")
    make.person("卓玛", "阿坝师范学院", seat="领导小组成员")
    return make.bnu()


def acting(day: date) -> set[int]:
    """Those who have rights in the cluster on that day."""
    return set(in_force(Appointment.objects.filter(cluster=make.bnu()), day).values_list("pk", flat=True))


@pytest.mark.parametrize("begins", [TODAY, LATER])
@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: changes[0][0] if changes else "none")
def test_who_is_told_to_lose_a_place_is_who_loses_it(cluster, changes, begins):
    text = changed(*changes)
    told = {one.pk for one in ending(cluster, read(text), begins)}
    before = acting(begins)
    apply_scheme(system(), cluster, text=text, begins=begins)
    with clock.at(begins):
        start_due_versions.func()
        assert told == before - acting(begins)


def test_a_unit_that_leaves_takes_its_posts_and_seats_along(cluster):
    assert [str(one) for one in ending(cluster, read(changed(*LEFT)), TODAY)] == [
        "泽仁任阿坝师范学院主要工作人员", "卓玛任领导小组成员",
    ]  # fmt: skip


def test_who_left_the_list_or_will_have_gone_by_then_loses_nothing(cluster):
    Appointment.objects.filter(person__name="卓玛").update(ends=TODAY)
    person = Appointment.objects.get(person__name="泽仁").person
    person.is_open = False
    person.save()
    assert ending(cluster, read(changed(*LEFT)), LATER) == []


def test_a_new_cluster_ends_nothing():
    assert ending(Cluster(key="bnu"), read(make.real_text()), date(2022, 4, 1)) == []


def test_many_people_cost_as_many_queries_as_few(cluster, django_assert_max_num_queries):
    scheme = read(changed(("body[expert-committee].seat[2]", GONE)))
    with django_assert_max_num_queries(4):
        ending(cluster, scheme, TODAY)
    for n in range(12):
        make.person(f"委员{n}", "北京师范大学", seat="专家委员会委员")
    with django_assert_max_num_queries(4):
        assert len(ending(cluster, scheme, TODAY)) == 13
