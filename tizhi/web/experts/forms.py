"""专家的表单: a nomination, a letter, the expert's pace and absences, a certificate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse_lazy

from tizhi.base.documents.sheet import read_sheet
from tizhi.base.kit import clock
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import intake, rules
from tizhi.pipeline.experts.batch import Line
from tizhi.pipeline.experts.models import ExpertProfile, Nomination
from tizhi.pipeline.scheme.models import Area, Member, Seat
from tizhi.web.directory.forms import PersonChoice
from tizhi.web.frame.forms import DraftForm
from tizhi.web.frame.widgets import DayInput, Picker, Segments

NOT_A_DAY = {"invalid": "没有这一天，请按年月日填写，如2026年11月23日填2026-11-23"}
NOT_LISTED = {"invalid_choice": "“%(value)s”不在名单里，请重新选择"}
ABOUT = ("title", "speciality", "areas", "reason")
NEW = ("name", "department", "phone", "email")


def _areas(areas: Sequence[Area], label: str) -> forms.MultipleChoiceField:
    field = forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED
    )
    field.choices = [(str(one.pk), one.name) for one in areas]
    return field


def _seat(seats: Sequence[Seat]) -> forms.ChoiceField:
    choices = [(str(one.pk), one.post) for one in seats]
    return forms.ChoiceField(label="席位", choices=choices, widget=Segments, error_messages=NOT_LISTED)


class AboutForm(forms.Form):
    """What a nomination says of somebody."""

    title = forms.CharField(label="职称", max_length=60, required=False, help_text="如：教授、正高级教师")
    speciality = forms.CharField(label="专业特长", max_length=120, help_text="如：教师教育、学前教育、教育评价")
    reason = forms.CharField(
        label="提名理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )

    def __init__(
        self, data: QueryDict | None = None, *, areas: Sequence[Area], nomination: Nomination | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial={**_said(nomination), **(initial or {})})
        self.fields["areas"] = _areas(areas, "熟悉的重点内容")
        self.order_fields(ABOUT)

    def about(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return {name: self.cleaned_data[name] for name in ABOUT} | {
            "areas": [int(pk) for pk in self.cleaned_data["areas"]]
        }


def _said(nomination: Nomination | None) -> dict[str, Any]:
    if nomination is None:
        return {}
    areas = [str(one.pk) for one in nomination.areas.all()]
    return {name: getattr(nomination, name) for name in ABOUT if name != "areas"} | {"areas": areas}


class NominateForm(AboutForm):
    """A seat, and who: somebody of the directory, or somebody new of a unit of the cluster."""

    name = forms.CharField(label="姓名", max_length=60, required=False)
    department = forms.CharField(label="部门", max_length=80, required=False)
    phone = forms.CharField(label="手机", max_length=20, required=False, widget=forms.TextInput(attrs={"type": "tel"}))
    email = forms.CharField(label="邮箱", max_length=254, required=False)
    is_namesake = forms.BooleanField(label="与已有人员同名，确为另一人", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, seats: Sequence[Seat], people: QuerySet[Person],
        members: Sequence[Member], **given: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **given)
        self.seats = {str(one.pk): one for one in seats}
        self.members = {str(one.unit_id): one for one in members}
        self.fields["seat"] = _seat(seats)
        picker = Picker(url=reverse_lazy("directory:pick-people"))
        self.fields["person"] = PersonChoice(
            people, label="从通讯录选择", required=False, widget=picker, empty_label="请输入姓名或拼音首字母"
        )
        self.fields["unit"] = forms.ChoiceField(
            label="单位", required=False, error_messages=NOT_LISTED,
            choices=[("", "请选择"), *((pk, one.unit.name) for pk, one in self.members.items())],
        )  # fmt: skip

    @property
    def is_new(self) -> bool:
        """Whether somebody new is being entered: the part of the form stands open."""
        return any(self[name].value() for name in (*NEW, "unit"))

    def clean(self) -> dict[str, Any]:
        """One of the two ways is filled in, and not both."""
        given = super().clean() or self.cleaned_data
        if "person" in self.errors:
            return given
        if not self.is_new:
            if not given.get("person"):
                self.add_error("person", "请选择被提名人；通讯录中没有的，请登记新人员。")
            return given
        if given.get("person"):
            self.add_error("person", "已从通讯录选择人员，又填写了新人员；请只留一项。")
        for name, sentence in (("name", "请填写姓名。"), ("unit", "请选择单位。")):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return given

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        told, who = self.cleaned_data, {"person": self.cleaned_data["person"]}
        if self.is_new:
            entered = {name: told[name] for name in (*NEW, "is_namesake")}
            who = {"newcomer": {**entered, "title": told["title"], "member": self.members[told["unit"]]}}
        return {**self.about(), **who, "seat": self.seats[told["seat"]]}


class BatchForm(forms.Form):
    """A list of people, pasted or as Excel, and the seat of those for whom it names none."""

    text = forms.CharField(
        label="粘贴名单", strip=False, max_length=intake.MOST_TEXT, error_messages={"required": intake.EMPTY},
        widget=forms.Textarea(attrs={"rows": 8}), help_text="从Excel或Word表格里连同表头一起复制，一人一行",
    )  # fmt: skip
    file = forms.FileField(
        label="或者上传 Excel 文件", required=False, widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="选了文件，就以文件为准",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, files: Any = None, *, seats: Sequence[Seat], **given: Any):
        super().__init__(data, files, **given)
        self.fields["text"].required = not (files and files.get("file"))
        self.seats = {str(one.pk): one for one in seats}
        self.fields["seat"] = _seat(seats)
        self.fields["seat"].help_text = "名单里另写了席位的，以名单为准"
        self.order_fields(("seat", "text", "file"))

    def rows(self) -> list[intake.Row]:
        """The rows of a valid form; RuleBroken when the list cannot be read."""
        told = self.cleaned_data
        seat, file = self.seats[told["seat"]].post, told["file"]
        if file:
            return intake.read(read_sheet(file.read(), most=intake.MOST), seat)
        return intake.read_text(told["text"], seat)


class LineForm(DraftForm):
    """A row of such a list with its faults, to be put right in place."""

    drop = forms.BooleanField(label="从名单中删去这一行", required=False)

    def __init__(self, line: Line) -> None:
        prefix = f"r{line.row.number}"
        super().__init__({f"{prefix}-{name}": getattr(line.row, name) for name in intake.COLUMNS}, prefix=prefix)
        for name, (title, _) in intake.COLUMNS.items():
            self.fields[name] = forms.CharField(label=title, required=name in intake.REQUIRED)
        self.fields["reason"].widget = forms.Textarea(attrs={"rows": 2})
        for name in ("unit", "seat"):
            # The names one may write, offered as one types.
            self.fields[name].widget.attrs["list"] = f"{name}s"
        self.show_missing(line.faults)

    @staticmethod
    def sent(data: QueryDict) -> list[intake.Row]:
        """The rows that were sent back, without those dropped; RuleBroken when none is left."""
        numbers = sorted(int(found[1]) for name in data if (found := re.fullmatch(r"r([0-9]{1,7})-name", name)))
        return intake.limited(
            [
                intake.row_of(number, ((name, data.get(f"r{number}-{name}", "")) for name in intake.COLUMNS))
                for number in numbers
                if f"r{number}-drop" not in data
            ]
        )


class LetterForm(forms.Form):
    """Term, number and day of a letter of appointment."""

    begins = forms.DateField(label="聘期自", widget=DayInput, error_messages=NOT_A_DAY)
    ends = forms.DateField(
        label="聘期至", widget=DayInput, error_messages=NOT_A_DAY, help_text="评审和问诊的权限随聘期起止"
    )
    number = forms.CharField(label="聘书编号", max_length=60, help_text="按年度顺序拟定，可以修改")
    issued_on = forms.DateField(label="聘任日期", widget=DayInput, error_messages=NOT_A_DAY)


class PaceForm(forms.Form):
    """How much an expert takes on at once, when he is reminded, what he knows."""

    at_once = forms.IntegerField(
        label="同时承担", min_value=0, max_value=rules.MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"data-unit": "项", "inputmode": "numeric"}),
        help_text="审核和问诊合计；暂不承担填0", error_messages={"invalid": "请填整数，如3"},
    )  # fmt: skip
    remind = forms.CharField(
        label="提前几天提醒",
        required=False,
        max_length=60,
        help_text="可以填几个，用顿号或逗号隔开，如7、3、1；不提醒就留空",
    )
    speciality = forms.CharField(label="专业特长", max_length=120, required=False)

    def __init__(self, data: QueryDict | None = None, *, areas: Sequence[Area], profile: ExpertProfile) -> None:
        days = "、".join(str(one) for one in (profile.remind if profile.pk else rules.REMIND))
        known = [str(one.pk) for one in profile.areas.all()] if profile.pk else []
        as_it_stands = {
            "at_once": profile.at_once, "remind": days, "speciality": profile.speciality, "areas": known,
        }  # fmt: skip
        super().__init__(data, initial=as_it_stands)
        self.fields["areas"] = _areas(areas, "熟悉的重点内容")

    def clean_remind(self) -> str:
        """Days as whole numbers, whatever stands between them."""
        text = self.cleaned_data["remind"]
        if text and not re.fullmatch(r"\s*\d{1,3}(\s*(天|[、，,;；\s])\s*\d{1,3})*\s*天?\s*", text):
            raise forms.ValidationError("请填天数，用顿号或逗号隔开，如7、3、1")
        return text

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        told = self.cleaned_data
        days = [int(one) for one in re.findall(r"\d+", told["remind"])]
        return {
            "at_once": told["at_once"], "remind": days, "speciality": told["speciality"],
            "areas": [int(pk) for pk in told["areas"]],
        }  # fmt: skip


class AbsenceForm(forms.Form):
    """From–to, and why."""

    begins = forms.DateField(label="自", widget=DayInput, error_messages=NOT_A_DAY)
    ends = forms.DateField(label="至", widget=DayInput, error_messages=NOT_A_DAY)
    reason = forms.CharField(
        label="原因", max_length=120, required=False, help_text="如：出国访学；指派专家的同志会看到"
    )


class AskForm(forms.Form):
    """A year of service, and what the certificate is for."""

    year = forms.TypedChoiceField(label="年度", coerce=int, error_messages=NOT_LISTED)
    purpose = forms.CharField(label="用途", max_length=120, required=False, help_text="如：职称评审，写在证明末尾")

    def __init__(self, data: QueryDict | None = None, *, years: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(year, f"{year}年") for year in years]  # type: ignore[attr-defined]


class IssueForm(forms.Form):
    """Number and day of a certificate."""

    number = forms.CharField(label="编号", max_length=60, help_text="按年度顺序拟定，可以修改")
    issued_on = forms.DateField(label="出具日期", widget=DayInput, error_messages=NOT_A_DAY)

    def __init__(self, data: QueryDict | None = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["issued_on"].initial = clock.today()
