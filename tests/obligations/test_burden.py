"""填报负担: what is asked of each unit is counted, shown to all, and compared with the year before."""

from datetime import date

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.agenda.planned import plan
from tests.obligations.build import PARTNER, SCHOOL, at, brief, handed_in, since_the_start, twin, under
from tests.scheme.writing import GONE
from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit import clock, memory
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.activities import actions as activities
from tizhi.pipeline.activities.kinds import KINDS
from tizhi.pipeline.agenda import actions as agenda
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.obligations.burden import Burden, burden, years
from tizhi.pipeline.obligations.counting import Amount
from tizhi.pipeline.obligations.demands import DEMANDS, PROPOSED, brief_fields
from tizhi.pipeline.scheme.models import Cluster
from tizhi.web.activities.forms import ActivityForm
from tizhi.web.activities.offer import Offer

pytestmark = pytest.mark.django_db

PAGE, EXCEL = reverse("obligations:burden"), reverse("obligations:burden-excel")
UNIVERSITIES, ASKED_FOR_CONTACTS = 8, 11
NEITHER = (
    ("obligation[quarterly-input]", GONE), ("contacts", GONE), ("obligation[contact-list]", GONE), ("reports", GONE),
    ("obligation[quarterly-report]", GONE),
)  # fmt: skip


def of_kind(code: str, unit: str | None = None, year: int = 2026, cluster: Cluster | None = None):
    """The row of one kind, of one unit or of all."""
    found = burden(cluster or make.bnu(), year)
    kind = next(one for one in DEMANDS if one.code == code)
    return found.by_kind([kind], make.unit(unit) if unit else None)[0]


def months(code: str, unit: str | None = None, **given) -> dict[int, int]:
    """How often that kind was asked, by month; months without any left out."""
    row = of_kind(code, unit, **given)
    return {month: amount.times for month, amount in enumerate(row.months, 1) if amount.times}


def form_of(kind: str) -> ActivityForm:
    """The form of that kind as a liaison has it."""
    return ActivityForm(QueryDict(f"kind={kind}"), offer=Offer(make.actor("liaison")))


# What a brief asks


@pytest.mark.parametrize("kind", KINDS)
def test_a_brief_is_counted_by_the_fields_of_the_real_form(kind):
    form, figures = form_of(kind), {figure.key for figure in KINDS[kind].figures}
    asked = {name for name, field in form.fields.items() if field.required or name in figures}
    # Who reports for one unit only is not even shown which.
    assert brief_fields(kind) == asked | {"unit"}


def test_what_counts_as_held_is_what_the_form_proposes():
    form = ActivityForm(offer=Offer(make.actor("liaison")))
    filled = {name for name in form.initial if form.initial[name]}
    # The area is proposed as soon as there is a title.
    assert filled | {"area"} == PROPOSED
    offer = Offer(make.actor("liaison"))
    assert offer.proposed_area("小学数学骨干教师研修班", KINDS["training"])


def test_a_brief_counts_in_the_month_it_was_entered_for_the_unit_that_entered_it():
    since_the_start()
    brief(date(2026, 10, 30), created_at=at(date(2026, 11, 2)))
    brief(date(2026, 3, 5))
    brief(
        date(2026, 3, 6), of=SCHOOL, units=((SCHOOL, "host"),), kind="lecture", details={"sessions": 1, "audience": 90}
    )
    assert months("brief", PARTNER) == {3: 1, 11: 1}
    assert months("brief", SCHOOL) == {3: 1}
    held = of_kind("brief", SCHOOL).total
    assert held == Amount(1, len(brief_fields("lecture")), len(PROPOSED))
    assert held.typed == len({"title", "place", "text", "sessions", "audience"})


def test_a_month_ends_at_midnight_in_beijing():
    since_the_start()
    brief(date(2026, 5, 1), created_at=at(date(2026, 4, 30), 23))
    brief(date(2026, 5, 1), created_at=at(date(2026, 5, 1), 0))
    assert months("brief") == {4: 1, 5: 1}


def test_what_was_put_away_and_what_is_another_clusters_does_not_count():
    since_the_start()
    other = twin()
    brief(date(2026, 3, 5), of="四川师范大学", state="draft", binned_at=at(date(2026, 3, 9)))
    brief(date(2026, 3, 5), cluster=other)
    assert months("brief") == {}
    assert months("brief", cluster=other) == {3: 1}


def test_a_brief_made_from_a_planned_item_brings_title_and_place_along():
    since_the_start()
    planned = plan(first_day=date(2026, 11, 20), last_day=date(2026, 11, 20))
    with clock.at(date(2026, 11, 22)):
        agenda.make_brief(make.actor("liaison"), planned)
        agenda.make_brief(make.actor("liaison"), planned)
    found = of_kind("brief", PARTNER).total
    assert (found.times, found.held) == (1, len(PROPOSED) + 2)


