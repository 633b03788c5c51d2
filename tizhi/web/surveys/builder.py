"""编制题目: the outline of a survey beside its preview; questions are added, worded, moved, copied and taken away.

Plain forms all the way: every step is one request and one entry of the history.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.pipeline.surveys import edits, queries
from tizhi.pipeline.surveys.actions import open_survey, write_form
from tizhi.pipeline.surveys.form import KINDS, form_of
from tizhi.pipeline.surveys.models import Survey
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .asked import pages_of
from .questions import PageForm, QuestionForm, earlier_than
from .tabs import tabs_of


@require_safe
def form(request: Request, pk: int) -> HttpResponse:
    """The outline and the preview."""
    return _outline(request, _found(request, pk))


@require_POST
def arrange(request: Request, pk: int) -> HttpResponse:
    """One step on the outline: `up q3`, `down q3`, `copy q3`, `remove q3`, `page`."""
    survey = _found(request, pk)
    step, _, key = request.POST.get("do", "").partition(" ")
    data: dict[str, Any] = survey.form
    steps = {
        "up": lambda: edits.moved(data, key, -1),
        "down": lambda: edits.moved(data, key, 1),
        "copy": lambda: edits.copied(data, key),
        "remove": lambda: edits.removed(data, key),
        "page": lambda: edits.with_page(data),
    }
    if step not in steps:
        raise Http404
    try:
        perform(request, write_form, survey, form=steps[step]())
    except RuleBroken as fault:
        return _outline(request, survey, fault.message)
    return redirect(reverse("surveys:form", args=[pk]) + (f"#at-{key}" if key and step != "remove" else ""))


def new(request: Request, pk: int, page: str, kind: str) -> HttpResponse:
    """Word a new question of a kind for a page."""
    survey = _found(request, pk)
    told = form_of(survey.form)
    if kind not in KINDS or (told.pages and told.page(page) is None):
        raise Http404
    here = told.page(page)
    earlier = [one for one in told if here is None or told.page(one.page).number <= here.number]  # type: ignore[union-attr]
    form = QuestionForm(request.POST or None, kind=kind, earlier=earlier, old={})
    done = _written(request, survey, form, lambda: edits.with_question(survey.form, page, form.given()))
    if done:
        return done
    return _page(request, survey, form, f"新的{KINDS[kind]}题", f"#page-{page}")


def edit(request: Request, pk: int, key: str) -> HttpResponse:
    """Word a question or a page anew."""
    survey = _found(request, pk)
    told = form_of(survey.form)
    old = next((one for page in survey.form["pages"] for one in (page, *page["questions"]) if one["id"] == key), None)
    if old is None:
        raise Http404
    earlier, data = earlier_than(told, key), request.POST or None
    form: QuestionForm | PageForm
    if question := told.question(key):
        form, words = QuestionForm(data, kind=old["kind"], earlier=earlier, old=old), f"第{question.number}题"
    else:
        form, words = PageForm(data, earlier=earlier, old=old), f"第{told.page(key).number}页"  # type: ignore[union-attr]
    done = _written(request, survey, form, lambda: edits.put(survey.form, key, form.given()))
    if done:
        return done
    return _page(request, survey, form, words, f"#at-{key}")


def _written(
    request: Request, survey: Survey, form: QuestionForm | PageForm, made: Callable[[], Any]
) -> HttpResponse | None:
    """Back at the outline; nothing when the form must be shown (once more)."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        perform(request, write_form, survey, form=made())
    except RuleBroken as fault:
        show_fault(form, fault)
        return None
    messages.success(request, "已保存。")
    return redirect("surveys:form", survey.pk)


def _found(request: Request, pk: int) -> Survey:
    survey = get_object_or_404(queries.in_full(queries.visible_to(request.actor)), pk=pk)
    if not write_form.allowed(request.actor, survey):
        raise Denied(write_form.label)
    return survey


def _outline(request: Request, survey: Survey, words: str = "") -> HttpResponse:
    told = form_of(survey.form)
    context = {
        "target": survey,
        "survey": survey,
        "standing": queries.standing_now(survey),
        "tabs": tabs_of(request.actor, survey, "form"),
        "pages": pages_of(told),
        "description": survey.form,
        "kinds": KINDS.items(),
        "count": len(list(told)),
        "may_write": write_form.open_to(request.actor, survey),
        "why_not": write_form.why_not(survey),
        "may_open": open_survey.open_to(request.actor, survey),
        "has_answers": queries.has_answers(survey),
        "fault": words,
        "is_preview": True,
    }
    return render(request, "surveys/build.html", context, status=422 if words else 200)


def _page(request: Request, survey: Survey, form: Any, words: str, anchor: str) -> HttpResponse:
    context = {
        "form": form,
        "target": survey,
        "words": words,
        "has_answers": queries.has_answers(survey),
        "back": reverse("surveys:form", args=[survey.pk]) + anchor,
    }
    return render(request, "surveys/question.html", context, status=form_status(form))
