"""富文本: hostile text is harmless, pasted Word becomes plain structure, and the same text is always the same HTML."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tizhi.base.documents import rich
from tizhi.base.documents.document import Document, Figure, Heading, Paragraph, Table, Text
from tizhi.base.documents.word import write_word

# What Word puts on the clipboard: looks as style, lists written as paragraphs, its own tags.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>@list l0 {mso-list-id:1}</style></head>
<body lang=ZH-CN><!--StartFragment-->
<h1 style='mso-pagination:none'><b>一、总体要求<span lang=EN-US><o:p></o:p></span></b></h1>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><b style='mso-bidi-font-weight:
normal'><span style='font-family:仿宋'>坚持</span></b><span style='font-size:16.0pt;
font-family:仿宋_GB2312'>以学生为中心的
理念，到</span><span lang=EN-US>2026</span>年<span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Wingdings;mso-fareast-font-family:Wingdings'><span style='mso-list:Ignore'>l<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]>选派专家</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>a)<span
style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>每年两次</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Wingdings'><span
style='mso-list:Ignore'>l<span>&nbsp; </span></span></span><![endif]>接收教师</p>
<p class=MsoNormal style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>（一）<span>&nbsp;
</span></span><![endif]>人才队伍</p>
<p class=MsoNormal>·&nbsp;&nbsp;共建平台</p>
<table class=MsoTableGrid border=1><tr><td width=100 colspan=2 style='border:solid'><p class=MsoNormal>指标<o:p></o:p>
</p></td></tr><tr><td><p>博士</p></td><td><p>40%</p><p>（2025年）</p></td></tr></table>
<!--EndFragment--></body></html>"""

