"""报告的表单: a paragraph's words, the number and date of the issue."""

from __future__ import annotations

from django import forms

from tizhi.pipeline.reports.actions import LONGEST
from tizhi.pipeline.reports.models import Part
from tizhi.web.frame.widgets import DayInput


class PartForm(forms.ModelForm):
    """The words of one paragraph; a number in braces is filled in from the data."""

    text = forms.CharField(
        label="文字",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="花括号里是数字的名称，由数据自动填写，如 {活动总数}",
        error_messages={"required": "段落不能为空；不要这一段，请点“移除”"},
    )

    class Meta:
        model = Part
        fields = ("text",)


class IssueForm(forms.Form):
    """发文字号 and 成文日期."""

    number = forms.CharField(
        label="发文字号",
        max_length=60,
        help_text="例：师教组〔2026〕3号",
        error_messages={"required": "请填写发文字号"},
    )
    issued_on = forms.DateField(label="成文日期", widget=DayInput(), error_messages={"required": "请填写成文日期"})


class SendingForm(forms.Form):
    """When and how an issued report was sent on."""

    sent_on = forms.DateField(label="报送日期", widget=DayInput(), error_messages={"required": "请填写报送日期"})
    channel = forms.CharField(label="报送方式", max_length=80, required=False, help_text="例：机要、公文系统、邮寄")
    receipt = forms.CharField(label="回执", max_length=200, required=False, help_text="收件人、收件日期或回执编号")
