"""题目检查: whether a description can be asked, and what may still change once there are answers. Pure.

`checked` never trusts what it is given: anything of a wrong type, an unknown key or an unknown kind is a fault, named
with its question, all at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tizhi.base.kit.errors import RuleBroken

from .form import KINDS, LONG, Form, Option, Question, form_of

MOST_PAGES, MOST_QUESTIONS, MOST_OPTIONS, MOST_BYTES = 40, 200, 60, 300_000
_TEXTS: Final = {"title": 300, "help": 500, "low": 30, "high": 30, "unit": 20}
_FLAGS: Final = ("required", "other", "long")
_FIGURES: Final = ("least", "most")
_ALWAYS: Final = {"id", "kind", "title", "help", "required", "show"}
_OF_KIND: Final[dict[str, set[str]]] = {
    "single": {"options", "other"},
    "multiple": {"options", "other", "most"},
    "scale": {"first", "last", "low", "high"},
    "matrix": {"options", "rows"},
    "number": {"least", "most", "unit", "decimals"},
    "text": {"long", "most"},
    "file": set(),
}
_TESTS: Final = {"contains", "lacks", "equals", "greater", "less", "at-least", "at-most"}


def checked(data: Any, *, is_whole: bool = False) -> Form:
    """The questionnaire of a description; RuleBroken names every fault. `is_whole`: it must be ready to be answered."""
    found = list(_faults_of_shape(data))
    if not found:
        found = list(_faults_of_pages(data, is_whole))
    if found:
        more = f"；另有{len(found) - 20}处" if len(found) > 20 else ""
        raise RuleBroken("；".join(found[:20]) + more + "。")
    return form_of(data)


def _faults_of_shape(data: Any) -> Iterator[str]:
    """What cannot be read as pages of questions at all."""
    if not isinstance(data, dict) or not isinstance(data.get("pages", []), list) or set(data) - {"pages"}:
        yield "题目的内容无法识别，请刷新页面后重试"
    elif len(json.dumps(data, ensure_ascii=False).encode(errors="replace")) > MOST_BYTES:
        yield "题目内容太多，请拆成几份问卷"
    elif not all(_is_page(page) for page in data.get("pages", [])):
        yield "题目的内容无法识别，请刷新页面后重试"


def _is_page(page: Any) -> bool:
    known = {"id", "title", "help", "show", "questions"}
    return (
        isinstance(page, dict)
        and not set(page) - known
        and _is_key(page.get("id"))
        and all(isinstance(page.get(name, ""), str) for name in ("title", "help"))
        and isinstance(page.get("questions", []), list)
        and all(_is_question(one) for one in page.get("questions", []))
    )


def _is_question(one: Any) -> bool:
    if not isinstance(one, dict) or one.get("kind") not in KINDS or not _is_key(one.get("id")):
        return False
    if set(one) - _ALWAYS - _OF_KIND[one["kind"]] or not isinstance(one.get("title", ""), str):
        return False
    texts = all(isinstance(one.get(name, ""), str) for name in _TEXTS)
    flags = all(isinstance(one.get(name, False), bool) for name in _FLAGS)
    figures = all(one.get(name) is None or _is_number(one[name]) for name in _FIGURES)
    wholes = all(type(one.get(name, 0)) is int for name in ("first", "last", "decimals"))
    return (
        texts and flags and figures and wholes and all(_is_options(one.get(name, [])) for name in ("options", "rows"))
    )


def _is_options(rows: Any) -> bool:
    return isinstance(rows, list) and all(
        isinstance(row, dict) and _is_key(row.get("id")) and isinstance(row.get("text"), str)
        and not set(row) - {"id", "text", "exclusive"} and isinstance(row.get("exclusive", False), bool)
        for row in rows
    )  # fmt: skip


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 12 and value.isascii() and value.isalnum()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**12


def _faults_of_pages(data: Mapping[str, Any], is_whole: bool) -> Iterator[str]:
    form = form_of({"pages": [_named(page) for page in data.get("pages", [])]})
    questions = list(form)
    if len(form.pages) > MOST_PAGES or len(questions) > MOST_QUESTIONS:
        yield f"最多{MOST_PAGES}页、{MOST_QUESTIONS}道题"
    keys = [one.id for one in questions] + [page.id for page in form.pages]
    if len(set(keys)) != len(keys):
        yield "有两道题的编号相同，请刷新页面后重试"
    if is_whole and not questions:
        yield "还没有题目"
    earlier: dict[str, Question] = {}
    for page in form.pages:
        yield from _faults_of_rule(page.show, earlier, f"第{page.number}页的显示条件")
        if is_whole and not page.questions:
            yield f"第{page.number}页还没有题目，请添加题目或删去这一页"
        for one in page.questions:
            yield from (f"{one.words}：{fault}" for fault in _faults_of_question(one))
            yield from _faults_of_rule(one.show, earlier, f"{one.words}的显示条件")
            earlier[one.id] = one


def _named(page: Mapping[str, Any]) -> dict[str, Any]:
    """A title that is missing is an empty one: it is a fault of its own."""
    return {**page, "questions": [{"title": "", **one} for one in page.get("questions", [])]}


def _faults_of_question(one: Question) -> Iterator[str]:
    if not one.title.strip():
        yield "请写明题目"
    for name, most in _TEXTS.items():
        if len(getattr(one, name)) > most:
            yield f"文字过长，应在{most}字以内"
    if one.is_choice or one.kind == "matrix":
        yield from _faults_of_options(one.options, "选项", 2 if not one.other else 1)
    if one.kind == "matrix":
        yield from _faults_of_options(one.rows, "行", 1)
    yield from _faults_of_limits(one)


def _faults_of_options(options: tuple[Option, ...], word: str, least: int) -> Iterator[str]:
    texts = [option.text.strip() for option in options]
    if len(options) < least:
        yield f"至少要有{least}个{word}" if word == "选项" else "至少要有一行"
    if len(options) > MOST_OPTIONS:
        yield f"{word}最多{MOST_OPTIONS}个"
    if "" in texts:
        yield f"有的{word}没有文字"
    if len(set(texts)) != len(texts):
        yield f"有两个{word}的文字相同"
    if len({option.id for option in options}) != len(options) or any(option.id == "other" for option in options):
        yield f"{word}的编号重复，请删去后重新添加"
    if any(len(text) > 200 for text in texts):
        yield f"{word}的文字应在200字以内"


def _faults_of_limits(one: Question) -> Iterator[str]:
    if one.kind == "scale" and not (one.first in (0, 1) and one.first + 1 < one.last <= 10):
        yield "打分的范围应从0或1开始，到3至10为止"
    if one.kind == "number" and one.least is not None and one.most is not None and one.least > one.most:
        yield "最小值大于最大值"
    if one.kind == "number" and not 0 <= one.decimals <= 4:
        yield "小数最多4位"
    if one.kind == "multiple" and one.most is not None and not 1 <= one.most <= len(one.choices):
        yield "最多选几项，应在1和选项数之间"
    if one.kind == "text" and one.most is not None and not 1 <= one.most <= LONG * 2:
        yield f"字数限制应在1和{LONG * 2}之间"


def _faults_of_rule(rule: Any, earlier: Mapping[str, Question], place: str, depth: int = 0) -> Iterator[str]:
    """A rule asks only what was answered before, and only what that question can say."""
    if rule is None:
        return
    if not isinstance(rule, dict) or depth > 3:
        yield f"{place}无法识别，请重新设置"
    elif set(rule) in ({"all"}, {"any"}):
        (parts,) = rule.values()
        if not isinstance(parts, list) or not 0 < len(parts) <= 20:
            yield f"{place}无法识别，请重新设置"
        else:
            for part in parts:
                yield from _faults_of_rule(part, earlier, place, depth + 1)
    else:
        yield from _faults_of_test(rule, earlier, place)


def _faults_of_test(rule: Mapping[str, Any], earlier: Mapping[str, Question], place: str) -> Iterator[str]:
    if set(rule) != {"question", "is", "value"} or not isinstance(rule["question"], str) or rule["is"] not in _TESTS:
        yield f"{place}无法识别，请重新设置"
        return
    asked = earlier.get(rule["question"])
    if asked is None:
        yield f"{place}用到的题目不在它的前面，请调整顺序或重新设置条件"
    elif asked.is_choice:
        if rule["is"] not in ("contains", "lacks", "equals") or rule["value"] not in [one.id for one in asked.choices]:
            yield f"{place}用到的选项已不存在，请重新设置"
    elif not asked.is_figure or rule["is"] in ("contains", "lacks") or not _is_number(rule["value"]):
        yield f"{place}只能用选择题、打分题和数字题的答案"


# Once there are answers


def require_same_meaning(old: Form, new: Form, used: Mapping[str, set[str]]) -> None:
    """RuleBroken when a change would give answers another meaning. Texts may be put right.

    `used` names by question what was chosen (options, or rows of a matrix as `row:…`); a question without an entry was
    never answered.
    """
    found: list[str] = []
    for before in old:
        if before.id in used:
            found += _turned(before, new.question(before.id), used[before.id])
    shown = {page.id: page.show for page in old.pages if any(one.id in used for one in page.questions)}
    found += [
        f"第{page.number}页的题目已有答案，不能改显示条件"
        for page in new.pages
        if page.id in shown and page.show != shown[page.id]
    ]
    if found:
        raise RuleBroken("问卷已有人填写：" + "；".join(found) + "。文字可以修改。")


def _turned(before: Question, after: Question | None, used: set[str]) -> Iterator[str]:
    if after is None:
        yield f"{before.words}已有答案，不能删除"
    elif after.kind != before.kind:
        yield f"{before.words}已有答案，不能改题型"
    else:
        if (before.first, before.last) != (after.first, after.last):
            yield f"{before.words}已有答案，不能改打分范围"
        if before.show != after.show:
            yield f"{before.words}已有答案，不能改显示条件"
        if before.unit != after.unit:
            yield f"{before.words}已有答案，不能改单位"
        yield from (f"{before.words}的“{text}”已有人选，不能删除" for text in _gone(before, after, used))


def _gone(before: Question, after: Question, used: set[str]) -> Iterator[str]:
    options, rows = {one.id for one in after.choices}, {one.id for one in after.rows}
    yield from (one.text for one in before.choices if one.id in used and one.id not in options)
    yield from (one.text for one in before.rows if f"row:{one.id}" in used and one.id not in rows)
