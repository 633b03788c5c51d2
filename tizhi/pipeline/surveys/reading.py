"""读取答案: what a form sent, as answers of the right type; whatever no form of ours sends is left out. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from tizhi.base.documents.part import printable

from .form import LONG, OTHER, Form, Question

Sent = Mapping[str, Sequence[str]]
_LONGEST: Final = LONG * 2 + 1


def read(form: Form, sent: Sent) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers of a sent form, by question, and what could not be read as an answer, in words.

    Files are not among them: they are kept by the server alone.
    """
    answers: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for one in form:
        try:
            answer = _READ[one.kind](one, sent)
        except ValueError as fault:
            faults[one.id] = str(fault)
            continue
        if answer not in (None, "", [], {}):
            answers[one.id] = answer
            if one.other and OTHER in (answer if isinstance(answer, list) else [answer]):
                answers[one.other_name] = _text(sent, one.other_name)[:SHORT_OTHER]
    return answers, faults


SHORT_OTHER: Final = 200


def _text(sent: Sent, name: str) -> str:
    values = sent.get(name) or [""]
    return printable(str(values[-1])).replace("\0", "").strip()[:_LONGEST]


def _single(one: Question, sent: Sent) -> str:
    value = _text(sent, one.id)
    if value and value not in {option.id for option in one.choices}:
        raise ValueError("请重新选择")
    return value


def _multiple(one: Question, sent: Sent) -> list[str]:
    known, values = [option.id for option in one.choices], set(sent.get(one.id) or ())
    if values - set(known):
        raise ValueError("请重新选择")
    return [key for key in known if key in values]


def _matrix(one: Question, sent: Sent) -> dict[str, str]:
    known, found = {option.id for option in one.options}, {}
    for row in one.rows:
        if value := _text(sent, f"{one.id}.{row.id}"):
            if value not in known:
                raise ValueError("请重新选择")
            found[row.id] = value
    return found


def _scale(one: Question, sent: Sent) -> int | None:
    value = _text(sent, one.id)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 4 and int(value) in one.steps):
        raise ValueError("请重新打分")
    return int(value)


def _number(one: Question, sent: Sent) -> float | int | None:
    value = _text(sent, one.id).replace(",", "").replace("，", "").removesuffix(one.unit).strip()
    if not value:
        return None
    try:
        figure = float(value)
    except ValueError:
        figure = math.nan
    if not math.isfinite(figure) or abs(figure) >= 10**12:
        raise ValueError("请填数字")
    return int(figure) if figure.is_integer() else figure


def _nothing(one: Question, sent: Sent) -> None:
    return None


_READ: Final = {
    "single": _single, "multiple": _multiple, "matrix": _matrix, "scale": _scale, "number": _number,
    "text": lambda one, sent: _text(sent, one.id), "file": _nothing,
}  # fmt: skip
