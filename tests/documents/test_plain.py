"""纯文本: the whole text with its ordinals."""

from dataclasses import replace

from tests.documents.reports import REPORT
from tizhi.base.documents.document import Document, Figure, Head, Imprint, PageBreak, labelled, paragraph
from tizhi.base.documents.plain import write_plain

REPORT_TEXT = """\
关于北京师范大学组团2026年第三季度工作情况的报告
教育部教师工作司：
一、总体情况
本季度组团共开展活动1,246次，详见表1。
表1 各结对工作开展情况
帮扶院校\t重点支持院校\t活动（次）
北京师范大学\t青海师范大学\t12
安徽师范大学\t阜阳师范大学\t1,234
合计\t\t1,246
注：数据统计至2026年9月30日。
二、重点工作
（一）人才队伍建设
1.青年骨干教师培育
（1）选派专家
选派专家8人次。
（二）学科专业建设
1.重点学科建设
附件1：工作信息清单
附件2：指标完成情况
附件3：会议照片
北京师范大学组团办公室
2026年10月12日
（联系人：王老师）
附件1
工作信息清单
序号\t时间\t活动名称\t类别\t帮扶院校\t重点支持院校\t人数
1\t9月10日\t赴青海师范大学开展实地调研\t实地调研\t北京师范大学\t青海师范大学\t12
2\t9月10日\t赴青海师范大学开展实地调研\t实地调研\t北京师范大学\t青海师范大学\t12
3\t9月10日\t赴青海师范大学开展实地调研\t实地调研\t北京师范大学\t青海师范大学\t12
附件2
指标完成情况
一、指标说明
基线为2025年底数据。
"""


def test_a_report_as_plain_text():
    assert write_plain(REPORT) == REPORT_TEXT


def test_minutes_and_bulletins_as_plain_text():
    minutes = Document(
        title=(),
        number="第5号",
        head=Head("联席会议纪要", "组团办公室", "2026年9月12日"),
        blocks=(paragraph("议定事项如下："), Figure("a", "组团架构图"), PageBreak()),
        attendance=(labelled("出席", "张某"),),
        imprint=Imprint((("报", "教育部"),), "组团办公室", "2026年9月12日印发"),
    )
    assert write_plain(minutes).splitlines() == [
        "联席会议纪要",
        "第5号",
        "组团办公室\t2026年9月12日",
        "议定事项如下：",
        "图1 组团架构图",
        "出席：张某",
        "报：教育部",
        "组团办公室\t2026年9月12日印发",
    ]


def test_a_single_annex_has_no_number():
    assert "附件：工作信息清单\n" in write_plain(replace(REPORT, annexes=REPORT.annexes[:1], attachments=()))
