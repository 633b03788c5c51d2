"""动态类型: what one kind of activity asks for. Form, check, display and sums are all made from this description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from django import forms

from tizhi.base.kit import words
from tizhi.base.kit.errors import RuleBroken

Details = Mapping[str, int | float]


@dataclass(frozen=True)
class Figure:
    """One number a kind asks for.

    `total` says what several activities make together: `sum`, or `none` where adding would say nothing
    (hours of different courses). `places` are the decimals allowed.
    """

    key: str
    label: str
    unit: str
    required: bool = False
    help: str = ""
    places: int = 0
    most: int = 1_000_000
    total: Literal["sum", "none"] = "sum"

    def field(self) -> forms.DecimalField:
        """The form field; never required, for a draft may be unfinished (`rules.missing` asks when it is sent)."""
        return NumberField(
            label=self.label,
            required=False,
            help_text=self.help,
            min_value=0,
            max_value=self.most,
            decimal_places=self.places,
            widget=forms.TextInput(
                attrs={"data-unit": self.unit, "inputmode": "decimal" if self.places else "numeric", "maxlength": 16}
            ),
            error_messages={
                "invalid": f"“{self.label}”请填数字，单位（{self.unit}）不用写",
                "min_value": f"“{self.label}”不能小于0",
                "max_value": f"“{self.label}”不能大于{words.number(self.most)}，请核对",
                "max_decimal_places": f"“{self.label}”"
                + (f"最多保留{self.places}位小数" if self.places else "请填整数"),
            },
        )

    def words(self, value: int | float) -> str:
        """86人."""
        return f"{words.number(value)}{self.unit}"


class NumberField(forms.DecimalField):
    """Numbers as people type them: 1,200, １２００ and 86 人's spaces are all read."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs say int
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace(" ", "").replace("\u3000", "")
        return super().to_python(value)


@dataclass(frozen=True)
class Kind:
    """A kind of activity: one of these per file of `kinds/`. `stages` are the choices of its stage, where it has any.

    `visits` says that one side goes to the other: the helper is then proposed as visitor and its school as host.
    """

    code: str
    label: str
    icon: str
    figures: tuple[Figure, ...]
    stages: tuple[tuple[str, str], ...] = ()
    visits: bool = False

    def form(self) -> type[forms.Form]:
        """The one form of its figures, for page, API and tables alike."""
        return type("Details", (forms.Form,), {figure.key: figure.field() for figure in self.figures})

    def clean(self, details: Mapping[str, Any]) -> dict[str, int | float]:
        """The figures of `details`, empty ones left out and unknown ones dropped; RuleBroken names each wrong one."""
        form = self.form()(details)
        if not form.is_valid():
            faults = {name: str(errors[0]) for name, errors in form.errors.items()}
            raise RuleBroken("；".join(faults.values()) + "。", faults)
        return {key: _plain(value) for key, value in form.cleaned_data.items() if value is not None}

    @property
    def required(self) -> list[Figure]:
        """The figures that must be there before a brief is sent."""
        return [figure for figure in self.figures if figure.required]

    def missing(self, details: Details) -> dict[str, str]:
        """A sentence for each required figure that is not there."""
        return {figure.key: f"请填写{figure.label}" for figure in self.required if figure.key not in details}

    def filled(self, details: Details) -> list[tuple[Figure, int | float]]:
        """The figures that were given, in the kind's order."""
        return [(figure, details[figure.key]) for figure in self.figures if figure.key in details]

    def words(self, details: Details, most: int | None = None) -> str:
        """86人 · 24学时: the given figures in one line; of only the first `most`, those it requires come first."""
        filled = self.filled(details)
        if most is not None:
            filled = sorted(filled, key=lambda one: not one[0].required)[:most]
        return " · ".join(figure.words(value) for figure, value in filled)

    def stage_words(self, code: str) -> str:
        """第一轮调研; empty when the kind has no such stage."""
        return dict(self.stages).get(code, "")

    def total(self, several: Iterable[Details]) -> dict[str, int | float]:
        """What the figures of several activities of this kind make together, those that may be added."""
        sums: dict[str, Decimal] = {}
        for details in several:
            for figure, value in self.filled(details):
                if figure.total == "sum":
                    sums[figure.key] = sums.get(figure.key, Decimal(0)) + Decimal(str(value))
        return {key: _plain(value) for key, value in sums.items()}


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