# What is asked by period


def test_an_input_is_asked_of_every_university_from_the_day_it_opens():
    since_the_start()
    assert months("input") == {3: UNIVERSITIES, 6: UNIVERSITIES, 9: UNIVERSITIES}
    assert of_kind("input", PARTNER).total == Amount(3, 3 * 6, 0)
    with clock.at(date(2026, 12, 20)):
        assert 12 not in months("input")
    with clock.at(date(2026, 12, 21)):
        assert months("input")[12] == UNIVERSITIES


def test_who_was_exempted_was_not_asked():
    since_the_start()
    entry = handed_in("2026Q3", date(2026, 9, 28), state="exempt")
    assert months("input", entry.unit.name) == {3: 1, 6: 1}


def test_contacts_are_asked_once_a_period_and_all_of_them_are_known():
    since_the_start()
    assert months("contacts") == {1: ASKED_FOR_CONTACTS, 7: ASKED_FOR_CONTACTS}
    found = of_kind("contacts", PARTNER).total
    assert found == Amount(2, 2 * 6, 2 * 6)
    assert found.typed == 0


def test_a_scheme_that_asks_for_neither_burdens_nobody_with_it():
    under(*NEITHER)
    assert months("input") == months("contacts") == {}


def test_what_is_asked_in_the_last_days_of_a_period_counts_from_the_day_the_platform_came():
    under(since=date(2025, 12, 30))
    with clock.at(date(2025, 12, 31)):
        assert [row.total.times for row in burden(make.bnu(), 2025).by_unit] == [2] * 8 + [1] * 3


# What was to be done again, and reminders


def test_each_return_by_the_office_is_one_more_request_without_new_fields():
    since_the_start()
    office, head = make.actor("secretariat"), make.actor("office-head")
    with clock.at(date(2026, 8, 4)):
        activities.return_to_unit(office, brief(date(2026, 8, 1), state="submitted"), note="请补照片")
        filings.return_input(office, handed_in("2026Q2", date(2026, 7, 2)), note="请写明偏差")
        activities.return_to_writer(head, brief(date(2026, 8, 1), state="approving"), note="先核对")
    assert months("return", PARTNER) == {8: 2}
    assert of_kind("return").total == Amount(2)


def test_reminders_stand_beside_the_sum_with_the_unit_of_who_was_told():
    cluster = since_the_start()
    person = make.persona("supported-school")
    held = make.appointment("supported-school").person
    before = burden(cluster, 2026).total.total
    with clock.at(date(2026, 6, 2)):
        for key, kind in (("a", "reminder"), ("b", "reminder"), ("c", "other")):
            tell([(Message(key, kind, "还有9天", cluster_id=cluster.pk), Recipient(held.pk, held.name, person.pk))])
    assert months("reminder", "青海师范大学") == {6: 2}
    assert months("reminder", PARTNER) == {}
    assert burden(cluster, 2026).total.total == before
    assert burden(cluster, 2026).reminded.total.times == 2


# The whole of it


def told(year: int = 2026) -> str:
    return burden(make.bnu(), year).sentence


def test_the_whole_is_the_sum_and_units_stand_in_the_schemes_order():
    since_the_start()
    brief(date(2026, 3, 5), of="四川师范大学"), brief(date(2026, 4, 5))
    found = burden(make.bnu(), 2026)
    assert sum((row.total for row in found.by_unit), Amount()) == found.total.total
    assert sum((row.total for row in found.by_kind(DEMANDS)), Amount()) == found.total.total
    order = [row.label for row in found.by_unit]
    assert order[:2] == ["北京师范大学", PARTNER] and len(order) == ASKED_FOR_CONTACTS
    assert "教育部" not in order


def test_the_sentence_says_how_often_how_much_and_what_is_left_to_type():
    since_the_start()
    fields = UNIVERSITIES * 3 * 6 + ASKED_FOR_CONTACTS * 2 * 6
    assert told() == (
        f"2026年1月1日至11月23日，平台向11个单位共提出46次填报要求，涉及{fields}栏，其中132栏（48%）平台已有、直接引用，"
        "需填写144栏。次数与2025年同期相同。"
    )
    brief(date(2026, 3, 5)), brief(date(2026, 3, 6))
    assert told().endswith("比2025年同期多2次。")


def test_the_year_before_is_compared_up_to_the_same_day():
    since_the_start()
    brief(date(2025, 11, 22), created_at=at(date(2025, 11, 23), 23))
    brief(date(2025, 11, 22), created_at=at(date(2025, 11, 24), 0))
    assert burden(make.bnu(), 2026).total.before.times == 46 + 1
    assert told().endswith("比2025年同期少1次。")
    assert months("brief", year=2025) == {11: 2}
    assert told(2025).startswith("2025年，平台向11个单位共提出56次填报要求")


