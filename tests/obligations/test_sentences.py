"""说明: each line tells its rule, how far it is and by when in a sentence; what the cluster chose says so [I1]."""

from datetime import date

import pytest

from tests import make
from tests.obligations.build import (
    LEAD,
    OTHER_SCHOOL,
    PARTNER,
    STUDY,
    VISIT,
    at,
    brief,
    handed_in,
    holder,
    line_of,
    lines,
    rule,
    since_the_start,
    under,
    visit,
)
from tizhi.base.kit import clock
from tizhi.pipeline.filings import actions as filings
from tizhi.pipeline.filings.models import ContactsConfirmation
from tizhi.pipeline.obligations import sentences
from tizhi.pipeline.obligations.finding import Excuse, Finding
from tizhi.pipeline.obligations.rules import State
from tizhi.pipeline.scheme.queries import in_force

pytestmark = pytest.mark.django_db

INPUT, BRIEFS, REPORT, CONTACTS = "quarterly-input", "timely-brief", "quarterly-report", "contact-list"
TODAY = date(2026, 11, 23)


def said(rule: str, who: str = PARTNER, **given) -> str:
    return line_of(rule, who, **given).sentence


def test_a_visit():
    since_the_start()
    assert said(VISIT) == "四(五)2：安徽师范大学分管校领导2026年应至少1次实地调研阜阳师范大学；已完成0次，还剩38天。"
    visit(date(2026, 5, 20))
    assert said(VISIT) == "四(五)2：安徽师范大学分管校领导2026年应至少1次实地调研阜阳师范大学；已完成1次。"
    assert said("lead-leader-visit", LEAD) == (
        "四(五)2：北京师范大学分管校领导2026年应至少1次实地调研组团内一所重点支持院校；已完成0次，还剩38天。"
    )


def test_a_study_in_either_mode():
    since_the_start()
    assert said(STUDY, period="2026H2") == (
        "四(五)2：安徽师范大学2026年下半年应至少1次对阜阳师范大学开展实施阶段调研（线上、线下均可）；已完成0次，还剩38天。"
    )


def test_briefs():
    since_the_start()
    assert said(BRIEFS, period="2026Q4").endswith("尚无动态，还剩45天（暂按周一至周五计算）。")
    assert said(BRIEFS, period="2026Q1").endswith("；没有动态，本期无。")
    brief(date(2026, 10, 16))
    brief(date(2026, 10, 23), sent_at=at(date(2026, 11, 2)))
    brief(date(2026, 10, 30), state="draft")
    brief(date(2026, 11, 20), state="draft", created_at=at(TODAY))
    assert said(BRIEFS, period="2026Q4") == (
        "四(四)：安徽师范大学2026年第四季度结束的动态应全部在结束后5个工作日内报送；"
        "已知4条，及时1条，逾期报送1条，逾期未报1条，待报送1条，未能全部及时。"
    )


def test_an_input():
    since_the_start()
    duty = "本组团约定：安徽师范大学应报送2026年第三季度材料（亮点、问题、建议和下季度安排）；"
    assert said(INPUT, period="2026Q3") == f"{duty}尚未报送，已逾期41天。"
    entry = handed_in("2026Q3", date(2026, 10, 15))
    assert said(INPUT, period="2026Q3") == f"{duty}2026年10月15日报送，逾期2天。"
    entry.state = "exempt"
    entry.exempt_words, entry.exempt_reason = "王敏（大组团办公室主任）", "暑期搬迁"
    entry.save()
    assert said(INPUT, period="2026Q3") == f"{duty}免报，已由王敏（大组团办公室主任）免除：暑期搬迁。"


def test_a_report():
    since_the_start()
    duty, office = "四(四)：大组团办公室应将2026年第三季度工作开展情况汇总报送教育部；", "大组团办公室"
    assert said(REPORT, office, period="2026Q3") == f"{duty}尚未印发，已逾期34天。"
    actor = make.actor("secretariat")
    row = filings.note_issue(actor, make.bnu(), period="2026Q3", number="1号", issued_on=date(2026, 10, 16))
    assert said(REPORT, office, period="2026Q3") == f"{duty}2026年10月16日印发，尚未登记报送，已逾期34天。"
    filings.record_sending(actor, row, sent_on=date(2026, 10, 19))
    assert said(REPORT, office, period="2026Q3") == f"{duty}2026年10月19日报送。"


