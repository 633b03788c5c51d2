"""行文用语: what the reader sees of dates and numbers."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tizhi.base.kit import words

NOV_19 = date(2026, 11, 19)


def test_a_day_is_written_in_full_unless_its_year_is_understood():
    assert words.day(date(2026, 1, 5)) == "2026年1月5日"
    assert words.day(date(2026, 1, 5), within=2026) == "1月5日"
    assert words.day(date(2025, 1, 5), within=2026) == "2025年1月5日"


def test_month_and_moment():
    assert words.month(NOV_19) == "2026年11月"
    assert words.moment(datetime(2026, 11, 23, 9, 5)) == "2026年11月23日 09:05"


@pytest.mark.parametrize(
    ("first", "last", "within", "expected"),
    [
        (NOV_19, NOV_19, None, "2026年11月19日"),
        (NOV_19, date(2026, 11, 21), None, "2026年11月19日至21日"),
        (NOV_19, date(2026, 11, 21), 2026, "11月19日至21日"),
        (date(2026, 11, 30), date(2026, 12, 2), None, "2026年11月30日至12月2日"),
        (date(2026, 11, 30), date(2026, 12, 2), 2026, "11月30日至12月2日"),
        (date(2026, 12, 30), date(2027, 1, 2), None, "2026年12月30日至2027年1月2日"),
        (date(2026, 12, 30), date(2027, 1, 2), 2026, "12月30日至2027年1月2日"),
        (date(2026, 12, 30), date(2027, 1, 2), 2027, "2026年12月30日至2027年1月2日"),
        (date(2025, 11, 19), date(2026, 11, 21), None, "2025年11月19日至2026年11月21日"),
        (NOV_19, None, None, "2026年11月19日起"),
    ],
)
def test_spans(first, last, within, expected):
    assert words.span(first, last, within) == expected


def test_a_span_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before"):
        words.span(NOV_19, date(2026, 11, 18))


def test_quarters_and_half_years():
    assert [words.quarter(2026, n) for n in (1, 2, 3, 4)] == [
        "2026年第一季度",
        "2026年第二季度",
        "2026年第三季度",
        "2026年第四季度",
    ]
    assert words.half_year(2026, 1) == "2026年上半年"
    assert words.half_year(2026, 2) == "2026年下半年"
    with pytest.raises(ValueError, match="quarters"):
        words.quarter(2026, 5)


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (date(2026, 11, 26), "还有3天"),
        (date(2026, 11, 24), "还有1天"),
        (date(2026, 11, 23), "今天到期"),
        (date(2026, 11, 21), "已逾期2天"),
        (date(2027, 2, 23), "还有92天"),
    ],
)
def test_distance(due, expected):
    assert words.distance(due, date(2026, 11, 23)) == expected
    assert words.deadline(due, date(2026, 11, 23)) == f"{words.day(due)}（{expected}）"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (10, "十"),
        (11, "十一"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (99, "九十九"),
        (100, "一百"),
        (105, "一百零五"),
        (110, "一百一十"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (9999, "九千九百九十九"),
    ],
)
def test_chinese_numerals(value, expected):
    assert words.numeral(value) == expected


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_no_two_numbers_share_a_numeral(one, other):
    assert (words.numeral(one) == words.numeral(other)) == (one == other)


@pytest.mark.parametrize("value", [-1, 10000])
def test_numerals_outside_their_range_are_refused(value):
    with pytest.raises(ValueError, match="0–9999"):
        words.numeral(value)


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (7, None, "7"),
        (12345, None, "12,345"),
        (-1234567, None, "-1,234,567"),
        (1234.5, None, "1,234.5"),
        (1e21, None, "1,000,000,000,000,000,000,000"),
        (Decimal("390.00"), None, "390.00"),
        (2.5, 0, "3"),
        (0.125, 2, "0.13"),
        (3, 1, "3.0"),
    ],
)
def test_numbers_are_grouped_and_rounded_half_up(value, places, expected):
    assert words.number(value, places) == expected


def test_percent():
    assert words.percent(0.368) == "36.8%"
    assert words.percent(Fraction(1, 3)) == "33.3%"
    assert words.percent(Decimal("0.125"), 0) == "13%"
    assert words.percent(1, 0) == "100%"


def test_a_long_list_of_names_ends_in_a_count():
    schools = ["青海师范大学", "阜阳师范大学", "阿坝师范学院"]
    assert words.listing(schools) == "青海师范大学、阜阳师范大学、阿坝师范学院"
    assert words.listing(schools, most=3) == "青海师范大学、阜阳师范大学、阿坝师范学院"
    assert words.listing(schools, most=1, measure="所院校") == "青海师范大学等3所院校"
    assert words.listing([]) == ""


def test_a_quotation_within_a_quotation_takes_single_marks():
    assert words.quoted("“国培”项目启动会") == "“‘国培’项目启动会”"
    assert words.quoted("工作例会") == "“工作例会”"
