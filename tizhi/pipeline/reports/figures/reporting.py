"""报送: how many activities, how many in time; who owed an input and handed it in [四(四)]."""

from __future__ import annotations

from ..facts import Input, Record
from .counting import activities, inputs, share


def _untimely(record: Record) -> str:
    return "" if record.is_in_time else "首次报送超过规定的工作日"


TOTAL = activities(
    "activities",
    "活动总数",
    "本期结束（以最后一天计）且已接收的活动，加上补报的以往活动；同一活动只计一次",
)
IN_TIME = activities("in-time", "及时报送数", "活动总数中，活动结束后在规定工作日内首次报送的", against=_untimely)
ACTIVITIES = (
    TOTAL,
    activities(
        "own", "本期活动数", "最后一天在本期之内的活动，不含补报", meant=lambda one: not one.is_late, subject="本期"
    ),
    activities(
        "late",
        "补报活动数",
        "以往各期报告印发以后才接收、此前未计入任何报告的活动",
        meant=lambda one: one.is_late,
        subject="补报",
    ),
    IN_TIME,
    share("in-time-share", "及时报送率", "及时报送数占活动总数的百分比，四舍五入保留一位小数", of=IN_TIME, among=TOTAL),
)


def _missing(entry: Input) -> str:
    return "" if entry.is_received else "尚未报送"


def _overdue(entry: Input) -> str:
    if not entry.is_received:
        return "尚未报送"
    return "" if entry.is_in_time else "首次报送超过期限"


def _exempt(entry: Input) -> str:
    return "" if entry.is_expected else f"免报：{entry.remark}"


def _is_owed(entry: Input) -> bool:
    return entry.is_expected


INPUTS = (
    inputs(
        "expected",
        "应报单位数",
        "按工作方案应报送本期季报材料的单位，免报的除外",
        meant=lambda one: True,
        against=_exempt,
    ),
    inputs(
        "received",
        "已报单位数",
        "应报单位中已报送并经本单位审签的，含报“本期无”的",
        meant=_is_owed,
        against=_missing,
    ),
    inputs("received-in-time", "及时报送单位数", "已报单位中首次报送未超过期限的", meant=_is_owed, against=_overdue),
    inputs(
        "nil",
        "本期无单位数",
        "已报单位中经审签声明“本期无”的",
        meant=lambda one: one.is_nil,
        against=_missing,
    ),
)
