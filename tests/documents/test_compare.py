"""比对: a reader sees what was reworded, what was moved and what is new; tracked changes give both texts back."""

import time
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bench.wordings import plans
from tizhi.base.documents.compare import compare, write_changes

OLD = (
    "<h3>目标</h3><p>选派青年骨干教师到北京师范大学访学，2026年不少于30人次，覆盖率达到85.5%。</p>"
    "<p>建立联席会议制度，每年召开一次会议，研究解决重大问题。</p><p>组建名师工作室，带动地方教师发展。</p>"
    "<table><tr><td>博士比例</td><td>35%</td></tr><tr><td>硕士比例</td><td>60%</td></tr></table><p>将被删去的句子。</p>"
    "<ul><li>共建实验室</li></ul>"
)
NEW = (
    "<h3>总体目标</h3><p>组建名师工作室，带动地方教师发展。</p>"
    "<p>选派青年骨干教师和管理干部到北京师范大学访学，2026年不少于40人次，覆盖率达到90%。</p>"
    "<table><tr><td>博士比例</td><td>40%</td></tr><tr><td>教授比例</td><td>20%</td></tr>"
    "<tr><td>硕士比例</td><td>60%</td></tr></table><ul><li>共建实验室</li></ul>"
    "<p>建立联席会议制度，每年召开两次会议，研究解决重大问题。</p>"
)
AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def told(old, new):
    return [(change.kind, change.block, change.runs) for change in compare(old, new).changes]


def test_words_not_signs():
    [(kind, block, runs)] = told("<p>每年召开一次会议，研究问题。</p>", "<p>每年召开两次会议，研究重大问题。</p>")
    assert (kind, block) == ("changed", "p")
    assert runs == (
        *(("每年召开", "same"), ("一次", "removed"), ("两次", "added"), ("会议，研究", "same")),
        *(("重大", "added"), ("问题。", "same")),
    )


def test_the_same_text_is_the_same_however_it_looks():
    compared = compare("<p>一<b>二</b></p>", "<p>一二</p>")
    assert compared.is_same and compared.counts["same"] == 1
    assert compare("", "").is_same and not compare("", "").changes


def test_added_and_removed_stand_where_they_belong():
    assert [
        (kind, runs[0][0]) for kind, _, runs in told("<p>甲乙丙</p><p>一二三</p>", "<p>甲乙丙</p><p>子丑寅</p>")
    ] == [
        ("same", "甲乙丙"),
        ("removed", "一二三"),
        ("added", "子丑寅"),
    ]


def test_a_moved_paragraph_is_recognised_also_when_reworded():
    found = {change.block + change.runs[0][0][:4]: change for change in compare(OLD, NEW).changes}
    moved = [change for change in found.values() if change.kind == "moved"]
    assert {change.moved_from for change in moved} == {2, 3}
    assert found["p建立联席"].runs[1:3] == (("一次", "removed"), ("两次", "added"))


def test_rows_are_compared_cell_by_cell():
    rows = [(kind, runs) for kind, block, runs in told(OLD, NEW) if block == "row"]
    assert rows == [
        ("changed", (("博士比例", "same"), ("\t", "same"), ("35%", "removed"), ("40%", "added"))),
        ("added", (("教授比例\t20%", "added"),)),
        ("same", (("硕士比例\t60%", "same"),)),
    ]


def test_another_picture_is_another_picture():
    kinds = [kind for kind, _, _ in told('<img src="/files/1/">', '<img src="/files/2/">')]
    assert kinds == ["removed", "added"]


def test_a_text_rewritten_from_end_to_end():
    assert {kind for kind, _, _ in told("<p>甲乙丙丁</p>" * 3, "<p>子丑寅卯</p>" * 2)} == {"removed", "added"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>同一句话。</p>" * 20_000, "<p>同一句话。</p>" * 19_999),
        (
            "".join(f"<p>旧{nth}句{nth * 7}</p>" for nth in range(4000)),
            "".join(f"<p>新{nth}话</p>" for nth in range(4000)),
        ),
        ("<p>" + "旧的一句话" * 40_000 + "</p>", "<p>" + "新的两句话" * 40_000 + "</p>"),
    ],
    ids=["alike", "different", "one paragraph"],
)
def test_texts_beyond_all_measure_take_seconds(old, new):
    started = time.process_time()
    assert not compare(old, new).is_same
    assert time.process_time() - started < 30


