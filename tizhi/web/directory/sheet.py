"""导入、导出: upload, see what will happen with all faults at once, confirm; and the list as a sheet, on purpose."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import read_sheet, write_sheet
from tizhi.base.kit import clock, words
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.privacy import masked
from tizhi.pipeline.directory import actions, intake, queries
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.request import Request

from .filters import PeopleFilter
from .forms import ExportForm, SheetForm

SALT = "people-sheet"
AGE = 60 * 60
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _cluster(request: Request) -> Cluster:
    cluster = get_object_or_404(clusters_visible_to(request.actor))
    if not actions.import_people.allowed(request.actor, cluster):
        raise Http404
    return cluster


def upload(request: Request) -> HttpResponse:
    """Choose a file; then what it would do, or every fault in it."""
    cluster = _cluster(request)
    if request.method == "POST" and "rows" in request.POST:
        return _confirm(request, cluster)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rows = intake.read(read_sheet(form.cleaned_data["file"].read(), most=intake.MOST))
        except RuleBroken as fault:
            show_fault(form, fault)
        else:
            return _preview(request, cluster, rows)
    return render(request, "directory/upload.html", {"form": form}, status=form_status(form))


def _preview(request: Request, cluster: Cluster, rows: list[intake.Row]) -> HttpResponse:
    plan = intake.plan(request.actor, cluster, rows)
    signed = "" if plan.faults else signing.dumps([asdict(row) for row in rows], salt=SALT, compress=True)
    given = {"plan": plan, "rows": signed, "count": len(rows)}
    return render(request, "directory/preview.html", given, status=422 if plan.faults else 200)


def _confirm(request: Request, cluster: Cluster) -> HttpResponse:
    try:
        rows = [intake.Row(**row) for row in signing.loads(request.POST["rows"], salt=SALT, max_age=AGE)]
    except signing.BadSignature as error:
        raise RuleBroken("预览已过期，请重新上传文件。") from error
    perform(request, actions.import_people, cluster, rows=rows)
    messages.success(request, f"已导入{len(rows)}行。接下来可以在各单位页打印邀请单。")
    return redirect("directory:list")


def template(request: Request) -> HttpResponse:
    """The sheet to fill in, with one example row per kind of unit's keeper."""
    cluster = _cluster(request)
    columns = [Column(title, width=10) for title, _ in intake.COLUMNS.values()]
    content = write_sheet("通讯录", columns, intake.example(request.actor, cluster))
    return _sent(content, "通讯录模板.xlsx")


def export(request: Request) -> HttpResponse:
    """The list as narrowed by the address, once what for and for whom is said."""
    cluster = get_object_or_404(clusters_visible_to(request.actor))
    if not actions.export_contacts.allowed(request.actor, cluster):
        raise Http404
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        perform(request, actions.export_contacts, cluster, note=form.note)
        chosen = PeopleFilter(request.GET, queries.visible_to(request.actor), cluster=cluster)
        people = queries.with_posts(chosen.qs, cluster.pk, chosen.day)
        rows = [*(_row(request, person) for person in people), _last_row(request, form.note)]
        content = write_sheet("通讯录", [Column(title, width=10) for title in EXPORTED], rows, created=clock.now())
        return _sent(content, "通讯录.xlsx")
    return render(request, "directory/export.html", {"form": form}, status=form_status(form))


EXPORTED = ("姓名", "单位", "部门", "职务", "实际职务", "手机", "邮箱")


def _row(request: Request, person: Person) -> list[str]:
    posts = "、".join(f"{one.place if one.seat else ''}{one.post_name}" for one in person.posts_then)  # type: ignore[attr-defined]
    whole = request.actor.has("secretariat") or queries.sees_contacts(request.actor, person)
    phone = person.phone if whole else masked(person.phone)
    return [
        person.name, person.unit.name, person.department, posts, person.title, phone, person.email if whole else "",
    ]  # fmt: skip


def _last_row(request: Request, note: str) -> list[str]:
    said = f"含个人信息，仅用于所述用途。{note}。{request.actor.words}于{words.day(clock.today())}导出。"
    return [said, *[""] * (len(EXPORTED) - 1)]


def _sent(content: bytes, name: str) -> HttpResponse:
    disposition = content_disposition_header(True, name) or "attachment"
    return HttpResponse(content, content_type=EXCEL, headers={"Content-Disposition": disposition})
