"""导入: plans from Word, however they are styled, find their sections; what is no Word file is told in a sentence."""

from collections import Counter
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

from tests.documents import drafts
from tizhi.base.documents import rich
from tizhi.base.documents.intake import place, read_word, with_pictures
from tizhi.base.kit.errors import RuleBroken


def right(name):
    """How many headings of a draft were found, with level and section; of how many."""
    content, gold = drafts.made(name)
    went = place(read_word(content), drafts.SECTIONS).headings
    found = Counter((one.heading.level, one.heading.text, one.key) for one in went)
    return sum((found & Counter(gold)).values()), max(len(gold), sum(found.values()))


@pytest.mark.parametrize("name", drafts.DRAFTS)
def test_headings_of_plans_the_reader_was_made_with(name):
    good, of = right(name)
    assert good == of


def test_headings_of_plans_it_never_saw():
    counted = [right(name) for name in drafts.HELD_OUT]
    assert sum(good for good, _ in counted) / sum(of for _, of in counted) >= 0.95


def saved(write):
    draft = drafts.Draft()
    write(draft)
    return draft.saved()


def test_text_goes_along_and_nothing_is_lost():
    content, _ = drafts.made("typed_as_official_text")
    outline = read_word(content)
    placed = place(outline, drafts.SECTIONS)
    assert placed.html["talent"].startswith("<h3>引进高层次人才</h3><p>")
    assert "<table>" in placed.html["goals"] and "<h3>总体目标</h3>" in placed.html["goals"]
    assert [text for text, _ in placed.unplaced] == ["指导思想", "重点任务"]
    whole = "".join([outline.preamble, *placed.html.values(), *(html for _, html in placed.unplaced)])
    original = docx.Document(BytesIO(content))
    for paragraph in original.paragraphs:
        words = paragraph.text.partition("、")[2] if paragraph.text[1:2] == "、" else paragraph.text
        if "。" in words:
            assert words in rich.plain(whole)


def test_what_goes_in_is_clean():
    content, _ = drafts.made("only_by_looks")
    for html in place(read_word(content), drafts.SECTIONS).html.values():
        assert rich.clean(html) == html


def test_two_parts_of_one_section_keep_their_headings():
    content, _ = drafts.made("counted_by_word")
    html = place(read_word(content), drafts.SECTIONS).html["diagnosis"]
    assert html.count("<h3>") == 2 and "<h3>优势与特色</h3>" in html
    talent = place(read_word(content), drafts.SECTIONS).html["talent"]
    assert talent.startswith("<ol><li>选派专家</li>")


def test_a_heading_that_names_nothing_is_told_with_its_text():
    content = saved(
        lambda d: (d.line("一、指导思想", bold=True), d.text(), d.line("二、发展目标", bold=True), d.text())
    )
    placed = place(read_word(content), drafts.SECTIONS)
    assert placed.unplaced[0][0] == "指导思想" and drafts.BODY[0] in placed.unplaced[0][1]
    assert placed.headings[0].key == ""


def test_looks_of_the_text_and_merged_cells():
    def write(d):
        d.line("一、发展目标", bold=True)
        paragraph = d.line("到2027年，")
        paragraph.add_run("博士比例").bold = True
        paragraph.add_run("翻番").underline = True
        table = d.file.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "指标"
        table.cell(1, 0).text, table.cell(1, 1).text = "甲", "乙"

    assert read_word(saved(write)).parts[0].html == (
        "<p>到2027年，<strong>博士比例</strong><u>翻番</u></p><table><tbody>"
        '<tr><td colspan="2">指标</td></tr><tr><td>甲</td><td>乙</td></tr></tbody></table>'
    )


def test_pictures_come_by_number_and_are_stored_by_the_caller():
    image = BytesIO()
    Image.new("RGB", (20, 20), "red").save(image, "PNG")

    def write(d):
        d.line("一、发展目标", bold=True)
        d.file.add_picture(image)
        d.text()

    outline = read_word(saved(write))
    assert outline.pictures == {1: image.getvalue()}
    html = outline.parts[0].html
    assert rich.pictures_in(html) == [1]
    assert rich.pictures_in(with_pictures(html, {1: 77})) == [77]
    assert rich.pictures_in(with_pictures(html, {})) == []


def test_tracked_changes_are_read_as_accepted():
    def write(d):
        d.line("一、发展目标", bold=True)
        paragraph = d.line("保留")
        words = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'
        for xml in (f"<w:ins {nsdecls('w')} {words}><w:r><w:t>新增</w:t></w:r></w:ins>",
                    f"<w:del {nsdecls('w')} {words}><w:r><w:delText>删去</w:delText></w:r></w:del>"):  # fmt: skip
            paragraph._p.append(parse_xml(xml))

    assert read_word(saved(write)).parts[0].html == "<p>保留新增</p>"


def test_a_file_without_headings_is_all_preamble():
    outline = read_word(saved(lambda d: d.text(3)))
    assert outline.parts == () and rich.plain(outline.preamble).count("\n") == 2
    assert place(outline, drafts.SECTIONS).html == {}
    assert read_word(saved(lambda d: None)).preamble == ""


# Hostile


def archive(**entries):
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return written.getvalue()


def altered(change):
    """A good file whose main part is changed."""
    good, written = BytesIO(drafts.made("made_with_wps")[0]), BytesIO()
    with ZipFile(good) as source, ZipFile(written, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, change(content) if entry.filename == "word/document.xml" else content)
    return written.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document>&a;</w:document>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "不是Word文件"),
        (b"%PDF-1.7", "不是Word文件"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "设有密码"),
        (archive(xl__workbook_dot_xml="<x/>"), "不是Word文件"),
        (archive(word__document_dot_xml="<w:document/>"), "不是Word文件"),
        (archive(word__document_dot_xml=b"0" * (41 * 2**20)), "展开后过大"),
        (archive(word__document_dot_xml="<x/>", media__a=b"0" * (301 * 2**20)), "展开后过大"),
        (altered(lambda xml: ENTITY), "不是Word文件"),
        (altered(lambda xml: xml[:-200]), "不是Word文件"),
        (altered(lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:p>" * 30_000)), "不是Word文件"),
        (drafts.made("made_with_wps")[0][:5000], "不是Word文件"),
        (b"0" * (100 * 2**20), "超过50 MB"),
    ],
    ids=[
        "nothing",
        "pdf",
        "doc",
        "excel",
        "no package",
        "bomb",
        "big bomb",
        "entity",
        "cut",
        "nested",
        "torn",
        "100 MB",
    ],
)
def test_what_is_no_word_file_is_told_in_a_sentence(content, says):
    with pytest.raises(RuleBroken, match=says):
        read_word(content)


def test_hostile_words_stay_words():
    def write(d):
        d.line("一、<script>alert(1)</script>目标", bold=True)
        d.line("<img src=x onerror=alert(1)>", bold=True)
        d.line("<h1>0</h1>")

    placed = place(read_word(saved(write)), drafts.SECTIONS)
    html = "".join(placed.html.values())
    assert "<script" not in html and "<img" not in html and "&lt;h1&gt;0" in html
    assert [one.heading.text for one in placed.headings] == ["<script>alert(1)</script>目标"]
