"""问卷结果: counted, narrowed, crossed, exported; small groups are not told apart."""

import io
import random
import statistics

import pyreadstat
import pytest
from docx import Document
from python_calamine import CalamineWorkbook

from tests import make
from tizhi.pipeline.surveys import export, queries
from tizhi.pipeline.surveys.form import form_of
from tizhi.pipeline.surveys.results import cross, quantile, summarise
from tizhi.pipeline.surveys.spss import Variable, write_sav

from .building import FORM, answered, invitation, many, survey


def _told(answers):
    return {one.question.id: one for one in summarise(form_of(FORM), answers).summaries()}


def test_every_kind_is_counted_by_what_it_is():
    answers = [
        {"q1": "a1", "q2": 10, "q3": ["a1", "a2"], "q4": 5, "q5": {"a1": "a2", "a2": "a1"}, "q6": "好"},
        {"q1": "a1", "q2": 20, "q3": ["a1", "other"], "q3.other": "x", "q4": 4, "q5": {"a1": "a2", "a2": "a2"}},
        {"q1": "a2", "q3": ["a3"], "q4": 3, "q5": {"a1": "a1"}},
    ]  # fmt: skip
    told = _told(answers)
    assert [(line.text, line.count, line.percent) for line in told["q1"].lines] == [
        ("是", 2, "66.7%"),
        ("否", 1, "33.3%"),
    ]
    assert [(line.text, line.count) for line in told["q3"].lines] == [
        ("访学", 2), ("同课异构", 1), ("都不需要", 1), ("其他", 1)
    ]  # fmt: skip
    assert told["q3"].lines[0].percent == "66.7%"
    assert dict(told["q2"].figures) == {
        "平均值": "15课时", "中位数": "15课时", "下四分位数": "12.5课时", "上四分位数": "17.5课时", "最小值": "10课时",
        "最大值": "20课时",
    }  # fmt: skip
    assert told["q4"].figures == (("平均分", "4"),)
    assert [line.count for line in told["q4"].lines] == [0, 0, 1, 1, 1]
    assert [[line.count for line in lines] for _, lines in told["q5"].rows] == [[1, 2], [1, 1]]
    assert told["q5"].rows[1][1][0].percent == "50.0%"
    assert told["q6"].answered == 1 and told["q7"].answered == 0


def test_without_answers_nothing_is_divided_by_nought():
    told = _told([])
    assert [line.percent for line in told["q1"].lines] == ["0.0%", "0.0%"]
    assert told["q2"].figures == () and told["q4"].figures == ()


def test_quartiles_are_those_of_a_whole_list():
    numbers = random.Random(7)
    for size in (2, 3, 10, 101):
        values = [numbers.randint(0, 20) for _ in range(size)]
        counted = sorted({value: values.count(value) for value in values}.items())
        low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
        for share, value in ((0.25, low), (0.5, middle), (0.75, high)):
            assert quantile(counted, size, share) == pytest.approx(value)


def test_two_questions_together_hide_small_columns():
    answers = [{"q1": "a1", "q4": 5}] * 4 + [{"q1": "a1", "q4": 1}] * 2 + [{"q1": "a2", "q4": 3}] * 4
    form = form_of(FORM)
    table = cross(form.question("q4"), form.question("q1"), answers, 5)
    assert table.columns == (("是", 6), ("否", 4)) and table.is_hiding
    assert table.rows[4] == ("5（很满意）", ((4, "67%"), None))


# Files


@pytest.fixture
def counted(db):
    """Six of 阜阳师范大学 and two of 安徽师范大学, one of whom writes formulas."""
    one = survey(way="invited")
    many(one, 5, "阜阳师范大学")
    answered(one, invitation(one), q6=['=HYPERLINK("http://evil","点我")'], q3__other=["+外语"], q1=["a2"], q4=["1"])
    many(one, 2, "安徽师范大学")
    return one


