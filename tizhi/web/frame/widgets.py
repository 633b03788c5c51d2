"""控件: dates, segments and pickers; each a plain control that works without JavaScript."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # The native control takes nothing but ISO dates, whatever the language.
        super().__init__(attrs, format="%Y-%m-%d")


class Segments(forms.RadioSelect):
    """A few choices in one row."""

    template_name = "frame/fields/segments.html"


class _Searching:
    """Adds the address that answers what is typed, and the words that offer something new."""

    def __init__(self, url: object = None, create: str | None = None, **given: Any) -> None:
        attrs = {"data-picker": True, **(given.pop("attrs", None) or {})}
        # `is None`, for asking a `reverse_lazy` whether it is empty would resolve it while urls are still loading.
        if url is not None:
            attrs["data-url"] = url
        if create is not None:
            attrs["data-create"] = create
        super().__init__(attrs, **given)  # type: ignore[call-arg]


class Picker(_Searching, forms.Select):
    """One choice out of many, found by typing Chinese or pinyin initials."""


class Pickers(_Searching, forms.SelectMultiple):
    """Several choices, shown as chips."""
