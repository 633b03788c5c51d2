"""Plans as universities write them in Word, each in another style, with where every heading belongs written by hand.

A gold heading is (level, words, section key or "" where it belongs nowhere).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

SECTIONS = (
    ("goals", "发展定位与目标"),
    ("diagnosis", "优势特色与短板(高原与洼地)"),
    ("needs", "重点需求"),
    ("talent", "人才队伍建设"),
    ("disciplines", "学科专业建设"),
    ("basic-education", "基础教育服务能力建设"),
    ("management", "学校管理与发展建设"),
    ("x", "特色项目"),
    ("schedule", "进度安排与责任分工"),
    ("support", "保障措施"),
)
BODY = (
    "学校坚持立德树人根本任务，立足区域基础教育需要，统筹推进各项工作，力争到2027年取得明显成效。",
    "依托结对帮扶机制，每年选派骨干教师不少于20人次，邀请专家来校指导，形成可持续的合作局面。",
    "建立台账，明确责任部门和完成时限，按季度通报进展，年底进行总结评估，并根据评估结果动态调整。",
)
Gold = tuple[int, str, str]


@dataclass
class Draft:
    """A Word file in the making."""

    file: docx.document.Document = field(default_factory=docx.Document)
    turn: int = 0

    def line(self, text, style=None, *, bold=None, size=None, font="", centre=False, outline=None, counted=None):
        """A paragraph; `counted` is (list, level) of a list that Word counts."""
        paragraph = self.file.add_paragraph(style=style)
        run = paragraph.add_run(text)
        run.bold = bold
        if size:
            run.font.size = Pt(size)
        if font:
            run.font.name = "Times New Roman"
            run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if centre:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if outline is not None:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(outline))
            paragraph._p.get_or_add_pPr().append(level)
        if counted is not None:
            numbered = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbered.get_or_add_numId().val, numbered.get_or_add_ilvl().val = counted
        return paragraph

    def text(self, times=1, **looks):
        """Running text."""
        for _ in range(times):
            self.line(BODY[self.turn % len(BODY)], **looks)
            self.turn += 1

    def table(self, rows=(("指标", "2025年", "2027年"), ("博士比例", "35%", "45%"))):
        """A table."""
        table = self.file.add_table(len(rows), len(rows[0]))
        for row, words in zip(table.rows, rows, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word

    def style(self, name, *, base="Normal", size=None, bold=None, font="", outline=None, identity=""):
        """A style of that name."""
        style = self.file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self.file.styles[base] if base else None
        if size:
            style.font.size = Pt(size)
        style.font.bold = bold
        if font:
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        if outline is not None:
            level = OxmlElement("w:outlineLvl")
            level.set(qn("w:val"), str(outline))
            style.element.get_or_add_pPr().append(level)
        return style

    def lists(self, identity, *levels):
        """A list that Word counts: (format, pattern) of each level."""
        body = "".join(
            f'<w:lvl w:ilvl="{nth}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            f'<w:lvlText w:val="{pattern}"/></w:lvl>'
            for nth, (shape, pattern) in enumerate(levels)
        )
        numbering = self.file.part.numbering_part.element
        numbering.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">{body}</w:abstractNum>')
        )
        numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
        )
        return identity

    def contents(self, *lines):
        """A table of contents as Word keeps it."""
        body = "".join(f"<w:p><w:r><w:t>{line}</w:t><w:tab/><w:t>3</w:t></w:r></w:p>" for line in lines)
        self.file.element.body.insert(
            len(self.file.element.body) - 1,
            parse_xml(
                f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
                f"</w:docPartObj></w:sdtPr><w:sdtContent>{body}</w:sdtContent></w:sdt>"
            ),
        )

    def saved(self):
        """The bytes."""
        written = BytesIO()
        self.file.save(written)
        return written.getvalue()


DRAFTS: dict[str, tuple[Callable[[Draft], None], tuple[Gold, ...]]] = {}
HELD_OUT: dict[str, tuple[Callable[[Draft], None], tuple[Gold, ...]]] = {}


def draft(*gold: Gold):
    """A plan that the reader was made with."""

    def kept(write):
        DRAFTS[write.__name__] = (write, gold)
        return write

    return kept


def held_out(*gold: Gold):
    """A plan written after the reader was finished, which it was never changed for."""

    def kept(write):
        HELD_OUT[write.__name__] = (write, gold)
        return write

    return kept


def made(name):
    """The bytes of that plan and its gold headings."""
    write, gold = {**DRAFTS, **HELD_OUT}[name]
    draft = Draft()
    write(draft)
    return draft.saved(), gold


@draft(
    (1, "学校发展定位和总体目标", "goals"),
    (2, "办学定位", "goals"),
    (2, "发展目标", "goals"),
    (1, "学校基础与存在问题", "diagnosis"),
    (2, "主要优势", "diagnosis"),
    (2, "突出短板", "diagnosis"),
    (1, "师资队伍建设", "talent"),
    (2, "青年骨干教师培育", "talent"),
    (1, "学科与专业建设", "disciplines"),
    (1, "提升服务基础教育能力", "basic-education"),
    (1, "提升学校治理水平", "management"),
    (1, "组织保障", "support"),
)
def headings_of_chinese_word(d):
    """标题 1 and 标题 2 with typed ordinals, as Word in Chinese."""
    d.line("示例师范大学提质计划（2022—2027年）", "Title")
    first, second = d.style("标题 1", size=16, font="黑体"), d.style("标题 2", size=16, font="楷体")
    d.text()
    d.line("一、学校发展定位和总体目标", first)
    d.line("（一）办学定位", second)
    d.text(2)
    d.line("（二）发展目标", second)
    d.text()
    d.line("二、学校基础与存在问题", first)
    d.line("（一）主要优势", second)
    d.text()
    d.line("1.学科基础扎实，特色鲜明，拥有省级重点学科3个。")
    d.line("（二）突出短板", second)
    d.text()
    d.line("三、师资队伍建设", first)
    d.line("（一）青年骨干教师培育", second)
    d.text()
    rest = ("学科与专业建设", "提升服务基础教育能力", "提升学校治理水平", "组织保障")
    for ordinal, text in zip("四五六七", rest, strict=True):
        d.line(f"{ordinal}、{text}", first)
        d.text(2)


@draft(
    (1, "指导思想", ""),
    (1, "发展目标", "goals"),
    (2, "总体目标", "goals"),
    (2, "具体指标", "goals"),
    (1, "现状分析", "diagnosis"),
    (1, "重点任务", ""),
    (2, "加强人才队伍建设", "talent"),
    (3, "引进高层次人才", "talent"),
    (3, "培养青年教师", "talent"),
    (2, "优化学科专业布局", "disciplines"),
    (2, "服务区域基础教育", "basic-education"),
    (2, "完善内部治理", "management"),
    (1, "实施步骤与责任分工", "schedule"),
    (1, "保障措施", "support"),
)
def typed_as_official_text(d):
    """A cover, a table of contents, and everything typed: 黑体 一、, 楷体 （一）, 1.."""
    d.line("示例师范学院", size=26, centre=True, bold=True)
    d.line("“一校一策”提质计划", size=26, centre=True, bold=True)
    d.line("二〇二六年十一月", size=16, centre=True)
    d.line("目　录", size=22, centre=True, bold=True)
    d.contents("一、指导思想", "二、发展目标")
    body = {"size": 16, "font": "仿宋_GB2312"}
    first, second = {"size": 16, "font": "黑体"}, {"size": 16, "font": "楷体_GB2312"}
    d.text(1, **body)
    d.line("一、指导思想", **first)
    d.text(2, **body)
    d.line("二、发展目标", **first)
    d.line("（一）总体目标", **second)
    d.text(1, **body)
    d.line("（二）具体指标", **second)
    d.line("1.建立健全教师发展机制，教师博士比例达到45%以上。", **body)
    d.line("2.建成省级以上一流专业8个，新增硕士点2个。", **body)
    d.table()
    d.line("三、现状分析", **first)
    d.text(2, **body)
    d.line("四、重点任务", **first)
    d.line("（一）加强人才队伍建设", **second)
    d.line("1.引进高层次人才", **body)
    d.text(1, **body)
    d.line("2.培养青年教师", **body)
    d.text(2, **body)
    for ordinal, text in zip("二三四", ("优化学科专业布局", "服务区域基础教育", "完善内部治理"), strict=True):
        d.line(f"（{ordinal}）{text}", **second)
        d.text(2, **body)
    d.line("五、实施步骤与责任分工", **first)
    d.text(1, **body)
    d.line("六、保障措施", **first)
    d.text(1, **body)
    d.line("示例师范学院", **body)
    d.line("2026年11月23日", **body)


@draft(
    (1, "办学定位与目标", "goals"),
    (1, "优势与特色", "diagnosis"),
    (1, "短板与不足", "diagnosis"),
    (1, "帮扶需求", "needs"),
    (1, "主要举措", ""),
    (2, "教师队伍提升工程", "talent"),
    (2, "学科建设提升工程", "disciplines"),
    (2, "基础教育服务提升工程", "basic-education"),
    (2, "管理能力提升工程", "management"),
    (2, "特色项目", "x"),
    (1, "时间安排", "schedule"),
    (1, "组织领导和经费保障", "support"),
)
def counted_by_word(d):
    """Ordinals are Word's own lists on plain bold paragraphs."""
    d.line("提质计划任务书", size=22, centre=True, bold=True)
    chinese = d.lists(41, ("chineseCounting", "%1、"), ("chineseCounting", "（%2）"))
    items = d.lists(42, ("decimal", "%1."), ("decimal", "（%2）"))
    for text in ("办学定位与目标", "优势与特色", "短板与不足", "帮扶需求", "主要举措"):
        d.line(text, counted=(chinese, 0), bold=True)
        d.text()
    for text in ("教师队伍提升工程", "学科建设提升工程", "基础教育服务提升工程", "管理能力提升工程", "特色项目"):
        d.line(text, counted=(chinese, 1), bold=True)
        d.line("选派专家", counted=(items, 0))
        d.line("接收访问学者", counted=(items, 0))
        d.line("共建课程", counted=(items, 0))
        d.text()
    for text in ("时间安排", "组织领导和经费保障"):
        d.line(text, counted=(chinese, 0), bold=True)
        d.text()


