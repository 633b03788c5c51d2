"""留痕的查询: what was done to a record, by whom, in which post, and what each field was before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Max, QuerySet
from django.utils import timezone

from tizhi.base.kit import words

from .models import Entry

_NOTHING = {"", "None", "[]", "{}"}
_UNSAID = {"id", "version", "initials", "digest"}


@dataclass(frozen=True)
class Change:
    """One field of one row, before and after, in words; `of` names the row where it is not the record itself."""

    of: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """An entry of history with the changes it made."""

    entry: Entry
    changes: Sequence[Change]


def history_of(target: models.Model) -> QuerySet[Entry]:
    """What was done to `target`, the latest first."""
    kind = ContentType.objects.get_for_model(target)
    return Entry.objects.filter(kind=kind, target_id=target.pk).select_related("countersign")


def in_a_row(entries: Iterable[Entry], code: str) -> list[Entry]:
    """The entries, of which those that one person made by `code` in a row stand as the first of them."""
    groups = groupby(entries, key=lambda one: (one.code, one.person_id if one.code == code else one.pk))
    return [next(group) for _, group in groups]


def changed_since(target: models.Model, code: str) -> set[str]:
    """The names of the fields of the row that were changed since the act `code` was last done to it."""
    acts = history_of(target).filter(code=code).order_by("-pk").values_list("uid", flat=True)[:1]
    rows = LogEntry.objects.get_for_object(target)
    last = rows.filter(cid__in=[str(uid) for uid in acts]).aggregate(last=Max("pk"))["last"]
    changes = rows.filter(pk__gt=last or 0).values_list("changes", flat=True)
    return {name for fields in changes for name in fields or ()}


def acts(entries: Iterable[Entry]) -> list[Act]:
    """The entries with their changes; as many queries for a hundred as for one."""
    entries = list(entries)
    rows = LogEntry.objects.filter(cid__in=[str(one.uid) for one in entries]).select_related("content_type")
    logged = [(row, _fields_of(row)) for row in rows.order_by("pk")]
    names = _names(field_values for _, field_values in logged)
    made: dict[str, list[Change]] = defaultdict(list)
    of = {str(one.uid): (one.kind_id, one.target_id) for one in entries}
    for row, fields in logged:
        own = (row.content_type_id, row.object_id) == of[row.cid]
        title = "" if own else _title_of(row)
        made[row.cid] += [
            Change(title, str(getattr(field, "verbose_name", field.name)), before, after)
            for field, values in fields
            for before, after in [tuple(_say(field, value, names) for value in values)]
            if before != after
        ]
    return [Act(one, made[str(one.uid)]) for one in entries]


Fields = list[tuple[models.Field, Sequence[Any]]]


def _fields_of(row: LogEntry) -> Fields:
    model = row.content_type.model_class()
    if model is None or row.action == LogEntry.Action.DELETE:
        return []
    found = []
    for name, values in (row.changes or {}).items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            # A field of an earlier release.
            continue
        if name not in _UNSAID and isinstance(field, models.Field) and len(values) == 2:
            found.append((field, values))
    return found


def _title_of(row: LogEntry) -> str:
    model = row.content_type.model_class()
    kind = str(model._meta.verbose_name) if model else ""
    verb = "新增" if row.action == LogEntry.Action.CREATE else ""
    return f"{verb}{kind}“{row.object_repr}”"


def _names(all_fields: Iterable[Fields]) -> dict[tuple[type, str], str]:
    """What the rows that foreign keys point to are called; one query per model."""
    wanted: dict[type[models.Model], set[str]] = defaultdict(set)
    for fields in all_fields:
        for field, values in fields:
            if field.related_model:
                wanted[field.related_model] |= {str(value) for value in values if str(value).isdigit()}  # type: ignore[index]
    names = {}
    for model, keys in wanted.items():
        related = [one.name for one in model._meta.get_fields() if one.many_to_one and one.related_model]
        for row in model._base_manager.filter(pk__in=keys).select_related(*related):
            names[model, str(row.pk)] = str(row)
    return names


def _say(field: models.Field, value: Any, names: dict[tuple[type, str], str]) -> str:
    text = str(value)
    if text in _NOTHING:
        return ""
    if field.related_model:
        return names.get((field.related_model, text), "已删除的记录")  # type: ignore[arg-type]
    if field.choices:
        return str(dict(field.flatchoices).get(value, dict(field.flatchoices).get(text, text)))
    if isinstance(field, models.BooleanField):
        return "是" if text == "True" else "否"
    if isinstance(field, models.DateField):
        return _say_time(text)
    return text


def _say_time(text: str) -> str:
    try:
        if len(text) == 10:
            return words.day(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    # auditlog keeps moments in UTC without saying so.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return words.moment(timezone.localtime(aware))
