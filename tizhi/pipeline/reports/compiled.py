"""汇编: one report put together – from the data while it is drafted, from its frozen copy ever after.

Page, Word file and command all print a `Compiled`; so their figures are the same by construction.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Prefetch

from tizhi.base.documents.document import Document
from tizhi.base.kit.periods import Period
from tizhi.base.kit.words import day
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.scheme.models import Cluster
from tizhi.pipeline.scheme.queries import in_force

from .compose import propose
from .document import Formalities, Passage, document_of
from .facts import Facts, Record
from .figures import counted
from .gathering import facts_of
from .models import Part, Report
from .values import Named, Values


@dataclass(frozen=True)
class Compiled:
    """A report with its figures and its document; `facts` and `passages` only while it is drafted."""

    cluster: Cluster
    period: Period
    values: Values
    document: Document
    report: Report | None = None
    facts: Facts | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def as_of(self) -> datetime | None:
        """The moment whose data it shows."""
        return self.facts.as_of if self.facts else self.report.as_of if self.report else None

    @property
    def state(self) -> str:
        """The report's state; empty when it has not been opened."""
        return self.report.state if self.report else ""


def compiled(report: Report) -> Compiled:
    """The report as it stands: frozen from checking on, otherwise from today's data."""
    return from_frozen(report) if report.is_frozen else from_data(report.cluster, report.span, report)


def from_frozen(report: Report) -> Compiled:
    """The report as it was frozen."""
    values = Values.restored(report.figures, report.basis)
    return Compiled(report.cluster, report.span, values, Document.from_json(report.frozen), report)


def from_data(cluster: Cluster, period: Period, report: Report | None = None, *, with_pending: bool = True) -> Compiled:
    """The report made from the data as they are now; without paragraphs of its own it has those that are proposed."""
    facts = facts_of(cluster, period, with_pending=with_pending)
    passages = _kept(report, facts) if report else ()
    numbers = dict(report.briefs.values_list("number", "activity")) if report else {}
    if not passages:
        numbers = {number: record.id for number, record in enumerate(facts.records, start=1)}
        passages = _proposed(facts, numbers)
    # The number of an activity that was sent back stands for nothing: whoever named it in the text is told.
    numbers = {number: record for number, record in numbers.items() if record in facts.by_id}
    values = Values(tuple(counted(facts)), numbers, names_of(facts))
    document = document_of(facts, values, passages, formalities(cluster, period, report))
    return Compiled(cluster, period, values, document, report, facts, passages)


def names_of(facts: Facts) -> dict[int, Named]:
    """The activities of `facts` as lists show them."""
    return {record.id: _named(record) for record in (*facts.records, *facts.pending)}


def _named(record: Record) -> Named:
    return Named(record.title, record.unit.called, day(record.last))


def _kept(report: Report, facts: Facts) -> tuple[Passage, ...]:
    ids = Prefetch("activities", Activity.objects.only("pk"))
    return tuple(_passage(part, facts) for part in report.parts.filter(is_removed=False).prefetch_related(ids))


def _passage(part: Part, facts: Facts) -> Passage:
    told = [one.pk for one in part.activities.all()]
    counted_here = tuple(one for one in told if one in facts.by_id)
    lost = tuple(one for one in told if one not in facts.by_id)
    return Passage(part.section, part.text, part.area_id, part.pair_id, counted_here, lost, part)


def _proposed(facts: Facts, numbers: Mapping[int, int]) -> tuple[Passage, ...]:
    by_record = {record: number for number, record in numbers.items()}
    return tuple(
        Passage(one.section, one.text, one.area, one.pair, one.records) for one in propose(facts, by_record, by_record)
    )


def formalities(cluster: Cluster, period: Period, report: Report | None) -> Formalities:
    """To whom and from whom the scheme in force at the period's end has the report go."""
    scheme = in_force(cluster, period.last)
    return Formalities(
        addressee=scheme.unit(scheme.reports.to).name if scheme.reports else "",
        signature=cluster.name + (scheme.body(scheme.conference.secretariat).name if scheme.conference else ""),
        number=report.number if report else "",
        dated=report.issued_on if report else None,
    )


def seal(report: Report) -> str:
    """SHA-256 over the frozen text and figures in their one canonical form."""
    canonical = json.dumps([report.figures, report.basis], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(f"{report.frozen}\n{canonical}".encode()).hexdigest()
