"""所问: which ledger an address asks for – the year, the day as of which, narrowed to who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import Http404

from tizhi.base.kit import clock
from tizhi.pipeline.obligations import queries
from tizhi.pipeline.obligations.ledger import Ledger
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import clusters_visible_to
from tizhi.web.frame.request import Request
from tizhi.web.frame.widgets import DayInput


class AskedForm(forms.Form):
    """Year and day, in the address."""

    year = forms.TypedChoiceField(label="年度", coerce=int, required=False)
    on = forms.DateField(label="截至", required=False, widget=DayInput())

    def __init__(self, data: Any, cluster: Cluster) -> None:
        super().__init__(data)
        years = queries.years(cluster)
        self.fields["year"].choices = [(year, f"{year}年") for year in years]  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["class"] = "sm"


@dataclass(frozen=True)
class Asked:
    """The form as it was asked, and the ledger that answers it."""

    form: AskedForm
    ledger: Ledger
    year: int

    @property
    def is_past(self) -> bool:
        """Whether a day before today was asked for."""
        return self.ledger.as_of < clock.today()

    @property
    def query(self) -> str:
        """What the address has to carry on."""
        return f"year={self.year}" + (f"&on={self.ledger.as_of.isoformat()}" if self.is_past else "")

    @property
    def on(self) -> str:
        """The part of it that a cell's address carries on: the day, when it is a past one."""
        return f"on={self.ledger.as_of.isoformat()}" if self.is_past else ""


def asked(request: Request, year: int | None = None) -> Asked:
    """The ledger that the address asks for; 404 for who has none, and for a year that has none."""
    cluster = clusters_visible_to(request.actor).first()
    if cluster is None:
        raise Http404
    today = clock.today()
    form = AskedForm({"year": request.GET.get("year") or today.year, "on": request.GET.get("on") or today}, cluster)
    form.is_valid()
    day = _day(form.cleaned_data.get("on"), cluster, today)
    wanted = year or form.cleaned_data.get("year") or day.year
    if wanted not in queries.years(cluster):
        raise Http404
    ledger = queries.visible_year(request.actor, wanted, day)
    assert ledger is not None  # noqa: S101  # there is a cluster
    return Asked(form, ledger, wanted)


def _day(given: date | None, cluster: Cluster, today: date) -> date:
    """The day asked for, never before the cluster began nor after today: nobody knows the future."""
    return min(max(given or today, cluster.starts), today)
