"""写法: the text against the closed list of tables and keys: unknown, missing, of the wrong sort, together or apart."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ..grammar import ByKind, Key, Many, Scalar, Sub, Subs, Table, sort_of
from ..parts import ID
from ..wording import GUESSES, near, nearest, quoted
from .said import Said


def read_table(table: Table, raw: dict[str, Any], name: str = "") -> Said:
    """One table as written, and every table in it, each with its faults of form."""
    said = Said(table, name, dict(raw))
    _unknown_keys(said)
    for key in table.keys:
        if key.name in said.raw:
            _take(said, key, said.raw[key.name])
        elif key.required:
            said.fault(key.name, f"缺少此项（{key.word}）；请补上。")
    _combinations(said)
    _chosen(said)
    return said


def _unknown_keys(said: Said) -> None:
    """Fault what is in no list; a near miss is read as the key it nearly is, so that nothing else seems missing."""
    known = [key.name for key in said.table.keys]
    unknown = [name for name in said.raw if name not in known]
    for number, name in enumerate(unknown):
        guess = nearest(name, known) if number < GUESSES else None
        what = "表" if isinstance(said.raw[name], dict) or _is_tables(said.raw[name]) else "项"
        hint = f"（是否应为“{guess}”？）" if guess else f"；此处可用：{'、'.join(known)}" if number == 0 else ""
        said.fault(name, f"不认识的{what}{hint}；请改正或删去。")
        if guess:
            _read_as(said, guess, said.raw[name])


def _read_as(said: Said, key: str, value: Any) -> None:
    if key not in said.raw:
        said.raw[key] = value
        said.guessed.add(key)
    elif _is_tables(value) and _is_tables(said.raw[key]):
        said.raw[key] = said.raw[key] + value


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _take(said: Said, key: Key, value: Any) -> None:
    """Note the value of a key, or its fault."""
    match key.value:
        case Sub() | ByKind():
            _take_table(said, key, key.value, value)
        case Subs():
            _take_tables(said, key, key.value.table, value)
        case Many():
            _take_many(said, key, key.value, value)
        case _:
            _take_one(said, key, key.value, value)


def _take_one(said: Said, key: Key, sort: Scalar, value: Any) -> None:
    wrong = sort.wrong(value)
    if wrong:
        said.fault(key.name, wrong)
    else:
        said.values[key.name] = value


def _take_many(said: Said, key: Key, sort: Many, value: Any) -> None:
    if not isinstance(value, list):
        if not sort.alone:
            said.fault(key.name, f"应为一组，写在方括号内，如 [ … ]；现为{sort_of(value)}。")
            return
        value = [value]
    if not value and key.required:
        said.fault(key.name, "不能为空；请至少写一项。")
    sound: dict[Any, None] = {}
    for each in value:
        wrong = sort.of.wrong(each) or (f"{quoted(str(each))}写了两次；请删去一处。" if each in sound else None)
        if wrong:
            said.fault(key.name, wrong)
        else:
            sound[each] = None
    said.values[key.name] = tuple(sound)


def _take_table(said: Said, key: Key, sort: Sub | ByKind, value: Any) -> None:
    if not isinstance(value, dict):
        header = f"[{key.name}]" if not said.name else "{ … }"
        said.fault(key.name, f"应为一个表，写作 {header}；现为{'多个表' if _is_tables(value) else sort_of(value)}。")
        return
    table = sort.table if isinstance(sort, Sub) else _by_kind(said, key, sort, value)
    if table:
        said.parts[key.name] = [read_table(table, value, said.entry(key.name))]


def _by_kind(said: Said, key: Key, sort: ByKind, value: dict[str, Any]) -> Table | None:
    """The table that the kind decides on; without a known kind nothing can be said about the rest."""
    kind = value.get("kind")
    if isinstance(kind, str) and kind in sort.tables:
        return sort.tables[kind]
    kinds = "、".join(sort.tables)
    if kind is None:
        sentence = f"缺少种类；请写明，可用：{kinds}。"
    elif isinstance(kind, str):
        sentence = f"不认识{quoted(kind)}{near(kind, sort.tables)}；可用：{kinds}。"
    else:
        sentence = f"应为文字（写在英文双引号内），现为{sort_of(kind)}；可用：{kinds}。"
    said.fault(f"{key.name}.kind", sentence)
    said.unsound.add(key.name)
    return None


def _take_tables(said: Said, key: Key, table: Table, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        header = ".".join((*re.findall(r"(?:^|\.)(\w+)", said.name), key.name))
        said.fault(key.name, f"应为若干个表，各以 [[{header}]] 开头；现为{sort_of(value)}。")
        return
    if not value and key.required:
        said.fault(key.name, "不能为空；请至少写一项。")
    names = _labels(table, value)
    said.parts[key.name] = [
        read_table(table, each, f"{said.entry(key.name)}[{label}]") for each, label in zip(value, names, strict=True)
    ]


def _labels(table: Table, tables: list[dict[str, Any]]) -> list[str]:
    """What stands in an entry's brackets: its id, or its place from 1 where the id is none or not its alone."""
    ids = [each.get("id") for each in tables] if table.key("id") else [None] * len(tables)
    usable = [id if isinstance(id, str) and ID.wrong(id) is None else None for id in ids]
    times = Counter(usable)
    return [id if id and times[id] == 1 else str(place) for place, id in enumerate(usable, 1)]


def _combinations(said: Said) -> None:
    """Keys that exclude each other, of which one is needed, or that mean nothing alone."""
    for group in said.table.at_most_one:
        first, *others = [key for key in group if key in said.raw] or [""]
        for other in others:
            said.fault(other, f"不能与 {first} 同时写；请只留一项。")
    for group in said.table.at_least_one:
        if not any(key in said.raw for key in group):
            said.fault(group[0], f"须写明以下之一：{'、'.join(group)}；请补上。")
    for key, other in said.table.only_with:
        if key in said.raw and other not in said.raw:
            said.fault(key, f"须与 {other} 连用；请补上 {other}，或删去此项。")


def _chosen(said: Said) -> None:
    """本组团约定 can be said only of what the entry says."""
    own = [key for key in said.raw if said.table.key(key) and key not in ("source", "chosen")]
    for name in said.values.get("chosen", ()):
        if name not in own and said.sound(name):
            said.fault("chosen", f"本条没有写 {quoted(name)} 一项{near(name, own)}；请改正或删去。")
