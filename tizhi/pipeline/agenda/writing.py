"""填写计划: puts on a planned item what was typed, and hands it on to the brief it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.base.kit.errors import RuleBroken
from tizhi.pipeline.activities import leaders
from tizhi.pipeline.activities.kinds import kind_of
from tizhi.pipeline.activities.leaders import Leader
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.activities.writing import Part, faults_of_units, has_item, members_of

from . import rules
from .models import Move, PlannedItem, PlannedLeader, PlannedUnit

COLUMNS = frozenset({"kind", "title", "place", "mode", "area_id", "item", "stage", "about"})
ROWS = frozenset({"units", "leaders"})
CHECKED_HERE = {"cluster", "unit", "area", "writer", "activity", "kind", "first_day", "last_day"}
LONGEST_REASON = 200


def begin(actor: Actor, planned: PlannedItem, given: Mapping[str, Any]) -> PlannedItem:
    """Save a new item with its days, which are promised from now on. Raises RuleBroken, naming the fields."""
    given = dict(given)
    first, last = given.pop("first_day", None), given.pop("last_day", None)
    first, last = first or last, last or first
    faults = rules.faults_of_days(first, last, clock.today())
    planned.first_day, planned.last_day = planned.promised_first, planned.promised_last = first, last
    return fill(actor, planned, {"units": (), **given}, faults)


def fill(
    actor: Actor, planned: PlannedItem, given: Mapping[str, Any], faults: Mapping[str, str] | None = None
) -> PlannedItem:
    """Save `given` on `planned`: columns, `units` (Part), `leaders` (Leader); what is not given stays, the days too.

    `faults` were found before. Raises RuleBroken, naming the fields; TypeError for a key that is not written by hand.
    """
    if unknown := given.keys() - COLUMNS - ROWS:
        raise TypeError(f"not written by hand: {', '.join(sorted(unknown))}")
    for name in given.keys() & COLUMNS:
        setattr(planned, name, given[name])
    _settle(planned)
    found = {**_faults(actor, planned, given), **(faults or {})}
    if found:
        raise RuleBroken("；".join(found.values()) + "。", found)
    planned.changed_at = clock.now()
    planned.save()
    _write_rows(planned, given)
    return planned


def _settle(planned: PlannedItem) -> None:
    """A title is one line; a stage is one of the kind's."""
    planned.title = " ".join(planned.title.split())
    planned.stage = planned.stage if kind_of(planned.kind).stage_words(planned.stage) else ""


def _faults(actor: Actor, planned: PlannedItem, given: Mapping[str, Any]) -> dict[str, str]:
    members = members_of(planned.cluster_id)
    units = given.get("units")
    faults = _faults_of_columns(planned) | faults_of_units(units or (), members)
    faults |= rules.missing(planned, planned.units.count() if units is None else len(units))
    if planned.unit_id not in actor.reports_for & members:
        faults["unit"] = "你不能为该单位登记"
    if planned.area_id is not None and not has_item(planned.cluster_id, planned.area_id, planned.item):
        faults["area"] = "请从本组团的重点内容和事项中选择"
    return faults


def _faults_of_columns(planned: PlannedItem) -> dict[str, str]:
    left_out = CHECKED_HERE | {"promised_first", "promised_last", "created_at", "changed_at"}
    try:
        planned.clean_fields(exclude=left_out)
    except ValidationError as error:
        return {name: "".join(messages).rstrip("。") for name, messages in error.message_dict.items()}
    return {}


# Rows are written anew only when they differ.


def _write_rows(planned: PlannedItem, given: Mapping[str, Any]) -> None:
    if "units" in given:
        _write_units(planned, given["units"])
    if "leaders" in given:
        _write_leaders(planned, given["leaders"])


def _write_units(planned: PlannedItem, units: Sequence[Part]) -> None:
    if list(planned.units.values_list("unit_id", "part")) == [(one.unit_id, one.part) for one in units]:
        return
    planned.units.all().delete()
    for place, one in enumerate(units):
        PlannedUnit.objects.create(planned=planned, unit_id=one.unit_id, part=one.part, order=place)


def _write_leaders(planned: PlannedItem, given: Sequence[Leader]) -> None:
    """Find the posts behind the names as they will be on the day, exactly as a brief finds them."""
    wanted = leaders.resolved(Activity(cluster_id=planned.cluster_id, last_day=planned.last_day), given)
    held = list(planned.leaders.values_list("appointment_id", "name", "post_words"))
    if held == [(one.appointment_id, one.name, one.post_words) for one in wanted]:
        return
    planned.leaders.all().delete()
    for place, one in enumerate(wanted):
        PlannedLeader.objects.create(
            planned=planned, person=one.person, appointment=one.appointment, name=one.name,
            post_words=one.post_words, order=place,
        )  # fmt: skip


# Other days


def move(actor: Actor, planned: PlannedItem, first: date | None, last: date | None, reason: str) -> PlannedItem:
    """Put `planned` on other days: a move with its reason, or on the day it was entered a correction."""
    first, last = first or last, last or first
    faults = rules.faults_of_days(first, last, clock.today())
    if not faults and (first, last) == (planned.first_day, planned.last_day):
        faults = {"first_day": "日期没有变化"}
    is_correction = rules.is_correction(planned, clock.today())
    if not is_correction and not reason.strip():
        faults = {**faults, "note": "请写明改期原因，参与单位会看到"}
    if faults or first is None or last is None:
        raise RuleBroken("；".join(faults.values()) + "。", faults)
    if is_correction:
        planned.promised_first, planned.promised_last = first, last
    else:
        _add_move(actor, planned, first, last, reason.strip()[:LONGEST_REASON])
    planned.first_day, planned.last_day, planned.changed_at = first, last, clock.now()
    planned.save()
    return planned


def _add_move(actor: Actor, planned: PlannedItem, first: date, last: date, reason: str) -> None:
    Move.objects.create(
        planned=planned, from_first=planned.first_day, from_last=planned.last_day, to_first=first, to_last=last,
        reason=reason, words=actor.words[:160], at=clock.now(),
    )  # fmt: skip


# The brief it becomes


def taken_over(planned: PlannedItem) -> dict[str, Any]:
    """What a brief takes over: everything that was planned, as `activities.writing.fill` reads it."""
    # A later scheme may no longer name the item; its area stays.
    item = planned.item if planned.area and planned.item in planned.area.items else ""
    return {
        "kind": kind_of(planned.kind).code, "title": planned.title, "first_day": planned.first_day,
        "last_day": planned.last_day, "place": planned.place, "mode": planned.mode, "area_id": planned.area_id,
        "item": item, "stage": planned.stage,
        "units": [Part(one.unit_id, one.part) for one in planned.units.all()],
        "leaders": [_still_there(planned, one) for one in planned.leaders.select_related("appointment")],
    }  # fmt: skip


def _still_there(planned: PlannedItem, one: PlannedLeader) -> Leader:
    """The post held on the day; who no longer holds it by then is looked for by name."""
    if one.appointment is not None and one.appointment.holds_on(planned.last_day):
        return Leader(appointment_id=one.appointment_id)
    return Leader(one.name, one.post_words)
