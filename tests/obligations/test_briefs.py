"""及时报送: a quarter without briefs is nil, one late brief loses it, all in time make it done [四(四)]."""

from datetime import date

import pytest

from tests.obligations.build import (
    SCHOOL,
    at,
    brief,
    changed,
    line_of,
    lines,
    score_of,
    since_the_start,
    state_of,
    under,
)
from tizhi.base.kit import clock
from tizhi.pipeline.activities.models import Activity

pytestmark = pytest.mark.django_db

BRIEFS = "timely-brief"
Q3, Q4 = {"period": "2026Q3"}, {"period": "2026Q4"}
# Friday 20 November: due on Friday 27. Friday 6 November: due on Friday 13.
OPEN, PAST = date(2026, 11, 20), date(2026, 11, 6)


def note(**given) -> str:
    return line_of(BRIEFS, **given).finding.note


def test_without_any_activity_a_quarter_is_nil_once_it_is_over_and_not_before():
    since_the_start()
    assert (state_of(BRIEFS, **Q3), note(**Q3)) == ("本期无", "没有动态")
    assert (state_of(BRIEFS, **Q4), note(**Q4)) == ("未到期", "尚无动态")
    with clock.at(date(2026, 12, 31)):
        assert state_of(BRIEFS, **Q4) == "临期"
    with clock.at(date(2027, 1, 1)):
        assert state_of(BRIEFS, **Q4) == "本期无"


def test_all_in_time_is_done_when_the_quarter_is_over():
    since_the_start()
    for day in (date(2026, 7, 10), date(2026, 8, 10), date(2026, 9, 30)):
        brief(day, sent_at=at(day))
    assert (state_of(BRIEFS, **Q3), score_of(BRIEFS, **Q3)) == ("已完成", (3, 3))


def test_while_the_quarter_runs_all_in_time_is_on_the_way():
    since_the_start()
    brief(PAST)
    assert (state_of(BRIEFS, **Q4), line_of(BRIEFS, **Q4).score) == ("未到期", "1/1")


def test_one_sent_late_makes_the_quarter_late_at_once():
    since_the_start()
    brief(PAST)
    brief(PAST, sent_at=at(date(2026, 11, 16)))
    assert (state_of(BRIEFS, **Q4), note(**Q4)) == ("逾期", "已知2条，及时1条，逾期报送1条")


def test_one_not_sent_by_its_day_makes_the_quarter_late_at_once():
    since_the_start()
    brief(PAST, state="draft")
    assert (state_of(BRIEFS, **Q4), note(**Q4)) == ("逾期", "已知1条，及时0条，逾期未报1条")


@pytest.mark.parametrize(
    ("sent", "word"), [(date(2026, 11, 13), "未到期"), (date(2026, 11, 14), "逾期")], ids=["last day", "day after"]
)
def test_the_last_day_is_in_time(sent, word):
    since_the_start()
    brief(PAST, sent_at=at(sent, 23))
    assert state_of(BRIEFS, **Q4) == word


def test_an_open_one_presses_by_its_own_day():
    since_the_start()
    brief(OPEN, state="draft")
    line = line_of(BRIEFS, **Q4)
    assert (line.state.word, line.finding.next_due, line.due) == ("临期", date(2026, 11, 27), date(2027, 1, 7))


def test_drafts_are_known_and_those_in_the_recycle_bin_are_not():
    since_the_start()
    brief(OPEN, state="draft")
    brief(PAST, state="draft", binned_at=at(date(2026, 11, 9)))
    assert note(**Q4) == "已知1条，及时0条，待报送1条"


def test_what_has_not_ended_yet_is_not_known():
    since_the_start()
    brief(date(2026, 11, 25), state="draft", first_day=date(2026, 11, 23), created_at=at(date(2026, 11, 23)))
    assert note(**Q4) == "尚无动态"


def test_a_brief_returned_and_sent_again_keeps_its_first_time():
    since_the_start()
    brief(PAST, state="returned", sent_at=at(date(2026, 11, 9)))
    brief(PAST, sent_at=at(date(2026, 11, 9)), submitted_at=at(date(2026, 11, 20)))
    assert note(**Q4) == "已知2条，及时2条"


def test_an_activity_belongs_to_the_quarter_its_last_day_lies_in_and_to_who_reports_it():
    since_the_start()
    brief(date(2026, 10, 2), first_day=date(2026, 9, 29), units=((SCHOOL, "host"),))
    assert (note(**Q3), note(**Q4)) == ("没有动态", "已知1条，及时1条")
    assert line_of(BRIEFS, SCHOOL, **Q4).finding.note == "尚无动态"


def test_the_quarter_ends_but_its_last_brief_still_has_its_days():
    since_the_start()
    with clock.at(date(2026, 10, 8)):
        brief(date(2026, 9, 29), state="draft")
        assert (state_of(BRIEFS, **Q3), line_of(BRIEFS, **Q3).due) == ("临期", date(2026, 10, 13))
    Activity.objects.update(state="submitted", sent_at=at(date(2026, 10, 9)))
    assert state_of(BRIEFS, **Q3) == "已完成"


# A share below all


SHARE = (f"obligation[{BRIEFS}].evidence", {"kind": "timely-briefs", "share": 0.9})


def many(in_time: int, late: int, day: date = PAST) -> None:
    for _ in range(in_time):
        brief(day)
    for _ in range(late):
        brief(day, sent_at=at(date(2026, 11, 20)))


@pytest.mark.parametrize(
    ("in_time", "late", "word"), [(9, 1, "已完成"), (8, 1, "逾期"), (18, 2, "已完成"), (19, 3, "逾期")]
)
def test_nine_tenths_in_time_are_enough(in_time, late, word):
    under(SHARE)
    many(in_time, late, date(2026, 9, 18))
    assert state_of(BRIEFS, **Q3) == word


def test_nine_of_ten_in_time_are_enough_though_the_tenth_has_days_left():
    under(SHARE)
    with clock.at(date(2026, 10, 8)):
        many(9, 0, date(2026, 9, 18))
        brief(date(2026, 9, 30), state="draft")
        assert state_of(BRIEFS, **Q3) == "已完成"


def test_a_share_is_not_lost_while_the_quarter_can_still_bring_more():
    under(SHARE)
    many(1, 1)
    assert (state_of(BRIEFS, **Q4), score_of(BRIEFS, **Q4)) == ("未到期", (1, 2))
    with clock.at(date(2027, 1, 1)):
        line = line_of(BRIEFS, **Q4)
        assert line.state.word == "逾期"
        assert line.sentence == (
            "四(四)：安徽师范大学2026年第四季度结束的动态应不低于90%的在结束后5个工作日内报送；"
            "已知2条，及时1条，逾期报送1条，及时的不足90%。"
        )


# The rule changes


def test_each_brief_keeps_to_the_limit_of_its_day():
    since_the_start()
    changed(("briefs.due_workdays", 10), begins=date(2026, 11, 9))
    brief(PAST, sent_at=at(date(2026, 11, 16)))  # five working days: late
    brief(date(2026, 11, 9), sent_at=at(date(2026, 11, 23)))  # ten: in time
    assert note(**Q4) == "已知2条，及时1条，逾期报送1条"


def test_every_university_owes_and_no_department():
    since_the_start()
    owing = {line.who.name for line in lines(BRIEFS, None, **Q4)}
    assert len(owing) == 8 and not any("教育" in name for name in owing)
