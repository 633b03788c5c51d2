"""Scratch pages that stand for any subject's: an act, a form, a list, and every way to fail."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template import engines
from django.urls import include, path, reverse, reverse_lazy
from PIL import Image

from tizhi.base.acts.action import action
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.directory.models import Appointment
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.widgets import Pickers

from tizhi.config.urls import handler400, handler403, handler404, handler500  # noqa: F401  isort: skip


def owner(actor, target):
    """本人。"""
    return actor.appointment_id == target.pk


@action("修改实际职务", by=[owner])
def retitle(actor, appointment, *, title, note=""):
    appointment.title = title
    appointment.save()


@action("登记任职", by=[owner])
def record_post(actor, appointment, *, title, is_acting):
    appointment.title, appointment.is_acting = title, is_acting
    appointment.save()


@action("延长任期", by=[])
def prolong(actor, appointment):
    """Open to nobody."""


class TitleForm(forms.ModelForm):
    class Meta:
        model = Appointment
        fields = ["title", "is_acting"]
        help_texts = {"title": "如：副校长"}


def edit(request, pk):
    appointment = get_object_or_404(Appointment, pk=pk)
    form = TitleForm(request.POST or None, instance=appointment)
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, record_post, appointment, **form.cleaned_data)
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale as stale:
            return conflict.show(request, form, stale.target, also={"photos": ["5", "7"]})
        else:
            return redirect("edit", pk)
    return render(request, "frame/form.html", {"form": form, "target": appointment}, status=form_status(form))


class BriefForm(TitleForm):
    people = forms.MultipleChoiceField(
        label="到场负责同志",
        choices=[("9", "示例·才让")],
        required=False,
        widget=Pickers(url=reverse_lazy("people"), create="添加“%s”为未登记人员"),
    )


BRIEF = """{% extends "frame/form.html" %}
{% block title %}报送动态{% endblock %}
{% block form_attrs %}data-autosave="{{ autosave }}" enctype="multipart/form-data"{% endblock %}
{% block fields %}{{ form }}{% include "frame/_shots.html" %}{% endblock %}
{% block bar %}
  <button type="submit" class="btn" formaction="/bin/" data-confirm="确定删除？">删除</button>
{% endblock %}"""

LIST = """{% extends "frame/list.html" %}
{% block title %}工作动态{% endblock %}
{% block table %}<table class="tz-t tz-stack"><thead><tr><th scope="col">序号</th></tr></thead>
<tbody>{% for row in page %}<tr><td>第{{ row }}条</td></tr>{% endfor %}</tbody></table>{% endblock %}"""


def brief(request, pk):
    """A form that saves itself; sent whole it goes through `edit`."""
    appointment = get_object_or_404(Appointment, pk=pk)
    if request.method == "POST":
        return edit(request, pk)
    form = BriefForm(instance=appointment)
    given = {"form": form, "target": appointment, "autosave": reverse("save", args=[pk]), "upload_url": "/upload/"}
    return HttpResponse(engines["django"].from_string(BRIEF).render(given, request))


def save(request, pk):
    try:
        done = perform(request, retitle, get_object_or_404(Appointment, pk=pk), title=request.POST["title"])
    except Stale:
        return HttpResponse(status=409)
    return JsonResponse({"version": done.version, "saved_at": "11:16"})


def people(request):
    """Answers Chinese and initials alike."""
    known = [("11", "示例·陈立", "西北师范大学小组团办公室主任", "slcl"), ("12", "示例·赵明", "教务处", "slzm")]
    asked = request.GET["q"]
    found = [one for one in known if asked in one[1] or one[3].startswith(asked)]
    return JsonResponse([{"value": value, "text": text, "note": note} for value, text, note, _ in found], safe=False)


def upload(request):
    """Tells what arrived, in the place of the caption."""
    sent = request.FILES["file"]
    width, height = Image.open(sent).size
    shot = {"value": width, "thumbnail": "/static/dist/icon.svg", "caption": f"{sent.name} {width}×{height}"}
    return render(request, "frame/_shot.html", {"shot": shot})


class Filters(forms.Form):
    q = forms.CharField(label="关键词", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    n = forms.ChoiceField(label="条数", required=False, choices=[("", "全部"), ("3", "三条")])


def listed(request):
    rows = [] if request.GET.get("q") else list(range(int(request.GET.get("n") or 12)))
    given = {"page": page_of(request, rows, 5), "filter": {"form": Filters(request.GET or None)}}
    return HttpResponse(engines["django"].from_string(LIST).render(given, request))


def act(request, pk):
    perform(request, retitle, get_object_or_404(Appointment, pk=pk), title=request.POST.get("title", ""))
    return HttpResponse("ok")


def refused(request, pk):
    perform(request, prolong, get_object_or_404(Appointment, pk=pk))


def rows(request):
    return render(request, "frame/list.html", {"page": page_of(request, list(range(int(request.GET.get("n", 0)))), 5)})


FAULTS = {
    "rule": RuleBroken("结束日期早于开始日期，请改正。"),
    "denied": Denied("签发"),
    "stale": Stale(None),
    "forbidden": PermissionDenied(),
    "large": RequestDataTooBig(),
    "crash": KeyError("secret detail"),
}


@login_not_required
def fail(request, how):
    raise FAULTS[how]


urlpatterns = [
    path("fail/<str:how>/", fail),
    path("edit/<int:pk>/", edit, name="edit"),
    path("act/<int:pk>/", act),
    path("refused/<int:pk>/", refused),
    path("rows/", rows),
    path("brief/<int:pk>/", brief),
    path("save/<int:pk>/", save, name="save"),
    path("people/", people, name="people"),
    path("upload/", upload),
    path("listed/", listed),
    path("bin/", lambda request: HttpResponse("已删除")),
    path("", include("tizhi.web.urls")),
]
