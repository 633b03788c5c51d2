"""合并: two people changed the same record; both texts side by side, nothing typed is lost (409)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from tizhi.base.audit.models import Entry
from tizhi.base.kit import words

SENT_BY_ACT_FIELDS = {"csrfmiddlewaretoken", "once", "version"}
# Beyond this length the marks would cost more than they tell.
MOST_MARKED = 6000


@dataclass(frozen=True)
class Difference:
    """One field that reads differently: my words, theirs, and the control that will be sent."""

    field: BoundField
    mine: SafeString
    theirs: SafeString
    my_value: str
    their_value: str
    has_text: bool
    is_several: bool


def show(request: HttpRequest, form: forms.BaseForm, fresh: Any, current: forms.BaseForm | None = None) -> HttpResponse:
    """The page that lets a person choose 用我的 or 用对方的 for each field, or edit the merged text, and send again.

    `form` is the bound form as typed; `current` an unbound form that shows `fresh` as it now stands.
    """
    theirs = current if current is not None else type(form)(instance=fresh)  # type: ignore[call-arg]
    differences = [_difference(form[name], theirs[name]) for name in form.fields if _differs(form[name], theirs[name])]
    shown = {one.field.html_name for one in differences}
    given = {
        "target": fresh,
        "differences": differences,
        "carried": _carried(request, shown),
        "last": _last_entry(fresh),
        "form": form,
    }
    return render(request, "frame/conflict.html", given, status=409)


def _differs(mine: BoundField, theirs: BoundField) -> bool:
    if isinstance(mine.field, forms.FileField):
        return False
    return mine.field.has_changed(theirs.value(), mine.data)


def _difference(mine: BoundField, theirs: BoundField) -> Difference:
    my_words, their_words = _words(mine, mine.data), _words(theirs, theirs.value())
    my_marked, their_marked = _marked(my_words, their_words)
    widget = mine.field.widget
    return Difference(
        field=mine,
        mine=my_marked,
        theirs=their_marked,
        my_value=_sent(mine, mine.data),
        their_value=_sent(theirs, theirs.value()),
        has_text=type(widget) in (forms.Textarea, forms.TextInput),
        is_several=bool(getattr(widget, "allow_multiple_selected", False)),
    )


def _words(field: BoundField, value: Any) -> str:
    """A value as a person reads it: the label of a choice, not its key; a day as the office writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(field.field, forms.DateField) and (on := _day(field.field, value)):
        return words.day(on)
    chosen = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
    choices = getattr(field.field.widget, "choices", None)
    if choices:
        return "、".join(str(label) for key, label in _flat(choices) if str(key) in chosen)
    return _sent(field, value)


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


def _sent(field: BoundField, value: Any) -> str:
    """A value as the control sends it."""
    if isinstance(value, list | tuple):
        return ",".join(str(one) for one in value)
    formatted = field.field.widget.format_value(value)
    if isinstance(formatted, list | tuple):
        return ",".join(str(one) for one in formatted)
    return "" if formatted is None else str(formatted).replace("\r\n", "\n")


def _marked(mine: str, theirs: str) -> tuple[SafeString, SafeString]:
    """Both texts with what only one of them holds marked."""
    if len(mine) + len(theirs) > MOST_MARKED:
        return _join([(mine, False)]), _join([(theirs, False)])
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        left.append((mine[a:b], kind != "equal"))
        right.append((theirs[c:d], kind != "equal"))
    return _join(left), _join(right)


def _join(pieces: list[tuple[str, bool]]) -> SafeString:
    tags = (("mark" if only_here else "span", text) for text, only_here in pieces if text)
    return format_html_join("", "<{0}>{1}</{0}>", tags)


def _carried(request: HttpRequest, shown: set[str]) -> list[tuple[str, str]]:
    """Everything else that was sent, rows of formsets and fields outside the form included."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in shown and name not in SENT_BY_ACT_FIELDS
        for value in values
    ]


def _last_entry(fresh: Any) -> Entry | None:
    kind = ContentType.objects.get_for_model(fresh)
    return Entry.objects.filter(kind=kind, target_id=fresh.pk).first()
