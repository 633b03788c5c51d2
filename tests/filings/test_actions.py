"""A unit writes, signs and hands in; the secretariat returns, exempts; nobody's words are lost."""

from datetime import date

import pytest

from tests import make
from tizhi.base.audit.models import Countersign, Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.base.kit.periods import parse
from tizhi.pipeline.filings import actions, queries
from tizhi.pipeline.filings.models import UnitInput

pytestmark = pytest.mark.django_db

Q3 = parse("2026Q3")
WRITTEN = {"highlights": "共建学前教育实训室", "next_steps": "完成课程资源验收"}
STATES = ("draft", "approving", "handed-in", "returned", "exempt")
# draft, approving, handed-in, returned, exempt
OPEN_IN = {
    "save_input": ("liaison", "10010"),
    "hand_in": ("liaison", "10010"),
    "take_back": ("liaison", "01100"),
    "sign_input": ("office-head", "01000"),
    "send_back_to_writer": ("office-head", "01000"),
    "return_input": ("secretariat", "00100"),
    "exempt": ("secretariat", "11010"),
    "ask_again": ("secretariat", "00001"),
}
GIVEN = {name: {"note": "数字与动态不一致"} for name in ("send_back_to_writer", "return_input", "exempt")}
WRITERS = {"liaison", "office-head", "secretary", "pair-office", "project-group"}
MAY = {
    "save_input": WRITERS,
    "hand_in": WRITERS,
    "take_back": WRITERS,
    "sign_input": {"office-head", "vice-president", "secretary"},
    "send_back_to_writer": {"office-head", "vice-president", "secretary"},
    "return_input": {"secretariat"},
    "exempt": {"secretariat"},
    "ask_again": {"secretariat"},
}


