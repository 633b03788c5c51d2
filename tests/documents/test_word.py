"""Word 文件: the layout of GB/T 9704-2012, read back from the file itself."""

import re
import time
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.documents.reports import PAIRS, REPORT, with_activities
from tizhi.base.documents.document import (
    Annex,
    Document,
    Figure,
    Head,
    Heading,
    Imprint,
    PageBreak,
    Text,
    labelled,
    paragraph,
    row,
)
from tizhi.base.documents.word import write_word

from .reading import found, mm, opened, xml

PARAGRAPHS = [
    ("Title", "关于北京师范大学组团\n2026年第三季度工作情况的报告"),
    ("主送机关", "教育部教师工作司："),
    ("Heading 1", "总体情况"),
    ("公文正文", "本季度组团共开展活动1,246次，详见表1。"),
    ("表题", "各结对工作开展情况"),
    ("表注", "注：数据统计至2026年9月30日。"),
    ("Heading 1", "重点工作"),
    ("Heading 2", "人才队伍建设"),
    ("Heading 3", "青年骨干教师培育"),
    ("Heading 4", "选派专家"),
    ("公文正文", "选派专家8人次。"),
    ("Heading 2", "学科专业建设"),
    ("Heading 3", "重点学科建设"),
    ("附件说明", "附件：1.\t工作信息清单"),
    ("附件说明", "2.\t指标完成情况"),
    ("附件说明", "3.\t会议照片"),
    ("发文机关署名", "北京师范大学组团办公室"),
    ("成文日期", "2026年10月12日"),
    ("附注", "（联系人：王老师）"),
    ("附件标识", "附件1"),
    ("附件标题", "工作信息清单"),
    ("分节", ""),
    ("附件标识", "附件2"),
    ("附件标题", "指标完成情况"),
    ("Heading 1", "指标说明"),
    ("公文正文", "基线为2025年底数据。"),
]


def test_the_paragraphs_of_a_report_and_their_styles():
    assert [(each.style.name, each.text) for each in opened(REPORT).paragraphs] == PARAGRAPHS


def test_paper_margins_and_grid():
    page = opened(REPORT).sections[0]
    assert (mm(page.page_width), mm(page.page_height)) == (210, 297)
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [mm(margin) for margin in margins] == [37, 35, 28, 26]
    grid = page._sectPr.find(qn("w:docGrid"))
    pitch, closer = int(grid.get(qn("w:linePitch"))) / 20, int(grid.get(qn("w:charSpace"))) / 4096
    assert 28.8 <= pitch <= 225 / 25.4 * 72 / 22
    assert 28 * (16 + closer) == pytest.approx(156 / 25.4 * 72, abs=0.2)


