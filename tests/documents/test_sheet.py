"""Excel 文件: what is written comes back, nothing becomes a formula, and a fault names its row and column."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import read_sheet, write_sheet
from tizhi.base.kit.errors import RuleBroken

COLUMNS = (
    Column("姓名", width=6),
    Column("到校日期", "date", 8),
    Column("学时", "number", 4),
    Column("手机号", width=8),
    Column("备注", width=20),
)
ROWS = [
    ("喆玥翀𬭼", date(2026, 11, 23), 24, "13800138000", None),
    ("李某", None, 1.5, "010-58800000", "多行\n备注"),
    ("王某", datetime(2026, 11, 23, 9, 30), Decimal("1234567"), 511702199001011234, True),
]


def made(rows, sheets=("数据",), hidden=()):
    """A file as somebody else's Excel writes it."""
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    for name in sheets:
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
            sheet.write(0, 0, "不看")
            continue
        sheet.activate()
        for number, line in enumerate(rows):
            sheet.write_row(number, 0, line)
    book.close()
    return content.getvalue()


def refused(content, columns=(), **limits):
    with pytest.raises(RuleBroken) as caught:
        read_sheet(content, columns, **limits)
    return caught.value.message


def parts(content):
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


# Written


def test_what_is_written_is_read_again():
    rows = read_sheet(write_sheet("参训人员", COLUMNS, ROWS), [column.title for column in COLUMNS])
    assert [row.number for row in rows] == [2, 3, 4]
    assert rows[0].cells == {
        "姓名": "喆玥翀𬭼",
        "到校日期": date(2026, 11, 23),
        "学时": 24,
        "手机号": "13800138000",
        "备注": None,
    }
    assert rows[1].cells["备注"] == "多行\n备注"
    assert rows[2].cells["到校日期"] == datetime(2026, 11, 23, 9, 30)
    assert rows[2].cells["学时"] == 1234567
    assert (rows[2].text("手机号"), rows[2].text("备注"), rows[0].text("备注")) == ("511702199001011234", "是", "")


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+86 10", "-3", "@SUM(A1)", "{=1}", "\t=1", "http://x"]
)
def test_text_never_becomes_a_formula_or_a_link(text):
    content = write_sheet("数据", (Column("甲"), Column("乙")), [(text, "文")])
    sheet = parts(content)["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet and "hyperlink" not in sheet
    assert read_sheet(content)[0].cells["甲"] == text.strip()


def test_the_head_is_frozen_filtered_and_printed_on_every_page():
    files = parts(write_sheet("数据", COLUMNS, ROWS))
    sheet = files["xl/worksheets/sheet1.xml"]
    assert 'ySplit="1"' in sheet and 'state="frozen"' in sheet
    assert '<autoFilter ref="A1:E4"/>' in sheet
    assert "Print_Titles" in files["xl/workbook.xml"]
    assert '<col min="1" max="1" width="14.7109375"' in sheet


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("2026年第三季度：组团/活动[清单]*?", "2026年第三季度：组团 活动 清单"),
        ("很长" * 40, ("很长" * 40)[:31]),
        ("'引号'", "引号"),
        ("***", "数据"),
        ("", "数据"),
    ],
)
def test_any_title_makes_a_name_excel_accepts(title, name):
    book = CalamineWorkbook.from_filelike(BytesIO(write_sheet(title, COLUMNS, ROWS)))
    assert book.sheet_names == [name]


def test_the_same_rows_give_the_same_bytes():
    assert write_sheet("数据", COLUMNS, ROWS) == write_sheet("数据", COLUMNS, iter(ROWS))


def test_a_moment_keeps_its_wall_clock():
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    content = write_sheet("数据", (Column("时间", "date"), Column("文")), [(at, "甲")], created=at.replace(tzinfo=None))
    assert read_sheet(content)[0].cells["时间"] == datetime(2026, 11, 23, 9, 30)


def test_a_cell_too_long_for_excel_ends_in_dots():
    content = write_sheet("数据", (Column("甲"), Column("乙")), [("长" * 40000, date(1800, 1, 1))])
    cells = read_sheet(content)[0].cells
    assert (len(cells["甲"]), cells["甲"][-1], cells["乙"]) == (32767, "…", "1800-01-01")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=30), min_size=1, max_size=5))
