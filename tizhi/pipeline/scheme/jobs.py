"""工作方案的定时事项: a version loaded ahead takes effect on its day."""

from tizhi.base.jobs.job import job
from tizhi.base.kit.actor import system

from .actions import take_effect
from .queries import versions_due


@job("施行到期的工作方案")
def start_due_versions() -> None:
    """Every morning, shortly after midnight: versions whose first day has come."""
    for version in versions_due():
        take_effect(system(), version)
