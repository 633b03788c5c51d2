"""文稿: what is frozen stays what it is, and knows its records."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.reports import PAIRS, REPORT
from tizhi.base.documents.document import (
    Annex,
    Column,
    Document,
    Figure,
    Head,
    Heading,
    Imprint,
    Number,
    PageBreak,
    Table,
    Text,
    labelled,
    paragraph,
    row,
)

words = st.text(max_size=30)
ids = st.lists(st.integers(1, 10**12), max_size=4).map(tuple)
runs = st.one_of(st.builds(Text, words, st.booleans()), st.builds(Number, words, words, ids))
tables = st.integers(1, 4).flatmap(
    lambda wide: st.builds(
        Table,
        words,
        st.tuples(*[st.builds(Column, words, st.sampled_from(["text", "number", "date"]))] * wide),
        st.lists(st.tuples(*[runs] * wide).map(lambda cells: row(*cells)), max_size=3).map(tuple),
    )
)
blocks = st.lists(
    st.one_of(
        st.builds(Heading, words, st.integers(1, 4), ids),
        st.lists(runs, max_size=3).map(lambda parts: paragraph(*parts, records=(1, 2))),
        words.map(lambda text: labelled("出席", text)),
        st.builds(Figure, words, words),
        st.just(PageBreak()),
        tables,
    ),
    max_size=4,
).map(tuple)
documents = st.builds(
    Document,
    title=st.lists(words, max_size=3).map(tuple),
    addressee=words,
    blocks=blocks,
    dated=st.none() | st.dates(),
    annexes=st.lists(st.builds(Annex, words, blocks, st.booleans()), max_size=2).map(tuple),
    head=st.none() | st.builds(Head, words, words, words),
    imprint=st.none() | st.builds(Imprint, st.lists(st.tuples(words, words), max_size=2).map(tuple), words, words),
)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_every_document_comes_back_from_its_json_with_the_same_hash(document):
    text = document.to_json()
    text.encode("utf-8")
    again = Document.from_json(text)
    assert again == document
    assert again.to_json() == text
    assert again.digest() == document.digest()


def test_the_hash_of_an_issued_report_never_changes():
    """If this fails, documents already issued no longer match their hash: mend the code, not the test."""
    assert REPORT.digest() == "a162259ef36d8d11d03e3a465de7958c151a848de52cf459c663bdf70eed32bc"


def test_the_json_is_sorted_readable_chinese_without_defaults():
    text = Document(title=("报告",), dated=date(2026, 10, 12)).to_json()
    assert text == '{"dated":{"is":"date","on":"2026-10-12"},"format":1,"is":"document","title":["报告"]}'


def test_a_changed_word_changes_the_hash():
    assert replace(REPORT, addressee="教育部").digest() != REPORT.digest()


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{}",
        "no json",
        '{"format":2,"is":"document","title":[]}',
        '{"format":1,"is":"text","text":"x"}',
        '{"format":1,"is":"document"}',
        '{"format":1,"is":"document","title":[],"unknown":1}',
        '{"format":1,"is":"document","title":[],"blocks":[{"is":"nothing"}]}',
    ],
)
def test_what_is_no_document_is_refused(text):
    with pytest.raises(ValueError):
        Document.from_json(text)


def test_a_document_knows_every_record_behind_it():
    assert REPORT.record_ids() == {1, 2, 3, 7, 9}


def test_text_is_made_printable_as_it_enters():
    text = Text("甲\x00乙\ud800\r\n丙\x0b\ufffe\t丁\u2028戊]]>😀𬭼").text
    assert text == "甲乙\n丙 丁\n戊]]>😀𬭼"
    assert json.dumps(text, ensure_ascii=False).encode("utf-8")


def test_attached_papers_are_listed_after_the_annexes():
    assert REPORT.attached == ("工作信息清单", "指标完成情况", "会议照片")


def test_a_row_of_another_width_is_refused():
    with pytest.raises(ValueError, match="one cell for each column"):
        replace(PAIRS, rows=(row("甲"),))


@pytest.mark.parametrize("level", [0, 5])
def test_there_are_four_levels_of_headings(level):
    with pytest.raises(ValueError, match="level"):
        Heading("标题", level)
