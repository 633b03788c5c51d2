"""PDF 文件: the twin of the Word file: the same words in the same order, on official pages, and never as markup."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from tests.documents.reports import PAIRS, REPORT, activities
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
from tizhi.base.documents.pdf import write_pdf
from tizhi.base.kit.errors import RuleBroken

SENTENCE = "各成员高校要坚持“以学生为中心”的理念，做到应认尽认，到2027年底覆盖率达到85.5%以上。"
LETTER = Document(
    title=("聘　书",),
    blocks=(paragraph("兹聘请您为专家委员会委员。"),),
    signature="北京师范大学组团领导小组",
    dated=date(2026, 9, 1),
)


def told(content, *options):
    if shutil.which("pdftotext") is None:
        pytest.skip("needs poppler")
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def words(content):
    return "".join(told(content).split())


def picture(size=(400, 300), kind="PNG"):
    content = BytesIO()
    Image.new("RGB", size, "white").save(content, kind)
    return content.getvalue()


def test_a_report_says_the_same_as_its_word_file():
    text = words(write_pdf(REPORT))
    for part in ("一、总体情况", "表1各结对工作开展情况", "（一）人才队伍建设", "1.青年骨干教师培育", "（1）选派专家",
                 "附件：1.工作信息清单", "3.会议照片", "北京师范大学组团办公室2026年10月12日", "（联系人：王老师）",
                 "附件2指标完成情况",
                 "注：数据统计至2026年9月30日。", "—1—"):  # fmt: skip
        assert part in text, part


@pytest.mark.parametrize(
    "hostile",
    ['#read("/etc/passwd")', '#image("/etc/passwd")', "*粗* _斜_ $x^2$ @引 <签> `码`", "= 题 \\ // 注 /* */ ~ #{",
     '"} ]) #panic()',
     "#import \"x\": *", "- 项 + 项 / 项: 项", "[#sys.inputs]", "---"],
)  # fmt: skip
def test_words_are_never_markup(hostile):
    document = replace(
        REPORT,
        title=(hostile,),
        issuer=hostile,
        addressee=hostile,
        signature=hostile,
        number=hostile,
        blocks=(
            Heading(hostile),
            paragraph(hostile, Text(hostile, bold=True)),
            labelled(hostile, hostile),
            replace(PAIRS, caption=hostile, rows=(row(hostile, hostile, hostile),), note=hostile),
            Figure(hostile, hostile, hostile),
        ),
        notes=(hostile,),
        annexes=(Annex(hostile, (paragraph(hostile),)),),
        head=Head(hostile, hostile, hostile),
        imprint=Imprint(((hostile, hostile),), hostile, hostile),
    )
    text = words(write_pdf(document, {hostile: picture()}))
    assert text.count("".join(hostile.split())[:6]) >= 12
    assert "root:" not in text


def test_the_same_document_gives_the_same_bytes():
    assert write_pdf(REPORT) == write_pdf(Document.from_json(REPORT.to_json()))


def test_lying_annexes_are_lying_pages_and_pages_are_counted_through():
    content = write_pdf(replace(REPORT, annexes=(activities(60), Annex("说明", (paragraph("文。"),)))))
    words(content)
    done = subprocess.run(["pdfinfo", "-l", "9", "-"], input=content, capture_output=True, check=True).stdout.decode()
    sizes = [
        line.split(":")[1].split("(")[0].split() for line in done.splitlines() if "size:" in line and "Page " in line
    ]
    assert [round(float(size[0])) for size in sizes] == [595, 595, 842, 842, 842, 842, 595]
    assert "—7—" in words(content)


@pytest.mark.parametrize(
    "document",
    [
        LETTER,
        Document(title=()),
        Document(
            title=(), number="第5号", head=Head("联席会议纪要"), attendance=(labelled("出席", "张某、李某" * 30),)
        ),
        Document(("长",), blocks=(PageBreak(), paragraph("字" * 30_000), PageBreak()), signature="长" * 60),
        Document(("表",), blocks=(replace(PAIRS, caption="", note="", rows=()), replace(PAIRS, rows=PAIRS.rows * 90))),
        Document(("答",), blocks=(replace(PAIRS, rows=(row("采纳", "意见\n" * 900, 1),)),)),
        Document(("附",), attachments=tuple(f"附{nth}" for nth in range(12)), imprint=Imprint((), "办公室", "印发")),
    ],
    ids=["letter", "empty", "minutes", "long", "tables", "long row", "attachments"],
)
def test_whatever_a_document_holds(document):
    assert write_pdf(document).startswith(b"%PDF")


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_pictures(kind):
    tall = Figure("tall", "", width_mm=150)
    content = write_pdf(
        Document(("图",), blocks=(Figure("a", "架构"), tall)), {"a": picture(kind=kind), "tall": picture((9, 900))}
    )
    assert "图1架构" in words(content)


def test_a_figure_without_its_bytes_is_an_error():
    with pytest.raises(ValueError, match="no image"):
        write_pdf(Document(("图",), blocks=(Figure("gone", "图"),)))


def test_no_chinese_font_is_said_in_a_sentence(settings, tmp_path):
    settings.FONTS_OWN, settings.FONTS_BROUGHT, settings.FONTS_OF_SYSTEM = "", tmp_path, False
    with pytest.raises(RuleBroken, match="没有中文字体"):
        write_pdf(LETTER)


def test_a_plan_of_thirty_pages_is_numbered_to_its_end():
    blocks = tuple(each for nth in range(15) for each in (Heading(f"任务{nth}"), *[paragraph(SENTENCE * 4)] * 8))
    assert "—30—" in words(write_pdf(Document(("计划",), blocks=blocks)))
