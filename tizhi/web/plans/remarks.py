"""批注: words on a section or a passage, answered and settled."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans import actions, queries
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import show_fault
from tizhi.web.frame.request import Request

from .forms import CommentForm
from .page import found_draft
from .records import text_page

ACTS = {"resolve": actions.resolve, "reopen": actions.reopen_comment, "reply": actions.reply}


@require_POST
def add(request: Request, pk: int) -> HttpResponse:
    """Say something; what was typed stays on the page when something is wrong with it."""
    plan = found_draft(request, pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        actions.comment.require(request.actor, plan)
        return text_page(request, plan, form, status=422)
    try:
        made = perform(request, actions.comment, plan, version=None, **form.cleaned_data)
    except RuleBroken as fault:
        show_fault(form, fault)
        return text_page(request, plan, form, status=422)
    return redirect(reverse("plans:show", args=[pk]) + f"#c{made.pk}")


@require_POST
def act(request: Request, pk: int, comment: int, name: str) -> HttpResponse:
    """Answer a comment, settle it, or take it up again."""
    plan = found_draft(request, pk)
    if name not in ACTS:
        raise Http404
    one = get_object_or_404(queries.comments_in(plan), pk=comment)
    given = {"text": request.POST.get("text", "")} if name == "reply" else {}
    perform(request, ACTS[name], one, version=None, **given)
    return redirect(reverse("plans:show", args=[pk]) + f"#c{one.parent_id or one.pk}")