@draft(
    (1, "学校概况与现状", "diagnosis"),
    (2, "办学优势", "diagnosis"),
    (2, "面临的挑战", "diagnosis"),
    (1, "发展定位与建设目标", "goals"),
    (1, "建设任务", ""),
    (2, "人才引育", "talent"),
    (2, "学科专业", "disciplines"),
    (2, "中小学教师培训与教研支持", "basic-education"),
    (2, "现代大学制度", "management"),
    (1, "进度安排", "schedule"),
    (1, "条件保障", "support"),
)
def chapters_and_sections(d):
    """第一章, 第一节 in styles of the university's own."""
    d.style("章标题", size=18, bold=True, font="黑体")
    d.style("节标题", size=15, bold=True)
    d.line("示例大学师范教育协同提质五年规划", size=26, centre=True, bold=True)
    parts = (
        ("学校概况与现状", ("办学优势", "面临的挑战")),
        ("发展定位与建设目标", ()),
        ("建设任务", ("人才引育", "学科专业", "中小学教师培训与教研支持", "现代大学制度")),
        ("进度安排", ()),
        ("条件保障", ()),
    )
    for nth, (chapter, sections) in enumerate(parts):
        d.line(f"第{'一二三四五'[nth]}章　{chapter}", "章标题").alignment = WD_ALIGN_PARAGRAPH.CENTER
        d.text()
        for at, section in enumerate(sections):
            d.line(f"第{'一二三四'[at]}节　{section}", "节标题")
            d.text(2)
            d.line("（1）每年组织不少于2次专题研修；")
            d.line("（2）建设校级名师工作室5个；")
            d.table()


