"""计划的表单: few fields – what, when, with whom; the parts of the units follow from the kind, as in a brief."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict

from tizhi.base.kit import clock
from tizhi.pipeline.activities import rules as activities
from tizhi.pipeline.activities.kinds import KINDS, kind_of
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.agenda import rules
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.scheme.models import UnitRole
from tizhi.pipeline.scheme.queries import roles
from tizhi.web.activities.forms import NOT_A_DAY, NOT_LISTED, LeadersField, Typed, leader_of, with_typed
from tizhi.web.activities.offer import SEPARATOR, Offer
from tizhi.web.frame.widgets import DayInput, Picker, Segments

COLUMNS = ("kind", "title", "place", "mode", "stage", "about")
STAGES = [stage for kind in KINDS.values() for stage in kind.stages]
ONE_DAY = "只有一天的可不填"


class PlanForm(forms.Form):
    """What is planned. The days of an item that stands already are changed by moving it, not here."""

    unit = forms.TypedChoiceField(label="负责单位", coerce=int, error_messages=NOT_LISTED)
    kind = forms.ChoiceField(label="类型", choices=[(one.code, one.label) for one in KINDS.values()], widget=Segments)
    title = forms.CharField(label="事项名称", max_length=120, help_text="例：校领导实地调研阜阳师范大学")
    first_day = forms.DateField(label="开始日期", widget=DayInput, error_messages=NOT_A_DAY)
    last_day = forms.DateField(
        label="结束日期", required=False, widget=DayInput, error_messages=NOT_A_DAY, help_text=ONE_DAY
    )
    units = forms.MultipleChoiceField(
        label="参加单位", required=False, widget=Typed, error_messages=NOT_LISTED,
        help_text="登记后，这些单位的页面上会列出这项安排",
    )  # fmt: skip
    leaders = LeadersField(
        label="到场负责同志", required=False, widget=Typed(create="添加“%s”（写姓名和职务，中间空一格）"),
        error_messages=NOT_LISTED,
    )  # fmt: skip
    place = forms.CharField(label="地点", max_length=120, required=False)
    mode = forms.ChoiceField(label="方式", choices=Activity.Mode.choices, widget=Segments)
    area = forms.ChoiceField(label="重点内容和事项", required=False, error_messages=NOT_LISTED)
    stage = forms.ChoiceField(label="调研阶段", choices=[("", "不是调研，不填"), *STAGES], required=False)
    about = forms.CharField(
        label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="希望对方准备什么，由哪个部门联系",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, offer: Offer, planned: PlannedItem | None = None) -> None:
        super().__init__(data, initial=_as_it_stands(planned) if planned else _blank(offer))
        self.offer, self.planned = offer, planned
        units, leaders = self.fields["units"].widget, self.fields["leaders"].widget
        for name, choices in {
            "unit": [(one.unit_id, one.unit.called) for one in offer.own],
            "area": [("", "不填"), *offer.area_choices()],
            "units": self._with_former(units.offer(_units(offer))),
            "leaders": with_typed(leaders.offer(offer.people_choices()), planned, self),
        }.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if planned or len(offer.own) <= 1:
            del self.fields["unit"]
        if planned:
            del self.fields["first_day"], self.fields["last_day"]

    def _with_former(self, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """The units of today, and those of the item that have left the cluster since."""
        listed = {value for value, _ in known}
        held = self.planned.units.all() if self.planned else ()
        return known + [(str(one.unit_id), one.unit.called) for one in held if str(one.unit_id) not in listed]

    @property
    def more_is_filled(self) -> bool:
        """Whether something stands in what is folded away."""
        return any(self[name].value() for name in ("area", "stage", "about")) or any(
            name in self.errors for name in ("area", "stage", "about", "mode")
        )

    def given(self, unit: int) -> dict[str, Any]:
        """What the action writes, from a valid form, for an item of `unit`."""
        typed = self.cleaned_data
        area, _, item = typed["area"].partition(SEPARATOR)
        given = {name: typed[name] for name in COLUMNS}
        given |= {"area_id": int(area) if area else None, "item": item}
        given |= {"leaders": [leader_of(value) for value in typed["leaders"]]}
        if not self.planned:
            given |= {"first_day": typed["first_day"], "last_day": typed["last_day"] or typed["first_day"]}
        return given | self._parts(unit)

    def _parts(self, unit: int) -> dict[str, list[Part]]:
        """Who comes and who receives, as the kind has it; what stands already stays as long as nothing changed."""
        units = list(dict.fromkeys([unit, *(int(one) for one in self.cleaned_data["units"])]))
        if self.planned and self.planned.kind == self.cleaned_data["kind"]:
            held = {one.unit_id for one in self.planned.units.all()}
            if held == set(units):
                return {}
        there = roles(self.offer.cluster, clock.today())
        visits = kind_of(self.cleaned_data["kind"]).visits
        supported = {one for one in units if UnitRole.Role.SUPPORTED in there.get(one, ())}
        return {
            "units": [
                Part(one, activities.proposed_part(visits, one in supported, is_own=one == unit).value) for one in units
            ]
        }


def _units(offer: Offer) -> Iterable[tuple[tuple[str, str], str]]:
    """The other units of the cluster with their pinyin initials; its own takes part anyway."""
    own = offer.own[0].unit_id if len(offer.own) == 1 else 0
    return [((str(one.pk), one.called), one.initials) for one in offer.units if one.pk != own]


def _blank(offer: Offer) -> dict[str, Any]:
    unit, kind = offer.own[0].unit_id, next(iter(KINDS))
    others = [one.partition(SEPARATOR)[0] for one in offer.proposed_units(unit, kind_of(kind))]
    return {"unit": unit, "kind": kind, "mode": Activity.Mode.ON_SITE, "units": [x for x in others if x != str(unit)]}


def _as_it_stands(planned: PlannedItem) -> dict[str, Any]:
    return {
        **{name: getattr(planned, name) for name in COLUMNS},
        "units": [str(one.unit_id) for one in planned.units.all() if one.unit_id != planned.unit_id],
        "leaders": [str(one.appointment_id or one) for one in planned.leaders.all()],
        "area": f"{planned.area_id}{SEPARATOR}{planned.item}" if planned.area_id else "",
    }


class MoveForm(forms.Form):
    """Other days, and why; on the day an item was entered other days are a correction and need no reason."""

    first_day = forms.DateField(label="开始日期", widget=DayInput, error_messages=NOT_A_DAY)
    last_day = forms.DateField(
        label="结束日期", required=False, widget=DayInput, error_messages=NOT_A_DAY, help_text=ONE_DAY
    )
    note = forms.CharField(
        label="改期原因", max_length=200, widget=forms.Textarea(attrs={"rows": 3}), help_text="参加单位会看到",
        error_messages={"required": "请写明改期原因，参与单位会看到"},
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, planned: PlannedItem, today: date) -> None:
        super().__init__(data, initial={"first_day": planned.first_day, "last_day": planned.last_day})
        if rules.is_correction(planned, today):
            del self.fields["note"]


class LinkForm(forms.Form):
    """Which brief is what became of the item."""

    activity = forms.ChoiceField(label="动态", widget=Picker, error_messages={**NOT_LISTED, "required": "请选择动态。"})

    def __init__(self, data: QueryDict | None = None, *, briefs: Iterable[Activity]) -> None:
        super().__init__(data)
        self.briefs = {str(one.pk): one for one in briefs}
        named = [(pk, f"{_day(one)} {one}（{one.unit.called}）") for pk, one in self.briefs.items()]
        self.fields["activity"].choices = [("", "请选择"), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Activity:
        """The brief that was chosen, from a valid form."""
        return self.briefs[self.cleaned_data["activity"]]


def _day(activity: Activity) -> str:
    return f"{activity.last_day.month}月{activity.last_day.day}日" if activity.last_day else "日期未填"
