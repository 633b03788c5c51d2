"""代录确认: what was entered in one's name, and what one entered for others; the word or the signed paper [B7]."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tizhi.base.files.intake import take
from tizhi.base.files.models import StoredFile
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.directory import actions, queries
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request

from .forms import PaperForm


def proxies(request: Request) -> HttpResponse:
    """All of it, what waits first."""
    person = request.actor.person_id
    page = page_of(request, queries.proxies_of(person or 0))
    return render(request, "directory/proxies.html", {"page": page, "person_id": person})


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """The principal's word."""
    sign = get_object_or_404(queries.proxies_of(request.actor.person_id or 0), pk=pk)
    perform(request, actions.confirm_proxy, sign)
    messages.success(request, "已确认。")
    return redirect("directory:proxies")


def paper(request: Request, pk: int) -> HttpResponse:
    """The signed paper instead."""
    sign = get_object_or_404(queries.proxies_of(request.actor.person_id or 0), pk=pk)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            stored = take(form.cleaned_data["file"], StoredFile.Kind.PAPER, request.actor.person_id)
            perform(request, actions.attach_signed_paper, sign, paper=stored)
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            messages.success(request, "已附上签字件。")
            return redirect("directory:proxies")
    return render(request, "directory/paper.html", {"form": form, "sign": sign}, status=form_status(form))