@draft(
    (1, "目标定位", "goals"),
    (2, "总体定位", "goals"),
    (2, "阶段目标", "goals"),
    (1, "问题诊断", "diagnosis"),
    (1, "需求分析", "needs"),
    (1, "人才队伍", "talent"),
    (2, "青年教师培养", "talent"),
    (3, "访学进修", "talent"),
    (3, "学历提升", "talent"),
    (1, "学科专业", "disciplines"),
    (1, "基础教育服务", "basic-education"),
    (1, "管理提升", "management"),
    (1, "个性化项目", "x"),
    (1, "任务分解与时间表", "schedule"),
    (1, "支持保障", "support"),
)
def decimal_outline(d):
    """1, 1.1, 1.1.1 in 一级标题, 二级标题, 三级标题."""
    for level, name in enumerate(("一级标题", "二级标题", "三级标题")):
        d.style(name, size=16 - level, bold=True)
    d.line("提质计划", "Title")
    d.line("1 目标定位", "一级标题")
    d.line("1.1 总体定位", "二级标题")
    d.text()
    d.line("1.2 阶段目标", "二级标题")
    d.text()
    d.line("2 问题诊断", "一级标题")
    d.text(2)
    d.line("3 需求分析", "一级标题")
    d.text()
    d.line("4 人才队伍", "一级标题")
    d.line("4.1 青年教师培养", "二级标题")
    d.line("4.1.1 访学进修", "三级标题")
    d.text()
    d.line("4.1.2 学历提升", "三级标题")
    d.text()
    rest = ("学科专业", "基础教育服务", "管理提升", "个性化项目", "任务分解与时间表", "支持保障")
    for nth, text in enumerate(rest, start=5):
        d.line(f"{nth} {text}", "一级标题")
        d.text()
        d.line("3.5亿元经费纳入学校年度预算安排，并由财务处牵头管理。")


