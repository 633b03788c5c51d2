"""填报负担: what is asked of each unit, month by month, and how much of it the platform holds already [I4]."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from tizhi.base.documents.document import Column
from tizhi.base.documents.sheet import write_sheet
from tizhi.base.documents.sheet.write import Value
from tizhi.base.kit import clock
from tizhi.pipeline.obligations.burden import MONTHS, REPEATS, REQUESTS, Burden, visible_burden, years
from tizhi.pipeline.obligations.demands import DEMANDS
from tizhi.pipeline.scheme.models import Cluster, Unit
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame.request import Request

from .board import tabs
from .files import XLSX

COLUMNS = [
    Column("单位", width=14), Column("类别", width=10), Column("年度", "number"), Column("月份", "number"),
    Column("次数", "number"), Column("栏目", "number"), Column("平台已有", "number"), Column("需填写", "number"),
]  # fmt: skip


class BurdenForm(forms.Form):
    """The year, in the address."""

    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)

    def __init__(self, data: Any, cluster: Cluster) -> None:
        super().__init__(data)
        self.fields["year"].choices = [(year, f"{year}年") for year in years(cluster)]  # type: ignore[attr-defined]
        self.fields["year"].widget.attrs["class"] = "sm"


@dataclass(frozen=True)
class Asked:
    """The form as it was asked, and the counts that answer it."""

    form: BurdenForm
    found: Burden

    @property
    def query(self) -> str:
        """What the address has to carry on."""
        return f"year={self.found.year}"


def _asked(request: Request) -> Asked:
    """404 for who has no cluster, and for a year the platform does not know."""
    cluster = clusters_visible_to(request.actor).first()
    if cluster is None:
        raise Http404
    given = request.GET.get("year") or next(iter(years(cluster)), clock.today().year)
    form = BurdenForm({"year": given}, cluster)
    found = visible_burden(request.actor, form.cleaned_data["year"]) if form.is_valid() else None
    if found is None:
        raise Http404
    return Asked(form, found)


@require_safe
def burden(request: Request) -> HttpResponse:
    """The page: a sentence, units by month, kinds by month – of all, or of the unit that was opened."""
    asked = _asked(request)
    unit = _opened(request, asked.found)
    context = {
        "asked": asked,
        "burden": asked.found,
        "tabs": tabs(asked.query, "burden"),
        "months": MONTHS,
        "unit": unit,
        "kinds": asked.found.by_kind(REQUESTS, unit),
        "kinds_total": asked.found.total_of(unit),
        "repeats": asked.found.by_kind(REPEATS, unit),
        "demands": DEMANDS,
    }
    return render(request, "obligations/burden.html", context)


def _opened(request: Request, found: Burden) -> Unit | None:
    key = request.GET.get("unit")
    if not key:
        return None
    unit = next((one for one in found.units if str(one.pk) == key), None)
    if unit is None:
        raise Http404
    return unit


@require_safe
def burden_excel(request: Request) -> HttpResponse:
    """What was asked of whom, in which month and kind, row by row."""
    found = _asked(request).found
    name = f"填报负担{found.year}年（截至{found.now.last:%Y%m%d}）.xlsx"
    content = write_sheet(f"填报负担{found.year}年", COLUMNS, _rows(found))
    return HttpResponse(content, XLSX, headers={"Content-Disposition": content_disposition_header(True, name)})


def _rows(found: Burden) -> Iterator[list[Value]]:
    for unit in found.units:
        for row in found.by_kind(DEMANDS, unit):
            for month, amount in zip(MONTHS, row.months, strict=True):
                if amount.times:
                    yield [
                        unit.name, row.label, found.year, month, amount.times, amount.asked, amount.held, amount.typed,
                    ]  # fmt: skip
