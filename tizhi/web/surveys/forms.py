"""问卷的表单: what a survey is, one question of it, who is invited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from tizhi.pipeline.scheme.models import Unit
from tizhi.pipeline.studies.models import Study
from tizhi.pipeline.surveys.models import Survey
from tizhi.web.frame.widgets import Segments

LOCAL = "%Y-%m-%dT%H:%M"


class MomentInput(forms.DateTimeInput):
    """A day and a time, with the browser's own calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=LOCAL)


class SurveyForm(forms.Form):
    """Title, words, way, deadline, study."""

    title = forms.CharField(label="标题", max_length=120, help_text="例：教师教学能力提升需求调查问卷")
    intro = forms.CharField(
        label="说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4, "data-count": True}),
        help_text="填写人最先看到的话：为什么调查，大约几分钟，结果怎样使用",
    )  # fmt: skip
    thanks = forms.CharField(label="结束语", max_length=300, required=False, help_text="提交以后看到的话，如“谢谢参与”")
    way = forms.ChoiceField(
        label="填写方式", choices=Survey.Way.choices, widget=Segments,
        help_text="公开链接：有链接的人都可以填，不记名；按邀请：每份邀请一个链接，可按单位统计和催办。开放后不能改",
    )  # fmt: skip
    closes_at = forms.DateTimeField(
        label="截止时间", required=False, widget=MomentInput, input_formats=[LOCAL, "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        error_messages={"invalid": "没有这个时间，请按年月日时分填写"}, help_text="到时自动停止填写；不填则手动结束",
    )  # fmt: skip
    study_id = forms.TypedChoiceField(
        label="所属调研", required=False, coerce=int, empty_value=None, help_text="问卷是某次调研的一部分时选择"
    )

    def __init__(
        self, data: QueryDict | None = None, *, studies: Iterable[Study], survey: Survey | None = None
    ) -> None:
        super().__init__(data, initial=_as_it_stands(survey) if survey else {"way": Survey.Way.LINK})
        known = [(str(one.pk), str(one)) for one in studies]
        self.fields["study_id"].choices = [("", "不属于某次调研"), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["study_id"]
        if survey and survey.state != Survey.State.DRAFT:
            del self.fields["way"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)


def _as_it_stands(survey: Survey) -> dict[str, Any]:
    names = ("title", "intro", "thanks", "way", "study_id")
    closes: datetime | None = timezone.localtime(survey.closes_at) if survey.closes_at else None
    return {name: getattr(survey, name) for name in names} | {"closes_at": closes}


class InviteForm(forms.Form):
    """Who is invited: of one unit so many, or by name; or a list of several units as Excel."""

    unit = forms.TypedChoiceField(label="单位", coerce=int, empty_value=None, required=False)
    number = forms.IntegerField(
        label="份数", required=False, min_value=1, max_value=2000,
        help_text="不用登记姓名时填写份数，由单位自行分发链接", error_messages={"max_value": "一次最多2000份"},
    )  # fmt: skip
    names = forms.CharField(
        label="名单", required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=60000,
        help_text="每行一人：姓名，后面可以空一格写邮箱；可从Excel里整列粘贴",
    )  # fmt: skip
    sheet = forms.FileField(label="Excel名单", required=False, help_text="三列：单位、姓名、邮箱（选填）；可含多个单位")

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, units: Sequence[Unit]) -> None:
        super().__init__(data, files)
        self.fields["unit"].choices = [("", "请选择单位"), *((str(one.pk), one.called) for one in units)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Either a list, or a unit with a number or names."""
        given = super().clean() or {}
        if given.get("sheet"):
            return given
        if "unit" not in self.errors and not given.get("unit"):
            self.add_error("unit", "请选择单位，或者上传Excel名单")
        elif not self.errors and not given.get("number") and not given.get("names", "").strip():
            self.add_error("names", "请填写份数或名单")
        return given
