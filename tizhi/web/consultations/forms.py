"""问诊的表单: what a school asks, who answers, what experts advise, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.consultations.candidates import Candidate
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.scheme.models import Area, Unit
from tizhi.web.frame.forms import DraftForm
from tizhi.web.frame.widgets import DayInput, Segments

NOT_A_DAY = {"invalid": "没有这一天，请按年月日填写，如2026年11月23日填2026-11-23"}
NOT_LISTED = {"invalid_choice": "“%(value)s”不在名单里，请重新选择"}
PAPERS = "可以选多份，每份不超过100MB"


class ManyFiles(forms.FileInput):
    """Several files at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All that were sent; nothing is no file."""
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:  # type: ignore[override]  # one file in Django's
        """Each file as Django takes one."""
        return [super(FilesField, self).clean(one, initial) for one in data or [] if one]


def _words(rows: int, **given: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-count": True, **given})


class CaseForm(DraftForm):
    """What a school asks. A draft may be unfinished: `rules.faults` asks when it is handed on."""

    title = forms.CharField(
        label="问题", max_length=120, help_text="一句话写明要问什么，例：学前教育专业实训课程怎样设置"
    )
    text = forms.CharField(
        label="情况说明", max_length=4000, widget=_words(8), help_text="目前的做法、遇到的困难、已经试过什么"
    )
    wanted = forms.CharField(
        label="希望得到的帮助", max_length=500, required=False, widget=_words(2),
        help_text="例：请专家到校诊断一次，或提供课程方案样例",
    )  # fmt: skip
    area = forms.ChoiceField(label="重点内容", required=False, error_messages=NOT_LISTED)
    need = forms.ChoiceField(label="对应的需求", required=False, error_messages=NOT_LISTED)
    files = FilesField(label="材料", required=False, help_text=PAPERS)  # type: ignore[assignment]

    def __init__(
        self,
        data: QueryDict | None = None,
        files: MultiValueDict | None = None,
        *,
        areas: Iterable[Area],
        needs: Iterable[Need],
        case: Consultation | None = None,
    ) -> None:
        super().__init__(data, files, initial=as_it_stands(case) if case else {})
        self.fields["area"].choices = [("", "不限"), *((str(one.pk), one.name) for one in areas)]  # type: ignore[attr-defined]
        told = [(str(one.pk), f"N{one.number} {one.title}") for one in needs]
        self.fields["need"].choices = [("", "没有对应的需求"), *told]  # type: ignore[attr-defined]
        if not told:
            del self.fields["need"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        sent = self.cleaned_data
        columns = {"title": sent["title"], "text": sent["text"], "wanted": sent["wanted"]}
        chosen = {f"{name}_id": int(sent[name]) if sent[name] else None for name in ("area", "need") if name in sent}
        return {**columns, **chosen, "files": sent["files"]}


def as_it_stands(case: Consultation) -> dict[str, Any]:
    """The fields of a case, saved or just begun."""
    return {
        "title": case.title, "text": case.text, "wanted": case.wanted,
        "area": str(case.area_id or ""), "need": str(case.need_id or ""),
    }  # fmt: skip


class TriageForm(forms.Form):
    """Who answers."""

    helper = forms.TypedChoiceField(label="承办单位", coerce=int, error_messages=NOT_LISTED)
    note = forms.CharField(label="说明", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: QueryDict | None = None, *, helpers: Sequence[Unit], first: int | None) -> None:
        super().__init__(data, initial={"helper": first})
        self._units = {unit.pk: unit for unit in helpers}
        self.fields["helper"].choices = [(unit.pk, unit.called) for unit in helpers]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return {"helper": self._units[self.cleaned_data["helper"]]}


class InviteForm(forms.Form):
    """Which experts are asked, and why one who is full or away."""

    people = forms.TypedMultipleChoiceField(
        label="专家", coerce=int, required=False, widget=forms.CheckboxSelectMultiple, error_messages=NOT_LISTED
    )
    override = forms.CharField(
        label="仍要邀请的原因", max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="所选专家手上问诊已满或办理期间请假的，请写明",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, experts: Sequence[Candidate]) -> None:
        super().__init__(data)
        self.fields["people"].choices = [(one.person.pk, str(one.person)) for one in experts]  # type: ignore[attr-defined]
        self.chosen = {value for value in data.getlist("people")} if data else set()

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)


class SessionForm(forms.Form):
    """When and how the experts meet."""

    on = forms.DateField(label="会诊日期", widget=DayInput, error_messages=NOT_A_DAY)
    words = forms.CharField(label="会诊方式", max_length=120, help_text="例：线上会议；到校会诊，听课两节并座谈")
    activity = forms.ChoiceField(
        label="会诊动态", required=False, error_messages=NOT_LISTED, help_text="已报送“专家指导”动态的，在这里关联"
    )

    def __init__(
        self, data: QueryDict | None = None, *, briefs: Sequence[Activity], case: Consultation | None = None
    ) -> None:
        super().__init__(data, initial=_session(case) if case else {})
        self._briefs = {str(one.pk): one for one in briefs}
        told = [(str(one.pk), one.title) for one in briefs]
        self.fields["activity"].choices = [("", "没有"), *told]  # type: ignore[attr-defined]
        if not told:
            del self.fields["activity"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        sent = self.cleaned_data
        return {"on": sent["on"], "words": sent["words"], "activity": self._briefs.get(sent.get("activity", ""))}


def _session(case: Consultation) -> dict[str, Any]:
    return {"on": case.session_on, "words": case.session_words, "activity": str(case.activity_id or "")}


class AdviceForm(forms.Form):
    """What one expert advises."""

    advice = forms.CharField(label="意见", max_length=4000, widget=_words(10))

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)


class AnswerForm(forms.Form):
    """The answer to the school."""

    advice = forms.CharField(
        label="答复建议", max_length=8000, widget=_words(12), help_text="综合各位专家的意见，写成学校能照着做的建议"
    )
    files = FilesField(label="附件", required=False, help_text=PAPERS)  # type: ignore[assignment]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)


class DecisionForm(forms.Form):
    """Whether the school adopts the advice."""

    decision = forms.ChoiceField(label="采纳情况", choices=Consultation.Decision.choices, widget=Segments)
    reason = forms.CharField(
        label="说明", max_length=1000, required=False, widget=_words(4), help_text="部分采纳、不采纳的，请说明原因"
    )

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)


class EffectForm(forms.Form):
    """What has come of it."""

    text = forms.CharField(
        label="成效", max_length=2000, widget=_words(8), help_text="做了什么、有什么变化；没有成效的，也请说明情况"
    )

    def __init__(self, data: QueryDict | None = None, *, months: int) -> None:
        super().__init__(data)
        self._months = months

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return {"months": self._months, "text": self.cleaned_data["text"]}


class CaseBaseForm(forms.Form):
    """The text of a case without persons and units."""

    case_title = forms.CharField(label="案例标题", max_length=120)
    case_text = forms.CharField(label="问题", max_length=4000, widget=_words(10))
    case_advice = forms.CharField(label="建议", max_length=8000, widget=_words(12))

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        return dict(self.cleaned_data)
