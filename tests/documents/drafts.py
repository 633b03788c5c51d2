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


@draft(
    (1, "发展基础", "diagnosis"),
    (2, "办学优势", "diagnosis"),
    (2, "存在的主要问题", "diagnosis"),
    (1, "总体思路与发展目标", "goals"),
    (2, "指导思想", "goals"),
    (2, "战略定位", "goals"),
    (2, "发展目标", "goals"),
    (1, "主要任务与举措", ""),
    (2, "打造高素质专业化师资队伍", "talent"),
    (2, "构建特色鲜明的学科专业体系", "disciplines"),
    (2, "增强服务地方基础教育的能力", "basic-education"),
    (2, "推进治理体系和治理能力现代化", "management"),
    (1, "组织实施", "schedule"),
    (2, "年度进度安排", "schedule"),
    (2, "任务分工", "schedule"),
    (1, "保障条件", "support"),
)
def parts_of_a_long_plan(d):
    """第一部分 in 黑体, centred; 一、 below it starting afresh; （一）-sentences as text."""
    d.line("示例民族师范学院", size=28, centre=True, font="方正小标宋简体")
    d.line("师范教育协同提质计划实施方案", size=28, centre=True, font="方正小标宋简体")
    d.line("（2022—2026年）", size=18, centre=True)
    d.line("编制单位：发展规划处", size=14, centre=True)
    body = {"size": 14, "font": "宋体"}
    parts = (
        ("发展基础", ("办学优势", "存在的主要问题")),
        ("总体思路与发展目标", ("指导思想", "战略定位", "发展目标")),
        ("主要任务与举措", ("打造高素质专业化师资队伍", "构建特色鲜明的学科专业体系", "增强服务地方基础教育的能力",
                     "推进治理体系和治理能力现代化")),
        ("组织实施", ("年度进度安排", "任务分工")),
        ("保障条件", ()),
    )  # fmt: skip
    for nth, (part, below) in enumerate(parts):
        d.line(f"第{'一二三四五'[nth]}部分 {part}", size=18, font="黑体", centre=True)
        d.text(1, **body)
        for at, text in enumerate(below):
            d.line(f"{'一二三四'[at]}、{text}", size=15, font="黑体")
            d.text(1, **body)
            d.line("（一）坚持需求导向。围绕区域教育发展实际需要，精准确定帮扶任务，避免形式主义。", **body)
            d.line("（二）坚持协同推进。帮扶院校与受援院校共同制定方案，共同组织实施，共享建设成果。", **body)
            d.text(1, **body)


@draft(
    (1, "学校办学定位", "goals"),
    (1, "建设目标", "goals"),
    (1, "优势特色学科与薄弱环节", "diagnosis"),
    (1, "学校重点需求清单", "needs"),
    (1, "师资建设计划", "talent"),
    (2, "“银龄教师”柔性引进", "talent"),
    (2, "骨干教师跟岗研修", "talent"),
    (1, "学科专业提升计划", "disciplines"),
    (2, "申硕学科培育", "disciplines"),
    (1, "基础教育服务计划", "basic-education"),
    (1, "管理服务提升计划", "management"),
    (1, "校本特色项目", "x"),
    (1, "计划进度表", "schedule"),
    (1, "政策与经费保障", "support"),
)
def styled_above_typed_below(d):
    """Word's Heading 1 without ordinals; below it （一） typed in bold; a table under most."""
    d.line("提质计划（送审稿）", "Title")
    d.contents("学校办学定位", "建设目标")
    below = {
        "师资建设计划": ("“银龄教师”柔性引进", "骨干教师跟岗研修"),
        "学科专业提升计划": ("申硕学科培育",),
    }
    for text in ("学校办学定位", "建设目标", "优势特色学科与薄弱环节", "学校重点需求清单", "师资建设计划",
                 "学科专业提升计划",
                 "基础教育服务计划", "管理服务提升计划", "校本特色项目", "计划进度表", "政策与经费保障"):  # fmt: skip
        d.line(text, "Heading 1")
        for at, word in enumerate(below.get(text, ())):
            d.line(f"（{'一二'[at]}）{word}", bold=True)
            d.text()
        d.text()
        d.line("表 2-1 建设指标", centre=True)
        d.table()


