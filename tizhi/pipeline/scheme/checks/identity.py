"""编号和名称: what must not stand twice, and ids that would be mistaken for words."""

from __future__ import annotations

from ..grammar import Key
from ..wording import quoted
from .said import Said


def distinct(top: Said) -> None:
    """Unique values stand once in their list; an entry written twice is one fault, however much of it agrees."""
    for said in top.all():
        for siblings in said.parts.values():
            for key in siblings[0].table.keys if siblings else ():
                if key.unique:
                    _distinct_values(key, siblings)


def _distinct_values(key: Key, siblings: list[Said]) -> None:
    first: dict[str, Said] = {}
    for said in siblings:
        value = said.get(key.name)
        if value is None:
            continue
        earlier = first.setdefault(value, said)
        if earlier is not said and said.copy_of is not earlier:
            said.fault(key.name, f"{quoted(value)}与 {earlier.name} 重复；请改正，或删去重复的条目。")
            said.copy_of = said.copy_of or earlier


def reserved(top: Said) -> None:
    """An id that is also a word of the form could not be told from it."""
    for said in top.all():
        meaning = (said.table.reserved or {}).get(said.get("id"))
        if meaning:
            said.fault("id", f"{quoted(said.values['id'])}已用来表示“{meaning}”；请改用别的编号。")