@draft(
    (1, "学校定位与发展目标", "goals"),
    (1, "学校优势特色", "diagnosis"),
    (1, "学校薄弱环节", "diagnosis"),
    (1, "人才队伍建设任务", "talent"),
    (2, "高层次人才引进", "talent"),
    (2, "教师学历提升", "talent"),
    (1, "学科专业建设任务", "disciplines"),
    (2, "重点学科培育", "disciplines"),
    (2, "师范专业认证", "disciplines"),
    (1, "学校管理改革任务", "management"),
    (1, "保障机制", "support"),
)
def only_by_looks(d):
    """No ordinal and no style: centred bold lines, and bold lines at the left."""
    d.line("示例师范高等专科学校", size=22, centre=True, bold=True)
    d.line("协同提质实施方案", size=22, centre=True, bold=True)
    first, second = {"size": 16, "bold": True, "centre": True}, {"size": 14, "bold": True}
    d.line("学校定位与发展目标", **first)
    d.text(2, size=14)
    d.line("学校优势特色", **first)
    d.text(1, size=14)
    d.line("学校薄弱环节", **first)
    d.text(2, size=14)
    d.line("人才队伍建设任务", **first)
    d.line("高层次人才引进", **second)
    d.text(1, size=14)
    d.line("教师学历提升", **second)
    d.text(1, size=14)
    d.line("学科专业建设任务", **first)
    d.line("重点学科培育", **second)
    d.text(1, size=14)
    d.line("表1  重点学科一览表", size=12, bold=True, centre=True)
    d.table()
    d.line("师范专业认证", **second)
    d.text(1, size=14)
    d.line("主要指标：", size=14, bold=True)
    d.text(1, size=14)
    d.line("学校管理改革任务", **first)
    d.text(1, size=14)
    d.line("保障机制", **first)
    d.text(1, size=14)