def test_bodies():
    since_the_start()
    assert said("bodies", LEAD) == (
        "四(一)：北京师范大学应组建领导小组、大组团办公室、专家委员会；已组建0个，已逾期1607天。"
    )
    make.persona("pair-office")
    assert said("pair-office") == "四(一)：安徽师范大学应组建小组团办公室；已组建1个（2022年4月1日组建）。"
    assert said("project-group", "安徽师范大学小组团办公室") == (
        "四(一)：安徽师范大学小组团办公室应组建不少于1个项目组；已组建0个，已逾期1423天。"
    )


def test_contacts():
    since_the_start()
    duty = "四(三)：安徽师范大学2026年下半年应确认牵头部门(处室)负责同志和主要工作人员名单；"
    assert said(CONTACTS, period="2026H2") == f"{duty}尚未确认，还剩38天。"
    ContactsConfirmation.objects.create(
        cluster=make.bnu(),
        unit=make.unit(PARTNER),
        period="2026H2",
        words="孙涛（安徽师范大学主要工作人员）",
        at=clock.now(),
    )
    assert said(CONTACTS, period="2026H2") == f"{duty}已由孙涛（安徽师范大学主要工作人员）2026年11月23日确认。"


def test_what_has_no_place_in_the_platform_yet():
    since_the_start()
    assert said("individual-project") == (
        "三：安徽师范大学应落实“设计个性化帮扶项目(X)”，对象为阜阳师范大学，期限2023年3月31日。"
        "平台尚不能查得其依据（设立项目，属于何重点内容：特色项目），待启用后计算。"
    )


def test_an_excused_line_names_who_decided_and_why():
    since_the_start()
    line = line_of(VISIT)
    found = Finding(excused=Excuse("王敏（大组团办公室主任）", "学校合并", TODAY))
    told = sentences.sentence(line.instance, line.measure, found, State.WAIVED, TODAY)
    assert told.endswith("已完成0次，已由王敏（大组团办公室主任）免除：学校合并。")


def test_the_last_day_and_the_days_after():
    assert [sentences.left(TODAY, day) for day in (date(2026, 11, 20), TODAY, date(2026, 11, 25))] == [
        "还剩3天", "今天到期", "已逾期2天",
    ]  # fmt: skip


# What the cluster set for itself


@pytest.mark.parametrize(
    ("id", "told"),
    [
        (VISIT, ""),
        ("lead-leader-visit", "计入办法为本组团约定"),
        (STUDY, "周期、次数为本组团约定"),
        (BRIEFS, "依据、期限为本组团约定"),
        (INPUT, "本组团约定的事项"),
        (REPORT, "期限为本组团约定"),
        (CONTACTS, "周期为本组团约定"),
    ],
)
def test_what_the_cluster_chose_says_so(id, told):
    scheme = in_force(since_the_start(), TODAY)
    assert sentences.chosen(scheme.obligation(id)) == told


def test_a_rule_without_a_clause_is_the_clusters_own():
    under(("obligation[+]", rule("own")))
    line = line_of("own")
    assert sentences.clause(line.rule) == "本组团约定"
    assert sentences.chosen(line.rule) == "本组团约定的事项"
    assert line.sentence == "本组团约定：安徽师范大学2026年应至少1次开展培训（线上、线下均可）；已完成0次，还剩38天。"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"every": "year"}, "每年"),
        ({"every": "half-year", "count": 2}, "每半年2次"),
        ({"every": "quarter"}, "每季度"),
        ({"once": True, "due": {"after": "start", "months": 3}}, "一次性"),
        ({"once": True, "count": 2, "due": {"after": "start", "months": 3}}, "2次"),
    ],
    ids=str,
)
def test_how_often(given, told):
    under(("obligation[+]", rule("own", **given)))
    assert sentences.often(lines("own")[0].rule) == told


def test_a_unit_is_told_under_the_name_it_bears_and_a_leader_by_his_post():
    since_the_start()
    holder("高远")
    line = line_of(VISIT, LEAD)
    assert (line.who.name, line.toward, line.span) == (LEAD, OTHER_SCHOOL, "2026年")
