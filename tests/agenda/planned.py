"""Planned items for tests: entered by the action people use, on the day a test says."""

from __future__ import annotations

from datetime import date

from tests import make
from tizhi.base.kit import clock
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.activities.writing import Part
from tizhi.pipeline.agenda import actions
from tizhi.pipeline.agenda.models import PlannedItem
from tizhi.pipeline.scheme.models import Cluster, Member

ENTERED = date(2026, 11, 2)


def member(name: str = "安徽师范大学", cluster: Cluster | None = None) -> Member:
    """A unit's place in a cluster."""
    return Member.objects.get(cluster=cluster or make.bnu(), unit__name=name)


def parts(*names: str) -> list[Part]:
    """The first comes to the others."""
    return [Part(make.unit(name).pk, "visitor" if place == 0 else "host") for place, name in enumerate(names)]


def plan(
    title: str = "校领导实地调研阜阳师范大学", *, by: Actor | str = "liaison", of: str = "安徽师范大学",
    with_: str = "阜阳师范大学", entered: date = ENTERED, cluster: Cluster | None = None, **given: object,
) -> PlannedItem:  # fmt: skip
    """A visit of 9–10 December 2026 that `of` has planned with `with_`, entered on 2 November unless said otherwise."""
    make.bnu()
    columns = {
        "kind": "field-study", "title": title, "first_day": date(2026, 12, 9), "last_day": date(2026, 12, 10),
        "place": "安徽省阜阳市", "units": parts(of, with_), **given,
    }  # fmt: skip
    actor = make.actor(by) if isinstance(by, str) else by
    with clock.at(entered):
        return actions.plan_item(actor, member(of, cluster), **columns)
