"""问卷结果: every question as table and chart, narrowed by unit or by an answer; two questions together; texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tizhi.pipeline.surveys import queries, rules
from tizhi.pipeline.surveys.form import Form, Question, form_of
from tizhi.pipeline.surveys.models import Survey
from tizhi.pipeline.surveys.results import Count, groups, summarise
from tizhi.pipeline.surveys.results import cross as crossed
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .tabs import tabs_of


class Narrowed:
    """The answers a page counts: all, those of a unit, or those who gave one answer – all read in one go."""

    def __init__(self, request: Request, survey: Survey, form: Form) -> None:
        self.survey, self.form = survey, form
        self.unit = request.GET.get("unit", "")
        self.answer = request.GET.get("answer", "")
        self.rule = _rule(form, self.answer)
        self.by_unit: Counter = Counter()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for unit, answers in queries.answers_with_unit(self.survey):
            self.by_unit[unit] += 1
            if (not self.unit or str(unit) == self.unit) and rules.holds(self.rule, answers):
                yield answers

    @property
    def is_narrowed(self) -> bool:
        """Whether some answers are left out."""
        return bool(self.unit or self.rule)

    def units(self) -> list[tuple[str, str]]:
        """The units that may be told apart, once everything was read."""
        return [
            (str(unit.pk), f"{unit.called}（{self.by_unit[unit.pk]}份）")
            for unit in queries.invited_units(self.survey)
            if self.by_unit[unit.pk] >= rules.SMALL
        ]


def _rule(form: Form, text: str) -> dict[str, Any] | None:
    """`q1|a2` as a rule; None for what names no answer."""
    key, _, value = text.partition("|")
    one = form.question(key)
    if one is None:
        return None
    found = next((option for option, _ in groups(one) if str(option) == value), None)
    if found is None:
        return None
    return {"question": key, "is": "equals" if one.kind == "scale" else "contains", "value": found}


def _tellable(form: Form) -> list[Question]:
    """The questions by which answers may be told apart."""
    return [one for one in form if one.is_choice or one.kind == "scale"]


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """All questions."""
    survey = survey_of(request, pk)
    form = form_of(survey.form)
    narrowed = Narrowed(request, survey, form)
    count = summarise(form, narrowed)
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "results"),
        "narrowed": narrowed,
        "units": narrowed.units(),
        "answers": [(one, [(f"{one.id}|{key}", text) for key, text in groups(one)]) for one in _tellable(form)],
        "count": count,
        "summaries": [] if _is_hidden(narrowed, count) else count.summaries(),
        "is_hidden": _is_hidden(narrowed, count),
        "small": rules.SMALL,
        "may_cross": len(_tellable(form)) > 1,
    }
    return render(request, "surveys/results.html", context)


def _is_hidden(narrowed: Narrowed, count: Count) -> bool:
    return narrowed.is_narrowed and 0 < count.total < rules.SMALL


@require_safe
def cross(request: Request, pk: int) -> HttpResponse:
    """One question's answers by another's."""
    survey = survey_of(request, pk)
    form = form_of(survey.form)
    tellable = _tellable(form)
    if len(tellable) < 2:
        raise Http404
    row = form.question(request.GET.get("row", "")) or tellable[1]
    column = form.question(request.GET.get("by", "")) or tellable[0]
    if row not in tellable or column not in tellable:
        raise Http404
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "results"),
        "questions": tellable,
        "row": row,
        "column": column,
        "table": crossed(row, column, queries.answers_of(survey), rules.SMALL),
        "small": rules.SMALL,
    }
    return render(request, "surveys/cross.html", context)


@require_safe
def texts(request: Request, pk: int, name: str) -> HttpResponse:
    """What was written to a question, or beside its 其他; the files that were handed in."""
    survey = survey_of(request, pk)
    key, _, other = name.partition(".")
    one = form_of(survey.form).question(key)
    if (
        one is None
        or (other and not (one.other and name == one.other_name))
        or (not other and one.kind not in ("text", "file"))
    ):
        raise Http404
    found = [answers[name] for answers in queries.answers_of(survey) if answers.get(name)]
    files = queries.files_by_response(survey) if one.kind == "file" else {}
    if files:
        found = [(key, files[key]) for keys in found for key in keys if key in files]
    context = {
        "target": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "results"),
        "question": one,
        "is_other": bool(other),
        "is_files": one.kind == "file",
        "page": page_of(request, found, 50),
    }
    return render(request, "surveys/texts.html", context)


def survey_of(request: Request, pk: int) -> Survey:
    """The survey, if its results may be read; 404 otherwise."""
    found = queries.results_visible_to(request.actor).exclude(state=Survey.State.DRAFT)
    return get_object_or_404(queries.in_full(found), pk=pk)
