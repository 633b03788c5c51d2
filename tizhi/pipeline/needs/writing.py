"""填写需求: puts on a need, a strength or a gap what was typed, and adds to a need's history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor, person_of
from tizhi.base.kit.errors import RuleBroken, require_sound
from tizhi.pipeline.scheme.models import Area, Member
from tizhi.pipeline.studies.models import Finding, Study
from tizhi.pipeline.studies.queries import schools_of

from . import rules
from .models import Need, NeedEvent, Trait

OF_NEED = frozenset({"title", "text", "evidence", "area_id", "priority", "trait_id"})
OF_TRAIT = frozenset({"kind", "text", "evidence", "area_id", "priority"})
LINES = ("title", "evidence")


def require_reason(note: str, sentence: str) -> str:
    """The reason, which is required: it stays in the history."""
    if not note.strip():
        raise RuleBroken(f"{sentence}。", {"note": sentence})
    return note.strip()[:500]


def require_school(cluster: int, unit: int) -> None:
    """RuleBroken unless the unit is a supported school today."""
    if unit not in {one.pk for one in schools_of(cluster)}:
        raise RuleBroken("需求诊断由重点支持院校填写。")


def next_number(cluster: int, unit: int) -> int:
    """The next number of a school's needs: one more than any it ever had. Two who ask at once wait for each other."""
    list(Member.objects.select_for_update().filter(cluster=cluster, unit=unit).order_by("pk"))
    last = Need.objects.filter(cluster=cluster, unit=unit).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def fill(need: Need, given: Mapping[str, Any]) -> Need:
    """Save `given` on `need`: the names of OF_NEED. RuleBroken names the fields that are wrong."""
    _put(need, given, OF_NEED)
    faults = rules.faults(need) | _faults_of_area(need)
    if (
        need.trait_id
        and not Trait.objects.filter(pk=need.trait_id, cluster=need.cluster_id, unit=need.unit_id).exists()
    ):
        faults["trait"] = "请从本校的短板中选择"
    require_sound(faults)
    need.save()
    return need


def fill_trait(trait: Trait, given: Mapping[str, Any]) -> Trait:
    """Save `given` on `trait`: the names of OF_TRAIT. RuleBroken names the fields that are wrong."""
    _put(trait, given, OF_TRAIT)
    require_sound(rules.faults_of_trait(trait) | _faults_of_area(trait))
    trait.save()
    return trait


def _put(row: Need | Trait, given: Mapping[str, Any], names: frozenset[str]) -> None:
    if unknown := given.keys() - names:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in given.items():
        setattr(row, name, value)
    for name in LINES:
        if hasattr(row, name):
            setattr(row, name, " ".join(getattr(row, name).split()))
    row.text = row.text.strip()


def _faults_of_area(row: Need | Trait) -> dict[str, str]:
    if row.area_id is None or Area.objects.filter(cluster=row.cluster_id, pk=row.area_id).exists():
        return {}
    return {"area": "请从本组团的重点内容中选择"}


def add_event(
    actor: Actor,
    need: Need,
    kind: str,
    *,
    note: str = "",
    before: Mapping[str, str] | None = None,
    study: Study | None = None,
    finding: Finding | None = None,
) -> None:
    """Add to the history of `need`, which only grows."""
    NeedEvent.objects.create(
        need=need, kind=kind, note=note[:500], before=dict(before or {}), study=study, finding=finding,
        person_id=person_of(actor), words=actor.words[:160], at=clock.now(),
    )  # fmt: skip
