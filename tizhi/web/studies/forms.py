"""调研的表单: the study itself, one finding, the report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tizhi.base.kit import clock
from tizhi.pipeline.directory.attending import Attendee
from tizhi.pipeline.studies import rules
from tizhi.pipeline.studies.models import Finding, Study, StudyMember
from tizhi.pipeline.studies.writing import Companion
from tizhi.web.activities.forms import NOT_A_DAY, NOT_LISTED, LeadersField, Typed
from tizhi.web.frame.forms import DraftForm
from tizhi.web.frame.widgets import DayInput, Segments

from .offer import Choice, Offer

COLUMNS = ("round", "mode", "title", "first_day", "last_day", "place", "purpose", "methods", "summary")
ADD = "添加“%s”（写姓名和职务，中间空一格）"


class StudyForm(DraftForm):
    """What its writer tells of a study. A draft may be unfinished: `rules.missing` asks when it is recorded."""

    unit = forms.TypedChoiceField(label="牵头单位", coerce=int, empty_value=None, error_messages=NOT_LISTED)
    school = forms.TypedChoiceField(label="受调研院校", coerce=int, error_messages=NOT_LISTED)
    round = forms.ChoiceField(label="轮次", choices=Study.Round.choices, widget=Segments)
    mode = forms.ChoiceField(label="方式", choices=Study.Mode.choices, widget=Segments)
    title = forms.CharField(
        label="名称", max_length=120, required=False, help_text="不填时，按牵头单位、受调研院校和轮次生成"
    )
    first_day = forms.DateField(label="开始日期", widget=DayInput, error_messages=NOT_A_DAY)
    last_day = forms.DateField(label="结束日期", widget=DayInput, error_messages=NOT_A_DAY)
    place = forms.CharField(label="地点", max_length=120, help_text="线上调研可不填")
    members = LeadersField(
        label="调研组成员", widget=Typed(create=ADD), error_messages=NOT_LISTED, help_text="按调研当天的职务记录"
    )
    experts = LeadersField(
        label="其中的专家", required=False, widget=Typed(create=ADD), error_messages=NOT_LISTED,
        help_text="以专家身份参加的；这里选了的，上面不必再选",
    )  # fmt: skip
    purpose = forms.CharField(
        label="目的", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2, "data-count": True})
    )
    methods = forms.MultipleChoiceField(
        label="方法", required=False, choices=[(one, one) for one in rules.METHODS],
        widget=forms.CheckboxSelectMultiple({"class": "tz-ticks"}), error_messages=NOT_LISTED,
    )  # fmt: skip
    summary = forms.CharField(
        label="总体情况", max_length=8000, required=False, help_text="逐条的发现在登记以后填写",
        widget=forms.Textarea(attrs={"rows": 6, "data-count": True}),
    )  # fmt: skip
    with_brief = forms.BooleanField(
        label="同时起草动态简报", required=False, initial=True, help_text="带入日期、地点、单位、人员，补充后提交"
    )

    always = frozenset({"school"})

    def __init__(
        self, data: QueryDict | None = None, *, offer: Offer, study: Study | None = None, asks_brief: bool = False,
        begin: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_as_it_stands(study) if study else _blank(offer) | (begin or {}))
        self._offer(offer, study)
        if study or len(offer.own) <= 1:
            del self.fields["unit"]
        if not asks_brief:
            del self.fields["with_brief"]

    def _offer(self, offer: Offer, study: Study | None) -> None:
        members, experts = self.fields["members"].widget, self.fields["experts"].widget
        team = list(study.team.all()) if study else []
        schools = [(str(one.pk), one.called) for one in offer.schools]
        if study and study.school_id not in {one.pk for one in offer.schools}:
            schools.append((str(study.school_id), study.school.called))
        for name, choices in {
            "unit": [(one.unit_id, one.unit.called) for one in offer.own],
            "school": schools,
            "members": self._with_typed("members", members.offer(offer.people_choices()), team),
            "experts": self._with_typed("experts", experts.offer(offer.expert_choices()), team),
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _with_typed(self, name: str, known: list[Choice], team: Iterable[StudyMember]) -> list[Choice]:
        """The list, and whoever stands in the form without being on it: typed in words, or gone from the post since."""
        held = {_value(one): str(one) for one in team}
        listed = {value for value, _ in known}
        now = self.data.getlist(name) if self.is_bound else self.initial.get(name, [])  # type: ignore[attr-defined]
        others = [str(value) for value in now if str(value) not in listed]
        return known + [(one, held.get(one, one)) for one in others if one in held or not one.isdigit()]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        typed = self.cleaned_data
        team = [Companion(_who(value)) for value in typed["members"]]
        team += [Companion(_who(value), is_expert=True) for value in typed["experts"]]
        given = {name: typed[name] for name in COLUMNS}
        given["round"] = typed["round"] or Study.Round.FIRST
        given["mode"] = typed["mode"] or Study.Mode.ON_SITE
        return given | {"school_id": typed["school"], "team": team}


def _who(value: str) -> Attendee:
    return Attendee(appointment_id=int(value)) if value.isdigit() else Attendee.read(value)


def _value(one: StudyMember) -> str:
    return str(one.appointment_id or one)


def _blank(offer: Offer) -> dict[str, Any]:
    today = clock.today()
    return {
        "unit": offer.own[0].unit_id, "school": offer.schools[0].pk if offer.schools else None,
        "round": Study.Round.IMPLEMENTATION, "mode": Study.Mode.ON_SITE, "first_day": today, "last_day": today,
        "with_brief": True,
    }  # fmt: skip


def _as_it_stands(study: Study) -> dict[str, Any]:
    team = list(study.team.all())
    return {
        **{name: getattr(study, name) for name in COLUMNS},
        "school": study.school_id,
        "members": [_value(one) for one in team if not one.is_expert],
        "experts": [_value(one) for one in team if one.is_expert],
        "with_brief": True,
    }


class FindingForm(forms.Form):
    """One finding."""

    kind = forms.ChoiceField(label="类别", choices=Finding.Kind.choices, widget=Segments)
    area = forms.TypedChoiceField(
        label="重点内容", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED
    )
    text = forms.CharField(
        label="内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 4, "data-count": True}),
        help_text="一条写一件事，便于转为需求或者问诊",
    )  # fmt: skip
    evidence = forms.CharField(label="依据", max_length=500, required=False, help_text="例：听课6节、教师问卷82份")

    def __init__(self, data: QueryDict | None = None, *, offer: Offer, finding: Finding | None = None) -> None:
        initial: dict[str, Any] = {"kind": Finding.Kind.GAP}
        if finding:
            initial = {
                "kind": finding.kind, "area": finding.area_id, "text": finding.text, "evidence": finding.evidence
            }  # fmt: skip
        super().__init__(data, initial=initial)
        choices = offer.area_choices()
        if finding and finding.area and str(finding.area_id) not in {value for value, _ in choices}:
            choices.append((str(finding.area_id), finding.area.name))
        self.fields["area"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        typed = self.cleaned_data
        return {
            "kind": typed["kind"], "area_id": typed["area"], "text": typed["text"], "evidence": typed["evidence"]
        }  # fmt: skip


class ReportForm(forms.Form):
    """The report of a study."""

    file = forms.FileField(
        label="调研报告", help_text="Word或PDF，不超过100MB", error_messages={"required": "请选择调研报告文件"}
    )

    def __init__(self, data: QueryDict | None = None, files: MultiValueDict | None = None) -> None:
        super().__init__(data, files)
