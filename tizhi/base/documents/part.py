"""文稿部件: what every part of a document shares: printable text, and one canonical JSON form.

An issued report is frozen as this JSON with its hash, so the form must never change for parts already written:
a field at its default is left out, and a later version may add fields without touching old documents.
"""

from __future__ import annotations

import json
import re
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, ClassVar

FORMAT = 1

# What XML 1.0 cannot carry: control characters, lone surrogates, the two non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")


def printable(text: str) -> str:
    """`text` with one kind of line end, no tabs and nothing a Word file cannot hold."""
    return _UNPRINTABLE.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    return value


class Part:
    """Base of the frozen dataclasses a document is made of; their text is made printable as they are built."""

    kinds: ClassVar[dict[str, type[Part]]] = {}

    def __init_subclass__(cls) -> None:
        Part.kinds[cls.__name__.lower()] = cls

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            object.__setattr__(self, name, _cleaned(value))


def canonical(part: Part) -> str:
    """The one JSON text of `part`: sorted keys, no spaces, Chinese as it is."""
    return json.dumps({"format": FORMAT, **_encoded(part)}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def restored(text: str) -> Any:
    """The part that `canonical` wrote; ValueError if `text` is no such JSON."""
    data = json.loads(text)
    if not isinstance(data, dict) or data.pop("format", None) != FORMAT:
        raise ValueError("not a document of this format")
    return _decoded(data)


def _encoded(value: Any) -> Any:
    if isinstance(value, Part):
        own = {field.name: getattr(value, field.name) for field in _fields(value) if _differs(value, field)}
        return {"is": type(value).__name__.lower(), **{name: _encoded(item) for name, item in own.items()}}
    if isinstance(value, tuple):
        return [_encoded(item) for item in value]
    if isinstance(value, date):
        return {"is": "date", "on": value.isoformat()}
    return value


def _fields(part: Part) -> Any:
    return fields(part)  # type: ignore[arg-type]  # every Part is a dataclass


def _differs(part: Part, field: Any) -> bool:
    return field.default is MISSING or getattr(part, field.name) != field.default


def _decoded(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decoded(item) for item in value)
    if not isinstance(value, dict):
        return value
    kind = value.pop("is", None)
    if kind == "date":
        return date.fromisoformat(value["on"])
    if kind not in Part.kinds:
        raise ValueError(f"unknown part {kind!r}")
    try:
        return Part.kinds[kind](**{name: _decoded(item) for name, item in value.items()})
    except TypeError as fault:
        raise ValueError(f"{kind}: {fault}") from fault
