"""问卷规则: which questions are seen, what is wrong with answers, whether a survey takes any. No database.

`visible` and `faults` stand once more in `frontend/src/survey/rules.ts`, so that a phone sees at once what the server
decides; both are held to one table of cases (tests/surveys/cases.json).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from .form import MOST_FILES, OTHER, Form, Question, Rule
from .models import Survey

Answers = Mapping[str, Any]
State, Way = Survey.State, Survey.Way

# Fewer answers than this are not told apart from all others: somebody could be recognised.
SMALL: Final = 5


# What is seen


def visible(form: Form, answers: Answers) -> frozenset[str]:
    """The ids of the questions that are asked; what is hidden counts as not answered."""
    seen: set[str] = set()
    told: dict[str, Any] = {}
    for page in form.pages:
        is_open = holds(page.show, told)
        for one in page.questions:
            if is_open and holds(one.show, told):
                seen.add(one.id)
                if is_answered(answers.get(one.id)):
                    told[one.id] = answers[one.id]
    return frozenset(seen)


def holds(rule: Rule | None, answers: Answers) -> bool:
    """Whether a rule holds; what was not answered fulfils nothing."""
    if not rule:
        return True
    if "all" in rule:
        return all(holds(one, answers) for one in rule["all"])
    if "any" in rule:
        return any(holds(one, answers) for one in rule["any"])
    answer = answers.get(rule["question"])
    return is_answered(answer) and _compare(rule["is"], answer, rule.get("value"))


def _compare(test: str, answer: Any, value: Any) -> bool:
    if test in ("contains", "lacks"):
        chosen = answer if isinstance(answer, list) else [answer]
        return (value in chosen) == (test == "contains")
    if test == "equals":
        return bool(answer == value)
    if not _is_number(answer) or not _is_number(value):
        return False
    found = {"greater": answer > value, "less": answer < value, "at-least": answer >= value, "at-most": answer <= value}
    return found.get(test, False)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def is_answered(answer: Any) -> bool:
    """Whether something was said: 0 is said, an empty text or list is not."""
    return answer is not None and answer not in ("", [], {})


# What is wrong


def faults(form: Form, answers: Answers) -> dict[str, str]:
    """What keeps the answers from being handed in, by question; only of what is seen."""
    seen = visible(form, answers)
    found = {one.id: fault_of(one, answers) for one in form if one.id in seen}
    return {key: sentence for key, sentence in found.items() if sentence}


def fault_of(one: Question, answers: Answers) -> str:
    """What is wrong with the answer to a question; nothing if it may stand."""
    answer: Any = answers.get(one.id)
    if not is_answered(answer):
        return _MISSING[one.kind] if one.required else ""
    if one.is_choice:
        return _fault_of_choice(one, answer, answers.get(one.other_name, ""))
    if one.kind == "matrix":
        is_whole = all(row.id in answer for row in one.rows)
        return "" if is_whole or not one.required else _MISSING["matrix"]
    if one.is_figure:
        return _fault_of_figure(one, answer)
    if one.kind == "text":
        return f"不超过{one.length}字" if len(answer) > one.length else ""
    return f"最多上传{MOST_FILES}个文件" if len(answer) > MOST_FILES else ""


_MISSING: Final = {
    "single": "请选择", "multiple": "请选择", "scale": "请打分", "matrix": "请为每一行选择", "number": "请填写",
    "text": "请填写", "file": "请上传文件",
}  # fmt: skip


def _fault_of_choice(one: Question, answer: Any, other: str) -> str:
    chosen = answer if isinstance(answer, list) else [answer]
    if OTHER in chosen and not other.strip():
        return "选了“其他”，请写明内容"
    alone = next((option for option in one.options if option.exclusive and option.id in chosen), None)
    if alone and len(chosen) > 1:
        return f"“{alone.text}”不能与其他选项同时选"
    if one.kind == "multiple" and one.most and len(chosen) > one.most:
        return f"最多选{int(one.most)}项"
    return ""


def _fault_of_figure(one: Question, answer: float) -> str:
    if one.kind == "scale":
        return "" if answer in one.steps else "请重新打分"
    if one.least is not None and answer < one.least:
        return f"不能小于{plain(one.least)}"
    if one.most is not None and answer > one.most:
        return f"不能大于{plain(one.most)}"
    if round(answer, one.decimals) != answer:
        return f"最多{one.decimals}位小数" if one.decimals else "请填整数"
    return ""


def plain(value: float) -> str:
    """3 rather than 3.0."""
    return str(int(value)) if value == int(value) else str(value)


# Whether answers are taken


def accepts(survey: Survey, now: datetime) -> bool:
    """Whether the survey takes answers at that moment."""
    return survey.state == State.OPEN and not (survey.closes_at and survey.closes_at <= now)


def standing(survey: Survey, now: datetime) -> tuple[str, str]:
    """How it stands, for a chip: its look and its word; what is over is 已结束 whether or not anybody closed it."""
    if survey.binned_at:
        return "todo", "回收站"
    if survey.state == State.DRAFT:
        return "todo", "编制中"
    return ("now", "填写中") if accepts(survey, now) else ("done", "已结束")


# Why a state forbids an act, in a sentence; None when it does not.


def not_draft(survey: Survey) -> str | None:
    """What was opened is not opened again."""
    return _binned(survey) or (None if survey.state == State.DRAFT else "这份问卷已经开放过。")


def not_open(survey: Survey) -> str | None:
    """Only what is open can be closed, and only then are people urged."""
    return _binned(survey) or (None if survey.state == State.OPEN else "这份问卷没有在填写中。")


def not_closed(survey: Survey) -> str | None:
    """Only what was closed is opened again."""
    return _binned(survey) or (None if survey.state == State.CLOSED else "这份问卷没有结束。")


def not_editable(survey: Survey) -> str | None:
    """What is over stays as it is."""
    return _binned(survey) or (
        "问卷已结束，不能再改；确需修改的，请先重新开放。" if survey.state == State.CLOSED else None
    )


def not_inviting(survey: Survey) -> str | None:
    """Invitations belong to surveys that are answered by invitation."""
    if survey.way != Way.INVITED:
        return "这份问卷用公开链接填写，不发邀请；需要按单位邀请的，请在开放前改为“按邀请填写”。"
    return not_editable(survey)


def not_binnable(survey: Survey) -> str | None:
    """While people answer it does not vanish."""
    if survey.state == State.OPEN:
        return "填写中的问卷不能移入回收站，请先结束填写。"
    return "已在回收站。" if survey.binned_at else None


def not_binned(survey: Survey) -> str | None:
    """Only what lies in the bin is taken out."""
    return None if survey.binned_at else "这份问卷不在回收站。"


def _binned(survey: Survey) -> str | None:
    return "这份问卷在回收站，请先恢复。" if survey.binned_at else None
