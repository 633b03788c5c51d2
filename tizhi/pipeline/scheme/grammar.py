"""文法: what a scheme is made of: sorts of value, keys, tables. What the tables are is said in `keys`.

Each sort of value says in Chinese what it takes (`says`, printed in docs/scheme.md and in faults) and what is wrong
with a value (`wrong`, a sentence or None). Whether a reference leads anywhere is asked later, when all is known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Protocol

from .wording import near, quoted

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_SORTS = {
    bool: "真假值",
    int: "整数",
    float: "小数",
    str: "文字",
    datetime: "带时刻的日期",
    date: "日期",
    time: "时刻",
    list: "数组",
    dict: "表",
}


def sort_of(value: object) -> str:
    """What sort of TOML value this is, in Chinese."""
    return _SORTS[type(value)]


class Scalar(Protocol):
    """One sort of value without parts."""

    @property
    def says(self) -> str: ...

    def wrong(self, value: object) -> str | None: ...


@dataclass(frozen=True)
class Text:
    """A text of at most `limit` characters; of one line unless `lines`."""

    limit: int = 60
    lines: bool = False

    @property
    def says(self) -> str:
        return f"文字，不超过{self.limit}字" + ("，可分行" if self.lines else "")

    def wrong(self, value: object) -> str | None:
        if not isinstance(value, str):
            return f"应为文字（写在英文双引号内），现为{sort_of(value)}。"
        if not value.strip():
            return "不能为空；请填写内容，或删去此项。"
        if _CONTROL.search(value) or (("\n" in value or "\t" in value) and not self.lines):
            return "含有换行、制表符等控制字符；请删去。"
        if value != value.strip() and not self.lines:
            return f"{quoted(value)}首尾有空格；请删去空格。"
        if len(value) > self.limit:
            return f"有{len(value)}字，超过{self.limit}字；请缩短。"
        return None


@dataclass(frozen=True)
class Form:
    """A text of a fixed form, such as an id or a code."""

    pattern: str
    says: str

    def wrong(self, value: object) -> str | None:
        if not isinstance(value, str):
            return f"应为文字（写在英文双引号内），现为{sort_of(value)}；写法：{self.says}。"
        if not re.fullmatch(self.pattern, value, re.ASCII):
            return f"{quoted(value)}写法不对；应为{self.says}。"
        return None


@dataclass(frozen=True)
class Number:
    """A whole number from `least` to `most`."""

    least: int
    most: int

    @property
    def says(self) -> str:
        return f"整数，{self.least}至{self.most}"

    def wrong(self, value: object) -> str | None:
        if type(value) is not int:
            return f"应为{self.least}至{self.most}的整数，现为{sort_of(value)}。"
        if not self.least <= value <= self.most:
            return f"应为{self.least}至{self.most}的整数；请改正。"
        return None


@dataclass(frozen=True)
class Exactly:
    """One number and no other: the form of the text itself."""

    number: int

    @property
    def says(self) -> str:
        return f"固定为{self.number}"

    def wrong(self, value: object) -> str | None:
        if type(value) is not int or value != self.number:
            return f"应为{self.number}；本平台只认得第{self.number}版写法的方案。"
        return None


@dataclass(frozen=True)
class Share:
    """A share above 0 and up to 1."""

    says: str = "大于0、不超过1的数，1.0即全部"

    def wrong(self, value: object) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return f"应为{self.says}，现为{sort_of(value)}。"
        return None if 0 < value <= 1 else f"应为{self.says}；请改正。"


@dataclass(frozen=True)
class Day:
    """A date of the calendar, without quotes and without a time."""

    says: str = "日期，如 2022-04-01，不加引号"

    def wrong(self, value: object) -> str | None:
        if type(value) is not date:
            return f"应为{self.says}，现为{sort_of(value)}。"
        return None if 1949 <= value.year <= 2199 else f"年份{value.year}不合理；请核对日期。"


@dataclass(frozen=True)
class Yes:
    """`true`; what does not hold is left out."""

    says: str = "只写 true，不成立时不写此项"

    def wrong(self, value: object) -> str | None:
        return None if value is True else "只能写 true；不成立时请删去此项。"


@dataclass(frozen=True)
class Choice:
    """One word of a closed list of `terms`."""

    says: str
    words: Mapping[str, str]

    def wrong(self, value: object) -> str | None:
        if not isinstance(value, str):
            return f"应为文字（写在英文双引号内），现为{sort_of(value)}。"
        if value in self.words:
            return None
        return f"不认识{quoted(value)}{near(value, self.words)}；可用：{'、'.join(self.words)}。"


@dataclass(frozen=True)
class Ref:
    """What another entry of `table` is called by (its id, an item's name), or a word of a closed list."""

    says: str
    table: str
    words: Mapping[str, str] = field(default_factory=dict)

    def wrong(self, value: object) -> str | None:
        if not isinstance(value, str):
            return f"应为{self.says}（写在英文双引号内），现为{sort_of(value)}。"
        return None


@dataclass(frozen=True)
class Many:
    """A list of distinct values; `alone` lets a single one stand without brackets."""

    of: Scalar
    alone: bool = False

    @property
    def says(self) -> str:
        return f"{'一个或一组' if self.alone else '一组'}：{self.of.says}"


@dataclass(frozen=True)
class Sub:
    """A table with keys of its own."""

    table: Table

    @property
    def says(self) -> str:
        return f"表，见 `{self.table.name}`"


@dataclass(frozen=True)
class Subs:
    """A list of tables with keys of their own; the list may be inline."""

    table: Table

    @property
    def says(self) -> str:
        return f"若干表，见 `{self.table.name}`"


@dataclass(frozen=True)
class ByKind:
    """An inline table whose `kind` decides its other keys."""

    tables: Mapping[str, Table]
    says: str = "表，其 `kind` 决定其余各项"


Value = Scalar | Many | Sub | Subs | ByKind


@dataclass(frozen=True)
class Key:
    """One key of a table: `unique` values stand once in a list of such tables; `attribute` names it in `declared`."""

    name: str
    value: Value
    about: str
    required: bool = False
    unique: bool = False
    attribute: str = ""

    @property
    def word(self) -> str:
        """What the key means in a word or two: the beginning of `about`."""
        return re.split("[，；]", self.about)[0]


@dataclass(frozen=True)
class Table:
    """One table: its keys, which of them exclude each other, which belong together, which ids are taken."""

    name: str
    about: str
    keys: tuple[Key, ...]
    at_most_one: tuple[tuple[str, ...], ...] = ()
    at_least_one: tuple[tuple[str, ...], ...] = ()
    only_with: tuple[tuple[str, str], ...] = ()
    reserved: Mapping[str, str] | None = None

    def key(self, name: str) -> Key | None:
        """The key of that name, if the table has it."""
        return next((key for key in self.keys if key.name == name), None)


def must(name: str, value: Value, about: str, *, unique: bool = False, attribute: str = "") -> Key:
    """A key that every entry of the table has."""
    return Key(name, value, about, required=True, unique=unique, attribute=attribute or name)


def may(name: str, value: Value, about: str, *, unique: bool = False, attribute: str = "") -> Key:
    """A key that an entry may leave out."""
    return Key(name, value, about, required=False, unique=unique, attribute=attribute or name)
