"""引用: every id that an entry names must be declared in its table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from ..grammar import Many, Ref, Subs
from ..keys import AREA, PLAN, SCHEME, STEP
from ..wording import GUESSES, near, nearest, quoted
from .said import Said

# The lists of entries that others name by their ids.
LISTS: Final = tuple(key.name for key in SCHEME.keys if isinstance(key.value, Subs) and key.value.table.key("id"))


class Register:
    """The ids of one table, and who asks for ids it does not have.

    An entry whose own id is at fault is still referred to by the id its author meant: for each such entry the one
    unknown id that most likely means it is let pass. `whole` is false when the table itself could not be read.
    """

    def __init__(self, entries: Iterable[Said], *, whole: bool = True) -> None:
        self.known: dict[str, Said] = {}
        self.whole = whole
        self._lost: list[str | None] = []
        self._missed: dict[str, list[tuple[Said, str, Ref]]] = {}
        for entry in entries:
            self._enter(entry)

    def _enter(self, entry: Said) -> None:
        id = entry.raw.get("id")
        if entry.sound("id"):
            self.known[entry.values["id"]] = entry
        elif entry.copy_of is None:
            self._lost.append(id if isinstance(id, str) else None)
        elif entry.raw.get("name") != entry.copy_of.raw.get("name"):
            self._lost.append(None)

    def find(self, id: Any) -> Said | None:
        """The entry of that id."""
        return self.known.get(id)

    def miss(self, id: str, said: Said, key: str, ref: Ref) -> None:
        """Note that `said` names an id that is not here."""
        self._missed.setdefault(id, []).append((said, key, ref))

    def first_asker(self) -> str:
        """The first key that asks a table which is not written at all."""
        askers = next(iter(self._missed.values()), []) if self.whole and not (self.known or self._lost) else []
        return next((said.entry(key) for said, key, _ in askers), "")

    def settle(self) -> None:
        """Fault the ids that nobody can have meant; all askers are known by now."""
        if not self.whole or len(self._lost) > GUESSES:
            return
        for lost in self._lost:
            self._let_pass(lost)
        for number, (id, askers) in enumerate(self._missed.items()):
            for said, key, ref in askers:
                guess = near(id, [*self.known, *ref.words]) if number < GUESSES else ""
                said.fault(key, f"{quoted(id)}不是本方案中{ref.says}{guess}；请改正，或补上该条目。")

    def _let_pass(self, lost: str | None) -> None:
        """Drop the missed id closest to a faulty one, else the one asked for most (by several, if there is an id)."""
        if not self._missed:
            return
        close = nearest(lost, self._missed) if lost else None
        most = max(self._missed, key=lambda id: len(self._missed[id]))
        if close or lost is None or len(self._missed[most]) > 1:
            del self._missed[close or most]


class References:
    """All registers of a scheme; those of steps belong to their plan."""

    def __init__(self, top: Said) -> None:
        self._tables = {table: Register(top.each(table), whole=top.sound(table)) for table in LISTS}
        self._tables["item"] = _items(top) if top.each(AREA.name) else self._tables[AREA.name]
        self._steps = {plan: Register(plan.each("step"), whole=plan.sound("step")) for plan in top.each("plan")}

    def find(self, table: str, id: Any) -> Said | None:
        """The entry of that table and id, if declared."""
        return self._tables[table].find(id)

    def register(self, said: Said, ref: Ref) -> Register | None:
        """Where the ids that `said` names are looked up; None when that cannot be known."""
        if ref.table != STEP.name:
            return self._tables[ref.table]
        plan = said if said.table is PLAN else self.find(PLAN.name, said.get("plan"))
        return self._steps[plan] if plan else None

    def settle(self, top: Said) -> None:
        """Fault what no register has; a table that is not written at all is one fault."""
        for table, register in self._tables.items():
            asker = register.first_asker()
            if not asker:
                register.settle()
            elif table in LISTS:
                top.fault(table, f"没有写 [[{table}]]，而 {asker} 等处引用其中的编号；请补上。")
        for register in self._steps.values():
            register.settle()


def _items(top: Said) -> Register:
    """The items of all areas, which are referred to by their own words."""
    areas = top.each(AREA.name)
    register = Register((), whole=top.sound(AREA.name) and all(area.sound("items") for area in areas))
    register.known = {item: area for area in areas for item in area.values.get("items", ())}
    return register


def names(said: Said) -> Iterator[tuple[str, Ref, str]]:
    """Each key of an entry that refers to others, with each id or word it names."""
    for key in said.table.keys:
        sort = key.value.of if isinstance(key.value, Many) else key.value
        if isinstance(sort, Ref):
            value = said.values.get(key.name, ())
            for each in value if isinstance(value, tuple) else (value,):
                yield key.name, sort, each


def resolve(top: Said) -> References:
    """Look up every reference of the text; fault those that lead nowhere."""
    references = References(top)
    for said in top.all():
        for key, ref, id in names(said):
            register = None if id in ref.words else references.register(said, ref)
            if register and register.find(id) is None:
                register.miss(id, said, key, ref)
    references.settle(top)
    return references
