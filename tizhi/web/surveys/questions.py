"""题目的表单: one question or page, asked for by what its kind needs; lists are written one line each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict

from tizhi.pipeline.surveys.edits import relined
from tizhi.pipeline.surveys.form import Form, Question

CONDITIONS = range(3)
HOW = [("", "总是显示"), ("all", "下列条件都满足时才显示"), ("any", "下列条件满足任意一个就显示")]
FIGURE_TESTS = [("at-least", "不小于"), ("at-most", "不大于"), ("equals", "等于")]
LISTS = {
    "single": ("options", "other"), "multiple": ("options", "alone", "other", "most"),
    "scale": ("first", "last", "low", "high"), "matrix": ("rows", "options"),
    "number": ("least", "most", "unit", "decimals"), "text": ("long", "most"), "file": (),
}  # fmt: skip


def _lines(label: str, help_text: str, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=20000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


def _fields_of(kind: str) -> dict[str, forms.Field]:
    """What a question of this kind has beside its title."""
    most = {"multiple": "最多选几项", "number": "最大值", "text": "最多字数"}.get(kind, "")
    every: dict[str, forms.Field] = {
        "rows": _lines("行", "每行一个，逐行打分或选择，如“课堂教学”“教学研究”"),
        "options": _lines("选项", "每行一个，可从Word或Excel里整列粘贴；改文字不影响已有答案"),
        "alone": _lines("单独选的选项", "不能与其他同时选的，如“以上都没有”，每行一个", required=False),
        "other": forms.BooleanField(label="最后加“其他”，可以写文字", required=False),
        "first": forms.TypedChoiceField(label="从", coerce=int, choices=[(0, "0"), (1, "1")]),
        "last": forms.TypedChoiceField(label="到", coerce=int, choices=[(n, str(n)) for n in range(3, 11)]),
        "low": forms.CharField(label="最低分表示", max_length=30, required=False, help_text="如“很不满意”"),
        "high": forms.CharField(label="最高分表示", max_length=30, required=False, help_text="如“很满意”"),
        "least": forms.FloatField(label="最小值", required=False),
        "most": forms.FloatField(label=most, required=False),
        "unit": forms.CharField(label="单位", max_length=20, required=False, help_text="如“人”“课时”“%”"),
        "decimals": forms.TypedChoiceField(
            label="小数", coerce=int, required=False, empty_value="0",
            choices=[(0, "只填整数"), (1, "1位小数"), (2, "2位小数")],
        ),
        "long": forms.BooleanField(label="多行文字", required=False),
    }  # fmt: skip
    return {name: every[name] for name in LISTS[kind]}


class _Shown(forms.Form):
    """When it is asked: nothing, or up to three conditions on earlier answers."""

    def __init__(self, data: QueryDict | None, *, earlier: list[Question], initial: dict[str, Any], rule: Any) -> None:
        super().__init__(data, initial=initial | _rule_as_shown(rule))
        if not earlier:
            return
        self.fields["show_how"] = forms.ChoiceField(label="何时显示", choices=HOW, required=False)
        choices = [("", "（不用这个条件）"), *_targets(earlier)]
        for place in CONDITIONS:
            self.fields[f"if_{place}"] = forms.ChoiceField(
                label=f"条件{place + 1}", choices=choices, required=False,
                error_messages={"invalid_choice": "所选的条件已不存在，请重新选择"},
            )  # fmt: skip
            self.fields[f"value_{place}"] = forms.FloatField(
                label="数值", required=False, help_text="条件是打分或数字时填写"
            )

    @property
    def own(self) -> list[BoundField]:
        """The fields of the question or page itself."""
        return [field for field in self.visible_fields() if not field.name.startswith(("if_", "value_"))]

    @property
    def conditions(self) -> list[tuple[BoundField, BoundField]]:
        """Each condition with its figure."""
        return [(self[f"if_{place}"], self[f"value_{place}"]) for place in CONDITIONS if f"if_{place}" in self.fields]

    def rule(self) -> dict[str, Any] | None:
        """The conditions as the description keeps them."""
        how = self.cleaned_data.get("show_how")
        rules = [rule for place in CONDITIONS if (rule := self._condition(place))]
        return {how: rules} if how and rules else None

    def _condition(self, place: int) -> dict[str, Any] | None:
        chosen, value = self.cleaned_data.get(f"if_{place}"), self.cleaned_data.get(f"value_{place}")
        if not chosen:
            return None
        question, test, option = chosen.split("|")
        return {"question": question, "is": test, "value": option or _whole(value or 0)}

    def clean(self) -> dict[str, Any]:
        """Conditions are written where they count, and figures where they are compared."""
        given = super().clean() or {}
        for place in CONDITIONS:
            chosen = given.get(f"if_{place}") or ""
            if chosen.endswith("|") and given.get(f"value_{place}") is None and f"value_{place}" not in self.errors:
                self.add_error(f"value_{place}", "请填写数值")
        if given.get("show_how") and not any(given.get(f"if_{place}") for place in CONDITIONS) and not self.errors:
            self.add_error("if_0", "请选择条件，或者改为“总是显示”")
        return given


def _targets(earlier: list[Question]) -> list[Any]:
    groups = []
    for one in earlier:
        if one.is_choice:
            chosen = [(f"{one.id}|contains|{option.id}", f"选了“{option.text}”") for option in one.choices]
            left = [(f"{one.id}|lacks|{option.id}", f"没有选“{option.text}”") for option in one.choices]
            groups.append((one.words, chosen + left))
        elif one.is_figure:
            groups.append((one.words, [(f"{one.id}|{test}|", words) for test, words in FIGURE_TESTS]))
    return groups


def _rule_as_shown(rule: Any) -> dict[str, Any]:
    """A flat rule as the form shows it."""
    if not rule:
        return {}
    how = "any" if "any" in rule else "all"
    shown: dict[str, Any] = {"show_how": how}
    for place, one in zip(CONDITIONS, rule.get(how, [rule]), strict=False):
        if "question" in one:
            is_option = isinstance(one["value"], str)
            shown[f"if_{place}"] = f"{one['question']}|{one['is']}|{one['value'] if is_option else ''}"
            shown[f"value_{place}"] = None if is_option else one["value"]
    return shown


class QuestionForm(_Shown):
    """One question of a kind."""

    title = forms.CharField(label="题目", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    help = forms.CharField(label="提示", max_length=500, required=False, help_text="题目下面的小字，如填写口径")
    required = forms.BooleanField(label="必答", required=False)

    def __init__(
        self, data: QueryDict | None = None, *, kind: str, earlier: list[Question], old: Mapping[str, Any]
    ) -> None:
        self.kind, self.old = kind, old
        super().__init__(data, earlier=earlier, initial=_as_it_stands(kind, old), rule=old.get("show"))
        own = _fields_of(kind)
        kept = list(self.fields)
        self.fields.update(own)
        self.order_fields(["title", "help", *own, "required", *kept])

    def given(self) -> dict[str, Any]:
        """The question as the description keeps it."""
        said = self.cleaned_data
        made: dict[str, Any] = {
            "kind": self.kind,
            "title": " ".join(said["title"].split()),
            "required": said["required"],
        }
        made |= {"help": said["help"]} if said["help"] else {}
        for name in ("low", "high", "unit"):
            made |= {name: said[name]} if said.get(name) else {}
        for name in ("other", "long"):
            made |= {name: True} if said.get(name) else {}
        for name in ("first", "last", "decimals"):
            made |= {name: int(said[name])} if name in said else {}
        for name in ("least", "most"):
            made |= {name: _whole(said[name])} if said.get(name) is not None else {}
        return made | self._lists() | ({"show": rule} if (rule := self.rule()) else {})

    def _lists(self) -> dict[str, Any]:
        said = self.cleaned_data
        found: dict[str, Any] = {}
        for name in ("rows", "options"):
            if name in said:
                alone = _texts(said.get("alone", "")) if name == "options" else []
                found[name] = relined(list(self.old.get(name, ())), _texts(said[name]), alone)
        return found


def _as_it_stands(kind: str, old: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in old.items() if name not in ("options", "rows", "show", "id", "kind")}
    options, rows = old.get("options", ()), old.get("rows", ())
    shown["options"] = "\n".join(one["text"] for one in options if not one.get("exclusive"))
    shown["alone"] = "\n".join(one["text"] for one in options if one.get("exclusive"))
    shown["rows"] = "\n".join(one["text"] for one in rows)
    first: dict[str, Any] = {"required": kind != "file"} if not old else {}
    if kind == "scale" and not old:
        first |= {"first": 1, "last": 5}
    return first | shown


def _texts(text: str) -> list[str]:
    """Lines without blanks and without doubles; a line of a table pasted from Excel is one text."""
    found = [" ".join(line.replace("\0", "").split()) for line in text.splitlines()]
    return list(dict.fromkeys(line for line in found if line))


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


class PageForm(_Shown):
    """A page of questions."""

    title = forms.CharField(label="页标题", max_length=300, required=False, help_text="如“一、基本情况”")
    help = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: QueryDict | None = None, *, earlier: list[Question], old: Mapping[str, Any]) -> None:
        initial = {"title": old.get("title", ""), "help": old.get("help", "")}
        super().__init__(data, earlier=earlier, initial=initial, rule=old.get("show"))

    def given(self) -> dict[str, Any]:
        """The page as the description keeps it."""
        said = self.cleaned_data
        made = {"title": said["title"], "help": said["help"]}
        return made | ({"show": rule} if (rule := self.rule()) else {})


def earlier_than(form: Form, key: str) -> list[Question]:
    """The questions before a question or page; for what is new, all."""
    found: list[Question] = []
    for page in form.pages:
        if page.id == key:
            return found
        for one in page.questions:
            if one.id == key:
                return found
            found.append(one)
    return found
