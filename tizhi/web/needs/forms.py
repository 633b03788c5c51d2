"""需求诊断的表单: a strength or a gap, a need, its refining by a study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict

from tizhi.pipeline.needs.models import Need, Priority, Trait
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.web.activities.forms import NOT_LISTED
from tizhi.web.frame.widgets import Segments

NO_AREA = ("", "不属于某一项重点内容")
OF_NEED = ("title", "text", "evidence", "priority")
OF_TRAIT = ("kind", "text", "evidence", "priority")


def _area_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="重点内容", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED
    )


def _priority_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="优先程度", coerce=int, choices=Priority.choices, widget=Segments, error_messages=NOT_LISTED
    )


def _area_choices(areas: Sequence[Area], held: Area | None) -> list[tuple[str, str]]:
    """The areas of the plan, and the one that stands there though it is no longer one of them."""
    known = [*areas, *([held] if held is not None and held not in areas else [])]
    return [NO_AREA, *((str(one.pk), one.name) for one in known)]


class TraitForm(forms.Form):
    """A strength or a gap."""

    kind = forms.ChoiceField(label="类别", choices=Trait.Kind.choices, widget=Segments)
    area = _area_field()
    text = forms.CharField(
        label="内容", max_length=500, widget=forms.Textarea(attrs={"rows": 3, "data-count": True}),
        help_text="例：小学教育专业为国家级一流本科专业建设点；例：教育硕士生导师不足，校外导师占七成",
    )  # fmt: skip
    evidence = forms.CharField(label="依据", max_length=500, required=False, help_text="数据、评估结论、文件等")
    priority = _priority_field()

    def __init__(
        self, data: QueryDict | None = None, *, areas: Sequence[Area], trait: Trait | None = None, kind: str = ""
    ) -> None:
        begin = {"kind": kind or Trait.Kind.GAP, "priority": Priority.MIDDLE}
        super().__init__(data, initial=_as_it_stands(trait, OF_TRAIT) or begin)
        self.fields["area"].choices = _area_choices(areas, trait.area if trait else None)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        typed = self.cleaned_data
        return {name: typed[name] for name in OF_TRAIT} | {"area_id": typed["area"]}


class NeedForm(forms.Form):
    """A need."""

    title = forms.CharField(label="需求", max_length=120, help_text="一项写一件事，例：建立县域教师研修的课程资源")
    text = forms.CharField(
        label="说明", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4, "data-count": True})
    )
    area = _area_field()
    priority = _priority_field()
    trait = forms.TypedChoiceField(
        label="对应的短板", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED
    )
    evidence = forms.CharField(label="依据", max_length=500, required=False, help_text="数据、评估结论、调研报告等")

    def __init__(
        self, data: QueryDict | None = None, *, areas: Sequence[Area], gaps: Iterable[Trait], need: Need | None = None,
        begin: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        first = {"priority": Priority.MIDDLE, **(begin or {})}
        if "area_id" in first:
            first["area"] = first.pop("area_id")
        stands = _as_it_stands(need, OF_NEED)
        super().__init__(data, initial=stands | {"trait": need.trait_id} if need else first)
        self.fields["area"].choices = _area_choices(areas, need.area if need else None)  # type: ignore[attr-defined]
        choices = [(str(one.pk), one.text[:40]) for one in gaps]
        if need and need.trait and str(need.trait_id) not in {value for value, _ in choices}:
            choices.append((str(need.trait_id), need.trait.text[:40]))
        self.fields["trait"].choices = [("", "不填"), *choices]  # type: ignore[attr-defined]
        if not choices:
            del self.fields["trait"]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        typed = self.cleaned_data
        given = {name: typed[name] for name in OF_NEED} | {"area_id": typed["area"]}
        return given | ({"trait_id": typed["trait"]} if "trait" in typed else {})


def _as_it_stands(row: Need | Trait | None, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} | {"area": row.area_id} if row else {}


@dataclass(frozen=True)
class Grounds:
    """What a need may be refined by: the recorded studies of the school, and their findings."""

    studies: Sequence[Study]
    choices: list[tuple[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, studies: Sequence[Study]) -> Grounds:
        """Each study, with its findings under it."""
        choices: list[tuple[str, Any]] = [("", "请选择")]
        for one in studies:
            found = [(f"finding-{each.pk}", str(each)) for each in one.findings.all()]
            choices.append((str(one), [(f"study-{one.pk}", "依据这次调研（不指明某一条发现）"), *found]))
        return cls(studies, choices)

    def chosen(self, value: str) -> dict[str, Study | Finding | None]:
        """The study or the finding that was chosen; neither when nothing was."""
        name, _, pk = value.partition("-")
        for one in self.studies:
            if value == f"study-{one.pk}":
                return {"study": one}
            for each in one.findings.all():
                if name == "finding" and str(each.pk) == pk:
                    each.study = one
                    return {"finding": each}
        return {}


class RefineForm(NeedForm):
    """A need said more precisely, and by what."""

    ground = forms.ChoiceField(label="依据的调研", required=False, error_messages=NOT_LISTED)
    note = forms.CharField(
        label="说明细化了什么", max_length=500, required=False, help_text="没有依据调研的，写明修改的原因"
    )

    field_order = ("ground", *NeedForm.base_fields, "note")

    def __init__(self, data: QueryDict | None = None, *, grounds: Grounds, **given: Any) -> None:
        super().__init__(data, **given)
        self.fields["ground"].choices = grounds.choices  # type: ignore[attr-defined]