@draft(
    (1, "总体目标", "goals"),
    (1, "学校现状", "diagnosis"),
    (2, "特色优势", "diagnosis"),
    (2, "发展瓶颈", "diagnosis"),
    (1, "建设内容", ""),
    (2, "教师队伍", "talent"),
    (3, "数量与结构", "talent"),
    (3, "教学能力", "talent"),
    (2, "学科与专业", "disciplines"),
    (2, "服务基础教育", "basic-education"),
    (2, "内部管理", "management"),
    (2, "个性化帮扶", "x"),
    (1, "年度安排", "schedule"),
    (1, "保障体系", "support"),
)
def counted_decimals_in_styles(d):
    """Heading styles linked to a list that Word counts: 1, 1.1, 1.1.1; the body inside a content control."""
    listed = d.lists(51, ("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"))
    for level in range(3):
        properties = d.file.styles[f"Heading {level + 1}"].element.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_numId().val, numbered.get_or_add_ilvl().val = listed, level
    for level, text in (
        *((1, "总体目标"), (1, "学校现状"), (2, "特色优势"), (2, "发展瓶颈"), (1, "建设内容"), (2, "教师队伍")),
        *(
            (3, "数量与结构"),
            (3, "教学能力"),
            (2, "学科与专业"),
            (2, "服务基础教育"),
            (2, "内部管理"),
            (2, "个性化帮扶"),
        ),
        *((1, "年度安排"), (1, "保障体系")),
    ):
        d.line(text, f"Heading {level}")
        d.text()
        d.line("（1）完成年度建设任务并通过验收", None)
        d.line("（2）总结经验并形成案例", None)


@draft(
    (1, "发展愿景", "goals"),
    (1, "高原与洼地分析", "diagnosis"),
    (1, "迫切需求", "needs"),
    (1, "队伍建设", "talent"),
    (1, "学科发展", "disciplines"),
    (1, "专业建设", "disciplines"),
    (1, "基础教育质量监测与服务", "basic-education"),
    (1, "管理干部交流与能力提升", "management"),
    (1, "“X”项目", "x"),
    (1, "责任与进度", "schedule"),
    (1, "组织与制度保障", "support"),
)
def larger_lines_only(d):
    """One level: lines in larger 黑体, not bold, without ordinals; items with dots."""
    d.line("帮扶协作备忘录", size=24, centre=True)
    for text in ("发展愿景", "高原与洼地分析", "迫切需求", "队伍建设", "学科发展", "专业建设", "基础教育质量监测与服务",
                 "管理干部交流与能力提升", "“X”项目", "责任与进度", "组织与制度保障"):  # fmt: skip
        d.line(text, size=16, font="黑体")
        d.text(1, size=12)
        d.line("· 开展结对研修", size=12)
        d.line("· 共建在线课程", size=12)
        d.text(1, size=12)


@draft(
    (1, "工作基础", "diagnosis"),
    (1, "目标任务", "goals"),
    (1, "重点举措", ""),
    (2, "人才强校", "talent"),
    (3, "引进博士教师", "talent"),
    (3, "实施学历提升计划", "talent"),
    (2, "学科专业", "disciplines"),
    (3, "建强师范专业", "disciplines"),
    (3, "培育特色学科", "disciplines"),
    (2, "基础教育", "basic-education"),
    (2, "学校治理", "management"),
    (1, "推进步骤", "schedule"),
    (1, "保障机制", "support"),
    (1, "附件1：任务清单", ""),
    (1, "附件2：经费预算", ""),
)
def bold_and_run_in(d):
    """一、（一） typed without looks, 1. with run-in bold; annexes at the end."""
    d.line("某校2022—2025年提质工作方案", size=20, bold=True, centre=True)
    d.text()
    d.line("一、工作基础")
    d.text(2)
    d.line("二、目标任务")
    d.text()
    d.line("三、重点举措")
    for nth, (text, below) in enumerate(
        (("人才强校", ("引进博士教师", "实施学历提升计划")), ("学科专业", ("建强师范专业", "培育特色学科")),
         ("基础教育", ()), ("学校治理", ()))
    ):  # fmt: skip
        d.line(f"（{'一二三四'[nth]}）{text}")
        for at, word in enumerate(below, start=1):
            d.line(f"{at}.{word}")
            d.text()
        if not below:
            paragraph = d.line("1.建立协同机制。", bold=True)
            paragraph.add_run(BODY[0])
            paragraph = d.line("2.完善评价制度。", bold=True)
            paragraph.add_run(BODY[1])
    d.line("四、推进步骤")
    d.line("第一阶段（2022年）：启动实施，完成调研和方案制定。")
    d.line("第二阶段（2023—2024年）：全面推进，开展中期评估。")
    d.line("五、保障机制")
    d.text()
    d.line("附件1：任务清单")
    d.table()
    d.line("附件2：经费预算")
    d.table()


