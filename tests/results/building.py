"""造链条: needs, findings and measures of a school, tied to one another."""

from __future__ import annotations

from datetime import date

from tests import make
from tests.consultations.building import PARTNER, SCHOOL, at
from tizhi.pipeline.needs.models import Need
from tizhi.pipeline.plans.models import Plan, PlanMeasure
from tizhi.pipeline.studies.models import Finding, Study


def study(school: str = SCHOOL, **given: object) -> Study:
    """A recorded study at the school."""
    cluster = make.bnu()
    columns = {
        "round": "first",
        "title": "第一轮调研",
        "last_day": date(2026, 9, 3),
        "recorded_at": at(date(2026, 9, 5)),
    }
    return Study.objects.create(
        cluster=cluster, unit=make.unit(PARTNER), school=make.unit(school), created_at=at(date(2026, 9, 1)),
        writer=make.liaison_of(make.unit(PARTNER), cluster), **{**columns, **given},
    )  # fmt: skip


def finding(of: Study, text: str = "实训室不足", kind: str = "gap") -> Finding:
    """What the study found."""
    return Finding.objects.create(study=of, text=text, kind=kind)


def need(title: str = "建设实训课程", school: str = SCHOOL, **given: object) -> Need:
    """A need of the school, open unless `given` says else."""
    cluster, unit = make.bnu(), make.unit(school)
    number = Need.objects.filter(cluster=cluster, unit=unit).count() + 1
    return Need.objects.create(
        cluster=cluster, unit=unit, number=number, title=title, writer=make.liaison_of(unit, cluster),
        stated_at=at(date(2026, 8, 1)), **given,
    )  # fmt: skip


def plan(school: str = SCHOOL, year: int = 2026) -> Plan:
    """A yearly plan of the school, being written."""
    cluster = make.bnu()
    return Plan.objects.create(
        cluster=cluster, unit=make.unit(school), declared="year", period=str(year), first_year=year, last_year=year,
        opened_at=at(date(2026, 2, 1)), writer=make.liaison_of(make.unit(PARTNER), cluster),
    )  # fmt: skip


def measure(of: Plan, title: str = "改造两间实训室", *, needs=(), findings=(), **given: object) -> PlanMeasure:  # type: ignore[no-untyped-def]
    """A measure of the plan for these needs, resting on these findings."""
    made = PlanMeasure.objects.create(plan=of, number=of.measures.count() + 1, title=title, **given)
    made.needs.set(needs)
    made.findings.set(findings)
    return made
