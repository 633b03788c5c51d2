"""方案的说明: what a scheme declares, entry by entry, in words for people; ids become names, keys become labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Any, Final

from tizhi.base.kit import words

from . import terms
from .declared import Scheme
from .entries import Due
from .grammar import ByKind, Choice, Key, Many, Ref, Sub, Subs, Table, Value, Yes
from .keys import SCHEME

# Said by the title, or about the entry as such; codes of places say nothing to readers.
_NOT_LINES: Final = {
    "unit": ("id", "name", "regions", "source", "chosen"),
    "pair": ("partner", "supported", "source", "chosen"),
    "seat": ("post", "source", "chosen"),
    "": ("id", "name", "source", "chosen"),
}
_MEASURES: Final = (("workdays", "个工作日"), ("months", "个月"), ("remind", "天"), ("escalate", "天"))


@dataclass(frozen=True)
class Line:
    """一项: a label and what it says; `chosen`: 本组团约定."""

    label: str
    words: str
    chosen: bool = False


@dataclass(frozen=True)
class Told:
    """一条: an entry with its clause, what it says, the entries inside it (a body's seats); `chosen`: 本组团约定."""

    title: str
    lines: tuple[Line, ...]
    parts: tuple[Told, ...] = ()
    source: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Chapter:
    """一章: all entries of one table."""

    key: str
    title: str
    entries: tuple[Told, ...]


def label_of(key: Key) -> str:
    """The key in a few words: what stands before the first comma of its explanation."""
    return re.split("[，；（：]", key.about)[0]


def _due(due: Due) -> str:
    return terms.DUE_AFTER[due.after] + (f"{due.months}个月内" if due.workdays is None else f"{due.workdays}个工作日内")


class Wording:
    """Says the values of one scheme in words."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    @cached_property
    def _names(self) -> Mapping[tuple[str, str], str]:
        """The name behind each id, by table."""
        scheme = self.scheme
        names = {("unit", unit.id): unit.short_name or unit.name for unit in scheme.units}
        lists: Mapping[str, Sequence[Any]] = {
            "post": scheme.posts, "area": scheme.areas, "body": scheme.bodies, "plan": scheme.plans,
            "obligation": scheme.obligations,
        }  # fmt: skip
        return names | {(table, entry.id): entry.name for table, entries in lists.items() for entry in entries}

    def say(self, key: Key, value: Any, entry: Any) -> str:
        """A value of a key of `entry` in words; nothing for what is not there."""
        if value is None or value == "" or value == ():
            return ""
        measure = next((measure for end, measure in _MEASURES if key.name.endswith(end)), "")
        return self._said(key.value, value, entry) + measure

    def _said(self, kind: Value, value: Any, entry: Any) -> str:
        match kind:
            case Many():
                return "、".join(self._said(kind.of, one, entry) for one in value)
            case Choice():
                return kind.words.get(value, value)
            case Ref():
                return self._referred(kind, value, entry)
            case Yes():
                return "是" if value else ""
            case Sub() if isinstance(value, Due):
                return _due(value)
            case Sub():
                return self._pairs(kind.table, value)
            case ByKind():
                table = kind.tables[value.kind]
                return "，".join(filter(None, [table.about, self._pairs(table, value, but=("kind",))]))
        return words.day(value) if isinstance(value, date) else str(value)

    def _referred(self, kind: Ref, id: str, entry: Any) -> str:
        if kind.table == "step":
            plan = entry if hasattr(entry, "steps") else self.scheme.plan(entry.plan)
            return plan.step(id).name
        return self._names.get((kind.table, id)) or kind.words.get(id, id)

    def _pairs(self, table: Table, entry: Any, but: tuple[str, ...] = ()) -> str:
        said = ((key, self.say(key, getattr(entry, key.attribute), entry)) for key in table.keys if key.name not in but)
        return "，".join(f"{label_of(key)}：{text}" for key, text in said if text)

    def title(self, table: Table, entry: Any) -> str:
        """What an entry is called."""
        if table.name == "pair":
            partner, supported = (self._names.get(("unit", id), id) for id in (entry.partner, entry.supported))
            return f"{partner}—{supported}"
        return getattr(entry, "name", "") or getattr(entry, "post", "") or table.about

    def tell(self, table: Table, entry: Any) -> Told:
        """One entry with everything it says beyond its defaults."""
        keys = [key for key in table.keys if key.name not in _NOT_LINES.get(table.name, _NOT_LINES[""])]
        chosen = getattr(entry, "chosen", ())
        lines = [
            Line(label_of(key), text, key.name in chosen)
            for key in keys
            if not isinstance(key.value, Subs) and (text := self._beyond_default(key, entry))
        ]
        parts = [
            self.tell(key.value.table, part)
            for key in keys
            if isinstance(key.value, Subs)
            for part in getattr(entry, key.attribute)
        ]
        named_by_cluster = bool({"id", "name", "post"}.intersection(chosen))
        source = getattr(entry, "source", "")
        return Told(self.title(table, entry), tuple(lines), tuple(parts), source, named_by_cluster)

    def _beyond_default(self, key: Key, entry: Any) -> str:
        value = getattr(entry, key.attribute)
        default = next(field.default for field in fields(entry) if field.name == key.attribute)
        return "" if value == default else self.say(key, value, entry)


def chapters(scheme: Scheme) -> Iterator[Chapter]:
    """The whole scheme, table by table in the order of the form; what it does not declare is left out."""
    wording = Wording(scheme)
    for key in SCHEME.keys:
        value = getattr(scheme, key.attribute)
        if isinstance(key.value, Sub | Subs) and value:
            entries = value if isinstance(key.value, Subs) else (value,)
            told = tuple(wording.tell(key.value.table, entry) for entry in entries)
            yield Chapter(key.name, key.value.table.about, told)
