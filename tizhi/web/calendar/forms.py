"""工作日历的表单。"""

from datetime import date
from typing import Any

from django import forms

from tizhi.pipeline.calendar.notice import read
from tizhi.pipeline.calendar.rules import Mark
from tizhi.web.frame.widgets import DayInput, Segments

FIRST_YEAR, LAST_YEAR = 2004, 2100


def _worked(text: str) -> bool:
    return text == "work"


class DayForm(forms.Form):
    """One day that does not follow the built-in calendar."""

    day = forms.DateField(label="日期", widget=DayInput())
    is_workday = forms.TypedChoiceField(
        label="安排", choices=[("work", "上班"), ("rest", "休息")], coerce=_worked, widget=Segments()
    )
    name = forms.CharField(label="说明", max_length=40, required=False, help_text="如：春节、国庆节调休、校庆")

    def clean_day(self) -> date:
        """A day of a year the calendar shows."""
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(f"请填写{FIRST_YEAR}年至{LAST_YEAR}年之间的日期。")
        return day


class NoticeForm(forms.Form):
    """The year's notice, pasted; what was read from it is shown before it is entered."""

    text = forms.CharField(
        label="通知内容",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="粘贴国务院办公厅通知原文即可；也可以每行写一天，如“2027年1月1日 休息 元旦”。",
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.marks: list[Mark] = []

    def clean_text(self) -> str:
        """The text, every line of which that names a day was understood."""
        text: str = self.cleaned_data["text"]
        reading = read(text, self.year)
        if reading.faults:
            raise forms.ValidationError([*reading.faults])
        if not reading.marks:
            raise forms.ValidationError("没有读到日期。日期请写成“1月1日”或“2027-01-01”。")
        self.marks = reading.marks
        return text