# Held out: written after the reader was finished; it was not changed for them.


@held_out(
    (1, "学校概况", "diagnosis"),
    (1, "发展目标与定位", "goals"),
    (2, "总体目标", "goals"),
    (2, "分年度目标", "goals"),
    (1, "优势特色", "diagnosis"),
    (1, "主要短板和弱项", "diagnosis"),
    (1, "对帮扶高校的需求", "needs"),
    (1, "提质举措", ""),
    (2, "人才队伍建设提质", "talent"),
    (2, "学科专业建设提质", "disciplines"),
    (2, "服务基础教育提质", "basic-education"),
    (2, "学校管理提质", "management"),
    (2, "特色项目建设", "x"),
    (1, "进度安排", "schedule"),
    (1, "保障措施", "support"),
    (1, "附件1", ""),
)
def sent_by_a_province(d):
    """A red-headed official text: everything 仿宋 but the headings; an annex with a table at the end."""
    d.line("某省教育厅文件", size=36, centre=True, font="方正小标宋简体")
    d.line("某教师〔2022〕18号", size=16, centre=True, font="仿宋")
    d.line("关于印发《某师范学院提质计划》的通知", size=22, centre=True, font="方正小标宋简体")
    body = {"size": 16, "font": "仿宋"}
    d.line("有关高等学校：", **body)
    d.text(1, **body)
    first, second = {"size": 16, "font": "黑体"}, {"size": 16, "font": "楷体"}
    for ordinal, text in zip("一二三四五六七八", (
        "学校概况", "发展目标与定位", "优势特色", "主要短板和弱项", "对帮扶高校的需求", "提质举措", "进度安排",
        "保障措施",
    ), strict=True):  # fmt: skip
        d.line(f"{ordinal}、{text}", **first)
        below = {
            "发展目标与定位": ("总体目标", "分年度目标"),
            "提质举措": ("人才队伍建设提质", "学科专业建设提质", "服务基础教育提质", "学校管理提质", "特色项目建设"),
        }.get(text, ())
        for at, word in zip("一二三四五", below, strict=False):
            d.line(f"（{at}）{word}", **second)
            d.line("1．加强统筹。建立校领导联系制度，每季度召开一次推进会，协调解决困难和问题。", **body)
            d.line("2．注重实效。坚持问题导向，把帮扶成果转化为学校的内生发展动力。", **body)
        if not below:
            d.text(2, **body)
    d.line("附件：任务清单", **body)
    d.line("某省教育厅", **body)
    d.line("2022年9月1日", **body)
    d.line("附件1", **first)
    d.line("任务清单", size=22, centre=True, font="方正小标宋简体")
    d.table()


@held_out(
    (1, "规划背景", ""),
    (2, "政策依据", ""),
    (2, "校情分析", "diagnosis"),
    (1, "定位目标", "goals"),
    (1, "重点需求", "needs"),
    (1, "建设任务", ""),
    (2, "建设高水平教师队伍", "talent"),
    (3, "引才", "talent"),
    (3, "育才", "talent"),
    (2, "打造优势学科专业", "disciplines"),
    (2, "助力基础教育发展", "basic-education"),
    (2, "提升管理效能", "management"),
    (1, "实施安排", "schedule"),
    (1, "保障机制", "support"),
)
def headings_of_english_word(d):
    """Heading 1–3 with typed 第一章 and 1.1; bold lead-ins and captions in the text."""
    d.line("某师专“十四五”协同提质规划", "Title")
    d.line("2022年6月", "Subtitle")
    for level, text in (
        *(
            (1, "第一章 规划背景"),
            (2, "1.1 政策依据"),
            (2, "1.2 校情分析"),
            (1, "第二章 定位目标"),
            (1, "第三章 重点需求"),
        ),
        *((1, "第四章 建设任务"), (2, "4.1 建设高水平教师队伍"), (3, "4.1.1 引才"), (3, "4.1.2 育才")),
        *((2, "4.2 打造优势学科专业"), (2, "4.3 助力基础教育发展"), (2, "4.4 提升管理效能")),
        *((1, "第五章 实施安排"), (1, "第六章 保障机制")),
    ):
        d.line(text, f"Heading {level}")
        d.line("责任部门：", bold=True)
        d.text()
        d.line("图1 结构示意", bold=True, centre=True)
        d.text()


