"""合并: two people changed the same record; both texts side by side, nothing typed is lost (409)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from tizhi.base.audit.queries import history_of
from tizhi.base.kit import words

from .marking import marked
from .read import NAME, marks_of, sent_values, unchanged

OURS = {"csrfmiddlewaretoken", "once", "version", NAME}


@dataclass(frozen=True)
class Difference:
    """One field that both changed: my words, theirs, and the control that will be sent."""

    field: BoundField
    mine: SafeString
    theirs: SafeString
    my_value: str
    their_value: str
    has_text: bool
    is_several: bool


def show(
    request: HttpRequest,
    form: forms.BaseForm,
    fresh: Any,
    current: forms.BaseForm | None = None,
    also: Mapping[str, Sequence[str]] | None = None,
) -> HttpResponse:
    """The page that lets a person choose 用我的 or 用对方的 for each field, or edit the merged text, and send again.

    `form` is the bound form as typed; `current` an unbound form that shows `fresh` as it now stands. What only one
    of us changed is that one's without asking. `also` are lists beside the form's fields, as `fresh` has them (photos):
    what only the other has joins mine.
    """
    theirs = current if current is not None else type(form)(instance=fresh)  # type: ignore[call-arg]
    unlike = [name for name in form.fields if name in theirs.fields and _differs(form[name], theirs[name])]
    left_by_me, left_by_them = (unchanged(marks_of(form), one) for one in (form, theirs))
    taken = [name for name in unlike if name in left_by_me]
    asked = [name for name in unlike if name not in left_by_me | left_by_them]
    given = {
        "target": fresh,
        "differences": [_difference(form[name], theirs[name]) for name in asked],
        "taken": [theirs[name] for name in taken],
        "carried": [*_sent_by(theirs, taken), *_carried(request, form, [*asked, *taken], also or {})],
        "last": history_of(fresh).first(),
        "form": form,
        "current": theirs,
    }
    return render(request, "frame/conflict.html", given, status=409)


def _differs(mine: BoundField, theirs: BoundField) -> bool:
    if isinstance(mine.field, forms.FileField):
        return False
    return mine.field.has_changed(theirs.value(), mine.data)


def _difference(mine: BoundField, theirs: BoundField) -> Difference:
    my_marked, their_marked = marked(_words(mine, mine.data), _words(theirs, theirs.value()))
    widget = mine.field.widget
    return Difference(
        field=mine,
        mine=my_marked,
        theirs=their_marked,
        my_value=",".join(sent_values(mine, mine.data)),
        their_value=",".join(sent_values(theirs, theirs.value())),
        has_text=type(widget) in (forms.Textarea, forms.TextInput),
        is_several=bool(getattr(widget, "allow_multiple_selected", False)),
    )


def _words(field: BoundField, value: Any) -> str:
    """A value as a person reads it: the label of a choice, not its key; a day as the office writes it."""
    if isinstance(field.field, forms.BooleanField):
        return "是" if value else "否"
    if isinstance(field.field, forms.DateField) and (on := _day(field.field, value)):
        return words.day(on)
    values = sent_values(field, value)
    labels = {str(key): str(label) for key, label in _flat(getattr(field.field.widget, "choices", ()))}
    return "、".join(labels.get(one, one) for one in values)


def _day(field: forms.DateField, value: Any) -> date | None:
    try:
        return field.to_python(value)
    except forms.ValidationError:
        return None


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _sent_by(form: forms.BaseForm, names: list[str]) -> list[tuple[str, str]]:
    return [(form[name].html_name, value) for name in names for value in sent_values(form[name], form[name].value())]


def _carried(
    request: HttpRequest, form: forms.BaseForm, others: list[str], also: Mapping[str, Sequence[str]]
) -> list[tuple[str, str]]:
    """Everything else that was sent, what lies beside the form's fields included; of `also`, what only they have first.

    First, because of a name that stands for one value the last one counts: mine.
    """
    shown = {form[name].html_name for name in others}
    mine = [(name, value) for name, values in request.POST.lists() for value in values if name not in shown | OURS]
    theirs = [(name, value) for name, values in also.items() for value in values]
    return [pair for pair in theirs if pair not in mine] + mine