@draft(
    (1, "工作目标", "goals"),
    (1, "基础与差距", "diagnosis"),
    (1, "工作任务", ""),
    (2, "实施教师素质提升行动", "talent"),
    (2, "实施学科专业提质行动", "disciplines"),
    (2, "实施基础教育服务行动", "basic-education"),
    (2, "实施管理能力提升行动", "management"),
    (1, "工作安排", "schedule"),
    (1, "工作保障", "support"),
    (1, "附件1", ""),
)
def lists_that_are_no_headings(d):
    """Bold 一、; typed contents; numbered sentences and items; an annex."""
    d.line("关于实施协同提质计划的工作方案", size=22, centre=True, font="方正小标宋简体")
    d.line("目录", centre=True, bold=True)
    for line in ("一、工作目标………………1", "二、基础与差距\t2", "三、工作任务........3"):
        d.line(line)
    d.text()
    d.line("一、工作目标", bold=True)
    d.text()
    d.line("二、基础与差距", bold=True)
    d.line("1.建立了教师发展中心，形成了校院两级联动的教师发展机制，取得较好成效。")
    d.line("2.建设了一批省级一流专业，但学科交叉融合不够，服务地方能力有待加强。")
    d.line("三、工作任务", bold=True)
    actions = ("教师素质提升", "学科专业提质", "基础教育服务", "管理能力提升")
    for nth, action in enumerate(actions):
        d.line(f"（{'一二三四'[nth]}）实施{action}行动", bold=True)
        d.text()
        d.line("1.选派骨干教师")
        d.line("2.接收访问学者")
        d.line("3.共建教学资源")
    d.line("（五）其他工作按照学校年度工作要点执行，由各部门分别落实。")
    d.line("四、工作安排", bold=True)
    d.text()
    d.line("五、工作保障", bold=True)
    d.text()
    d.line("附件：1.任务分工表")
    d.line("附件1")
    d.line("任务分工表", centre=True)
    d.table()


@draft(
    (1, "定位与目标", "goals"),
    (1, "优势与短板", "diagnosis"),
    (2, "高原", "diagnosis"),
    (2, "洼地", "diagnosis"),
    (1, "重点需求", "needs"),
    (1, "人才队伍建设", "talent"),
    (2, "教师培养", "talent"),
    (2, "教师引进", "talent"),
    (1, "学科专业建设", "disciplines"),
    (1, "基础教育服务能力", "basic-education"),
    (1, "学校管理与发展", "management"),
    (1, "特色帮扶项目", "x"),
    (1, "责任分工", "schedule"),
    (1, "保障", "support"),
)
def made_with_wps(d):
    """Outline levels set by hand, full-width digits, a title styled as a heading."""
    d.line("示例师范大学提质计划", "Heading 1", centre=True)
    rest = ("定位与目标", "优势与短板", "重点需求", "人才队伍建设", "学科专业建设", "基础教育服务能力",
            "学校管理与发展", "特色帮扶项目", "责任分工", "保障")  # fmt: skip
    for nth, text in enumerate(rest, start=1):
        ordinal = "".join(chr(ord(sign) + 0xFEE0) for sign in str(nth))
        d.line(f"{ordinal}．{text}", outline=1, font="黑体", size=16)
        below = {"优势与短板": ("高原", "洼地"), "人才队伍建设": ("教师培养", "教师引进")}.get(text, ())
        for at, word in enumerate(below, start=1):
            d.line(f"（{chr(0xFF10 + at)}）{word}", outline=2, font="楷体", size=16)
            d.text(1, size=16)
        if not below:
            d.text(2, size=16)