@held_out(
    (1, "我们的定位", "goals"),
    (1, "我们的优势", "diagnosis"),
    (1, "我们的不足", "diagnosis"),
    (1, "我们的需求", "needs"),
    (1, "师资提升", "talent"),
    (2, "博士引进", "talent"),
    (2, "名师培育", "talent"),
    (1, "专业提升", "disciplines"),
    (2, "专业认证", "disciplines"),
    (2, "课程建设", "disciplines"),
    (1, "基教服务", "basic-education"),
    (1, "治理提升", "management"),
    (1, "分工与进度", "schedule"),
    (1, "经费保障", "support"),
)
def two_looks_without_ordinals(d):
    """Larger bold lines and 楷体 bold lines, no styles; a one-off bold remark that is no heading."""
    d.line("提质计划简表", size=20, bold=True, centre=True)
    body = {"size": 12}
    below = {"师资提升": ("博士引进", "名师培育"), "专业提升": ("专业认证", "课程建设")}
    for text in ("我们的定位", "我们的优势", "我们的不足", "我们的需求", "师资提升", "专业提升", "基教服务", "治理提升",
                 "分工与进度", "经费保障"):  # fmt: skip
        d.line(text, size=15, bold=True)
        for word in below.get(text, ()):
            d.line(word, size=12, bold=True, font="楷体")
            d.text(1, **body)
        d.text(1, **body)
        if text == "治理提升":
            d.line("以上任务由校办牵头落实。", size=12, bold=True)


@held_out(
    (1, "目标与定位", "goals"),
    (1, "诊断", "diagnosis"),
    (2, "学校优势", "diagnosis"),
    (2, "学校短板", "diagnosis"),
    (1, "需求清单", "needs"),
    (1, "队伍", "talent"),
    (2, "干部教师交流", "talent"),
    (2, "学历层次提升", "talent"),
    (1, "学科", "disciplines"),
    (1, "基础教育", "basic-education"),
    (1, "管理", "management"),
    (1, "特色", "x"),
    (1, "时间进度", "schedule"),
    (1, "保障", "support"),
)
def short_words_in_a_list(d):
    """Very short headings, counted by Word as 第%1章 and %2、 on plain lines; bullets below."""
    listed = d.lists(61, ("chineseCountingThousand", "第%1章"), ("chineseCountingThousand", "%2、"))
    dots = d.lists(62, ("bullet", "●"))
    d.text()
    for level, text in (
        *((0, "目标与定位"), (0, "诊断"), (1, "学校优势"), (1, "学校短板"), (0, "需求清单"), (0, "队伍")),
        *((1, "干部教师交流"), (1, "学历层次提升"), (0, "学科"), (0, "基础教育"), (0, "管理"), (0, "特色")),
        *((0, "时间进度"), (0, "保障")),
    ):
        d.line(text, counted=(listed, level))
        d.text()
        d.line("每年两次研修", counted=(dots, 0))
        d.line("共享课程资源", counted=(dots, 0))


@held_out(
    (1, "办学基础和发展环境", "diagnosis"),
    (1, "建设思路和目标", "goals"),
    (1, "建设重点", ""),
    (2, "人才队伍", "talent"),
    (3, "引进高层次人才", "talent"),
    (3, "培养双师型教师", "talent"),
    (2, "学科和专业", "disciplines"),
    (3, "学前教育专业群", "disciplines"),
    (2, "幼儿园教师培训与社会服务", "basic-education"),
    (2, "学校管理", "management"),
    (1, "进度与责任", "schedule"),
    (1, "条件和保障", "support"),
)
def mixed_digits(d):
    """一. with a full stop, 1、 and (1) as headings; numbered sentences and a signature at the end."""
    d.line("某幼专提质计划", size=22, bold=True, centre=True)
    d.text()
    for first, seconds in (
        ("一.办学基础和发展环境", ()),
        ("二.建设思路和目标", ()),
        ("三.建设重点", (
            ("1、人才队伍", ("(1)引进高层次人才", "(2)培养双师型教师")), ("2、学科和专业", ("(1)学前教育专业群",)),
            ("3、幼儿园教师培训与社会服务", ()), ("4、学校管理", ()),
        )),
        ("四.进度与责任", ()),
        ("五.条件和保障", ()),
    ):  # fmt: skip
        d.line(first, bold=True, size=14)
        for second, thirds in seconds:
            d.line(second, bold=True)
            for third in thirds:
                d.line(third)
                d.text()
            if not thirds:
                d.text()
                d.line("①每年培训不少于200人次，覆盖全州所有县市幼儿园；②建立送教下乡长效机制。")
        if not seconds:
            d.text()
    d.line("某幼儿师范高等专科学校")
    d.line("二〇二二年八月")