def test_excel_holds_words_codes_and_sums_and_no_formula(counted):
    content = export.excel(counted)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    words, codes, sums = (book.get_sheet_by_index(place).to_python() for place in range(3))
    assert book.sheet_names == ["数据", "编码", "汇总"]
    assert words[0][:4] == ["序号", "单位", "1. 是否承担师范专业课程", "2. 每周课时"]
    assert words[1][:5] == [1, "阜阳师范大学", "是", 12, "访学；其他：外语培训"]
    assert words[6][7] == '=HYPERLINK("http://evil","点我")'
    # Two answers of one unit could be recognised: they stand without its name.
    assert [row[1] for row in words[7:]] == ["其他单位（不足5份）"] * 2
    head = codes[0]
    assert head[4:8] == [
        "Q3_1 3. 希望得到哪些支持：访学", "Q3_2 3. 希望得到哪些支持：同课异构",
        "Q3_3 3. 希望得到哪些支持：都不需要", "Q3_4 3. 希望得到哪些支持：其他",
    ]  # fmt: skip
    assert codes[1][4:8] == [1, 0, 0, 1]
    assert codes[6][2:4] == [2, ""]
    assert sums[1][:6] == [1, "是否承担师范专业课程", "单选", "", "是", 7]
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert b"<f>" not in b"".join(package.read(name) for name in package.namelist())


def test_spss_reads_back_with_labels_and_dichotomies(counted, tmp_path):
    path = tmp_path / "data.sav"
    path.write_bytes(export.spss(counted))
    data, about = pyreadstat.read_sav(path, output_format="dict")
    assert list(data)[:4] == ["unit", "Q1", "Q2", "Q3_1"]
    assert about.column_names_to_labels["Q1"] == "1. 是否承担师范专业课程"
    assert about.variable_value_labels["Q1"] == {1.0: "是", 2.0: "否"}
    assert about.variable_value_labels["Q3_1"] == {0.0: "未选", 1.0: "选"}
    assert about.variable_value_labels["Q4"] == {1.0: "很不满意", 5.0: "很满意"}
    assert data["Q1"] == [1, 1, 1, 1, 1, 2, 1, 1]
    assert data["Q2"] == [12, 12, 12, 12, 12, None, 12, 12]
    assert data["Q3_4"] == [1.0] * 8 and data["Q3_text"][5] == "+外语"
    assert data["Q5_1"] == [2.0] * 8 and about.variable_measure["Q5_1"] == "ordinal"
    assert data["Q6"][0] == "希望多办研修班" and data["unit"][6] == "其他单位（不足5份）"


def test_spss_takes_long_texts_many_columns_and_no_answers(db, tmp_path):
    path = tmp_path / "data.sav"
    long = "很长的意见" * 400
    path.write_bytes(write_sav("标题" * 60, [Variable("Q1", "题" * 300, [long, None], is_text=True)]))
    assert pyreadstat.read_sav(path, output_format="dict")[0]["Q1"][0] == long
    path.write_bytes(export.spss(survey()))
    assert pyreadstat.read_sav(path, output_format="dict")[1].number_rows == 0


def test_word_tells_every_question(counted):
    count = summarise(form_of(counted.form), queries.answers_of(counted))
    document = Document(io.BytesIO(export.word(counted, count)))
    text = "\n".join(one.text for one in document.paragraphs)
    assert "收到答卷8份" in text and "单选题，8人回答。" in text and "数字题，7人回答，平均值12课时" in text
    headings = [one.text for one in document.paragraphs if one.style.name.startswith("Heading")]
    asked = list(form_of(FORM))
    assert all(map(str.endswith, headings[-len(asked) :], [one.title for one in asked])), headings
    choice, several, scale, matrix = (
        [[cell.text for cell in row.cells] for row in one.rows] for one in document.tables
    )
    assert choice == [["答案", "人数", "比例"], ["是", "7", "87.5%"], ["否", "1", "12.5%"]]
    assert [row[:2] for row in several[1:]] == [["访学", "8"], ["同课异构", "0"], ["都不需要", "0"], ["其他", "8"]]
    assert [row[1] for row in scale[1:]] == ["1", "0", "0", "7", "0"]
    assert matrix == [
        ["项目", "低", "高"],
        ["课堂教学", "0（0.0%）", "8（100.0%）"],
        ["教学研究", "8（100.0%）", "0（0.0%）"],
    ]


def test_word_of_a_survey_nobody_answered_opens_with_every_title(db):
    one = survey()
    document = Document(io.BytesIO(export.word(one, summarise(form_of(one.form), []))))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "收到答卷0份" in text and all(question.title in text for question in form_of(FORM))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["是", "0", "0.0%"]


def test_files_are_made_in_the_same_number_of_queries(django_assert_max_num_queries, db):
    one = survey(way="invited")
    many(one, 30, "阜阳师范大学")
    make.bnu()
    with django_assert_max_num_queries(5):
        export.excel(one)
    with django_assert_max_num_queries(5):
        export.spss(one)
