"""Who sees a brief, in each of its states: one table, one row per persona."""

import pytest

from tests import make
from tizhi.base.kit import clock
from tizhi.pipeline.activities import queries
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Unit

pytestmark = pytest.mark.django_db

STATES = ("draft", "approving", "returned-within", "submitted", "returned", "accepted", "published")
# Of a brief that 安徽师范大学 reports and 阜阳师范大学 took part in.
SEES = {
    "liaison":               "1111111",
    "office-head":           "1111111",
    "vice-president":        "1111111",
    "secretary":             "1111111",
    "pair-office":           "1111111",
    "project-group":         "1111111",
    "department":            "0111111",  # reads the units of its province
    "secretariat":           "0001111",
    "cluster-office-member": "0000001",  # a seat of a body without a power reads its own unit
    "leading-group":         "0111111",  # its holder belongs to 安徽师范大学
    "supported-school":      "0000001",  # of another pair
    "expert":                "0000001",
    "ministry":              "0000000",
    "outsider":              "0000000",
    "administrator":         "0000000",
    "nobody":                "0000000",
}  # fmt: skip


def _all_states(**given: object) -> None:
    for state in STATES:
        if state == "returned-within":
            make.activity(title=state, state="returned", submitted_at=None, **given)
        else:
            make.activity(title=state, state=state, **given)


def _seen(actor) -> str:
    titles = set(queries.visible_to(actor).values_list("title", flat=True))
    return "".join("1" if state in titles else "0" for state in STATES)


@pytest.mark.parametrize("name", SEES)
def test_each_persona_sees_what_its_post_may_read(name):
    make.bnu()
    actor = make.actor(name)
    _all_states()
    assert _seen(actor) == SEES[name]


def test_every_persona_stands_in_the_table():
    assert set(SEES) == set(make.ALL_PERSONAS)


def test_a_unit_that_took_part_sees_the_brief_once_it_has_left_its_unit():
    make.bnu()
    took_part = make.person("示例·阜阳联络员", "阜阳师范大学", post="liaison")
    _all_states()
    assert _seen(make.actor(took_part.user)) == "0001011"


def test_nobody_sees_a_brief_twice():
    cluster = make.bnu()
    units = tuple((unit.name, "attending") for unit in Unit.objects.filter(memberships__cluster=cluster))
    made = make.activity(state="published", units=units)
    for name in ("secretariat", "pair-office", "department"):
        assert list(queries.visible_to(make.actor(name))) == [made]


def test_the_recycle_bin_is_for_those_who_write():
    make.activity(state="returned", binned_at=clock.now())
    assert queries.visible_to(make.actor("liaison")).count() == 1
    assert queries.visible_to(make.actor("department")).count() == 0
    assert queries.visible_to(make.actor("secretariat")).count() == 0


def test_another_cluster_sees_nothing_of_it():
    make.activity(state="published")
    make.second_cluster()
    assert not queries.visible_to(make.actor("outsider")).exists()
    assert Activity.objects.exists()
