"""施行前的核对: what putting a text in force would do, shown before anybody is asked to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tizhi.base.kit import clock
from tizhi.base.kit.words import day

from . import declared, rules
from .check import Fault, check
from .difference import Change, difference
from .models import Cluster
from .queries import cluster_by_key
from .units import Match, find_units


@dataclass(frozen=True)
class Preview:
    """预览: the cluster (unsaved when new here), from when, what changes, which units are found or created."""

    cluster: Cluster
    text: str
    scheme: declared.Scheme
    begins: date
    after: int
    changes: list[Change]
    matches: list[Match]
    warnings: tuple[Fault, ...] = ()
    is_same_text: bool = False

    @property
    def is_first(self) -> bool:
        """Whether the cluster is new to this installation."""
        return self.cluster.pk is None

    @property
    def next_number(self) -> int:
        """The number of the version this would become."""
        return self.after + 1

    def lines(self) -> list[str]:
        """The whole of it in sentences, as the command line prints it."""
        if self.is_same_text:
            return [f"“{self.scheme.cluster.name}”现行方案与此文件相同，无须施行。"]
        head = f"“{self.scheme.cluster.name}”的方案自{day(self.begins)}起施行：第{self.next_number}版。"
        told = [str(change) for change in self.changes] or ["内容没有变化，只保存新的文本。"]
        reminders = [f"提醒 {warning}" for warning in self.warnings]
        return [head, *reminders, *(str(match) for match in self.matches), *told]


def preview(text: str | bytes, begins: date | None = None) -> Preview:
    """What applying `text` from `begins` on would do; changes nothing.

    Raises RuleBroken as `apply_scheme` does.
    """
    text = rules.require_sound(text)
    scheme = declared.read(text)
    cluster = cluster_by_key(scheme.cluster.id) or Cluster(key=scheme.cluster.id, name=scheme.cluster.name)
    latest = cluster.versions.order_by("number").last() if cluster.pk else None
    old = declared.read(latest.text) if latest else None
    if latest:
        begins = rules.first_day(begins, latest=latest.begins, today=clock.today())
    changes = difference(old, scheme)
    return Preview(
        cluster=cluster,
        text=text,
        scheme=scheme,
        begins=begins or scheme.cluster.starts,
        after=latest.number if latest else 0,
        changes=changes,
        matches=_news(old, find_units(scheme.units)),
        warnings=check(text).warnings,
        is_same_text=latest is not None and latest.text == text,
    )


def _news(old: declared.Scheme | None, matches: list[Match]) -> list[Match]:
    """Of the units, those new to the cluster: whom they were taken for is worth a look."""
    known = {unit.id: unit.name for unit in old.units} if old else {}
    return [match for match in matches if known.get(match.entry.id) != match.entry.name]
