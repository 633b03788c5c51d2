"""A small report as the cluster office sends it, and larger ones made of it."""

from dataclasses import replace
from datetime import date

from tizhi.base.documents.document import (
    Annex,
    Column,
    Document,
    Heading,
    Number,
    Table,
    count,
    paragraph,
    row,
)

PAIRS = Table(
    "各结对工作开展情况",
    (Column("帮扶院校", width=8), Column("重点支持院校", width=8), Column("活动（次）", "number", 4)),
    (
        row("北京师范大学", "青海师范大学", 12, records=(1, 2)),
        row("安徽师范大学", "阜阳师范大学", 1234, records=(3,)),
        row("合计", None, Number("1,246", "activities"), total=True),
    ),
    note="数据统计至2026年9月30日。",
)
LIST_COLUMNS = (
    Column("序号", "number", 2, "center"),
    Column("时间", "date", 7),
    Column("活动名称", width=17),
    Column("类别", width=4),
    Column("帮扶院校", width=6),
    Column("重点支持院校", width=7),
    Column("人数", "number", 3),
)


def activities(rows: int) -> Annex:
    """The list of activities, on lying pages."""
    lines = (
        row(number, "9月10日", "赴青海师范大学开展实地调研", "实地调研", "北京师范大学", "青海师范大学", 12)
        for number in range(1, rows + 1)
    )
    return Annex("工作信息清单", (Table("", LIST_COLUMNS, tuple(lines)),), landscape=True)


REPORT = Document(
    title=("关于北京师范大学组团", "2026年第三季度工作情况的报告"),
    kind="报告",
    issuer="北京师范大学组团办公室",
    addressee="教育部教师工作司",
    blocks=(
        Heading("总体情况"),
        paragraph("本季度组团共开展活动", count(1246, "activities", (1, 2, 3)), "次，详见表1。", records=(1, 2, 3)),
        PAIRS,
        Heading("重点工作"),
        Heading("人才队伍建设", 2),
        Heading("青年骨干教师培育", 3),
        Heading("选派专家", 4),
        paragraph("选派专家8人次。", records=(7,)),
        Heading("学科专业建设", 2),
        Heading("重点学科建设", 3),
    ),
    signature="北京师范大学组团办公室",
    dated=date(2026, 10, 12),
    annexes=(
        activities(3),
        Annex("指标完成情况", (Heading("指标说明"), paragraph("基线为2025年底数据。", records=(9,)))),
    ),
    attachments=("会议照片",),
    notes=("联系人：王老师",),
)


def with_activities(rows: int) -> Document:
    """The report with a list of so many activities."""
    return replace(REPORT, annexes=(activities(rows),))
