"""发现的去向: what came of each finding – needs, measures of plans, consultations – as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tizhi.base.kit.actor import Actor
from tizhi.pipeline.consultations import queries as consultations
from tizhi.pipeline.consultations.actions import open_case
from tizhi.pipeline.needs import queries as needs
from tizhi.pipeline.needs.actions import need_from_finding
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.plans import queries as plans
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies.actions import change_finding, remove_finding
from tizhi.pipeline.studies.models import Finding, Study


@dataclass(frozen=True)
class Outcome:
    """A finding, what came of it, and what may be done with it."""

    finding: Finding
    needs: Sequence[Need]
    measures: Sequence[Any]
    consultations: Sequence[Any]
    may_need: bool
    may_change: bool
    may_remove: bool
    may_ask: bool

    @property
    def came_of_it(self) -> bool:
        """Whether anything came of it."""
        return bool(self.needs or self.measures or self.consultations)


def outcomes(actor: Actor, study: Study) -> list[Outcome]:
    """The findings of `study` with what came of them; the same number of queries for any number of findings."""
    findings = list(study.findings.all())
    for one in findings:
        one.study = study
    ids = [one.pk for one in findings]
    stated, asked = needs.of_findings(actor, ids), consultations.of_findings(actor, ids)
    place = needs.place_of(actor, study.school_id)
    may_ask = place is not None and not study.is_draft and open_case.allowed(actor, place)
    planned: dict[int, list[Any]] = {}
    for measure in plans.measures_of_findings(actor, ids) if ids else ():
        for one in measure.findings.all():
            planned.setdefault(one.pk, []).append(measure)
    return [
        Outcome(
            finding=one,
            needs=stated.get(one.pk, ()),
            measures=planned.get(one.pk, ()),
            consultations=asked.get(one.pk, ()),
            may_need=one.kind != Finding.Kind.STRENGTH and need_from_finding.open_to(actor, one),
            may_change=change_finding.open_to(actor, one),
            may_remove=remove_finding.open_to(actor, one),
            may_ask=may_ask and one.kind != Finding.Kind.STRENGTH,
        )
        for one in findings
    ]


def by_area(told: Sequence[Outcome]) -> list[tuple[Area | None, list[Outcome]]]:
    """The findings under their areas, in the order of the work plan; what belongs to none stands last."""
    areas = {one.finding.area for one in told}
    known = sorted((one for one in areas if one is not None), key=lambda area: (area.order, area.pk))
    several = [*known, *([None] if None in areas else [])]
    return [(area, [one for one in told if one.finding.area == area]) for area in several]
