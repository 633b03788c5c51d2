"""动态的表单: one for page and autosave; what a kind asks for is drawn from its description."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from tizhi.base.kit import clock
from tizhi.pipeline.activities.kinds import FIELD_STUDY, KINDS, kind_of
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.web.frame.forms import DraftForm
from tizhi.web.frame.widgets import DayInput, Pickers, Segments

from .offer import SEPARATOR, Choice, Offer

COLUMNS = (
    "kind", "title", "first_day", "last_day", "place", "mode", "stage", "text", "own_next", "other_next", "other_units",
    "published_on", "link", "photo_credit",
)  # fmt: skip
FIRST_KIND = next(iter(KINDS))
NOT_A_DAY = {"invalid": "请按年月日填写日期，如2026年11月23日填2026-11-23"}
NOT_LISTED = {"invalid_choice": "“%(value)s”不在名单里，请重新选择"}


class Typed(Pickers):
    """Several choices found by typing their name or its pinyin initials; everything lies in the page."""

    initials: dict[str, str]

    def offer(self, choices: Iterable[tuple[Choice, str]]) -> list[Choice]:
        """Take the choices with their initials; answers the choices alone."""
        found = list(choices)
        self.initials = {value: initials for (value, _), initials in found}
        return [choice for choice, _ in found]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the initials that the picker searches."""
        option = super().create_option(name, value, *args, **kwargs)
        if initials := self.initials.get(str(value)):
            option["attrs"]["data-initials"] = initials
        return option


class LeadersField(forms.MultipleChoiceField):
    """People of the cluster by their appointment, anybody else as 姓名 职务 in words."""

    def valid_value(self, value: str) -> bool:
        """Numbers must be on the list; words are a name."""
        return super().valid_value(value) if value.isdigit() else 0 < len(value) <= 180


