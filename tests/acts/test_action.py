"""办理: what every write promises, whoever calls it."""

import uuid
from dataclasses import replace

import pytest
from auditlog.models import LogEntry

from tizhi.base.acts.action import ACTIONS, action
from tizhi.base.audit.models import Entry
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare")]

KEEPER = Actor(name="示例·王敏", post_words="联络员", unit_words="青海师范大学", unit_id=1, address="10.0.0.8")
STRANGER = Actor(name="示例·路人")


def keeper(actor, target):
    """维护人。"""
    return actor.post_words == "联络员"


@pytest.fixture(autouse=True)
def _registry():
    """Actions made in a test leave no trace in the registry that documents are printed from."""
    kept = dict(ACTIONS)
    yield
    ACTIONS.clear()
    ACTIONS.update(kept)


@pytest.fixture
def person():
    unit = Unit.objects.create(name="青海师范大学", kind="university")
    return Person.objects.create(name="示例·李刚", unit=unit)


@pytest.fixture
def rename():
    @action("改名", by=[keeper], when=lambda target: None if target.is_open else "此人已不在册，请先恢复")
    def rename(actor, target, *, name):
        if not name:
            raise RuleBroken("请填写姓名", {"name": "请填写姓名"})
        target.name = name
        target.save()

    return rename


@pytest.fixture
def enter():
    @action("登记人员", by=[keeper], creates=True)
    def enter(actor, unit, *, name):
        return Person.objects.create(name=name, unit=unit)

    return enter


def test_history_says_who_in_which_post_changed_what_from_where(person, rename):
    rename(KEEPER, person, name="示例·李钢", note="身份证写法")
    entry = Entry.objects.get()
    assert (entry.name, entry.post_words, entry.unit_words, entry.address) == (
        "示例·王敏",
        "联络员",
        "青海师范大学",
        "10.0.0.8",
    )
    assert (entry.label, entry.target_words, entry.note) == ("改名", "示例·李钢", "身份证写法")
    change = LogEntry.objects.get(cid=str(entry.uid))
    assert change.changes["name"] == ["示例·李刚", "示例·李钢"]


def test_without_the_right_nothing_is_written(person, rename):
    with pytest.raises(Denied):
        rename(STRANGER, person, name="别名")
    person.refresh_from_db()
    assert person.name == "示例·李刚" and not Entry.objects.exists()


def test_a_state_that_forbids_it_says_why(person, rename):
    Person.objects.update(is_open=False)
    with pytest.raises(RuleBroken, match="已不在册"):
        rename(KEEPER, person, name="别名")
    assert not rename.open_to(KEEPER, Person.objects.get())


def test_a_broken_rule_leaves_no_trace(person, rename):
    with pytest.raises(RuleBroken) as broken:
        rename(KEEPER, person, name="")
    assert broken.value.fields == {"name": "请填写姓名"}
    assert not Entry.objects.exists()


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(person, rename):
    rename(KEEPER, person, name="甲", version=person.version)
    with pytest.raises(Stale) as stale:
        rename(KEEPER, person, name="乙", version=person.version)
    assert stale.value.target.name == "甲"
    assert Person.objects.get().name == "甲"


def test_a_repeated_request_makes_one_record_and_returns_it(person, enter):
    once = uuid.uuid4()
    first = enter(KEEPER, person.unit, name="示例·新人", once=once)
    again = enter(KEEPER, person.unit, name="示例·新人", once=once)
    assert first == again
    assert Person.objects.filter(name="示例·新人").count() == 1


def test_a_repeated_change_is_the_first_one_not_a_conflict(person, rename):
    once = uuid.uuid4()
    rename(KEEPER, person, name="甲", version=1, once=once)
    assert rename(KEEPER, person, name="甲", version=1, once=once).name == "甲"
    assert Entry.objects.count() == 1


def test_a_part_of_an_act_stands_in_the_same_entry(person, rename):
    @action("批量改名", by=[keeper], creates=True)
    def rename_all(actor, unit, *, name):
        for one in Person.objects.filter(unit=unit):
            rename(actor, one, name=name)
        return unit

    rename_all(KEEPER, person.unit, name="丙")
    entry = Entry.objects.get()
    assert [part["label"] for part in entry.parts] == ["改名"]
    assert LogEntry.objects.filter(cid=str(entry.uid)).exists()


def test_a_secretary_acts_for_the_leader_and_is_marked(person):
    @action("审签", by=[keeper], proxy=True)
    def approve(actor, target):
        target.department = actor.name
        target.save()

    secretary = replace(STRANGER, name="示例·秘书", principals=(replace(KEEPER, person_id=7),))
    approve(secretary, person)
    entry = Entry.objects.get()
    assert entry.name == "示例·秘书"
    assert entry.principal_words == "示例·王敏（青海师范大学联络员）"
    assert entry.countersign.confirmed_at is None
    assert Person.objects.get().department == "示例·王敏"


def test_a_secretary_does_not_act_for_the_leader_where_the_action_says_no(person, rename):
    secretary = replace(STRANGER, principals=(KEEPER,))
    with pytest.raises(Denied):
        rename(secretary, person, name="别名")


def test_history_can_neither_be_changed_nor_deleted(person, rename):
    rename(KEEPER, person, name="甲")
    entry = Entry.objects.get()
    for forbidden in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(name="别人")):
        with pytest.raises(TypeError):
            forbidden()
    assert Entry.objects.get().name == "示例·王敏"
