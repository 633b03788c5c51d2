"""量法: what a kind of evidence has to answer. To add one: a file here with such a class, and its name in the list."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from tizhi.base.kit import words
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.scheme.models import Cluster

from ..finding import Finding
from ..instances import Instance


@dataclass(frozen=True)
class Asked:
    """All duties with one kind of evidence; what is true and was known at the moment `at` answers them."""

    cluster: Cluster
    at: datetime
    day: date
    instances: Sequence[Instance]


@dataclass(frozen=True)
class Record:
    """One thing looked at: counted, or not counted and why; `url_name` is its page, where it has one."""

    day: date | None
    title: str
    url_name: str = ""
    url_args: tuple[object, ...] = ()
    why_not: str = ""


@dataclass(frozen=True)
class Place:
    """Where a duty is met: the words of the button, the page, and the power with which it is met."""

    words: str
    url_name: str
    url_args: tuple[object, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    power: str = "report-unit"


class Measure(ABC):
    """One kind of evidence: finds for all duties at once, says one duty in words, and opens what lies behind it."""

    kind: ClassVar[str]
    unit: ClassVar[str] = "次"

    @abstractmethod
    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """What was found for each duty, by its key; the same number of queries for any number of duties.

        A duty left out has its evidence nowhere in the platform yet.
        """

    @abstractmethod
    def duty(self, one: Instance) -> str:
        """What must be done, by whom and when, without its end: 安徽师范大学2026年应至少1次实地调研阜阳师范大学."""

    def progress(self, one: Instance, found: Finding) -> str:
        """How far it is: 已完成0次."""
        return f"已完成{found.done}{self.unit}" + (f"（{found.note}）" if found.note else "")

    def how(self, one: Instance) -> list[str]:
        """What counts, point by point."""
        return []

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """What was looked at for one duty, as far as `actor` may see it: first what counts."""
        return []

    def place(self, one: Instance) -> Place | None:
        """Where it is done; nothing where the platform has no place for it."""
        return None


def in_period(one: Instance) -> str:
    """The period in words before 应; nothing for what is owed once."""
    return one.period.words if one.period else ""


def at_least(one: Instance, unit: str = "次") -> str:
    """至少1次."""
    return f"至少{one.rule.count}{unit}"


def late_words(on: date | None, one: Instance) -> str:
    """逾期2天: what was done after its day is done, and says so."""
    due = one.due_day
    return f"逾期{(on - due).days}天" if on and due and on > due else ""


def said(day: date | None) -> str:
    """A day in words; nothing for none."""
    return words.day(day) if day else ""
