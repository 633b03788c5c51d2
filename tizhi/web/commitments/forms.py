"""承诺事项的表单: what is undertaken, how far it is, what a school says of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tizhi.base.kit import clock
from tizhi.pipeline.activities.kind import NumberField
from tizhi.pipeline.commitments.models import Commitment, Feedback
from tizhi.pipeline.scheme.models import Unit
from tizhi.web.frame.widgets import DayInput, Segments

COLUMNS = ("kind", "title", "text", "amount", "promised_on", "due", "source")
NOT_A_DAY = {"invalid": "没有这一天，请按年月日填写，如2026年11月23日填2026-11-23"}
NOT_LISTED = {"invalid_choice": "“%(value)s”不在名单里，请重新选择"}


class MoneyField(NumberField):
    """A sum in 万元 as people type it: 1,200 and 300万元 are read; the rules say what is no sum."""

    def __init__(self, **given: Any) -> None:
        sentence = "请填数字，以万元为单位，如300万元填300"
        widget = forms.TextInput(attrs={"data-unit": "万元", "inputmode": "decimal", "maxlength": 20})
        super().__init__(required=False, widget=widget, error_messages={"invalid": sentence}, **given)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        return super().to_python(value.strip().removesuffix("万元") if isinstance(value, str) else value)


class CommitmentForm(forms.Form):
    """What a department undertakes; `schools` are those it may name."""

    kind = forms.ChoiceField(label="类别", choices=Commitment.Kind.choices, widget=Segments)
    title = forms.CharField(label="事项", max_length=120, help_text="例：支持阜阳师范大学建设学前教育实训中心")
    text = forms.CharField(
        label="内容", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )
    schools = forms.MultipleChoiceField(
        label="面向院校", required=False, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED,
        help_text="都不选，即面向本省各成员院校",
    )  # fmt: skip
    amount = MoneyField(label="承诺金额", help_text="经费类填写；金额未定的可以不填")
    promised_on = forms.DateField(label="承诺日期", widget=DayInput, error_messages=NOT_A_DAY)
    due = forms.DateField(
        label="兑现期限", required=False, widget=DayInput, error_messages=NOT_A_DAY, help_text="到期前30天提醒更新进展"
    )
    source = forms.CharField(
        label="依据", max_length=120, required=False, help_text="发文字号或会议，如皖教秘〔2026〕12号、第三次联席会议"
    )

    def __init__(
        self, data: QueryDict | None = None, *, schools: Sequence[Unit], commitment: Commitment | None = None
    ) -> None:
        super().__init__(data, initial=_as_it_stands(commitment) if commitment else {"promised_on": clock.today()})
        self.fields["schools"].choices = [(str(unit.pk), unit.called) for unit in schools]  # type: ignore[attr-defined]
        if not schools:
            del self.fields["schools"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        schools = [int(pk) for pk in self.cleaned_data.get("schools", ())]
        return {name: self.cleaned_data[name] for name in COLUMNS} | {"schools": schools}


def _as_it_stands(commitment: Commitment) -> dict[str, Any]:
    columns = {name: getattr(commitment, name) for name in COLUMNS}
    named = [str(one.unit_id) for one in commitment.units.all()]
    return columns | {"amount": _plain(commitment.amount), "schools": named}


def _plain(amount: Decimal | None) -> Decimal | None:
    """300 rather than 300.00, and as a number, so that it is seen when nobody has changed it."""
    return None if amount is None else Decimal(format(amount.normalize(), "f"))


class ProgressForm(forms.Form):
    """How far a commitment is."""

    on = forms.DateField(label="日期", widget=DayInput, error_messages=NOT_A_DAY)
    text = forms.CharField(
        label="情况", max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "data-count": True}),
        help_text="例：第一批经费已拨付，学校正在办理设备采购",
    )  # fmt: skip
    amount = MoneyField(label="累计到位", help_text="从承诺到这一天一共到位多少；以前登记有误的，在这里填正确的累计数")
    file = forms.FileField(label="凭据", required=False, help_text="拨款通知、政策文件等，不超过100MB")
    done = forms.BooleanField(label="已全部兑现", required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        commitment: Commitment,
        done: bool = False,
    ) -> None:
        super().__init__(data, files, initial={"on": clock.today(), "done": done})
        if commitment.kind != Commitment.Kind.FUNDS:
            del self.fields["amount"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "done"}


class FeedbackForm(forms.Form):
    """A word on a commitment; whether it has come is asked of the schools concerned only."""

    school = forms.TypedChoiceField(label="院校", coerce=int, empty_value=None, error_messages=NOT_LISTED)
    receipt = forms.ChoiceField(label="是否收到", required=False, choices=Feedback.Receipt.choices, widget=Segments)
    text = forms.CharField(label="留言", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: QueryDict | None = None, *, schools: Sequence[Unit]) -> None:
        super().__init__(data)
        self.fields["school"].choices = [(unit.pk, unit.called) for unit in schools]  # type: ignore[attr-defined]
        if len(schools) < 2:
            del self.fields["school"]
        if not schools:
            del self.fields["receipt"]
