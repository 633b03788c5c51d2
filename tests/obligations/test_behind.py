"""依据: what was looked at for a line – what counts, and of everything else why it does not."""

from datetime import date

import pytest
from django.urls import reverse

from tests import make
from tests.obligations.build import (
    LEAD,
    LEAD_VISIT,
    OTHER_SCHOOL,
    PARTNER,
    SCHOOL,
    STUDY,
    VISIT,
    at,
    brief,
    handed_in,
    holder,
    ledger,
    line_of,
    since_the_start,
    visit,
)
from tizhi.pipeline.activities.models import ActivityLeader
from tizhi.pipeline.obligations import queries

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 20)


def behind(rule: str = VISIT, who: str = PARTNER, reader: str = "secretariat", as_of: date | None = None, **given):
    """Title and reason of everything looked at."""
    whole = ledger(as_of=as_of)
    line = line_of(rule, who, as_of=as_of, **given)
    return [(record.title, record.why_not) for record in queries.behind(make.actor(reader), whole, line)]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({}, ""),
        ({"mode": "online"}, "线上方式"),
        ({"mode": "both"}, "线上线下结合方式"),
        ({"state": "submitted"}, "待接收，接收后计入"),
        ({"state": "returned"}, "已退回，接收后计入"),
        ({"units": ((PARTNER, "host"), (SCHOOL, "visitor"))}, "不在受访院校，承办单位不是该校"),
    ],
    ids=str,
)
def test_each_visit_says_why_it_does_not_count(given, why):
    since_the_start()
    visit(MAY, title="调研", **given)
    assert behind() == [("调研", why)]


def test_another_leader_is_named():
    since_the_start()
    visit(MAY, title="书记调研", who=holder("吴桐", post="party-secretary"))
    visit(MAY, title="无人", who=[])
    words = visit(MAY, title="另写姓名", who=[])
    ActivityLeader.objects.create(activity=words, name="高远", post_words="副校长")
    assert behind() == [
        ("书记调研", "到场者不是当日的安徽师范大学分管校领导（吴桐）"),
        ("无人", "到场者不是当日的安徽师范大学分管校领导（未填到场负责同志）"),
        ("另写姓名", "到场者不是当日的安徽师范大学分管校领导（高远 副校长）"),
    ]


def test_who_held_the_post_on_another_day_is_named_too():
    since_the_start()
    visit(MAY, title="卸任后", who=holder("高远", ends=date(2026, 4, 30)))
    assert behind() == [("卸任后", "到场者不是当日的安徽师范大学分管校领导（高远）")]


def test_a_study_of_another_round_says_so():
    since_the_start()
    visit(MAY, title="第一轮", stage="first")
    assert behind(STUDY, period="2026H1") == [("第一轮", "不是实施阶段调研")]


def test_a_visit_that_another_rule_has_used_says_so():
    since_the_start()
    visit(MAY, title="到青海", by=LEAD, to=OTHER_SCHOOL)
    assert behind(VISIT, LEAD) == [("到青海", "")]
    assert behind(LEAD_VISIT, LEAD) == [("到青海", "已计入另一事项，或本事项已够数")]


def test_what_counts_stands_first():
    since_the_start()
    visit(date(2026, 3, 10), title="线上", mode="online")
    visit(MAY, title="现场")
    assert [title for title, _ in behind()] == ["现场", "线上"]


def test_nothing_else_is_looked_at():
    since_the_start()
    brief(MAY, title="培训")
    visit(date(2025, 12, 31), title="去年")
    visit(MAY, title="别的学校", to=OTHER_SCHOOL)
    visit(MAY, title="草稿", state="draft")
    visit(MAY, title="回收站", state="returned", binned_at=at(MAY))
    assert behind() == []


def test_a_visit_whose_own_university_was_forgotten_is_shown_as_it_is_counted():
    since_the_start()
    visit(MAY, title="由学校报送", by=SCHOOL, who=holder("高远"), units=((SCHOOL, "host"),))
    assert behind() == [("由学校报送", "")]


def test_as_of_a_day_before_it_was_accepted_it_says_so():
    since_the_start()
    visit(MAY, title="调研", accepted_at=at(date(2026, 7, 1)))
    assert behind(as_of=date(2026, 6, 30)) == [("调研", "当日尚未接收（2026年7月1日接收）")]
    assert behind(as_of=date(2026, 7, 1)) == [("调研", "")]
    assert behind(as_of=date(2026, 5, 1)) == []


def test_only_what_the_reader_may_see_is_shown():
    since_the_start()
    visit(MAY, title="待接收", state="submitted")
    visit(MAY, title="已发布")
    assert behind(reader="liaison") == behind(reader="secretariat")
    assert [title for title, _ in behind(reader="supported-school")] == ["已发布"]


def test_behind_a_quarters_briefs_the_late_ones_stand_first():
    since_the_start()
    brief(date(2026, 11, 2), title="及时")
    brief(date(2026, 11, 3), title="晚报", sent_at=at(date(2026, 11, 20)))
    brief(date(2026, 11, 4), title="未报", state="draft", writer=make.appointment("liaison").person)
    brief(date(2026, 11, 20), title="还早", state="draft", writer=make.appointment("liaison").person)
    briefs = {"rule": "timely-brief", "period": "2026Q4", "reader": "liaison"}
    assert behind(**briefs) == [
        ("晚报", "逾期10天报送"), ("未报", "未报送，已逾期12天"), ("还早", "未报送，还有4天"), ("及时", ""),
    ]  # fmt: skip
    assert behind(**briefs, as_of=date(2026, 11, 10)) == [
        ("晚报", "未报送，今天到期"), ("未报", "未报送，还有1天"), ("及时", ""),
    ]  # fmt: skip


def test_an_input_is_shown_to_who_reads_its_unit():
    since_the_start()
    handed_in("2026Q3", date(2026, 10, 9))
    shown = ("安徽师范大学2026年第三季度材料", "")
    given = {"rule": "quarterly-input", "period": "2026Q3"}
    assert behind(**given, reader="liaison") == [shown]
    assert behind(**given, reader="supported-school") == []
    assert behind("quarterly-input", "西北师范大学", period="2026Q3") == [
        ("西北师范大学2026年第三季度材料", "尚未填写")
    ]


def test_every_line_has_a_way_to_say_how_it_counts_and_a_place_that_exists():
    since_the_start()
    make.persona("pair-office")
    for line in ledger().lines:
        if line.measure is None:
            continue
        assert all(line.measure.how(line.instance))
        if place := line.measure.place(line.instance):
            assert reverse(place.url_name, args=place.url_args)


def test_every_record_has_a_page_that_exists():
    since_the_start()
    visit(MAY)
    handed_in("2026Q3", date(2026, 10, 9))
    make.persona("pair-office")
    actor, whole = make.actor("secretariat"), ledger()
    records = [record for line in whole.lines for record in queries.behind(actor, whole, line)]
    assert {record.url_name for record in records} >= {"activities:show", "filings:show", "cluster:body"}
    assert all(reverse(record.url_name, args=record.url_args) for record in records if record.url_name)