def test_a_leap_day_is_compared_with_the_last_of_february():
    since_the_start()
    brief(date(2023, 2, 26), created_at=at(date(2023, 2, 28), 20))
    with clock.at(date(2024, 2, 29)):
        assert burden(make.bnu(), 2024).before.last == date(2023, 2, 28)
        assert of_kind("brief", year=2024).before.times == 1


def test_a_platform_that_came_late_counts_from_its_first_day_and_compares_with_nothing():
    cluster = make.bnu()  # on 23 November 2026
    assert years(cluster) == [2026]
    assert told().startswith("2026年11月23日，平台向11个单位共提出11次填报要求") and "同期" not in told()
    # The half-year runs, so its contacts are asked; the third quarter was over before.
    assert (months("contacts"), months("input")) == ({11: 11}, {})


def test_a_year_of_which_only_a_part_is_known_is_not_compared_with():
    under(since=date(2025, 5, 6))
    assert years(make.bnu()) == [2026, 2025]
    assert told().endswith("平台自2025年5月6日起记录，上年同期不完整，不作比较。")
    assert months("contacts", year=2025) == {5: 11, 7: 11}


def test_a_cluster_that_has_ended_is_asked_nothing_more():
    cluster = under(("cluster.ends", date(2026, 8, 31)))
    assert (months("input"), months("contacts")) == ({3: 8, 6: 8}, {1: 11})
    with clock.at(date(2027, 5, 1)):
        assert years(cluster)[0] == 2026


def cost() -> int:
    with memory.remembered(), CaptureQueriesContext(connection) as asked:
        found = burden(make.bnu(), 2026)
        assert isinstance(found, Burden) and found.sentence and found.by_unit and found.by_kind(DEMANDS) and found.pairs
    return len(asked)


def test_many_records_cost_as_many_queries_as_few():
    since_the_start()
    office = make.actor("secretariat")
    counts = []
    for count in (1, 12):
        for n in range(count):
            activities.return_to_unit(office, brief(date(2026, 8, 1 + n), state="submitted"), note="请补")
        cost()
        counts.append(cost())
    assert counts[0] == counts[1] <= 20


# The page


def test_every_colleague_sees_what_is_asked_of_every_unit(client):
    since_the_start()
    brief(date(2026, 3, 5))
    page = make.signed_in(client, "supported-school").get(PAGE).content.decode()
    assert "平台向11个单位共提出47次填报要求" in page
    assert PARTNER in page and "四川省教育厅" in page and "不计分、不排名" in page
    assert all(demand.how in page for demand in DEMANDS)


def test_a_unit_is_opened_by_kind(client):
    since_the_start()
    brief(date(2026, 3, 5))
    make.signed_in(client, "liaison")
    page = client.get(PAGE, {"year": 2026, "unit": make.unit(PARTNER).pk})
    assert f"各类：{PARTNER}" in page.content.decode()
    assert [row.total.times for row in page.context["kinds"]] == [3, 2, 1, 0]


def test_what_is_not_there_is_not_found(client):
    since_the_start()
    make.signed_in(client, "liaison")
    for given in ({"year": 2031}, {"year": 2021}, {"year": "x"}, {"unit": 10**9}, {"unit": "x"}):
        assert client.get(PAGE, given).status_code == 404
    make.second_cluster()
    assert client.get(PAGE, {"unit": make.unit("首都师范大学").pk}).status_code == 404


def test_another_year_is_asked_for_in_the_address_and_kept_by_the_tabs(client):
    since_the_start()
    page = make.signed_in(client, "liaison").get(PAGE, {"year": 2024}).content.decode()
    assert "2024年，平台向11个单位共提出54次填报要求" in page
    assert f"{reverse('obligations:board')}?year=2024" in page
    board = client.get(reverse("obligations:board"), {"year": 2024}).content.decode()
    assert f"{PAGE}?year=2024" in board


def test_where_nothing_was_asked_the_page_says_so(client):
    under(*NEITHER)
    page = make.signed_in(client, "liaison").get(PAGE).content.decode()
    assert "这一年平台没有向各单位提出填报要求" in page and "Excel" not in page


def test_the_sheet_holds_every_unit_month_and_kind(client):
    since_the_start()
    brief(date(2026, 3, 5))
    answer = make.signed_in(client, "expert").get(EXCEL, {"year": 2026})
    rows = [row.cells for row in read_sheet(answer.content)]
    assert {
        "单位": PARTNER, "类别": "动态", "年度": 2026, "月份": 3, "次数": 1, "栏目": 15, "平台已有": 7, "需填写": 8,
    } in rows  # fmt: skip
    assert sum(row["次数"] for row in rows) == 47
