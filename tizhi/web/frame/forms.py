"""表单: one way of drawing fields – label, control, help under it, the fault in words."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from tizhi.base.kit.errors import RuleBroken

PLAIN = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.RadioSelect, forms.FileInput)


class Control(BoundField):
    """A field whose control carries the frame's class wherever it is drawn, and which names itself when it is empty."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
            verb = "选择" if hasattr(field.widget, "choices") else "填写"
            field.error_messages["required"] = f"请{verb}{self.label}。"

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class of the control to what Django gives (required, aria-invalid, aria-describedby)."""
        widget = widget or self.field.widget
        attrs = super().build_widget_attrs(attrs, widget)
        if not widget.is_hidden and not isinstance(widget, PLAIN):
            own = widget.attrs.get("class", "")
            attrs["class"] = f"tz-in {own}".strip()
        return attrs

    @property
    def is_single_check(self) -> bool:
        """One box to tick: its label stands behind it."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def unit(self) -> str:
        """The unit that stands behind a figure."""
        return str(self.field.widget.attrs.get("data-unit", ""))


class Renderer(TemplatesSetting):
    """Draws every form with the templates of `web/frame/fields`."""

    form_template_name = "frame/fields/form.html"
    field_template_name = "frame/fields/field.html"
    bound_field_class = Control


class DraftForm(forms.Form):
    """A form whose text may be kept unfinished: whether all of it is there is asked when it is handed on.

    What stands in `always` is asked for even of a draft.
    """

    always: frozenset[str] = frozenset()
    is_unfinished = False

    def full_clean(self) -> None:
        """Check what was typed, not whether all of it is there."""
        asked = [field for name, field in self.fields.items() if field.required and name not in self.always]
        for field in asked:
            field.required = False
        super().full_clean()
        for field in asked:
            field.required = True

    def show_missing(self, sentences: Mapping[str, str]) -> None:
        """Say at each field what is missing; what is there has been saved."""
        self.is_unfinished = bool(sentences)
        for name, sentence in sentences.items():
            self.errors[name] = self.error_class([sentence], renderer=self.renderer)


def show_fault(form: forms.BaseForm, fault: RuleBroken) -> None:
    """Put the sentences of `fault` on their fields; what belongs to no field of the form stands above it."""
    for name, sentence in fault.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
    if not fault.fields:
        form.add_error(None, fault.message)


def form_status(form: forms.BaseForm) -> int:
    """The status of a page that shows `form`: 422 when what was sent has faults."""
    return 422 if form.is_bound and form.errors else 200
