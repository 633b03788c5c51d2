"""计划的表单: opening, a step, submitting, a comment, a measure, an import."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tizhi.base.kit import clock
from tizhi.pipeline.plans.models import PlanMeasure
from tizhi.pipeline.scheme.entries import PlanStep
from tizhi.pipeline.scheme.models import Member
from tizhi.pipeline.studies.models import Study
from tizhi.web.frame.widgets import DayInput

NOT_A_DAY = {"invalid": "没有这一天，请按年月日填写，如2026年11月23日填2026-11-23"}
NOT_LISTED = {"invalid_choice": "“%(value)s”不在列出的选项里，请重新选择"}


class OpeningForm(forms.Form):
    """Which plan of which school: `spans` are offered per kind as kind:first-day."""

    school = forms.ChoiceField(label="院校", error_messages=NOT_LISTED)
    span = forms.ChoiceField(label="计划", error_messages=NOT_LISTED, widget=forms.RadioSelect)

    def __init__(
        self, data: QueryDict | None = None, *, members: Sequence[Member], spans: Sequence[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.fields["school"].choices = [(str(one.unit_id), one.unit.called) for one in members]  # type: ignore[attr-defined]
        self.fields["span"].choices = spans  # type: ignore[attr-defined]


class SubmitForm(forms.Form):
    """A word beside the text handed over."""

    note = forms.CharField(
        label="说明", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3, "data-count": True}),
        help_text="如：按第二轮调研意见修改了第三章",
    )  # fmt: skip


class StepForm(forms.Form):
    """What the open step asks for: a study, a paper with its number, a day."""

    study = forms.ChoiceField(label="作为依据的调研", error_messages=NOT_LISTED, widget=forms.RadioSelect)
    on = forms.DateField(label="办成日期", widget=DayInput, error_messages=NOT_A_DAY)
    paper = forms.FileField(label="材料", required=False)
    number = forms.CharField(label="发文字号", required=False, max_length=60, help_text="如：组团办〔2026〕3号")
    note = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3, "data-count": True})
    )

    def __init__(
        self, data: QueryDict | None = None, files: MultiValueDict | None = None, *, step: PlanStep,
        studies: Sequence[Study],
    ) -> None:  # fmt: skip
        super().__init__(data, files, initial={"on": clock.today()})
        asked = step.evidence
        if asked.study is None:
            del self.fields["study"]
        else:
            self.fields["study"].choices = [(str(one.pk), _study_words(one)) for one in studies]  # type: ignore[attr-defined]
            self.fields["on"].required = False
            self.fields["on"].help_text = "不填即为调研结束的日期"
            self.initial["on"] = None
        if not asked.paper:
            del self.fields["paper"], self.fields["number"]
        else:
            self.fields["paper"].label = asked.paper
            if asked.study is not None:
                self.fields["paper"].help_text = "调研里已上传调研报告的，可以不再上传"
                del self.fields["number"]


def _study_words(study: Study) -> str:
    report = "已附报告" if study.report_id else "未附报告"
    return (
        f"{study.title}（{study.unit.called}，{study.last_day:%Y年%-m月%-d日}，{report}）"
        if study.last_day
        else study.title
    )


class CommentForm(forms.Form):
    """A word on a section, or on a passage that was marked in it."""

    section = forms.SlugField(widget=forms.HiddenInput, required=False)
    quote = forms.CharField(widget=forms.HiddenInput, required=False, max_length=500)
    before = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    after = forms.CharField(widget=forms.HiddenInput, required=False, max_length=200)
    text = forms.CharField(label="意见", max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "data-count": True}))


class MeasureForm(forms.Form):
    """What will be done, for which needs, by which findings."""

    title = forms.CharField(label="举措", max_length=120, help_text="例：与安徽师范大学共建小学教育课程教研组")
    section = forms.ChoiceField(label="所在章节", required=False, error_messages=NOT_LISTED)
    text = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )
    needs = forms.MultipleChoiceField(
        label="对应的需求", required=False, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED
    )
    findings = forms.MultipleChoiceField(
        label="依据的调研发现", required=False, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED
    )
    schedule = forms.CharField(label="时间安排", max_length=120, required=False, help_text="例：2026年9月至2027年7月")
    responsible = forms.CharField(label="责任部门", max_length=160, required=False, help_text="例：阜阳师范大学教务处")

    def __init__(
        self, data: QueryDict | None = None, *, sections: dict[str, str], needs: Sequence[tuple[str, str]],
        findings: Sequence[tuple[str, str]], measure: PlanMeasure | None = None, section: str = "",
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_as_it_stands(measure) if measure else {"section": section})
        self.fields["section"].choices = [("", "不属于某一章"), *sections.items()]  # type: ignore[attr-defined]
        self.fields["needs"].choices = needs  # type: ignore[attr-defined]
        self.fields["findings"].choices = findings  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        chosen = {name: [int(pk) for pk in self.cleaned_data[name]] for name in ("needs", "findings")}
        return {**self.cleaned_data, **chosen}


def _as_it_stands(measure: PlanMeasure) -> dict[str, Any]:
    columns = {name: getattr(measure, name) for name in ("title", "section", "text", "schedule", "responsible")}
    return columns | {
        "needs": [str(one.pk) for one in measure.needs.all()],
        "findings": [str(one.pk) for one in measure.findings.all()],
    }


class UploadForm(forms.Form):
    """The Word file of an existing plan."""

    file = forms.FileField(
        label="Word文档", help_text="只接受 .docx 文件；旧的 .doc 请先在 Word 或 WPS 里另存为 .docx",
        error_messages={"required": "请选择文件", "empty": "这是空文件，请检查后重新选择"},
    )  # fmt: skip
