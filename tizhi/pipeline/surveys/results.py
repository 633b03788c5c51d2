"""问卷结果: what all answers say, question by question – counted while they are read, once. Pure.

`summarise` takes answers in any number and keeps only counts. Shares are of those who answered the question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, repeat
from typing import Any, Final

from .form import OTHER, Form, Question

Answers = dict[str, Any]
# Few enough to be let go of before the collector looks at them.
_CHUNK: Final = 250


@dataclass(frozen=True)
class Line:
    """One bar: what was answered, how often, and which part of those who answered."""

    text: str
    count: int
    share: float

    @property
    def width(self) -> float:
        """The bar's length of 100."""
        return round(self.share * 100, 1)

    @property
    def percent(self) -> str:
        """36.8%."""
        return f"{self.share * 100:.1f}%"


@dataclass(frozen=True)
class Summary:
    """What was answered to one question: `answered` of all, lines, the rows of a matrix, the figures of numbers."""

    question: Question
    answered: int
    lines: tuple[Line, ...] = ()
    rows: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    figures: tuple[tuple[str, str], ...] = ()


@dataclass
class Count:
    """What is counted while answers are read."""

    form: Form
    total: int = 0
    said: dict[str, Counter] = field(default_factory=dict)
    answered: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """A counter for each question, for a matrix one for each row."""
        for one in self.form:
            for key in [f"{one.id}.{row.id}" for row in one.rows] if one.kind == "matrix" else [one.id]:
                self.said[key] = Counter()

    def add(self, several: Sequence[Answers]) -> None:
        """Count some more answers, a question at a time."""
        self.total += len(several)
        for one in self.form:
            if one.kind in ("text", "file"):
                self.answered[one.id] += sum(map(dict.__contains__, several, repeat(one.id)))
            elif one.kind == "multiple":
                given = _given(several, one.id)
                self.answered[one.id] += len(given)
                self.said[one.id].update(chain.from_iterable(given))
            elif one.kind == "matrix":
                given = _given(several, one.id)
                self.answered[one.id] += len(given)
                for row in one.rows:
                    _count(self.said[f"{one.id}.{row.id}"], given, row.id)
            else:
                self.answered[one.id] += len(several) - _count(self.said[one.id], several, one.id)

    def summaries(self) -> list[Summary]:
        """What the counts say, in the order of the questions."""
        return [self._summary(one) for one in self.form]

    def _summary(self, one: Question) -> Summary:
        answered, said = self.answered[one.id], self.said.get(one.id, Counter())
        if one.kind == "matrix":
            rows = tuple((row.text, self._row(one, row.id)) for row in one.rows)
            return Summary(one, answered, rows=rows)
        if one.is_choice:
            return Summary(one, answered, _lines([(option.id, option.text) for option in one.choices], said, answered))
        if one.kind == "scale":
            lines = _lines([(step, _step_words(one, step)) for step in one.steps], said, answered)
            return Summary(one, answered, lines, figures=_figures_of_scale(said, answered))
        if one.kind == "number":
            return Summary(one, answered, figures=_figures(one, said))
        return Summary(one, answered)

    def _row(self, one: Question, row: str) -> tuple[Line, ...]:
        said = self.said[f"{one.id}.{row}"]
        return _lines([(option.id, option.text) for option in one.options], said, said.total())


def _given(several: Sequence[Answers], key: str) -> list[Any]:
    """What each says under `key`, left out where it says nothing."""
    return list(filter(None, map(dict.get, several, repeat(key))))


def _count(counter: Counter, several: Sequence[Answers], key: str) -> int:
    """Count what each says under `key`, in the interpreter's own loop; how many say nothing."""
    counter.update(map(dict.get, several, repeat(key)))
    return int(counter.pop(None, 0))


def summarise(form: Form, answers: Iterable[Answers]) -> Count:
    """Everything counted, in chunks: any number of answers takes the same room."""
    count, rest = Count(form), iter(answers)
    while chunk := list(islice(rest, _CHUNK)):
        count.add(chunk)
    return count


