"""组团页的表单: the day that a page is asked for, the name of a group."""

from datetime import date

from django import forms
from django.http import HttpRequest

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.rules import NAME_LIMIT
from tizhi.web.frame.widgets import DayInput


class DayForm(forms.Form):
    """The day, in the address."""

    on = forms.DateField(label="截至", required=False, widget=DayInput())


def day_of(request: HttpRequest) -> tuple[DayForm, date]:
    """The form and the day asked for; today where none, or none that exists, is asked for."""
    form = DayForm({"on": request.GET.get("on") or clock.today().isoformat()})
    return form, (form.cleaned_data["on"] if form.is_valid() else clock.today())


class NameForm(forms.Form):
    """The name of a project group."""

    name = forms.CharField(label="名称", max_length=NAME_LIMIT, help_text="如：科学教师培训项目组。本组团内不重名。")
