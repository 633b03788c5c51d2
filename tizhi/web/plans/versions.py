"""版本: every frozen text, one as it was, and any two section by section [C5]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from tizhi.base.documents import compare
from tizhi.base.documents.compare import Comparison
from tizhi.base.kit import clock
from tizhi.pipeline.plans import queries
from tizhi.pipeline.plans.models import Plan
from tizhi.pipeline.plans.text import content_of
from tizhi.web.files.sending import attachment
from tizhi.web.frame.request import Request

from .page import found, shell
from .records import parts_of

DRAFT = "draft"


@require_safe
def listed(request: Request, pk: int) -> HttpResponse:
    """The frozen texts that the actor reads, the latest first."""
    plan = found(request, pk)
    context = shell(request, plan, "versions")
    names = {one.declared.id: one.name for one in context["course"].steps}
    versions = list(queries.versions_visible_to(request.actor, plan).defer("content").order_by("-number"))
    context |= {"versions": [(one, names.get(one.step, "以前的步骤")) for one in versions]}
    return render(request, "plans/versions.html", context)


@require_safe
def show(request: Request, pk: int, number: int) -> HttpResponse:
    """One text as it was submitted."""
    plan = found(request, pk)
    version = get_object_or_404(queries.versions_visible_to(request.actor, plan), number=number)
    context = shell(request, plan, "versions") | {"version": version, "parts": parts_of(version.content)}
    return render(request, "plans/version.html", context)


@dataclass(frozen=True)
class Side:
    """One of two texts that are compared."""

    value: str
    words: str
    content: list[dict[str, Any]]


@dataclass(frozen=True)
class Compared:
    """A section in both texts."""

    key: str
    name: str
    comparison: Comparison


@require_safe
def compared(request: Request, pk: int) -> HttpResponse:
    """Two texts, section by section."""
    plan = found(request, pk)
    old, new, choices = _sides(request, plan)
    context = shell(request, plan, "versions")
    sections = sections_compared(old, new) if old and new else []
    context |= {
        "old": old, "new": new, "choices": choices,
        "sections": [one for one in sections if not one.comparison.is_same],
        "same": [one.name for one in sections if one.comparison.is_same],
    }  # fmt: skip
    return render(request, "plans/compare.html", context)


@require_safe
def as_word(request: Request, pk: int) -> HttpResponse:
    """The same as a Word file with the changes tracked."""
    plan = found(request, pk)
    old, new, _ = _sides(request, plan)
    if old is None or new is None:
        raise Http404
    parts = [(one.name, one.comparison) for one in sections_compared(old, new)]
    title = f"{plan}（{old.words}—{new.words}）"
    return attachment(compare.write_changes(title, parts, author=new.words, at=clock.now()), f"{plan}修改对照.docx")


def sections_compared(old: Side, new: Side) -> list[Compared]:
    """Every section of either text, in the order of the new one."""
    before = {one["key"]: one for one in old.content}
    names = {one["key"]: one["name"] for one in (*old.content, *new.content)}
    after = {one["key"]: one for one in new.content}
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Compared(key, names[key], compare.compare(_html(before, key), _html(after, key))) for key in keys
    ]  # fmt: skip


def _html(content: dict[str, Any], key: str) -> str:
    return content[key]["html"] if key in content else ""


def _sides(request: Request, plan: Plan) -> tuple[Side | None, Side | None, list[tuple[str, str]]]:
    """The two texts asked for: by number, or `draft`; left out, the last two that are not the same."""
    versions = {str(one.number): one for one in queries.versions_visible_to(request.actor, plan).order_by("number")}
    sides = {number: Side(number, f"第{number}版", one.content) for number, one in versions.items()}
    if queries.reads_draft(request.actor, plan):
        sides[DRAFT] = Side(DRAFT, "当前文本", content_of(plan))
    last = [*sides][-3:]
    if len(last) > 2 and sides[last[-1]].content == sides[last[-2]].content:
        last.pop()
    new = request.GET.get("new") or (last[-1] if last else "")
    old = request.GET.get("old") or (last[-2] if len(last) > 1 else "")
    if any(asked and asked not in sides for asked in (old, new)):
        raise Http404
    return sides.get(old), sides.get(new), [(one.value, one.words) for one in sides.values()]
