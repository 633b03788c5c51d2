"""组建机构: a body is formed when somebody sits in it; what is still empty is said beside it [四(一)]."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Min
from django.db.models.functions import Coalesce

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.queries import held_in, in_office
from tizhi.pipeline.scheme.standing import standing

from ..finding import Finding
from ..instances import Instance
from .measure import Asked, Measure, Place, Record, late_words, said


@dataclass(frozen=True)
class Formed:
    """A body with the day on which its first member sat down; None while it has none."""

    pk: int
    name: str
    declared: str
    unit: int | None
    on: date | None


class BodyMeasure(Measure):
    """Looks whether the bodies stand and have members."""

    kind = "body"
    unit = "个"

    def findings(self, asked: Asked) -> Mapping[str, Finding]:
        """See `Measure`."""
        wanted = {declared for one in asked.instances for declared in one.rule.evidence.bodies}
        formed = _formed(asked, wanted)
        return {one.key: _finding(one, formed) for one in asked.instances}

    def duty(self, one: Instance) -> str:
        """See `Measure`."""
        names = "、".join(one.scheme.body(declared).name for declared in one.rule.evidence.bodies)
        least = f"不少于{one.rule.count}个" if one.rule.count > 1 or one.who.is_body else ""
        return f"{one.who}应组建{least}{names}"

    def progress(self, one: Instance, found: Finding) -> str:
        """See `Measure`."""
        return f"已组建{found.done}个" + (f"（{found.note}）" if found.note else "")

    def how(self, one: Instance) -> list[str]:
        """See `Measure`."""
        return ["机构已设立，且至少有一人任职", "以首位成员任职之日为组建之日"]

    def records(self, one: Instance, found: Finding, asked: Asked, actor: Actor) -> list[Record]:
        """See `Measure`."""
        rows = [row for row in _formed(asked, set(one.rule.evidence.bodies)) if _is_of(row, one)]
        return [Record(row.on, row.name, "cluster:body", (row.pk,), "" if row.on else "尚无成员") for row in rows]

    def place(self, one: Instance) -> Place | None:
        """See `Measure`."""
        if one.who.body_id:
            return Place("打开机构", "cluster:body", (one.who.body_id,))
        return Place("打开组团", "cluster:home")


def _formed(asked: Asked, declared: set[str]) -> list[Formed]:
    """The bodies that stand on the day with the day each was formed; None for one in which nobody sits any more.

    Who came first counts, also when others have followed; whoever was there from the beginning has no first day.
    """
    held = held_in(asked.cluster).filter(seat__body__declared__in=declared).order_by()
    begun = held.values("seat__body").annotate(first=Min(Coalesce("begins", asked.cluster.starts)))
    since, sitting = dict(begun.values_list("seat__body", "first")), _sitting(asked)
    rows = [row for row in standing(asked.cluster).bodies if row.holds_on(asked.day) and row.declared in declared]
    return [
        Formed(row.pk, row.name, row.declared, row.unit_id, since.get(row.pk) if row.pk in sitting else None)
        for row in rows
    ]  # fmt: skip


def _sitting(asked: Asked) -> set[int]:
    """The bodies in which somebody sits on the day; today, from the appointments that the desk has read already."""
    if asked.day >= clock.today():
        return {held.seat.body_id for held in in_office(asked.cluster.pk) if held.seat and held.holds_on(asked.day)}
    held = held_in(asked.cluster).on(asked.day).filter(seat__isnull=False)
    return set(held.order_by().values_list("seat__body", flat=True))


def _is_of(row: Formed, one: Instance) -> bool:
    """A body of the cluster is everybody's who must form it; one inside a unit is that unit's."""
    return row.declared in one.rule.evidence.bodies and row.unit in (None, one.who.unit_id)


def _finding(one: Instance, formed: list[Formed]) -> Finding:
    kinds = one.rule.evidence.bodies
    by_kind: dict[str, list[date]] = defaultdict(list)
    for row in formed:
        if row.on and _is_of(row, one):
            by_kind[row.declared].append(row.on)
    if len(kinds) == 1:
        days, needed = sorted(by_kind[kinds[0]]), one.rule.count
    else:
        days, needed = sorted(min(by_kind[kind]) for kind in kinds if by_kind[kind]), len(kinds)
    if len(days) < needed:
        return Finding(done=len(days), needed=needed)
    on = days[needed - 1]
    return Finding(len(days), needed, on, note=late_words(on, one) or f"{said(on)}组建")