class ActivityForm(DraftForm):
    """What a writer tells of an activity. A draft may be unfinished: `rules.missing` asks when it is sent."""

    unit = forms.TypedChoiceField(label="报送单位", coerce=int, empty_value=None, error_messages=NOT_LISTED)
    kind = forms.ChoiceField(
        label="活动类型", choices=[(kind.code, kind.label) for kind in KINDS.values()], widget=Segments
    )
    title = forms.CharField(label="标题", max_length=120)
    first_day = forms.DateField(label="开始日期", widget=DayInput, error_messages=NOT_A_DAY)
    last_day = forms.DateField(label="结束日期", widget=DayInput, error_messages=NOT_A_DAY)
    place = forms.CharField(label="地点", max_length=120)
    mode = forms.ChoiceField(label="方式", choices=Activity.Mode.choices, widget=Segments)
    stage = forms.ChoiceField(label="调研阶段", widget=Segments)
    units = forms.MultipleChoiceField(label="参与单位", widget=Typed, error_messages=NOT_LISTED)
    studied = forms.TypedChoiceField(
        label="受调研院校", coerce=int, empty_value=None, required=False, error_messages=NOT_LISTED,
        help_text="参与单位中有几所重点支持院校，提交时为选定的院校登记这次调研",
    )  # fmt: skip
    leaders = LeadersField(
        label="到场负责同志", required=False, widget=Typed(create="添加“%s”（写姓名和职务，中间空一格）"),
        error_messages=NOT_LISTED,
    )  # fmt: skip
    area = forms.ChoiceField(label="重点内容和事项", error_messages=NOT_LISTED)
    text = forms.CharField(
        label="经过", max_length=8000, help_text="数字已在上面填写，这里不必重复",
        widget=forms.Textarea(attrs={"rows": 6, "data-count": True}),
    )  # fmt: skip
    own_next = forms.CharField(label="下一步", max_length=300, required=False)
    other_next = forms.CharField(label="对方下一步", max_length=300, required=False)
    other_units = forms.CharField(label="组团外单位", max_length=200, required=False)
    published_on = forms.DateField(label="学校发布日期", required=False, widget=DayInput, error_messages=NOT_A_DAY)
    link = forms.URLField(
        label="报道链接", max_length=500, required=False, assume_scheme="https",
        error_messages={"invalid": "请粘贴完整的网址，以http://或https://开头"},
    )  # fmt: skip
    photo_credit = forms.CharField(label="摄影", max_length=60, required=False)

    def __init__(
        self, data: QueryDict | None = None, *, offer: Offer, activity: Activity | None = None, kind: str = ""
    ) -> None:
        kind = str(data.get("kind", "")) if data else kind
        super().__init__(data, initial=_as_it_stands(activity) if activity else _blank(offer, kind))
        self.asked = kind_of(self._now("kind"))
        self._ask()
        for name, choices in self._choices(offer, activity).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        if len(offer.own) <= 1:
            del self.fields["unit"]
        self._ask_school(offer, activity)

    def _ask_school(self, offer: Offer, activity: Activity | None) -> None:
        """Of a study in which several supported schools take part: which of them was studied."""
        now = self.data.getlist("units") if self.is_bound else self.initial.get("units", [])  # type: ignore[attr-defined]
        taking_part = {str(one).partition(SEPARATOR)[0] for one in now}
        schools = [(str(one.pk), one.called) for one in offer.schools if str(one.pk) in taking_part]
        is_told = activity is not None and activity.study_id is not None
        if self.asked.code != FIELD_STUDY.code or len(schools) < 2 or is_told:
            del self.fields["studied"]
            return
        self.fields["studied"].choices = [("", "请选择"), *schools]  # type: ignore[attr-defined]

    def _ask(self) -> None:
        """What the kind asks for: its figures, and its stage if it has any."""
        for figure in self.asked.figures:
            self.fields[figure.key] = figure.field()
            self.fields[figure.key].required = figure.required
        if not self.asked.stages:
            del self.fields["stage"]

    def _choices(self, offer: Offer, activity: Activity | None) -> dict[str, Any]:
        units, leaders = self.fields["units"].widget, self.fields["leaders"].widget
        choices = {
            "unit": [(one.unit_id, one.unit.called) for one in offer.own],
            "area": [("", "请选择"), *offer.area_choices()],
            "units": units.offer(offer.unit_choices()),
            "leaders": with_typed(leaders.offer(offer.people_choices()), activity, self),
        }
        return choices | ({"stage": self.asked.stages} if self.asked.stages else {})

    def _now(self, name: str) -> str:
        return str(self.data.get(name) or self.initial.get(name) or "")

    def is_multipart(self) -> bool:
        """Photos and papers travel with the form where there is no JavaScript."""
        return True

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields of the figures the kind asks for."""
        return [self[figure.key] for figure in self.asked.figures]

    def given(self) -> dict[str, Any]:
        """What the action writes, from a valid form."""
        typed = self.cleaned_data
        area, _, item = typed["area"].partition(SEPARATOR)
        given = {name: typed[name] for name in COLUMNS if name in typed}
        return given | {
            "mode": typed["mode"] or Activity.Mode.ON_SITE,
            "details": {figure.key: typed[figure.key] for figure in self.asked.figures},
            "area_id": int(area) if area else None,
            "item": item,
            "units": [Part(int(unit), part) for unit, _, part in (one.partition(SEPARATOR) for one in typed["units"])],
            "leaders": [leader_of(value) for value in typed["leaders"]],
        }


def _blank(offer: Offer, kind: str) -> dict[str, Any]:
    today, unit = clock.today(), offer.own[0].unit_id
    kind = kind if kind in KINDS else FIRST_KIND
    return {
        "unit": unit, "kind": kind, "first_day": today, "last_day": today, "mode": Activity.Mode.ON_SITE,
        "units": offer.proposed_units(unit, kind_of(kind)),
    }  # fmt: skip


def _as_it_stands(activity: Activity) -> dict[str, Any]:
    return {
        **{name: getattr(activity, name) for name in COLUMNS},
        **activity.details,
        "unit": activity.unit_id,
        "units": [f"{one.unit_id}{SEPARATOR}{one.part}" for one in activity.units.all()],
        "leaders": [str(one.appointment_id or one) for one in activity.leaders.all()],
        "area": f"{activity.area_id}{SEPARATOR}{activity.item}" if activity.area_id else "",
    }


def with_typed(known: list[Choice], held_by: Activity | PlannedItem | None, form: forms.BaseForm) -> list[Choice]:
    """The list, and whoever stands in `form` without being on it: typed in words, or gone from the post since."""
    held = {str(one.appointment_id): str(one) for one in held_by.leaders.all()} if held_by else {}
    listed = {value for value, _ in known}
    now = form.data.getlist("leaders") if form.is_bound else form.initial.get("leaders", [])  # type: ignore[attr-defined]
    others = [str(value) for value in now if value not in listed]
    return known + [(one, held.get(one, one)) for one in others if one in held or not one.isdigit()]


def leader_of(value: str) -> Leader:
    """Whom a choice of the picker means: somebody's appointment, or 姓名 职务 in words."""
    return Leader(appointment_id=int(value)) if value.isdigit() else Leader.read(value)


class ReasonForm(forms.Form):
    """Why a brief is returned; it goes to the writer word for word and stays in the history."""

    note = forms.CharField(
        label="退回原因", max_length=500, strip=True, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="填报人会看到这段话并按它修改",
        error_messages={"required": "请写明退回原因，填报人要按它修改"},
    )  # fmt: skip
