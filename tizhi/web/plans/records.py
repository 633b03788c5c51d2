"""一份计划: its text with the comments beside it, and what was done with which papers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from tizhi.base.documents import rich
from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.models import Comment, Plan
from tizhi.pipeline.plans.past import deeds_of
from tizhi.web.frame.request import Request

from .forms import CommentForm
from .page import found, found_draft, shell


@dataclass(frozen=True)
class Part:
    """A section as it is read: `html` was sanitised when it was stored."""

    key: str
    name: str
    html: SafeString
    comments: int = 0
    changed: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written in it yet."""
        return rich.is_empty(self.html)


def parts_of(content: Any, counts: dict[str, int] | None = None) -> list[Part]:
    """The sections of a frozen text."""
    return [
        Part(one["key"], one["name"], mark_safe(rich.clean(one["html"])), (counts or {}).get(one["key"], 0))  # noqa: S308
        for one in content
    ]


def draft_parts(plan: Plan, counts: dict[str, int]) -> list[Part]:
    """The sections as they now stand."""
    names = queries.names_of_sections(plan)
    return [
        Part(
            one.key,
            names.get(one.key, "其他"),
            mark_safe(one.html),  # noqa: S308
            counts.get(one.key, 0),
            one.changed_words,
        )
        for one in queries.sections_of(plan)
    ]


@require_safe
def show(request: Request, pk: int) -> HttpResponse:
    """The text: what is being written for those it concerns, what is in force for the others."""
    plan = found(request, pk)
    if not queries.reads_draft(request.actor, plan):
        context = shell(request, plan, "show") | {"parts": parts_of(plan.in_force.content if plan.in_force else ())}
        return render(request, "plans/in_force.html", context)
    return text_page(request, plan, CommentForm())


def text_page(request: Request, plan: Plan, form: CommentForm, status: int = 200) -> HttpResponse:
    """The page of the text; `form` keeps a comment that could not be taken."""
    comments = queries.comments_of(plan)
    counts = _open_of(comments)
    context = shell(request, plan, "show")
    context |= {
        "parts": draft_parts(plan, counts),
        "comments": _shown(request, comments),
        "open_comments": sum(counts.values()),
        "form": form,
        "may_comment": actions.comment.open_to(request.actor, plan),
        "present": [one for one in queries.present_in(plan) if one.person_id != request.actor.person_id],
        "deeds": deeds_of(plan, 8),
    }
    return render(request, "plans/show.html", context, status=status)


def _open_of(comments: list[Comment]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in comments:
        if one.resolved_at is None:
            counts[one.section] = counts.get(one.section, 0) + 1
    return counts


def _shown(request: Request, comments: list[Comment]) -> list[dict[str, Any]]:
    """Each comment with its number, and whether the reader may settle it; the open ones first."""
    return [
        {"comment": one, "number": number, "replies": list(one.replies.all()), "may_settle": _may_settle(request, one)}
        for number, one in enumerate(comments, start=1)
    ]


def _may_settle(request: Request, comment: Comment) -> bool:
    act = actions.reopen_comment if comment.resolved_at else actions.resolve
    return act.allowed(request.actor, comment)


@require_safe
def history(request: Request, pk: int) -> HttpResponse:
    """Every step that was recorded, the undone ones too, with its papers; and all that was done."""
    plan = found_draft(request, pk)
    context = shell(request, plan, "history")
    names = {one.declared.id: one.name for one in context["course"].steps}
    records = [(names.get(one.step, "以前的步骤"), one) for one in queries.records_of(plan)]
    context |= {"records": records, "deeds": deeds_of(plan, 200)}
    return render(request, "plans/history.html", context)
