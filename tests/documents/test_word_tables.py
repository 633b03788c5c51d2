"""Word 文件的表和图: heads that repeat, rows that stay whole, widths, captions, plates."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from tests.documents.reports import PAIRS, REPORT, activities, with_activities
from tizhi.base.documents.document import (
    Annex,
    Document,
    Figure,
    paragraph,
    row,
)

from .reading import mm, opened


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
