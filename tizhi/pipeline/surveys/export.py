"""问卷导出: all answers as Excel and SPSS, what they say together as Word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from tizhi.base.documents.document import Block, Column, Document, Heading, Table, paragraph, row
from tizhi.base.documents.sheet import Sheet, write_book
from tizhi.base.documents.sheet.write import Value
from tizhi.base.documents.word import write_word
from tizhi.base.jobs.job import progress
from tizhi.base.kit import clock, words

from . import queries, rules
from .columns import cell, coded, shown_units, variables
from .form import Form, form_of
from .models import Export, Survey
from .results import Count, Line, Summary, summarise
from .spss import write_sav


@dataclass(frozen=True)
class Told:
    """All answers of a survey, read once, with what tables need of them."""

    form: Form
    rows: list[dict[str, Any]]
    units: list[str]
    files: Mapping[int, str]


def told(survey: Survey) -> Told:
    """The answers with the names of units; a unit of few answers is not named."""
    pairs = list(queries.answers_with_unit(survey))
    names = {unit.pk: unit.called for unit in queries.invited_units(survey)}
    shown = shown_units((unit for unit, _ in pairs), names, rules.SMALL)
    units = [shown[unit] for unit, _ in pairs] if survey.way == Survey.Way.INVITED else []
    return Told(form_of(survey.form), [said for _, said in pairs], units, queries.files_by_response(survey))


# Excel


def excel(survey: Survey) -> bytes:
    """Three sheets: the answers in words, the same as codes, and how often each was given."""
    all_of_it = told(survey)
    count = summarise(all_of_it.form, all_of_it.rows)
    return write_book(
        survey.title,
        [_in_words(all_of_it), _as_codes(all_of_it), Sheet("汇总", _SUMMARY, _summary_rows(count))],
    )


def _in_words(given: Told) -> Sheet:
    columns = [Column(f"{one.number}. {one.title}", "number" if one.is_figure else "text") for one in given.form]
    rows = ([cell(one, said, given.files) for one in given.form] for said in given.rows)
    return Sheet("数据", _head(given, columns), _led(given, rows, 0))


def _as_codes(given: Told) -> Sheet:
    made = coded(given.form, given.files)
    columns = [Column(f"{one.name} {one.label}", "text" if one.is_text else "number") for one in made]
    rows = ([one.code(said) for one in made] for said in given.rows)
    return Sheet("编码", _head(given, columns), _led(given, rows, 1))


def _head(given: Told, columns: list[Column]) -> list[Column]:
    own = [Column("序号", "number"), *([Column("单位", width=10)] if given.units else [])]
    return own + [Column(one.title[:80], one.kind, width=8) for one in columns]


def _led(given: Told, rows: Iterator[list[Any]], sheet: int) -> Iterator[list[Value]]:
    """Each row with its number, and its unit where people were invited; a job says how far the two sheets are."""
    many = len(given.rows)
    for place, cells in enumerate(rows):
        progress(sheet * many + place, 2 * many)
        yield [place + 1, *([given.units[place]] if given.units else []), *cells]


_SUMMARY = [
    Column("题号", "number"), Column("题目", width=30), Column("题型"), Column("行", width=12),
    Column("答案", width=20), Column("人数", "number"), Column("比例（%）", "number"), Column("有效答案", "number"),
    Column("统计", width=20),
]  # fmt: skip


def _summary_rows(count: Count) -> Iterator[list[Value]]:
    for one in count.summaries():
        head: list[Value] = [one.question.number, one.question.title, one.question.kind_words]
        figures = "；".join(f"{name}{value}" for name, value in one.figures)
        for text, lines in [("", one.lines), *one.rows]:
            for line in lines:
                yield [*head, text, line.text, line.count, line.width, one.answered, figures]
        if not one.lines and not one.rows:
            yield [*head, "", "", None, None, one.answered, figures]


# SPSS


def spss(survey: Survey) -> bytes:
    """The codes with the words of variables and values."""
    given = told(survey)
    return write_sav(survey.title, variables(given.form, given.rows, given.units, given.files))


WRITERS: Final[Mapping[str, Callable[[Survey], bytes]]] = {Export.Kind.EXCEL: excel, Export.Kind.SPSS: spss}


# Word


def word(survey: Survey, count: Count) -> bytes:
    """What the answers say together, as an official document."""
    day = timezone.localtime(clock.now()).date()
    opening = paragraph(
        f"{survey.unit}发起的问卷“{survey.title}”，截至{words.day(day)}收到答卷{words.number(count.total)}份。"
        "各题的比例均以回答该题的人数为基数。"
    )
    blocks: list[Block] = [opening]
    for one in count.summaries():
        blocks += _blocks(one)
    document = Document(title=(survey.title, "结果汇总"), blocks=tuple(blocks), signature=survey.unit.name, dated=day)
    return write_word(document)


def _blocks(one: Summary) -> Iterator[Block]:
    yield Heading(one.question.title)
    figures = "".join(f"，{name}{value}" for name, value in one.figures)
    where = "，内容在平台的问卷结果页查看" if one.question.kind in ("text", "file") and one.answered else ""
    yield paragraph(f"{one.question.kind_words}题，{words.number(one.answered)}人回答{figures}{where}。")
    if one.lines:
        yield Table("", _COUNTED, tuple(row(line.text, line.count, line.percent) for line in one.lines))
    elif one.rows:
        options = [line.text for line in one.rows[0][1]]
        columns = (Column("项目", width=12), *(Column(text, align="right") for text in options))
        yield Table("", columns, tuple(row(text, *map(_cell, lines)) for text, lines in one.rows))


_COUNTED = (Column("答案", width=20), Column("人数", "number"), Column("比例", "number"))


def _cell(line: Line) -> str:
    return f"{words.number(line.count)}（{line.percent}）"
