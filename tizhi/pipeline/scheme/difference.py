"""方案的变化: what a declared scheme changes in the one in force, entry by entry, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .declared import Scheme
from .grammar import Key, Many, Sub, Subs, Table
from .in_words import Wording, label_of
from .keys import SCHEME

NEW, CHANGED, ENDED = "新增", "变更", "结束"


@dataclass(frozen=True)
class Change:
    """一处变化: what happens to which entry of which table, with its clause."""

    sign: str
    table: str
    title: str
    details: tuple[str, ...] = ()
    source: str = ""

    def __str__(self) -> str:
        named = self.table if self.title == self.table else f"{self.table}“{self.title}”"
        return f"{self.sign} {named}" + (f"：{'；'.join(self.details)}" if self.details else "")


def difference(old: Scheme | None, new: Scheme) -> list[Change]:
    """All changes from `old` (None: nothing is in force yet) to `new`, in the order of the form."""
    told = _Telling(Wording(old or new), Wording(new))
    changes: list[Change] = []
    for key in SCHEME.keys:
        if isinstance(key.value, Sub | Subs):
            before, after = _entries(old, key), _entries(new, key)
            changes += told.changes(key.value, before, after)
    return changes


def _entries(scheme: Scheme | None, key: Key) -> Sequence[Any]:
    value = getattr(scheme, key.attribute, None)
    if value is None:
        return ()
    return value if isinstance(key.value, Subs) else (value,)


def _by_identity(kind: Sub | Subs, entries: Sequence[Any]) -> Mapping[Hashable, Any]:
    """Entries by their id, else by what each must say (a pair's schools, a seat's post), counted where that repeats."""
    keys = kind.table.keys if isinstance(kind, Subs) else ()
    names = [key.attribute for key in keys if key.required and not isinstance(key.value, Sub | Subs)]
    names = ["id"] if "id" in names else names
    seen: Counter[Hashable] = Counter()
    found: dict[Hashable, Any] = {}
    for entry in entries:
        identity = tuple(getattr(entry, name) for name in names)
        found[identity, seen[identity]] = entry
        seen[identity] += 1
    return found


class _Telling:
    """Tells changes, each side in its own scheme's words."""

    def __init__(self, old: Wording, new: Wording) -> None:
        self.old, self.new = old, new

    def changes(self, kind: Sub | Subs, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        table = kind.table
        was, now = _by_identity(kind, before), _by_identity(kind, after)
        for identity, entry in now.items():
            title = self.new.title(table, entry)
            if identity not in was:
                yield Change(NEW, table.about, title, source=getattr(entry, "source", ""))
            elif details := tuple(self._details(table, was[identity], entry)):
                yield Change(CHANGED, table.about, title, details, getattr(entry, "source", ""))
        for identity, entry in was.items():
            if identity not in now:
                yield Change(ENDED, table.about, self.old.title(table, entry))
        if [identity for identity in was if identity in now] != [identity for identity in now if identity in was]:
            yield Change(CHANGED, table.about, "排列", ("顺序有调整",))

    def _details(self, table: Table, was: Any, now: Any) -> Iterator[str]:
        for key in table.keys:
            before, after = getattr(was, key.attribute), getattr(now, key.attribute)
            if before == after:
                continue
            if isinstance(key.value, Subs):
                yield from (_inside(change) for change in self.changes(key.value, before, after))
            elif isinstance(key.value, Many) and before and after:
                yield self._of_list(key, was, now)
            else:
                yield self._of_value(key, was, now)

    def _of_list(self, key: Key, was: Any, now: Any) -> str:
        before, after = getattr(was, key.attribute), getattr(now, key.attribute)
        more = self.new.say(key, tuple(one for one in after if one not in before), now)
        less = self.old.say(key, tuple(one for one in before if one not in after), was)
        said = "，".join(filter(None, [more and f"增加“{more}”", less and f"减少“{less}”"]))
        return f"{label_of(key)}{said or '的顺序有调整'}"

    def _of_value(self, key: Key, was: Any, now: Any) -> str:
        label = label_of(key)
        before = self.old.say(key, getattr(was, key.attribute), was)
        after = self.new.say(key, getattr(now, key.attribute), now)
        if before and after:
            return f"{label}由“{before}”改为“{after}”"
        return f"写明{label}“{after}”" if after else f"不再写明{label}“{before}”"


def _inside(change: Change) -> str:
    """A change of an entry inside an entry, as one of its details."""
    return str(change).replace(f"{change.sign} ", change.sign, 1)
