"""一校的需求诊断: 高原 and 洼地 by area, the needs with state and origin; and all schools beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tizhi.base.kit import clock
from tizhi.pipeline.needs import actions, queries
from tizhi.pipeline.needs.models import Need, Trait
from tizhi.pipeline.scheme.models import Area, Member, Unit
from tizhi.pipeline.scheme.queries import areas, name_on
from tizhi.pipeline.scheme.who import colleague
from tizhi.pipeline.studies import queries as studies
from tizhi.web.frame.lists import page_of
from tizhi.web.frame.request import Request


@dataclass(frozen=True)
class Side:
    """高原 or 洼地 of a school, by area."""

    kind: str
    label: str
    areas: Sequence[tuple[Area | None, list[Trait]]]
    count: int


@dataclass(frozen=True)
class Counted:
    """How many needs of each area are open at one school."""

    unit: Unit
    cells: Sequence[int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.cells)


def place(request: Request, unit: int) -> Member:
    """The school named in the address, as it stands in the cluster; 404 unless the actor reads its diagnosis."""
    found = queries.place_of(request.actor, unit)
    if found is None:
        raise Http404
    return found


@require_safe
def school(request: Request, unit: int) -> HttpResponse:
    """The page of one school."""
    member = place(request, unit)
    actor = request.actor
    traits, needs = queries.traits_of(actor, unit), list(queries.in_full(queries.of_school(actor, unit)))
    recorded = list(studies.rows(studies.of_school(actor, unit))[:5])
    still_open = [one for one in needs if one.state == Need.State.OPEN]
    context = {
        "school": member.unit,
        "name": name_on(member.unit, clock.today()),
        "sides": _sides(traits),
        "needs": sorted(needs, key=lambda one: (one.state != Need.State.OPEN, one.priority, one.number)),
        "open": len(still_open),
        "pressing": sum(one.priority == 1 for one in still_open),
        "proposed": [one for one in still_open if one.confirmed_at is None],
        "studies": recorded,
        "may_state": actions.state_need.open_to(actor, member),
        "may_trait": actions.state_trait.open_to(actor, member),
        "several": len(queries.schools_visible_to(actor)) > 1,
    }
    return render(request, "needs/school.html", context)


def _sides(traits: Iterable[Trait]) -> list[Side]:
    told = list(traits)
    return [_side(kind, [one for one in told if one.kind == kind]) for kind in Trait.Kind]


def _side(kind: Trait.Kind, traits: list[Trait]) -> Side:
    known = sorted({one.area for one in traits if one.area is not None}, key=lambda area: (area.order, area.pk))
    several: list[Area | None] = [*known, *([None] if any(one.area is None for one in traits) else [])]
    told = [
        (area, sorted((one for one in traits if one.area == area), key=lambda one: (one.priority, one.pk)))
        for area in several
    ]
    return Side(kind.value, kind.label, told, len(traits))


@require_safe
def overview(request: Request) -> HttpResponse:
    """All schools that the actor reads: open needs by area and school, then the most pressing ones."""
    actor = request.actor
    if not colleague(actor, None):
        raise Http404
    schools = queries.schools_visible_to(actor)
    if len(schools) == 1:
        return redirect("needs:school", schools[0].pk)
    known, counted = list(areas(actor.cluster_id or 0)), queries.counts_by_area(actor)
    others = any(area not in {one.pk for one in known} for (_, area), n in counted.items() if n)
    keys = [one.pk for one in known]
    lines = [_counted(unit, keys, counted, others) for unit in schools]
    needs = queries.pressing_first(queries.visible_to(actor)).select_related("unit", "area", "proposer")
    context = {
        "areas": known,
        "others": others,
        "lines": lines,
        "sums": [sum(column) for column in zip(*(line.cells for line in lines), strict=True)],
        "total": sum(line.total for line in lines),
        "high": queries.high(queries.pressing_first(queries.visible_to(actor))).count(),
        "page": page_of(request, needs),
    }
    return render(request, "needs/overview.html", context)


def _counted(unit: Unit, keys: Sequence[int], counted: dict[tuple[int, int | None], int], others: bool) -> Counted:
    cells = [counted.get((unit.pk, key), 0) for key in keys]
    rest = sum(n for (school, area), n in counted.items() if school == unit.pk and area not in keys)
    return Counted(unit, [*cells, rest] if others else cells)
