"""方案的读取: the declared plan in the field's terms, with the defaults of the form."""

from dataclasses import FrozenInstanceError, fields
from datetime import date

import pytest

from tests.scheme.writing import EXAMPLES, REAL
from tizhi.pipeline.scheme import terms
from tizhi.pipeline.scheme.declared import DECLARED, read
from tizhi.pipeline.scheme.evidence import EVIDENCE_TABLES
from tizhi.pipeline.scheme.grammar import Sub, Subs, Table
from tizhi.pipeline.scheme.keys import SCHEME


def bnu():
    return read(REAL.read_text(encoding="utf-8"))


def every_table(table: Table = SCHEME):
    yield table
    for key in table.keys:
        if isinstance(key.value, Sub | Subs):
            yield from every_table(key.value.table)


TABLES = [*every_table(), *EVIDENCE_TABLES.values()]


def test_the_real_plan_reads_as_it_is_written():
    scheme = bnu()
    assert scheme.cluster.starts == date(2022, 4, 1)
    assert [(pair.partner, pair.supported) for pair in scheme.pairs][2] == ("nwnu", "abtu")
    assert scheme.unit("bnu").roles == ("lead", "partner")
    assert scheme.unit("qh-edu").is_a("department")
    assert scheme.post("vice-president").powers == ("approve-unit",)
    assert scheme.area("x").individual
    assert scheme.body("leading-group").seats[3].excluding == ("bnu",)
    assert scheme.body("expert-committee").nominated_by.department == "教务部"
    assert scheme.conference.secretariat == "cluster-office"
    assert scheme.reports.to == "moe"
    assert [step.id for step in scheme.plan("year").steps] == ["draft", "agreed", "in-force"]
    assert scheme.plan("five-year").step("second-study").evidence.team == "expert"
    assert len(scheme.obligations) == 19


def test_a_clause_and_what_the_cluster_chose_stay_with_their_entry():
    rule = bnu().obligation("timely-brief")
    assert (rule.source, rule.chosen) == ("四(四)", ("evidence", "due"))
    assert rule.is_chosen("due")
    assert not rule.is_chosen("every")


def test_one_responsible_or_several_read_alike():
    scheme = bnu()
    assert scheme.obligation("year-plan").who == ("partner",)
    assert scheme.obligation("contact-list").who == ("university", "department")


def test_what_is_left_out_has_its_default():
    scheme = read((EXAMPLES / "least.toml").read_text(encoding="utf-8"))
    assert (scheme.conference, scheme.reports, scheme.obligations) == (None, None, ())
    scheme = read((EXAMPLES / "swu.toml").read_text(encoding="utf-8"))
    assert (scheme.post("head").count, scheme.post("head").at_least, scheme.post("head").rank) == (1, 1, 9)
    assert scheme.body("office").seats[0].count == 1
    assert scheme.obligation("meeting").count == 1
    assert scheme.obligation("summary").due is None


def test_dated_ties_begin_and_end():
    scheme = read((EXAMPLES / "swu.toml").read_text(encoding="utf-8"))
    assert (scheme.pairs[2].begins, scheme.pairs[2].ends) == (None, date(2023, 8, 31))
    assert scheme.unit("cqnu").begins == date(2026, 1, 1)
    assert scheme.unit("xjhtc").former_names[0].until == date(2024, 5, 31)


def test_an_id_that_is_not_declared_is_a_key_error():
    with pytest.raises(KeyError, match="nobody"):
        bnu().unit("nobody")


def test_a_scheme_is_frozen_and_equal_only_to_itself():
    scheme = bnu()
    assert scheme != bnu()
    assert {scheme: "kept"}[scheme] == "kept"
    with pytest.raises(FrozenInstanceError):
        scheme.format = 2


@pytest.mark.parametrize("table", TABLES, ids=lambda table: f"{table.name} {table.about}")
def test_every_key_of_the_form_has_its_attribute(table):
    assert {key.attribute for key in table.keys} <= {field.name for field in fields(DECLARED[table.name])}


@pytest.mark.parametrize("name", DECLARED)
def test_every_attribute_has_its_key(name):
    keys = {key.attribute for table in TABLES if table.name == name for key in table.keys}
    assert {field.name for field in fields(DECLARED[name])} == keys


def test_every_power_says_how_far_it_reaches():
    assert terms.POWERS.keys() == terms.POWER_SCOPES.keys()
