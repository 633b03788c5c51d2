"""The yearly notice, pasted as it is printed."""

from datetime import date

import pytest

from tizhi.pipeline.calendar.notice import read
from tizhi.pipeline.calendar.rules import Workdays

NOTICE_2026 = """
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
"""


def test_the_printed_notice_gives_the_calendar_that_is_built_in():
    reading = read(NOTICE_2026, 2026)
    assert reading.faults == []
    entered = Workdays({mark.day: mark for mark in reading.marks})
    built_in = Workdays()
    days = [date.fromordinal(number) for number in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    # The weekdays alone and the notice's marks give, day for day, what the built-in calendar knows.
    assert [entered.is_workday(day) for day in days] == [built_in.is_workday(day) for day in days]
    names = {mark.day: mark.name for mark in reading.marks}
    assert names[date(2026, 2, 17)] == "春节"
    assert names[date(2026, 2, 28)] == "春节调休"
    assert len(reading.marks) == 39


def test_a_table_is_read_line_by_line():
    text = "2027-01-01\t休息\t元旦\n2027年2月6日 休息 春节\n2027/2/20，上班，春节调休\n3月1日 放假"
    marks = read(text, 2027).marks
    assert [(mark.day, mark.is_workday, mark.name) for mark in marks] == [
        (date(2027, 1, 1), False, "元旦"),
        (date(2027, 2, 6), False, "春节"),
        (date(2027, 2, 20), True, "春节调休"),
        (date(2027, 3, 1), False, ""),
    ]


def test_a_span_may_cross_the_turn_of_the_year():
    marks = read("元旦：2026年12月31日至2027年1月2日放假，共3天。", 2027).marks
    assert [mark.day for mark in marks] == [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("元旦：1月1日（周四）放假。", "写作周四，实为周五，请核对年份"),  # last year's notice
        ("2月30日 休息", "没有2027年2月30日这一天"),
        ("5月1日 劳动节", "没有写明上班还是休息"),
        ("5月5日至5月1日放假", "前后颠倒"),
    ],
)
def test_a_line_that_cannot_be_right_is_told_with_its_number(line, told):
    reading = read(f"\n{line}\n1月2日 休息", 2027)
    assert len(reading.faults) == 1
    assert reading.faults[0].startswith("第2行：") and told in reading.faults[0]
    assert [mark.day for mark in reading.marks] == [date(2027, 1, 2)]
