"""所读: what each field said when its form was opened – so that two people's changes to different fields both stay."""

from __future__ import annotations

from typing import Any
from zlib import crc32

from django import forms
from django.forms.boundfield import BoundField

NAME = "read"


def sent_values(field: BoundField, value: Any) -> list[str]:
    """The values that the control of `field` sends when it shows `value`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    formatted = widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return [str(one) for one in formatted if one not in (None, "")]
    return [] if formatted in (None, "") else [str(formatted).replace("\r\n", "\n")]


def marks_of(form: forms.BaseForm) -> str:
    """A short mark of what each field of `form` says as it is opened; a form sent back keeps the marks it came with."""
    if form.is_bound:
        return str(form.data.get(NAME, ""))
    return " ".join(f"{name}:{_mark(form[name])}" for name in form.fields)


def unchanged(marks: str, form: forms.BaseForm) -> set[str]:
    """The fields of `form` that say what `marks` say: left alone by whoever filled in `form`."""
    known = dict(one.split(":", 1) for one in marks.split() if ":" in one)
    return {name for name in form.fields if known.get(name) == _mark(form[name])}


def _mark(field: BoundField) -> str:
    value = field.data if field.form.is_bound else field.value()
    # The order in which a browser sends several choices is the page's, not the record's.
    return f"{crc32(repr(sorted(sent_values(field, value))).encode()):08x}"
