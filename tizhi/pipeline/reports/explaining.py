"""数字说明: what a figure means, adds up from, leaves out, and was before; the activities behind a paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities import queries as activities

from .compiled import Compiled
from .figures.figure import Amount, Left, Line, Value
from .models import Report
from .values import Named


@dataclass(frozen=True)
class Shown:
    """A line of an explanation: what was counted (with how much) or not (with why); `link` an activity one may open."""

    words: str
    about: str
    amount: Amount | None = None
    reason: str = ""
    link: int | None = None


@dataclass(frozen=True)
class Explanation:
    """A figure in full: what it means, what it adds up from, what it leaves out, what it was before."""

    value: Value
    lines: tuple[Shown, ...]
    left: tuple[Shown, ...]
    earlier: tuple[tuple[str, str], ...]


def explanation(actor: Actor, whole: Compiled, address: str) -> Explanation | None:
    """Why a figure of the report is what it is; None when it has no such figure."""
    value = whole.values.at(address)
    if value is None:
        return None
    open_to = _open_to(
        actor, [line.record for line in value.counted.lines] + [one.record for one in value.counted.left]
    )
    names = whole.values.names
    return Explanation(
        value,
        tuple(_shown(one, names, open_to) for one in value.counted.lines),
        tuple(_shown(one, names, open_to) for one in value.counted.left),
        () if value.of else tuple(_earlier(whole, value.key)),
    )


def told(actor: Actor, whole: Compiled, records: Iterable[int]) -> tuple[Shown, ...]:
    """The activities behind a paragraph."""
    records = list(records)
    open_to = _open_to(actor, records)
    return tuple(_shown(Line(1, one), whole.values.names, open_to) for one in records)


def _open_to(actor: Actor, records: Iterable[int]) -> set[int]:
    return set(activities.visible_to(actor).filter(pk__in=records).values_list("pk", flat=True))


def _shown(one: Line | Left, names: Mapping[int, Named], open_to: set[int]) -> Shown:
    named = names.get(one.record)
    words, about = (named.title, f"{named.unit} {named.day}") if named else (one.words, "")
    link = one.record if one.record in open_to else None
    if isinstance(one, Line):
        return Shown(words, about, amount=one.amount, link=link)
    return Shown(words, about, reason=one.reason, link=link)


def _earlier(whole: Compiled, key: str) -> Iterable[tuple[str, str]]:
    """The same figure in the issued reports of the period before and of the same period a year ago."""
    period = whole.period
    before, year_ago = period.shifted(-1), period.shifted({"quarter": -4, "half-year": -2, "year": -1}[period.every])
    issued = Report.objects.filter(
        cluster=whole.cluster, state=Report.State.ISSUED, period__in=(before.key, year_ago.key)
    )
    figures = dict(issued.values_list("period", "figures"))
    for words, span in (("上期", before), ("去年同期", year_ago)):
        found = [one["text"] for one in figures.get(span.key, ()) if one["key"] == key]
        yield from ((words, text) for text in found)