def _lines(options: Iterable[tuple[Any, str]], said: Counter, answered: int) -> tuple[Line, ...]:
    return tuple(Line(text, said[key], said[key] / answered if answered else 0.0) for key, text in options)


def _step_words(one: Question, step: int) -> str:
    ends = {one.first: one.low, one.last: one.high}
    return f"{step}（{ends[step]}）" if ends.get(step) else str(step)


def _figures_of_scale(said: Counter, answered: int) -> tuple[tuple[str, str], ...]:
    return (("平均分", decimal(sum(step * many for step, many in said.items()) / answered)),) if answered else ()


def _figures(one: Question, said: Counter) -> tuple[tuple[str, str], ...]:
    if not said:
        return ()
    values, many = sorted(said.items()), said.total()
    mean = sum(value * times for value, times in values) / many
    found = {
        "平均值": mean, "中位数": quantile(values, many, 0.5), "下四分位数": quantile(values, many, 0.25),
        "上四分位数": quantile(values, many, 0.75), "最小值": values[0][0], "最大值": values[-1][0],
    }  # fmt: skip
    return tuple((name, f"{decimal(value)}{one.unit}") for name, value in found.items())


def quantile(values: Sequence[tuple[float, int]], many: int, share: float) -> float:
    """The value below which `share` of `many` figures lie, between neighbours as Excel's QUARTILE.INC does.

    `values` are the different figures in order, each with how often it stands.
    """
    place = (many - 1) * share
    below = int(place)
    low, high = _at(values, below), _at(values, min(below + 1, many - 1))
    return low + (high - low) * (place - below)


def _at(values: Sequence[tuple[float, int]], place: int) -> float:
    for value, times in values:
        if place < times:
            return value
        place -= times
    return values[-1][0]


def decimal(value: float) -> str:
    """Two places at most, none that say nothing: 3.25, 4, 1,200.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


# Two questions together


@dataclass(frozen=True)
class Cross:
    """One question's answers by another's: columns with how many they hold, rows of count and share of the column."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, tuple[tuple[int, str] | None, ...]], ...]
    is_hiding: bool


def cross(row: Question, column: Question, answers: Iterable[Answers], small: int) -> Cross:
    """`row` by `column`; a column of fewer than `small` answers tells only how many it holds."""
    cells: Counter = Counter()
    totals: Counter = Counter()
    for one in answers:
        if row.id in one and column.id in one:
            for above in _said(one[column.id]):
                totals[above] += 1
                cells.update((beside, above) for beside in _said(one[row.id]))
    above = groups(column)
    shown = tuple(
        (text, tuple(_cell(cells[key, place], totals[place], small) for place, _ in above)) for key, text in groups(row)
    )
    hides = any(0 < totals[place] < small for place, _ in above)
    return Cross(tuple((text, totals[place]) for place, text in above), shown, hides)


def _cell(count: int, of: int, small: int) -> tuple[int, str] | None:
    return (count, f"{count / of * 100:.0f}%") if of >= small else None


def _said(answer: Any) -> list[Any]:
    return answer if isinstance(answer, list) else [answer]


def groups(one: Question) -> list[tuple[Any, str]]:
    """What a question may be told apart by: options, or the points of a scale."""
    if one.kind == "scale":
        return [(step, _step_words(one, step)) for step in one.steps]
    return [(option.id, option.text) for option in one.choices]


def words_of(one: Question, answer: Any, answers: Answers) -> str:
    """An answer as a person reads it, with what was written beside 其他."""
    if answer is None:
        return ""
    if one.is_choice:
        texts = {option.id: option.text for option in one.choices}
        other = answers.get(one.other_name, "")
        texts[OTHER] = f"其他：{other}" if other else "其他"
        return "；".join(texts.get(key, "") for key in _said(answer))
    if one.kind == "matrix":
        texts = {option.id: option.text for option in one.options}
        return "；".join(f"{row.text}：{texts.get(answer[row.id], '')}" for row in one.rows if row.id in answer)
    return str(answer)