# Word


def body(content):
    with ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))[0]


def settled(content, *, accepted):
    """The words that are left when all changes are accepted, or rejected: a line for each paragraph."""
    gone = [qn(f"w:{tag}") for tag in (("del", "moveFrom") if accepted else ("ins", "moveTo"))]
    lines = []
    for element in body(content):
        for row in element.iter(qn("w:tr")) if element.tag == qn("w:tbl") else [element]:
            marks = row.xpath("w:trPr/*|w:pPr/w:rPr/*", namespaces=row.nsmap)
            kept = [each for each in row.iter(qn("w:t"), qn("w:delText")) if not _inside(each, gone)]
            if not any(mark.tag in gone for mark in marks):
                cells = row.findall(qn("w:tc")) or [row]
                lines.append("\t".join("".join(t.text for t in kept if _within(t, cell)) for cell in cells))
            else:
                assert not kept
    return [line for line in lines if line]


def _inside(element, tags):
    return any(each.tag in tags for each in element.iterancestors())


def _within(element, cell):
    return cell in element.iterancestors()


def lines(html):
    from tizhi.base.documents.compare.units import units

    return [("●" if unit.block == "li" else "") + unit.text for unit in units(html)]


@pytest.mark.parametrize(("old", "new"), [(OLD, NEW), (NEW, OLD), plans(), ("", OLD), (OLD, "")])
def test_accepting_gives_the_new_text_and_rejecting_the_old_one(old, new):
    content = write_changes("修订稿", [("人才队伍建设", compare(old, new))], author="安徽师范大学", at=AT)
    assert settled(content, accepted=True) == ["修订稿", "人才队伍建设", *lines(new)]
    assert settled(content, accepted=False) == ["修订稿", "人才队伍建设", *lines(old)]


def test_changes_carry_who_and_when_and_ids_of_their_own():
    content = write_changes("修订稿", [("一", compare(OLD, NEW)), ("二", compare(OLD, NEW))], author="张某", at=AT)
    marks = [each for each in body(content).iter() if each.get(qn("w:author"))]
    assert {(each.get(qn("w:author")), each.get(qn("w:date"))) for each in marks} == {("张某", "2026-11-23T02:30:00Z")}
    ids = [each.get(qn("w:id")) for each in marks]
    assert len(set(ids)) == len(ids)
    starts = list(body(content).iter(qn("w:moveFromRangeStart"), qn("w:moveToRangeStart")))
    names = [each.get(qn("w:name")) for each in starts]
    assert len(set(names)) * 2 == len(names)
    assert docx.Document(BytesIO(content)).core_properties.author == "张某"


def test_hostile_words_and_authors():
    compared = compare("<p>&lt;w:p&gt;甲\x07乙</p>", "<p>&lt;w:p&gt;甲乙]]&gt;</p>")
    assert write_changes("<标题>", [("\x00名", compared)], author='张"<某>\x01', at=AT)


PIECES = st.lists(
    st.sampled_from(
        [
            *("<p>甲乙丙丁戊己</p>", "<p>甲乙丙丁戊庚辛</p>", "<h3>目标</h3>", "<p>子丑寅卯辰巳午未</p>", "<p>短</p>"),
            *("<table><tr><td>一</td><td>二</td></tr></table>", "<table><tr><td>一</td></tr></table>"),
            *("<ul><li>子丑寅卯辰</li></ul>", "<p>天地玄黄宇宙洪荒</p>"),
        ]
    ),
    max_size=9,
).map("".join)


@settings(max_examples=80, deadline=None)
@given(PIECES, PIECES)
def test_both_texts_come_back_whatever_changed(old, new):
    content = write_changes("修订稿", [("一", compare(old, new))], author="张某", at=AT)
    assert settled(content, accepted=True)[2:] == lines(new)
    assert settled(content, accepted=False)[2:] == lines(old)
