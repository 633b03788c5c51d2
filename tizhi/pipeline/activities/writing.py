"""填写: puts on an activity what its writer typed. Lets pass what is unfinished, refuses what cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import require_sound
from tizhi.pipeline.scheme.models import Area, Member

from . import leaders, shots
from .kinds import KINDS, kind_of
from .models import Activity, ActivityFile, ActivityLeader, ActivityUnit

COLUMNS = frozenset({
    "unit_id", "kind", "title", "first_day", "last_day", "published_on", "link", "place", "mode", "area_id", "item",
    "stage", "details", "text", "own_next", "other_next", "other_units", "photo_credit",
})  # fmt: skip
FILES = {"photos": ActivityFile.Kind.PHOTO, "papers": ActivityFile.Kind.PAPER}
ROWS = frozenset({"units", "leaders", *FILES})
CHECKED_HERE = {"cluster", "unit", "area", "writer", "details"}


@dataclass(frozen=True)
class Part:
    """A unit and its part."""

    unit_id: int
    part: str = ActivityUnit.Part.ATTENDING


def fill(actor: Actor, activity: Activity, given: Mapping[str, Any]) -> Activity:
    """Save `given` on `activity`: columns, `units` (Part), `leaders` (Leader), `photos` and `papers` (Shot).

    What is not given stays.

    Raises RuleBroken, naming the fields, for what is wrong; TypeError for a key that is not written by hand.
    """
    rows = {key: given[key] for key in given if key in ROWS}
    columns = {key: value for key, value in given.items() if key not in ROWS}
    if unknown := columns.keys() - COLUMNS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name, value in columns.items():
        setattr(activity, name, value)
    _settle(activity)
    members = members_of(activity.cluster_id)
    faults = _faults(actor, activity, members) | faults_of_units(rows.get("units", ()), members)
    require_sound(faults)
    activity.save()
    _write_rows(actor, activity, rows)
    return activity


def _settle(activity: Activity) -> None:
    """A single day is both first and last; figures and stage are those of the kind; a title is one line."""
    activity.first_day = activity.first_day or activity.last_day
    activity.last_day = activity.last_day or activity.first_day
    activity.title = " ".join(activity.title.split())
    kind = kind_of(activity.kind)
    activity.details = kind.clean(activity.details)
    activity.stage = activity.stage if kind.stage_words(activity.stage) else ""


def members_of(cluster: int) -> set[int]:
    """The units that are or were in the cluster: a brief may come after its unit has left."""
    return set(Member.objects.filter(cluster=cluster).values_list("unit", flat=True))


def _faults(actor: Actor, activity: Activity, members: set[int]) -> dict[str, str]:
    faults = _faults_of_columns(activity)
    if activity.kind not in KINDS:
        faults["kind"] = "请选择活动类型"
    if activity.unit_id not in actor.reports_for & members:
        faults["unit"] = "你不能为该单位填报"
    if _is_backward(activity.first_day, activity.last_day):
        faults["last_day"] = "结束日期早于开始日期，请核对"
    if activity.area_id is not None and not has_item(activity.cluster_id, activity.area_id, activity.item):
        faults["area"] = "请从本组团的重点内容和事项中选择"
    return faults


def _faults_of_columns(activity: Activity) -> dict[str, str]:
    try:
        activity.clean_fields(exclude=CHECKED_HERE)
    except ValidationError as error:
        return {name: "".join(messages).rstrip("。") for name, messages in error.message_dict.items()}
    return {}


def _is_backward(first: date | None, last: date | None) -> bool:
    return first is not None and last is not None and last < first


def has_item(cluster: int, area: int, item: str) -> bool:
    """Whether `area` is one of the cluster's and, where an `item` is named, has it."""
    found = Area.objects.filter(cluster=cluster, pk=area).first()
    return found is not None and (not item or item in found.items)


def faults_of_units(units: Sequence[Part], members: set[int]) -> dict[str, str]:
    """What is wrong with the units that take part: named twice, or of no such cluster or part."""
    ids = [one.unit_id for one in units]
    if len(set(ids)) < len(ids):
        return {"units": "同一单位只能填一次，请保留一种参与方式"}
    if not set(ids) <= members or any(one.part not in ActivityUnit.Part.values for one in units):
        return {"units": "请从本组团的单位中选择；组团外的单位请填在“组团外单位”里"}
    return {}


# Rows are written anew only when they differ: an autosave that changes a word leaves no trace on them.


def _write_rows(actor: Actor, activity: Activity, rows: Mapping[str, Any]) -> None:
    if "units" in rows:
        _write_units(activity, rows["units"])
    if "leaders" in rows:
        _write_leaders(activity, leaders.resolved(activity, rows["leaders"]))
    for name, kind in FILES.items():
        if name in rows:
            shots.attach(actor, activity, kind, rows[name])


def _write_units(activity: Activity, units: Sequence[Part]) -> None:
    if list(activity.units.values_list("unit_id", "part")) == [(one.unit_id, one.part) for one in units]:
        return
    activity.units.all().delete()
    for place, one in enumerate(units):
        ActivityUnit.objects.create(activity=activity, unit_id=one.unit_id, part=one.part, order=place)


def _write_leaders(activity: Activity, wanted: Sequence[ActivityLeader]) -> None:
    held = list(activity.leaders.values_list("appointment_id", "name", "post_words"))
    if held == [(one.appointment_id, one.name, one.post_words) for one in wanted]:
        return
    activity.leaders.all().delete()
    for place, row in enumerate(wanted):
        row.order = place
        row.save()
