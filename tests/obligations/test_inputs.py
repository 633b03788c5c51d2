"""单位材料与联系人: handed in in time or late, as nothing, excused, returned; contacts confirmed [四(三), 四(四)]."""

from datetime import date

import pytest

from tests import make
from tests.agenda.planned import member
from tests.obligations.build import (
    PARTNER,
    SCHOOL,
    at,
    changed,
    handed_in,
    holder,
    ledger,
    line_of,
    lines,
    since_the_start,
    state_of,
)
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.kit.periods import parse
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.filings import actions, queries
from tizhi.pipeline.filings.models import ContactsConfirmation
from tizhi.pipeline.obligations.queries import behind

pytestmark = pytest.mark.django_db

INPUT, CONTACTS = "quarterly-input", "contact-list"
Q3, H2 = {"period": "2026Q3"}, {"period": "2026H2"}


# The quarter's input


def found(**given) -> tuple[str, str]:
    """The state and what is said about it."""
    line = line_of(INPUT, **Q3, **given)
    return line.state.word, line.measure.progress(line.instance, line.finding)


def test_handed_in_by_its_day_it_is_done():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 13))
    assert found() == ("已完成", "2026年10月13日报送")
    assert line_of(INPUT, **Q3).done_on == "2026年10月13日"


def test_handed_in_after_its_day_it_is_done_and_says_how_late():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 14))
    assert found() == ("已完成", "2026年10月14日报送，逾期1天")


def test_the_first_sending_decides_whatever_the_signature_and_returns_took():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 13), handed_in_at=at(date(2026, 11, 2)))
    assert found() == ("已完成", "2026年10月13日报送")


def test_a_signed_nothing_this_quarter_is_nil():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 9), is_nil=True, highlights="", next_steps="")
    assert found() == ("本期无", "2026年10月9日报送")


def test_an_excused_unit_is_excused_by_name():
    since_the_start()
    entry = queries.input_of(make.actor("secretariat"), parse("2026Q3"), make.unit(PARTNER))
    actions.exempt(make.actor("secretariat"), entry, note="暑期搬迁")
    line = line_of(INPUT, **Q3)
    assert (line.state.word, line.finding.excused.reason) == ("免除", "暑期搬迁")
    assert "王敏" in line.finding.excused.words and line.finding.excused.on == clock.today()


@pytest.mark.parametrize(
    ("state", "sent", "told"),
    [
        ("draft", None, "填写中"),
        ("approving", date(2026, 10, 9), "待本单位审签"),
        ("returned", date(2026, 10, 9), "已退回"),
    ],
)
def test_what_is_not_handed_in_is_open_and_says_where_it_lies(state, sent, told):
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 9), state=state, sent_at=sent and at(sent), handed_in_at=None)
    assert found() == ("逾期", told)


def test_a_returned_input_is_open_again_and_in_time_again_when_it_comes_back():
    since_the_start()
    entry = handed_in("2026Q3", date(2026, 10, 9))
    entry = actions.return_input(make.actor("secretariat"), entry, note="数字与动态不一致")
    assert found() == ("逾期", "已退回")
    actions.hand_in(make.actor("office-head"), entry)
    assert found() == ("已完成", "2026年10月9日报送")


def test_before_anything_was_written_it_is_open():
    since_the_start()
    assert found() == ("逾期", "尚未报送")
    assert state_of(INPUT, period="2026Q4") == "未到期"


# The contacts


def staffed(phone: str = "13800000000") -> None:
    """安徽师范大学 with an office head and a liaison who can be reached."""
    make.persona("office-head")
    make.persona("liaison")
    Person.objects.filter(name__in=["周岚", "孙涛"]).update(phone=phone)


def confirm(who: str = "liaison", period: str = "2026H2") -> ContactsConfirmation:
    return actions.confirm_contacts(make.actor(who), member(), period=period)


def test_a_confirmation_counts_for_its_half_year_only():
    since_the_start()
    staffed()
    confirm()
    assert [(line.instance.period.key, line.state.word) for line in lines(CONTACTS)] == [
        ("2026H1", "逾期"), ("2026H2", "已完成"),
    ]  # fmt: skip
    with clock.at(date(2027, 1, 4)):
        assert state_of(CONTACTS, period="2027H1") == "未到期"


def test_it_keeps_whom_it_meant():
    since_the_start()
    staffed()
    assert [(one["post"], one["name"]) for one in confirm().held] == [
        ("牵头部门(处室)负责同志", "周岚"), ("主要工作人员", "孙涛"),
    ]  # fmt: skip


def test_a_late_confirmation_is_done_and_says_how_late():
    since_the_start()
    staffed()
    confirm(period="2026H1")
    line = line_of(CONTACTS, period="2026H1")
    assert line.state.word == "已完成" and line.finding.note.endswith("确认，逾期146天")


def test_confirming_twice_keeps_the_first_day():
    since_the_start()
    staffed()
    with clock.at(date(2026, 7, 6)):
        confirm()
    confirm()
    assert line_of(CONTACTS, **H2).done_on == "2026年7月6日"


def test_it_cannot_be_confirmed_while_a_post_is_empty():
    since_the_start()
    staffed()
    Appointment.objects.filter(post__key="office-head").update(ends=date(2026, 11, 1))
    with pytest.raises(RuleBroken, match="牵头部门\\(处室\\)负责同志空缺；请先在通讯录中补齐，再确认。"):
        confirm()
    holder("吴桐", post="office-head", begins=date(2026, 11, 23))
    with pytest.raises(RuleBroken, match="吴桐没有登记手机或邮箱"):
        confirm()
    Person.objects.filter(name="吴桐").update(email="wt@example.com")
    confirm()
    assert state_of(CONTACTS, **H2) == "已完成"


def test_it_cannot_be_confirmed_while_somebody_cannot_be_reached():
    since_the_start()
    staffed(phone="")
    with pytest.raises(RuleBroken, match="周岚、孙涛没有登记手机或邮箱"):
        confirm()
    assert state_of(CONTACTS, **H2) == "未到期"


@pytest.mark.parametrize("who", make.ALL_PERSONAS)
def test_only_who_keeps_the_units_people_confirms(who):
    since_the_start()
    staffed()
    if who in ("liaison", "office-head"):
        confirm(who)
    else:
        with pytest.raises(Denied):
            confirm(who)


def test_departments_confirm_theirs_and_the_ministry_owes_none():
    since_the_start()
    owing = {line.who.name for line in lines(CONTACTS, None, **H2)}
    assert {"安徽省教育厅", SCHOOL} <= owing and "教育部" not in owing and len(owing) == 11


def test_what_lies_behind_names_each_post_and_what_it_lacks():
    since_the_start()
    make.persona("liaison")
    line = line_of(CONTACTS, **H2)
    records = behind(make.actor("liaison"), ledger(), line)
    assert [(record.title, record.why_not) for record in records] == [
        ("牵头部门(处室)负责同志：空缺", "空缺"), ("主要工作人员：孙涛", "没有登记手机或邮箱"),
    ]  # fmt: skip


def test_each_period_asks_for_the_posts_of_its_scheme():
    since_the_start()
    changed(("contacts.posts", ["liaison"]), begins=date(2026, 7, 1))
    first, second = (line.sentence for line in lines(CONTACTS))
    assert "应确认牵头部门(处室)负责同志和主要工作人员名单" in first
    assert "应确认主要工作人员名单" in second
