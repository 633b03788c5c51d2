"""问卷页面的题目: each question as a page draws it – what was answered, what is wrong with it, what was uploaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tizhi.pipeline.surveys.form import OTHER, Form, Option, Page, Question, Rule

Files = Mapping[str, Sequence[tuple[int, str]]]


@dataclass(frozen=True)
class Choice:
    """An option as a control: the name and value it sends, and whether it is chosen."""

    name: str
    value: object
    text: str
    is_chosen: bool

    @property
    def id(self) -> str:
        """Its place in the page."""
        return f"{self.name}-{self.value}"


@dataclass(frozen=True)
class Asked:
    """A question on the page."""

    question: Question
    answer: Any
    other_text: str
    fault: str
    files: Sequence[tuple[int, str]]
    condition: str

    @property
    def template(self) -> str:
        """What draws its answers."""
        kind = "choice" if self.question.is_choice else self.question.kind
        return f"surveys/asks/{kind}.html"

    @property
    def choices(self) -> list[Choice]:
        """The options, or the points of the scale."""
        one = self.question
        if one.kind == "scale":
            return [Choice(one.id, step, str(step), step == self.answer) for step in one.steps]
        return _choices(one.id, one.choices, self.answer)

    @property
    def has_other(self) -> bool:
        """Whether 其他 is chosen."""
        return OTHER in (self.answer if isinstance(self.answer, list) else [self.answer])

    @property
    def rows(self) -> Iterator[tuple[str, list[Choice]]]:
        """The rows of a matrix with their options."""
        answer = self.answer or {}
        for row in self.question.rows:
            yield row.text, _choices(f"{self.question.id}.{row.id}", self.question.options, answer.get(row.id))


@dataclass(frozen=True)
class AskedPage:
    """A page of questions; `condition` says in words when it is asked."""

    page: Page
    asked: Sequence[Asked]
    condition: str


def _choices(name: str, options: Sequence[Option], answer: Any) -> list[Choice]:
    chosen = answer if isinstance(answer, list) else [answer]
    return [Choice(name, option.id, option.text, option.id in chosen) for option in options]


def pages_of(
    form: Form,
    answers: Mapping[str, Any] | None = None,
    faults: Mapping[str, str] | None = None,
    files: Files | None = None,
) -> list[AskedPage]:
    """Every page with its questions, as far as they are answered."""
    said, wrong, kept = answers or {}, faults or {}, files or {}
    return [
        AskedPage(
            page,
            [
                Asked(
                    one, said.get(one.id), str(said.get(one.other_name, "")), wrong.get(one.id, ""),
                    kept.get(one.id, ()), words_of_rule(form, one.show),
                )
                for one in page.questions
            ],
            words_of_rule(form, page.show),
        )
        for page in form.pages
    ]  # fmt: skip


_TESTS = {
    "contains": "选了{}", "lacks": "没有选{}", "equals": "等于{}", "greater": "大于{}", "less": "小于{}",
    "at-least": "不小于{}", "at-most": "不大于{}",
}  # fmt: skip


def words_of_rule(form: Form, rule: Rule | None) -> str:
    """A rule in words: 第1题选了“是”，且第3题不小于4."""
    if not rule:
        return ""
    for key, link in (("all", "，且"), ("any", "，或")):
        if key in rule:
            return link.join(words_of_rule(form, one) for one in rule[key])
    asked = form.question(rule["question"])
    if asked is None:
        return ""
    texts = {option.id: f"“{option.text}”" for option in asked.choices}
    return f"第{asked.number}题{_TESTS[rule['is']].format(texts.get(rule['value'], rule['value']))}"
