"""答卷的列: every question as columns of a table – in words, as codes, as SPSS variables.

A choice of several is one column in words and a column of 1/0 for each option as codes; a matrix is a column a row.
Units of few answers are left out of all tables: somebody could be recognised.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from .form import Form, Option, Question
from .results import Answers, words_of
from .spss import Measure, Variable

Cell = str | float | None


@dataclass(frozen=True)
class Coded:
    """A column of codes: its name, its label, how an answer becomes its code, what the codes mean."""

    name: str
    label: str
    code: Callable[[Answers], Cell]
    labels: Mapping[float, str]
    measure: Measure = "nominal"
    is_text: bool = False
    decimals: int = 0


def coded(form: Form, files: Mapping[int, str]) -> list[Coded]:
    """The columns of codes, in the order of the questions; `files` are the names of uploads by id."""
    return [column for one in form for column in _columns(one, files)]


def _columns(one: Question, files: Mapping[int, str]) -> Iterator[Coded]:
    name, label = f"Q{one.number}", f"{one.number}. {one.title}"
    if one.kind == "single":
        yield Coded(name, label, _place_in(one.id, one.choices), _labels(one.choices))
    elif one.kind == "multiple":
        for place, option in enumerate(one.choices, start=1):
            yield Coded(f"{name}_{place}", f"{label}：{option.text}", _chosen(one.id, option.id), {0: "未选", 1: "选"})
    elif one.kind == "matrix":
        for place, row in enumerate(one.rows, start=1):
            code = _place_in(one.id, one.options, row.id)
            yield Coded(f"{name}_{place}", f"{label}：{row.text}", code, _labels(one.options), "ordinal")
    elif one.is_figure:
        yield _figure(one, name, label)
    else:
        yield Coded(name, label, lambda said: plain_words(one, said, files), {}, is_text=True)
    if one.other:
        yield Coded(f"{name}_text", f"{label}：其他的内容", lambda said: said.get(one.other_name, ""), {}, is_text=True)


def _figure(one: Question, name: str, label: str) -> Coded:
    if one.kind == "scale":
        ends = {float(step): text for step, text in ((one.first, one.low), (one.last, one.high)) if text}
        return Coded(name, label, lambda said: said.get(one.id), ends, "ordinal")
    unit = f"（{one.unit}）" if one.unit else ""
    return Coded(name, label + unit, lambda said: said.get(one.id), {}, "scale", decimals=one.decimals)


def _labels(options: Iterable[Option]) -> dict[float, str]:
    return {float(place): option.text for place, option in enumerate(options, start=1)}


def _place_in(key: str, options: Iterable[Option], row: str = "") -> Callable[[Answers], Cell]:
    places = {option.id: float(place) for place, option in enumerate(options, start=1)}
    if row:
        return lambda said: places.get((said.get(key) or {}).get(row, ""))
    return lambda said: places.get(said.get(key, ""))


def _chosen(key: str, option: str) -> Callable[[Answers], Cell]:
    return lambda said: float(option in said[key]) if key in said else None


def plain_words(one: Question, said: Answers, files: Mapping[int, str]) -> str:
    """An answer in words; files by their names."""
    answer = said.get(one.id)
    if one.kind == "file":
        return "；".join(files.get(key, "") for key in answer or ())
    return words_of(one, answer, said)


def cell(one: Question, said: Answers, files: Mapping[int, str]) -> Cell:
    """An answer for the sheet of words: figures stay figures."""
    return said.get(one.id) if one.is_figure else plain_words(one, said, files)


def variables(form: Form, rows: list[Answers], units: list[str], files: Mapping[int, str]) -> list[Variable]:
    """The columns of codes as SPSS variables; `units` names the unit of each row, or is empty."""
    made = [
        Variable(
            one.name, one.label, [_value(one.code(said)) for said in rows], one.labels, one.measure, one.is_text,
            one.decimals,
        )
        for one in coded(form, files)
    ]  # fmt: skip
    return [Variable("unit", "单位", units, is_text=True), *made] if units else made


def _value(code: Cell) -> float | str | None:
    return code if isinstance(code, str) or code is None else float(code)


def shown_units(units: Iterable[int | None], names: Mapping[int, str], small: int) -> dict[int | None, str]:
    """The name of each unit whose answers may be told apart; the others are 其他单位."""
    many = Counter(units)
    hidden = f"其他单位（不足{small}份）"
    return {unit: names.get(unit or 0, "") if count >= small else hidden for unit, count in many.items()}