HOSTILE = [
    ("<script>alert(1)</script><p>正文</p>", "<p>正文</p>"),
    ("<p onclick=x style='position:fixed'>正文<img src=x onerror=alert(1)></p>", "<p>正文</p>"),
    ('<a href="javascript:alert(1)">一</a><a href=" JaVa&#10;Script:1">二</a><a href="//e.cn">三</a>', "<p>一二三</p>"),
    ('<a href="https://e.cn/?a=1&b=2" target=_blank>网址</a>', '<p><a href="https://e.cn/?a=1&amp;b=2">网址</a></p>'),
    ("<svg><p><style><img src=x onerror=1></style></svg>后", "<p>后</p>"),
    ("<style>p{}</style><iframe src=/></iframe><object data=x>o</object>后", "<p>后</p>"),
    ('<img src="data:image/png;base64,xx"><img src="//e.cn/files/3/"><img src="/files/3/?x">', ""),
    ("<table><tr><td>甲<table><tr><td>乙</td></tr></table></td></tr></table>",
     "<table><tbody><tr><td><p>甲</p><p>乙</p></td></tr></tbody></table>"),
    ("<p>甲\0乙\x07\u202e丙\ud800</p>", "<p>甲乙丙</p>"),
    ("<p>甲<div>乙<b>丙", "<p>甲</p><p>乙<strong>丙</strong></p>"),
    ("<li>甲<li>乙", "<ul><li>甲</li><li>乙</li></ul>"),
    ('<math><mtext><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">', ""),
    ("1 < 2 && 3 > 2", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>"),
    ("&lt;script&gt;", "<p>&lt;script&gt;</p>"),
]  # fmt: skip

TIDY = [
    ("<h1>一</h1><h5><b>二</b></h5>", "<h2>一</h2><h4>二</h4>"),
    ("<p>一<b>二</b><i>三</i></p>", "<p>一<strong>二</strong><em>三</em></p>"),
    ("<p><i><b>一</b></i></p><p> <br></p>", "<p><strong><em>一</em></strong></p>"),
    ("<p>　　一\n二 a\nb</p>", "<p>一二 a b</p>"),
    ("<p>一<br>二<br><br>三<br></p>", "<p>一<br>二</p><p>三</p>"),
    ("<ul><li><p>一</p><ol><li><p>二</p></li></ol></li></ul>", "<ul><li>一<ol><li>二</li></ol></li></ul>"),
    ("<ul><li>一</li><ul><li>二</li></ul></ul>", "<ul><li>一<ul><li>二</li></ul></li></ul>"),
    ('<p>一<img src="/files/3/" alt="图">二</p>', '<p>一</p><img src="/files/3/" alt="图"><p>二</p>'),
    ("<table><thead><tr><th colspan=2>一</th></tr></thead><tr><td rowspan=x>二<td>三</table>",
     '<table><thead><tr><th colspan="2">一</th></tr></thead><tbody><tr><td>二</td><td>三</td></tr></tbody></table>'),
    ("<blockquote><p>一</p></blockquote>", "<blockquote><p>一</p></blockquote>"),
    ('<span style="font-weight:700">一</span><b style="font-weight:normal">二</b>', "<p><strong>一</strong>二</p>"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "kept"), HOSTILE)
def test_hostile_text_is_harmless(given, kept):
    assert rich.clean(given) == kept


@pytest.mark.parametrize(("given", "kept"), TIDY)
def test_text_has_one_form(given, kept):
    assert rich.clean(given) == kept


@pytest.mark.parametrize("given", [WORD, *(one for one, _ in HOSTILE + TIDY)])
def test_cleaning_again_changes_nothing(given):
    once = rich.clean(given)
    assert rich.clean(once) == once


def test_pasted_word_keeps_its_structure_and_loses_its_looks():
    assert rich.clean(WORD) == (
        "<h2>一、总体要求</h2><p><strong>坚持</strong>以学生为中心的理念，到2026年</p>"
        "<ul><li>选派专家<ol><li>每年两次</li></ol></li><li>接收教师</li></ul><p>（一）人才队伍</p>"
        '<ul><li>共建平台</li></ul><table><tbody><tr><td colspan="2">指标</td></tr>'
        "<tr><td>博士</td><td><p>40%</p><p>（2025年）</p></td></tr></tbody></table>"
    )


def test_only_pictures_that_are_given_are_shown():
    text = '<img src="/files/3/"><img src="/files/4/">'
    assert rich.pictures_in(rich.clean(text)) == [3, 4]
    assert rich.pictures_in(rich.clean(text, {4, 5})) == [4]
    assert rich.clean(text, ()) == ""


@pytest.mark.parametrize(
    "given",
    ["<div>" * 100_000 + "话", "<div></b>" * 50_000 + "话", "<ul><li>" * 50_000 + "话", "<table><td>" * 20_000 + "话",
     "<b>" * 20_000 + "话", "<" * 500_000, "&" * 500_000, "<!--" * 100_000, '<p title="' * 50_000],
    ids=["div", "stray ends", "lists", "tables", "bold", "less-than", "and", "comments", "quotes"],
)  # fmt: skip
def test_what_is_made_to_exhaust_the_server_does_not(given):
    started = time.process_time()
    assert rich.length(rich.clean(given)) in (0, 1, 500_000)
    assert time.process_time() - started < 20


def test_five_megabytes_of_text():
    text = "<p>" + "文字" * 800_000 + "</p>"
    assert rich.length(rich.clean(text)) == 1_600_000


def test_plain_text_has_a_line_for_each_paragraph_and_row():
    assert rich.plain(rich.clean(WORD)).split("\n") == [
        *("一、总体要求", "坚持以学生为中心的理念，到2026年", "选派专家", "每年两次", "接收教师", "（一）人才队伍"),
        *("共建平台", "指标", "博士\t40% （2025年）"),
    ]


def test_what_is_empty():
    assert rich.is_empty("") and rich.is_empty("<p> <br>&nbsp;</p>")
    assert not rich.is_empty("<p>一</p>") and not rich.is_empty('<img src="/files/3/">')
    assert rich.length("<p>一 二</p><p>三</p>") == 3


def test_blocks_of_a_document():
    text = (
        "<h3>（一）青年教师</h3><p>一<strong>二</strong></p><h4>1.选派</h4><ol><li>甲<ul><li>乙</li></ul></li></ol>"
        "<p>表1　指标</p><table><tr><th>名称</th><th>值</th></tr><tr><td rowspan=2>博士</td><td>40%</td></tr>"
        '<tr><td>1,200</td></tr><tr><td>合计</td><td>1</td></tr></table><img src="/files/7/"><p>图1：架构</p>'
    )
    first, words, second, one, below, table, figure = rich.blocks(text)
    assert (first, second) == (Heading("青年教师", 2), Heading("选派", 3))
    assert words == Paragraph((Text("一"), Text("二", bold=True)))
    assert [one.runs[0].text, below.runs[0].text] == ["（1）", "○"]
    assert isinstance(table, Table) and table.caption == "指标"
    assert [column.title for column in table.columns] == ["名称", "值"]
    assert table.columns[1].aligned == "right"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["博士", "40%"],
        ["博士", "1,200"],
        ["合计", "1"],
    ]
    assert table.rows[2].total
    assert figure == Figure("file:7", "架构")
    assert write_word(Document(("计划",), blocks=(first, words, second, one, below, table)))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<ul>", "</ul>", "<li>", "<ol>", "<table>", "<tr>", "<td colspan=2>", "</table>",
     "<br>", "字", " ", "\n", "a", "<h1>", "</h1>", "<blockquote>", "</blockquote>", '<img src="/files/1/">', "<a href=http://e>",
     "</a>", "　", "&nbsp;", "<i>", "</li>", "<svg>", "</svg>", "<p style='mso-list:l0 level2'>"]
), max_size=40).map("".join))  # fmt: skip
def test_any_tangle_of_tags_comes_into_one_form(text):
    once = rich.clean(text)
    assert rich.clean(once) == once
    assert write_word(Document(("计划",), blocks=tuple(b for b in rich.blocks(once) if not isinstance(b, Figure))))