def entry_of(unit: str = "安徽师范大学", state: str = "draft", period: str = "2026Q3", **given) -> UnitInput:
    return UnitInput.objects.create(
        cluster=make.bnu(), unit=make.unit(unit), period=period, state=state, **{**WRITTEN, **given}
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", OPEN_IN)
def test_each_act_is_open_in_its_states_only(name, state):
    who, table = OPEN_IN[name]
    make.bnu()
    entry, act, actor = entry_of(state=state), getattr(actions, name), make.actor(who)
    if table[STATES.index(state)] == "1":
        act(actor, entry, **GIVEN.get(name, {}))
    else:
        with pytest.raises(RuleBroken):
            act(actor, entry, **GIVEN.get(name, {}))
        entry.refresh_from_db()
        assert entry.state == state


@pytest.mark.parametrize("persona", make.ALL_PERSONAS)
def test_each_act_is_open_to_its_posts_only(persona):
    make.bnu()
    entry, actor = entry_of(), make.actor(persona)
    may = {name for name in MAY if getattr(actions, name).allowed(actor, entry)}
    assert may == {name for name, posts in MAY.items() if persona in posts}


def test_an_input_goes_from_its_writer_through_the_units_signature_to_the_office():
    make.bnu()
    fresh = queries.input_of(make.actor("liaison"), Q3, make.unit("安徽师范大学"))
    with clock.at(date(2026, 10, 9)):
        entry = actions.start_input(make.actor("liaison"), fresh, **WRITTEN)
        entry = actions.hand_in(make.actor("liaison"), entry)
    assert entry.state == "approving"
    with clock.at(date(2026, 10, 10)):
        entry = actions.sign_input(make.actor("office-head"), entry)
    assert entry.state == "handed-in"
    assert entry.signed_words == "周岚（安徽师范大学牵头部门(处室)负责同志）"
    assert entry.writer.name == "孙涛"


def test_who_may_sign_signs_by_handing_in():
    make.bnu()
    entry = actions.hand_in(make.actor("office-head"), entry_of())
    assert (entry.state, entry.signed_words) == ("handed-in", make.actor("office-head").words)


def test_where_the_scheme_asks_for_no_signature_handing_in_is_enough(bare):
    make.cluster_of("bnu", make.real_text().replace('approved_by = "office-head"', 'approved_by = "none"'))
    entry = actions.hand_in(make.actor("liaison"), entry_of())
    assert entry.state == "handed-in"


def test_a_secretary_signs_for_the_leader_and_the_history_says_so():
    make.bnu()
    entry = actions.sign_input(make.actor("secretary"), entry_of(state="approving"))
    assert entry.signed_words.startswith("高远")
    written = Entry.objects.get(code="filings.sign_input")
    assert (written.name, written.principal_words[:2]) == ("何静", "高远")
    assert Countersign.objects.filter(entry=written, confirmed_at=None).exists()


def test_nothing_to_report_is_a_signed_statement():
    make.bnu()
    entry = entry_of(highlights="", next_steps="", is_nil=True)
    entry = actions.sign_input(make.actor("vice-president"), actions.hand_in(make.actor("liaison"), entry))
    row = next(row for row in queries.received(make.bnu(), Q3).rows if row.entry == entry)
    assert row.is_nil and row.is_received


def test_an_incomplete_input_stays_and_names_its_fields():
    make.bnu()
    entry = entry_of(highlights="")
    with pytest.raises(RuleBroken) as fault:
        actions.hand_in(make.actor("liaison"), entry)
    assert set(fault.value.fields) == {"highlights"}
    entry.refresh_from_db()
    assert (entry.state, entry.sent_at, entry.next_steps) == ("draft", None, WRITTEN["next_steps"])


@pytest.mark.parametrize("name", ["send_back_to_writer", "return_input", "exempt"])
def test_giving_back_and_exempting_need_a_reason(name):
    who, table = OPEN_IN[name]
    make.bnu()
    entry = entry_of(state=STATES[table.index("1")])
    with pytest.raises(RuleBroken):
        getattr(actions, name)(make.actor(who), entry, note="  ")


def test_what_is_returned_and_sent_again_keeps_the_time_of_its_first_sending():
    make.bnu()
    liaison, head, office = make.actor("liaison"), make.actor("office-head"), make.actor("secretariat")
    with clock.at(date(2026, 10, 9)):
        entry = actions.sign_input(head, actions.hand_in(liaison, entry_of()))
    with clock.at(date(2026, 10, 20)):
        entry = actions.return_input(office, entry, note="请补充问题")
        assert not queries.received(make.bnu(), Q3).received
        entry = actions.save_input(liaison, entry, problems="经费未到位")
        entry = actions.sign_input(head, actions.hand_in(liaison, entry))
    assert [row.unit.name for row in queries.received(make.bnu(), Q3).in_time] == ["安徽师范大学"]
    assert entry.return_reason == ""


def test_two_windows_on_one_input_the_second_is_told():
    make.bnu()
    entry, liaison = entry_of(), make.actor("liaison")
    read = entry.version
    actions.save_input(liaison, entry, version=read, highlights="第一个窗口")
    with pytest.raises(Stale) as stale:
        actions.save_input(liaison, entry, version=read, highlights="第二个窗口")
    assert stale.value.target.highlights == "第一个窗口"


def test_two_people_beginning_the_same_input_the_second_is_told():
    make.bnu()
    fresh = [queries.input_of(make.actor("liaison"), Q3, make.unit("安徽师范大学")) for _ in range(2)]
    actions.start_input(make.actor("liaison"), fresh[0], highlights="甲")
    with pytest.raises(Stale):
        actions.start_input(make.actor("office-head"), fresh[1], highlights="乙")
    assert UnitInput.objects.get().highlights == "甲"


def test_a_closed_input_is_neither_taken_back_nor_returned():
    make.bnu()
    entry = entry_of(state="handed-in")
    actions.close_inputs(make.actor("secretariat"), make.bnu(), period="2026Q3")
    for name, who in (("take_back", "liaison"), ("return_input", "secretariat")):
        with pytest.raises(RuleBroken) as fault:
            getattr(actions, name)(make.actor(who), entry, **GIVEN.get(name, {}))
        assert "已印发" in fault.value.message


def test_a_unit_never_begun_can_be_exempted_and_asked_again():
    make.bnu()
    office, school = make.actor("secretariat"), make.unit("阜阳师范大学")
    fresh = queries.input_of(office, Q3, school)
    entry = actions.exempt(office, fresh, note="校庆期间，经同意下期补报")
    counted = queries.received(make.bnu(), Q3)
    assert len(counted.expected) == 7
    assert [row.entry.exempt_reason for row in counted.rows if row.is_exempt] == ["校庆期间，经同意下期补报"]
    actions.ask_again(office, entry)
    assert len(queries.received(make.bnu(), Q3).expected) == 8


def test_hostile_text_is_kept_as_typed():
    make.bnu()
    text = "<script>alert(1)</script>{活动总数}\x00'; DROP TABLE--"
    entry = actions.save_input(make.actor("liaison"), entry_of(), highlights=text.replace("\x00", ""))
    entry.refresh_from_db()
    assert entry.highlights == "<script>alert(1)</script>{活动总数}'; DROP TABLE--"


def test_an_outsider_has_no_way_in():
    make.bnu()
    entry = entry_of()
    with pytest.raises(Denied):
        actions.save_input(make.actor("outsider"), entry, highlights="x")
