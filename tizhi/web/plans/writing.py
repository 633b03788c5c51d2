"""编写: one section in the editor – saved as one types, merged where two write, with whoever else is there."""

from __future__ import annotations

from html import escape

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from tizhi.base.documents import rich
from tizhi.base.documents.compare import compare
from tizhi.base.kit import clock
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.plans import actions, present, queries
from tizhi.pipeline.plans.models import Plan, Section
from tizhi.web.frame.act import perform
from tizhi.web.frame.request import Request

from .page import found_draft, shell
from .records import draft_parts


def edit(request: Request, pk: int, key: str) -> HttpResponse:
    """The editor of one section; without JavaScript text can be added below what stands there."""
    plan = found_draft(request, pk)
    section = _section(plan, key)
    actions.save_section.require(request.actor, section)
    if request.method != "POST":
        return _page(request, plan, section, section.html)
    html = _sent(request)
    try:
        perform(request, actions.save_section, section, html=html)
    except Stale:
        return _merge(request, plan, _section(plan, key), html)
    except RuleBroken as fault:
        return _page(request, plan, section, html, fault=fault.message, status=422)
    messages.success(request, "已保存。")
    return redirect(reverse("plans:show", args=[pk]) + f"#{key}")


@require_POST
def autosave(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep what is typed."""
    plan = found_draft(request, pk)
    section = _section(plan, key)
    try:
        saved = perform(request, actions.save_section, section, html=_sent(request))
    except RuleBroken as fault:
        return JsonResponse({"errors": fault.fields or {"": fault.message}}, status=422)
    except Stale:
        return JsonResponse({}, status=409)
    return JsonResponse({"version": saved.version, "saved_at": f"{timezone.localtime(clock.now()):%H:%M}"})


@require_safe
def earlier(request: Request, pk: int, key: str) -> HttpResponse:
    """What stood in a section before, and how each differs from what stands there now."""
    plan = found_draft(request, pk)
    section = _section(plan, key)
    pasts = list(queries.pasts_of(section)[:30])
    context = shell(request, plan, "show") | {
        "section": section,
        "name": queries.names_of_sections(plan).get(key, "其他"),
        "pasts": [(one, compare(one.html, section.html)) for one in pasts],
    }
    return render(request, "plans/earlier.html", context)


@require_POST
def presence(request: Request, pk: int) -> HttpResponse:
    """I am here; answers who else is, and in which section. No act: nothing of it is kept for long."""
    plan = found_draft(request, pk)
    if not actions.import_text.allowed(request.actor, plan):
        raise Denied(actions.save_section.label)
    there = present.here(request.actor, plan, request.POST.get("section", ""))
    return JsonResponse({"present": [{"name": one.person.name, "section": one.section} for one in there]})


@require_POST
def picture(request: Request, pk: int) -> HttpResponse:
    """Take a picture for the text; answers its address."""
    plan = found_draft(request, pk)
    actions.add_picture.require(request.actor, plan)
    file = request.FILES.get("file")
    if file is None:
        return JsonResponse({"error": "没有收到图片，请重新选择。"}, status=422)
    try:
        taken = perform(request, actions.add_picture, plan, version=None, file=file)
    except RuleBroken as fault:
        return JsonResponse({"error": fault.message}, status=422)
    return JsonResponse({"src": reverse("files:download", args=[taken.file_id]), "alt": ""})


def _sent(request: Request) -> str:
    """The text as sent, and what was typed below it by who has no editor."""
    html = request.POST.get("html", "")
    more = request.POST.get("more", "").replace("\0", "")
    return html + "".join(f"<p>{escape(line.strip())}</p>" for line in more.splitlines() if line.strip())


def _section(plan: Plan, key: str) -> Section:
    section = get_object_or_404(queries.section_rows(plan), key=key)
    section.plan = plan
    return section


def _page(
    request: Request, plan: Plan, section: Section, html: str, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = _context(request, plan, section) | {"html": html, "shown": mark_safe(rich.clean(html)), "fault": fault}  # noqa: S308
    return render(request, "plans/edit.html", context, status=status)


def _merge(request: Request, plan: Plan, fresh: Section, mine: str) -> HttpResponse:
    """Both texts are there: what I typed in the editor, and how it differs from what the other saved."""
    mine = rich.clean(mine, queries.pictures_of(plan))
    comparison = compare(fresh.html, mine)
    context = _context(request, plan, fresh) | {
        "html": mine, "shown": mark_safe(mine), "theirs": fresh.html, "comparison": comparison,  # noqa: S308
    }  # fmt: skip
    return render(request, "plans/merge.html", context, status=409)


def _context(request: Request, plan: Plan, section: Section) -> dict[str, object]:
    counts = queries.comment_counts(plan)
    comments = [one for one in queries.comments_of(plan) if one.section == section.key and one.resolved_at is None]
    return {
        "target": section,
        "plan": plan,
        "section": section,
        "name": queries.names_of_sections(plan).get(section.key, "其他"),
        "parts": draft_parts(plan, counts),
        "comments": comments,
        "has_past": queries.pasts_of(section).exists(),
        "present": [one for one in queries.present_in(plan) if one.person_id != request.actor.person_id],
    }
