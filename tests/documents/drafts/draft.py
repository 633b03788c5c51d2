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