def test_no_text_breaks_the_file(texts):
    content = write_sheet("数据", (Column("甲"), Column("乙")), [(text, "文") for text in texts])
    assert len(read_sheet(content)) == len(texts)


# Read


def test_the_head_may_stand_lower_and_carry_marks():
    content = made(
        [["参训人员名单"], [], ["姓 名*", "学时（必填）", ""], ["张三", 8.0, "不属于任何列"], [], ["李四", "八"]]
    )
    rows = read_sheet(content, ("姓名", "学时"))
    assert [(row.number, row.cells) for row in rows] == [
        (4, {"姓名": "张三", "学时": 8}),
        (6, {"姓名": "李四", "学时": "八"}),
    ]
    assert rows[0].place("姓名") == "第4行“姓名”"
    assert rows[1].place() == "第6行"


def test_hidden_sheets_are_not_the_first_sheet():
    content = made([["姓名", "学时"], ["张三", 8]], sheets=("选项", "名单"), hidden=("选项",))
    assert read_sheet(content)[0].cells["姓名"] == "张三"


def test_a_missing_column_is_named():
    content = made([["姓名", "单位"], ["张三", "北师大"]])
    assert refused(content, ("姓名", "学时", "备注")) == "表头缺少“学时”“备注”。请对照模板补上后再上传。"


def test_without_a_head_the_columns_are_listed():
    assert "应有一行写明各列名称“姓名”、“学时”" in refused(made([["张三", 8]]), ("姓名", "学时"))
    assert refused(made([[1, 2]])).startswith("没有找到表头")
    assert refused(made([])).startswith("没有找到表头")


def test_a_column_named_twice_is_refused():
    assert "“姓名”出现了不止一次" in refused(made([["姓名", "姓名"], ["张三", "李四"]]), ("姓名",))


def test_a_head_without_rows_is_refused():
    assert refused(made([["姓名", "学时"], ["", ""]])).startswith("表头下面没有数据")


def test_too_many_rows_are_refused_with_their_number():
    content = made([["姓名", "学时"], *([["张三", 8]] * 11)])
    assert refused(content, most=10) == "表中有11行，一次最多10行。请拆分后分次上传。"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"name,hours\n",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        made([["姓名", "学时"]])[:-200],
    ],
)
def test_what_is_no_excel_file_is_refused_with_what_to_do(content):
    message = refused(content)
    assert message.startswith("打不开这个文件") and "另存" in message


def test_a_file_too_large_is_refused():
    assert refused(b"\0" * (10 * 2**20 + 1)) == "文件超过10 MB。请拆分后分次上传。"
    archive = BytesIO()
    with ZipFile(archive, "w", 8) as bomb:
        bomb.writestr("xl/workbook.xml", b"\0" * (101 * 2**20))
    assert refused(archive.getvalue()).startswith("文件展开后过大")


@pytest.mark.parametrize(
    ("place", "extent"),
    [
        (b' r="XFD1048576"', "第1,048,576行、第16,384列"),
        (b' r="C1048576"', "第1,048,576行、第3列"),
        (b"", "第1,048,576行、第2列"),
    ],
)
def test_two_cells_in_opposite_corners_do_not_exhaust_the_memory(place, extent):
    content, changed = BytesIO(), BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "学时"])
    sheet.write(1048575, 16383, 1)
    book.close()
    with ZipFile(content) as source, ZipFile(changed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b' r="XFD1048576"', place))
    assert extent in refused(changed.getvalue())


def test_styled_but_empty_cells_far_away_are_harmless():
    content = BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "学时"])
    sheet.write_row(1, 0, ["张三", 8])
    sheet.write_blank(1048575, 16383, None, book.add_format({"bold": True}))
    book.close()
    assert [row.cells["姓名"] for row in read_sheet(content.getvalue())] == ["张三"]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused(place, damage):
    content = bytearray(made([["姓名", "学时"], ["张三", 8]]))
    place %= len(content)
    content[place : place + len(damage)] = damage
    try:
        assert read_sheet(bytes(content))
    except RuleBroken as fault:
        assert fault.message.endswith("。")
