"""造方案: the real plan as tables, changed at one place by the notation of its faults, and written as TOML again."""

import re
import tomllib
from copy import deepcopy
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent / "schemes"
REAL = Path(__file__).parents[2] / "tizhi/schemes/bnu-2022.toml"

GONE = object()
_STEPS = re.compile(r"[^.\[\]]+|\[[^\]]+\]")


@cache
def _real() -> dict[str, Any]:
    return tomllib.loads(REAL.read_text(encoding="utf-8"))


def real() -> dict[str, Any]:
    """The tables of the real plan, to be changed at will."""
    return deepcopy(_real())


def put(plan: dict[str, Any], path: str, value: Any) -> None:
    """Set what lies at `unit[bnu].roles` or `pair[2]`; `unit[+]` appends, GONE takes away."""
    *way, last = _STEPS.findall(path)
    place = _follow(plan, way)
    if last == "[+]":
        place.append(value)
    elif value is GONE:
        del place[_key(place, last)]
    else:
        place[_key(place, last)] = value


def at(plan: dict[str, Any], path: str) -> Any:
    """What lies at the path."""
    return _follow(plan, _STEPS.findall(path))


def _follow(place: Any, way: list[str]) -> Any:
    for step in way:
        place = place[_key(place, step)]
    return place


def _key(place: Any, step: str) -> str | int:
    if not step.startswith("["):
        return step
    label = step[1:-1]
    ids = [each.get("id") for each in place]
    return ids.index(label) if label in ids else int(label) - 1


def toml(value: Any) -> str:
    """The tables as TOML, all nested ones inline."""
    return "".join(f"{_name(key)} = {_inline(each)}\n" for key, each in value.items())


def _inline(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_name(key)} = {_inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return _name(value) if isinstance(value, str) else repr(value)


def _name(text: str) -> str:
    return '"' + "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in text) + '"'


def changed(*changes: tuple[str, Any]) -> str:
    """The text of the real plan after these changes."""
    plan = real()
    for path, value in changes:
        put(plan, path, value)
    return toml(plan)
