"""导入: an existing plan from Word – what goes where is seen and put right before anything is written [C7]."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from tizhi.base.documents import rich
from tizhi.base.documents.intake import place, read_word
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.plans import actions, queries
from tizhi.pipeline.plans.models import Plan
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .forms import UploadForm
from .intake import Piece, as_upload, pieces_of, texts_of
from .page import found_draft

MOST = 20 * 1024 * 1024


def upload(request: Request, pk: int) -> HttpResponse:
    """Choose a file, see what goes where, put it in."""
    plan = found_draft(request, pk)
    actions.import_text.require(request.actor, plan)
    if request.method == "POST" and "apply" in request.POST:
        return _apply(request, plan)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        try:
            return _preview(request, plan, _pieces(request, plan, form.cleaned_data["file"]))
        except RuleBroken as fault:
            show_fault(form, RuleBroken(fault.message, {"file": fault.message}))
    context = {"form": form, "target": plan, "back": reverse("plans:show", args=[pk])}
    return render(request, "plans/import.html", context, status=form_status(form))


def _pieces(request: Request, plan: Plan, file: Any) -> list[Piece]:
    if file.size > MOST:
        raise RuleBroken("文件超过20MB，请压缩图片后再导入。")
    outline = read_word(file.read())
    placed = place(outline, list(queries.names_of_sections(plan).items()))
    pictures = {
        number: perform(request, actions.add_picture, plan, version=None, once=None, file=shot)
        for number, shot in ((number, as_upload(number, content)) for number, content in outline.pictures.items())
    }
    stored = {number: one.file_id for number, one in pictures.items()}
    return pieces_of(outline, placed, stored)


def _preview(request: Request, plan: Plan, pieces: list[Piece], fault: str = "", status: int = 200) -> HttpResponse:
    names = queries.names_of_sections(plan)
    rows = {one.key: one for one in queries.sections_of(plan)}
    # Shown first what has no place; numbered as they came, for what is put into one section keeps that order.
    shown = [
        {"piece": one, "index": index, "shown": mark_safe(rich.clean(one.html)), "length": rich.length(one.html)}  # noqa: S308
        for index, one in enumerate(pieces)
    ]
    loose, placed = ([one for one in shown if bool(one["piece"].key) is has] for has in (False, True))  # type: ignore[attr-defined]
    context = {
        "target": plan,
        "count": len(shown),
        "loose": loose,
        "loose_words": f"{len(loose)}段",
        "placed": placed,
        "names": names,
        "filled": [names[key] for key in names if key in rows and not rich.is_empty(rows[key].html)],
        "fault": fault,
        "back": reverse("plans:show", args=[plan.pk]),
    }
    return render(request, "plans/import_preview.html", context, status=status)


def _apply(request: Request, plan: Plan) -> HttpResponse:
    pieces = _sent_pieces(request)
    texts = texts_of(pieces, queries.names_of_sections(plan))
    if not texts:
        return _preview(request, plan, pieces, "请至少为一段选择章节。", 422)
    try:
        perform(
            request, actions.import_text, plan, version=None, texts=texts, replace=request.POST.get("mode") == "replace"
        )
    except RuleBroken as fault:
        return _preview(request, plan, pieces, fault.message, 422)
    messages.success(request, f"已导入{len(texts)}个章节；原来的文本在各章节的“以前的文本”里。")
    return redirect("plans:show", plan.pk)


def _sent_pieces(request: Request) -> list[Piece]:
    """What the preview showed, with the sections chosen by hand; the texts are cleaned again when written."""
    found = []
    for index in range(300):
        html = request.POST.get(f"html-{index}")
        if html is None:
            break
        found.append(Piece(request.POST.get(f"title-{index}", "")[:200], html, request.POST.get(f"key-{index}", "")))
    return found
