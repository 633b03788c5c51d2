"""计划的种类: what the scheme declares of a plan – its steps, its sections – on a day."""

from __future__ import annotations

from datetime import date

from tizhi.base.kit import clock
from tizhi.pipeline.scheme.entries import PlanEntry
from tizhi.pipeline.scheme.queries import in_force


def kinds(cluster: int, day: date | None = None) -> tuple[PlanEntry, ...]:
    """The kinds of plan that the scheme in force declares."""
    return in_force(cluster, day or clock.today()).plans


def entry_of(cluster: int, declared: str, day: date | None = None) -> PlanEntry | None:
    """The declaration of one kind; None when the scheme no longer has it."""
    return next((one for one in kinds(cluster, day) if one.id == declared), None)


def name_of(cluster: int, declared: str) -> str:
    """The name of a kind: 提质计划, 年度工作计划; of one no longer declared simply 计划."""
    entry = entry_of(cluster, declared)
    return entry.name if entry else "计划"
