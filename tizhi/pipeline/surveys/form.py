"""问卷的题目: what the JSON description of a questionnaire says, as pages read it. Pure.

`{"pages": [{"id", "title", "help", "show", "questions": [{"id", "kind", "title", …}]}]}`; what a kind has beside its
title stands in `Question`. `show` is a rule on earlier answers: `{"question", "is", "value"}`, `{"all": […]}` or
`{"any": […]}`. An answer is an option's id, a list of them, a figure, a text, for a matrix a mapping of row to option;
what was written beside 其他 stands under `<question>.other`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Rule = Mapping[str, Any]

KINDS: Final = {
    "single": "单选", "multiple": "多选", "scale": "打分", "matrix": "矩阵", "number": "数字", "text": "文字",
    "file": "文件",
}  # fmt: skip
OTHER: Final = "other"
SHORT, LONG = 200, 2000
MOST_FILES: Final = 3


@dataclass(frozen=True)
class Option:
    """One answer to choose, or one row of a matrix; what is exclusive is chosen alone."""

    id: str
    text: str
    exclusive: bool = False


@dataclass(frozen=True)
class Question:
    """One question; `first`–`last` are the ends of a scale, `low`–`high` what they mean, `most` a limit of its kind."""

    id: str
    kind: str
    title: str
    number: int
    page: str
    help: str = ""
    required: bool = False
    show: Rule | None = None
    options: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    other: bool = False
    first: int = 1
    last: int = 5
    low: str = ""
    high: str = ""
    least: float | None = None
    most: float | None = None
    unit: str = ""
    decimals: int = 0
    long: bool = False

    @property
    def words(self) -> str:
        """第3题“…”: how a fault names it."""
        return f"第{self.number}题“{self.title[:20]}”"

    @property
    def kind_words(self) -> str:
        """单选, 多选 …"""
        return KINDS[self.kind]

    @property
    def is_choice(self) -> bool:
        """Whether options are chosen."""
        return self.kind in ("single", "multiple")

    @property
    def is_figure(self) -> bool:
        """Whether the answer is a number that can be compared."""
        return self.kind in ("scale", "number")

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options with 其他 where it is offered."""
        return (*self.options, Option(OTHER, "其他")) if self.other else self.options

    @property
    def other_name(self) -> str:
        """Under what the text of 其他 stands."""
        return f"{self.id}.{OTHER}"

    @property
    def steps(self) -> range:
        """The points of a scale."""
        return range(self.first, self.last + 1)

    @property
    def length(self) -> int:
        """How many characters a text may have."""
        return int(self.most) if self.most else LONG if self.long else SHORT


@dataclass(frozen=True)
class Page:
    """Questions seen at once on a phone."""

    id: str
    number: int
    title: str
    help: str
    show: Rule | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Form:
    """A questionnaire."""

    pages: tuple[Page, ...]

    def __iter__(self) -> Iterator[Question]:
        return (question for page in self.pages for question in page.questions)

    def question(self, key: str) -> Question | None:
        """The question of that id."""
        return next((one for one in self if one.id == key), None)

    def page(self, key: str) -> Page | None:
        """The page of that id."""
        return next((one for one in self.pages if one.id == key), None)


def form_of(data: Mapping[str, Any]) -> Form:
    """The questionnaire that a sound description tells (`checks.faults` finds what is not sound)."""
    pages, number = [], 0
    for place, page in enumerate(data.get("pages", ()), start=1):
        questions = []
        for one in page.get("questions", ()):
            number += 1
            questions.append(_question(one, number, page["id"]))
        pages.append(
            Page(page["id"], place, page.get("title", ""), page.get("help", ""), page.get("show"), tuple(questions))
        )
    return Form(tuple(pages))


def _question(one: Mapping[str, Any], number: int, page: str) -> Question:
    lists: dict[str, Any] = {name: tuple(_option(row) for row in one.get(name, ())) for name in ("options", "rows")}
    own = {name: value for name, value in one.items() if name not in lists and value is not None}
    return Question(number=number, page=page, **lists, **own)


def _option(one: Mapping[str, Any]) -> Option:
    return Option(one["id"], one["text"], bool(one.get("exclusive")))
