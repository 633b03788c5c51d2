"""Scratch pages that stand for any subject's: an act, a form, a list, and every way to fail."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import include, path

from tizhi.base.acts.action import action
from tizhi.base.kit.errors import Denied, RuleBroken, Stale
from tizhi.pipeline.directory.models import Appointment
from tizhi.web.frame import conflict
from tizhi.web.frame.act import perform
from tizhi.web.frame.forms import form_status, show_fault
from tizhi.web.frame.lists import page_of

from tizhi.config.urls import handler400, handler403, handler404, handler500  # noqa: F401  isort: skip


def owner(actor, target):
    """本人。"""
    return actor.appointment_id == target.pk


@action("修改实际职务", by=[owner])
def retitle(actor, appointment, *, title, note=""):
    appointment.title = title
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
            perform(request, retitle, appointment, title=form.cleaned_data["title"])
        except RuleBroken as fault:
            show_fault(form, fault)
        except Stale as stale:
            return conflict.show(request, form, stale.target)
        else:
            return redirect("edit", pk)
    return render(request, "frame/form.html", {"form": form, "target": appointment}, status=form_status(form))


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
    path("", include("tizhi.web.urls")),
]
