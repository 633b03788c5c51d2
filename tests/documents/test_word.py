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
from PIL import Image

from tests.documents.reports import PAIRS, REPORT, activities, with_activities
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


def opened(document, images=None):
    return docx.Document(BytesIO(write_word(document, images)))


def xml(document, part="word/document.xml"):
    with ZipFile(BytesIO(write_word(document))) as archive:
        return etree.fromstring(archive.read(part))


def found(file, text):
    return next(each for each in file.paragraphs if each.text == text)


def mm(length):
    return round(length.mm, 1)


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


def test_tables_repeat_their_head_keep_rows_whole_and_align_by_kind():
    table = opened(REPORT).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(line._tr.trPr.find(qn("w:cantSplit")) is not None for line in table.rows)
    assert [cell.text for cell in table.rows[0].cells] == ["帮扶院校", "重点支持院校", "活动\n（次）"]
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [None, None, 2]
    assert table.rows[3].cells[0].paragraphs[0].runs[0].bold


def test_tables_one_after_the_other_stay_two():
    bare = replace(PAIRS, caption="", note="")
    body = opened(Document(title=("报告",), blocks=(bare, bare))).element.body
    assert [etree.QName(each).localname for each in body] == ["p", "tbl", "p", "tbl", "p", "sectPr"]


def test_a_table_without_a_caption_stays_with_the_sentence_above_it():
    bare, said = replace(PAIRS, caption="", note=""), paragraph("单选题，180人回答。")
    body = opened(Document(title=("汇总",), blocks=(said, said, bare, said))).paragraphs
    kept = [each.paragraph_format.keep_with_next for each in body if each.text.startswith("单选题")]
    assert kept == [None, True, True], "the last one keeps with the signature"


def test_a_very_long_row_may_run_over_a_page():
    replies = replace(PAIRS, rows=(row("采纳", "意见" * 200, 1), row("采纳", "意见", 1)))
    rows = opened(Document(title=("答复表",), blocks=(replies,))).tables[0].rows
    assert [line._tr.trPr.find(qn("w:cantSplit")) is None for line in rows] == [False, True, False]


def test_a_small_table_stays_on_one_page_and_a_long_one_may_run_on():
    short, long = opened(with_activities(40)).tables
    first_cells = [[line.cells[0].paragraphs[0] for line in each.rows] for each in (short, long)]
    kept = [[cell.paragraph_format.keep_with_next for cell in cells] for cells in first_cells]
    assert kept[0][1:] == [True, True, None]
    assert set(kept[1]) == {None}


def test_a_table_fills_the_page_and_is_set_smaller_when_its_columns_ask_for_more():
    lying = activities(3)
    file = opened(replace(REPORT, blocks=(), annexes=(lying, replace(lying, landscape=False))))
    assert [each.rows[1].cells[0].paragraphs[0].style.name for each in file.tables] == ["表格文字", "小字表格文字"]
    for table, width in zip(file.tables, (225, 156), strict=True):
        assert sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid) == pytest.approx(width * 56.7, abs=3)


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


def picture(size=(400, 300)):
    content = BytesIO()
    Image.new("RGB", size, "white").save(content, "PNG")
    return content.getvalue()


def test_figures_carry_their_caption_and_description_and_fit_the_page():
    blocks = (Figure("a", "工作架构图", "四组结对"), Figure("tall", "", width_mm=150))
    file = opened(Document(title=("报告",), blocks=blocks), {"a": picture(), "tall": picture((100, 900))})
    first, tall = file.inline_shapes
    assert first.width.mm == pytest.approx(150)
    assert tall.height.mm < 225
    assert first._inline.docPr.get("descr") == "四组结对"
    assert ("图题", "工作架构图") in [(each.style.name, each.text) for each in file.paragraphs]


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


PICTURE = BytesIO()
Image.new("RGB", (300, 200), "white").save(PICTURE, "PNG")


def plate(caption: str, counts_as: str) -> Annex:
    return Annex("", (Figure("drawing", caption, counts_as=counts_as),), landscape=True)


def test_a_plate_is_a_lying_page_of_the_text_and_is_not_listed():
    document = Document(title=("架构图",), annexes=(plate("架构", "table"), Annex("名单", (paragraph("甲"),))))
    file = opened(document, {"drawing": PICTURE.getvalue()})
    assert [mm(section.page_width) for section in file.sections] == [210, 297, 210]
    texts = [(each.style.name, each.text) for each in file.paragraphs if each.text]
    assert ("附件说明", "附件：名单") in texts and ("附件标识", "附件") in texts
    assert sum(style == "附件标识" for style, _ in texts) == 1


def test_a_picture_that_its_text_calls_a_table_is_counted_with_the_tables():
    document = Document(title=("架构图",), annexes=(plate("工作架构", "table"), plate("照片", "figure")))
    captions = [
        each for each in opened(document, {"drawing": PICTURE.getvalue()}).paragraphs if each.style.name == "图题"
    ]
    lists = [each._p.pPr.numPr.numId.val if each._p.pPr.numPr is not None else None for each in captions]
    assert [each.text for each in captions] == ["工作架构", "照片"] and lists == [2, None]
    assert Document.from_json(document.to_json()) == document
    assert "counts_as" not in Document(title=("甲",), blocks=(Figure("a", "b"),)).to_json()