def test_28_characters_fit_a_line_and_22_lines_a_page():
    """The text itself is set so, not only the grid; the first line of a paragraph has room for 26 after its indent."""
    normal = opened(REPORT).styles["Normal"].element
    closer = int(normal.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    line = int(normal.pPr.find(qn("w:spacing")).get(qn("w:line"))) / 20
    width = 156 / 25.4 * 72
    assert 28 * (16 + closer) <= width < 29 * (16 + closer)
    assert 2 * 16 + 26 * (16 + closer) <= width
    assert 22 * line <= 225 / 25.4 * 72 < 23 * line


@pytest.mark.parametrize(
    ("style", "font", "points"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Heading 3", "仿宋_GB2312", None),
        ("Heading 4", "仿宋_GB2312", None),
        ("附件标识", "黑体", None),
        ("表格文字", None, 12),
        ("小字表格文字", None, 10.5),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts_and_sizes(style, font, points):
    style = opened(REPORT).styles[style]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")) if fonts is not None else None) == font
    assert (style.font.size.pt if style.font.size else None) == points


def test_no_font_comes_from_a_theme_and_the_official_ones_have_a_stand_in():
    with ZipFile(BytesIO(write_word(REPORT))) as archive:
        assert not [name for name in archive.namelist() if "theme" in name]
        assert b"Theme=" not in archive.read("word/styles.xml")
        table = etree.fromstring(archive.read("word/fontTable.xml"))
    stand_ins = {font.get(qn("w:name")): font.find(qn("w:altName")) for font in table}
    assert stand_ins["仿宋_GB2312"].get(qn("w:val")) == "仿宋"


def test_quotation_marks_are_set_in_the_chinese_font():
    runs = xml(Document(title=("报告",), blocks=(paragraph("“强师在线”…"),))).iter(qn("w:r"))
    assert all(run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) == "eastAsia" for run in runs)


def test_paragraphs_and_headings_are_indented_by_two_characters():
    styles = opened(REPORT).styles
    for name in ("公文正文", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        indent = styles[name].element.pPr.find(qn("w:ind"))
        assert indent.get(qn("w:firstLineChars")) == "200"


def test_headings_are_numbered_by_word_and_afresh_in_each_annex():
    numbering = xml(REPORT, "word/numbering.xml")
    headings = next(numbering.iter(qn("w:abstractNum")))
    patterns = [level.find(qn("w:lvlText")).get(qn("w:val")) for level in headings.iter(qn("w:lvl"))]
    assert patterns == ["%1、", "（%2）", "%3.", "（%4）"]
    formats = [level.find(qn("w:numFmt")).get(qn("w:val")) for level in headings.iter(qn("w:lvl"))]
    assert formats == ["chineseCountingThousand", "chineseCountingThousand", "decimal", "decimal"]
    in_annex = found(opened(REPORT), "指标说明")._p.pPr.numPr
    restarted = [num for num in numbering.iter(qn("w:num")) if num.get(qn("w:numId")) == str(in_annex.numId.val)]
    assert len(list(restarted[0].iter(qn("w:startOverride")))) == 4


def test_page_numbers_stand_outside_and_differ_on_odd_and_even_pages():
    file = opened(REPORT)
    assert file.settings.odd_and_even_pages_header_footer
    odd, even = file.sections[0].footer.paragraphs[0], file.sections[0].even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("—  —", "—  —")
    assert (odd.alignment.name, odd.paragraph_format.right_indent.pt) == ("RIGHT", 14)
    assert (even.alignment.name, even.paragraph_format.left_indent.pt) == ("LEFT", 14)
    assert odd._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"


def test_a_lying_annex_is_the_page_turned_with_its_number_at_the_side():
    portrait, landscape, last = opened(REPORT).sections
    assert (mm(landscape.page_width), mm(landscape.page_height)) == (297, 210)
    margins = (landscape.top_margin, landscape.right_margin, landscape.bottom_margin, landscape.left_margin)
    assert [mm(margin) for margin in margins] == [28, 37, 26, 35]
    cell = landscape.footer.tables[0].cell(0, 0)
    assert cell._tc.tcPr.find(qn("w:textDirection")).get(qn("w:val")) == "tbRl"
    assert last.footer.paragraphs[0].text == portrait.footer.paragraphs[0].text
    assert mm(last.page_width) == 210


@pytest.mark.parametrize(
    ("signature", "signature_left", "date_left"),
    [
        ("北京师范大学组团办公室", 1500, 1700),  # two blanks right of it; the date starts two characters further right
        ("教育部", 1700, 1900),  # the date is longer and keeps the two blanks itself
        ("", None, 1900),
        ("长" * 40, 0, 200),
    ],
)
def test_signature_and_date_without_a_seal(signature, signature_left, date_left):
    file = opened(replace(REPORT, signature=signature))
    lefts = {each.style.name: each._p.pPr.find(qn("w:ind")) for each in file.paragraphs}
    assert int(lefts["成文日期"].get(qn("w:leftChars"))) == date_left
    if signature:
        assert int(lefts["发文机关署名"].get(qn("w:leftChars"), 0)) == signature_left


def test_the_signature_never_stands_without_text():
    file = opened(replace(REPORT, blocks=(*REPORT.blocks, paragraph("特此报告。"))))
    assert found(file, "特此报告。").paragraph_format.keep_with_next


def test_no_red_head_unless_it_is_asked_for():
    assert b"FF0000" not in etree.tostring(xml(REPORT))
    assert opened(REPORT).paragraphs[0].style.name == "Title"


def test_a_bulletin_has_a_head_and_lines_at_the_foot():
    bulletin = Document(
        title=("阜阳师范大学举办培训班",),
        number="第12期（总第36期）",
        head=Head("协同提质工作简报", "组团办公室编", "2026年11月23日"),
        blocks=(paragraph("正文。"),),
        imprint=Imprint((("报", "教育部教师工作司"), ("送", "各成员单位")), "组团办公室", "2026年11月23日印发"),
    )
    file = opened(bulletin)
    assert [(each.style.name, each.text) for each in file.paragraphs][:3] == [
        ("版头名称", "协同提质工作简报"),
        ("发文字号", "第12期（总第36期）"),
        ("版头横线", "\t组团办公室编\t2026年11月23日"),
    ]
    foot = file.tables[-1]
    assert [line.cells[0].text for line in foot.rows] == [
        "报：教育部教师工作司",
        "送：各成员单位",
        "组团办公室\t2026年11月23日印发",
    ]
    assert foot._tbl.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"


def test_minutes_list_who_was_there():
    minutes = Document(
        title=(),
        number="第5号",
        head=Head("联席会议纪要"),
        blocks=(paragraph("议定事项如下："),),
        attendance=(labelled("出席", "张某、李某"), labelled("请假", "王某")),
    )
    file = opened(minutes)
    lines = [each for each in file.paragraphs if each.style.name == "出席列席"]
    assert [line.text for line in lines] == ["出席：张某、李某", "请假：王某"]
    assert lines[0].runs[0]._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "黑体"
    hanging = lines[0]._p.pPr.find(qn("w:ind"))
    assert (hanging.get(qn("w:leftChars")), hanging.get(qn("w:hangingChars"))) == ("500", "300")
    assert file.core_properties.title == "联席会议纪要"


def test_a_new_page_begins_with_the_next_block_and_never_stands_empty():
    bare = replace(PAIRS, caption="")
    file = opened(Document(title=("报告",), blocks=(PageBreak(), Heading("一"), PageBreak(), bare, PageBreak())))
    fresh = [(each.style.name, each.text) for each in file.paragraphs if each.paragraph_format.page_break_before]
    assert fresh == [("Heading 1", "一"), ("分节", "")]


def test_a_figure_without_its_bytes_is_an_error():
    with pytest.raises(ValueError, match="no image"):
        write_word(Document(title=("报告",), blocks=(Figure("gone", "图"),)))


def test_the_same_document_gives_the_same_bytes():
    first = write_word(REPORT)
    assert write_word(Document.from_json(REPORT.to_json())) == first
    with ZipFile(BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_properties_of_the_file():
    core = opened(REPORT).core_properties
    assert core.title == "关于北京师范大学组团2026年第三季度工作情况的报告"
    assert (core.author, core.category, core.language) == ("北京师范大学组团办公室", "报告", "zh-CN")
    assert core.created.date() == core.modified.date() == date(2026, 10, 12)


HOSTILE = "甲\x00乙\ud800]]></w:t>&amp;<script>喆玥翀𬭼😀\u202e" + "长" * 500 + "w" * 3000


def test_hostile_text_breaks_nothing():
    document = Document(
        title=(HOSTILE,),
        issuer=HOSTILE,
        addressee=HOSTILE,
        number=HOSTILE,
        blocks=(
            Heading(HOSTILE),
            paragraph(HOSTILE, Text("粗\n体", bold=True)),
            labelled(HOSTILE, HOSTILE),
            replace(PAIRS, caption=HOSTILE, note=HOSTILE, rows=(row(HOSTILE, HOSTILE, HOSTILE),)),
        ),
        signature=HOSTILE,
        dated=date(2026, 1, 1),
        annexes=(Annex(HOSTILE, (), landscape=True),),
        notes=(HOSTILE,),
        head=Head(HOSTILE, HOSTILE, HOSTILE),
        imprint=Imprint(((HOSTILE, HOSTILE),), HOSTILE, HOSTILE),
    )
    clean = Text(HOSTILE).text
    file = opened(document)
    assert clean in [each.text for each in file.paragraphs]
    assert file.tables[0].rows[1].cells[0].text == clean
    assert file.core_properties.author == clean[:255]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_text_is_written_as_it_is_kept(text):
    document = Document(title=("报告",), blocks=(paragraph(text),))
    body = [each.text for each in opened(document).paragraphs if each.style.name == "公文正文"]
    assert body == [document.blocks[0].runs[0].text]


def test_an_empty_document_is_a_file_too():
    assert opened(Document(title=())).sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_every_style_used_is_there():
    used = set(re.findall(rb'w:(?:p|tbl)Style w:val="([^"]+)"', etree.tostring(xml(REPORT))))
    known = set(re.findall(rb'w:styleId="([^"]+)"', etree.tostring(xml(REPORT, "word/styles.xml"))))
    assert used <= known


def test_an_annex_of_400_activities_is_written_in_a_moment():
    document = with_activities(400)
    start = time.process_time()
    content = write_word(document)
    assert time.process_time() - start < 1.5
    assert len(docx.Document(BytesIO(content)).tables[-1]._tbl.tr_lst) == 401
