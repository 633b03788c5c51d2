"""数字一览: every figure of a report, in the order of its annex. To add one: a line here or in a file beside."""

from __future__ import annotations

from ..facts import Facts
from . import kinds, participation, planned, reporting
from .figure import Figure, Value


def figures_of(facts: Facts) -> list[Figure]:
    """The figures that a report of these facts has; areas, pairs and kinds have theirs."""
    return [
        *reporting.ACTIVITIES,
        *participation.areas(facts),
        *participation.FIGURES,
        *participation.pairs(facts),
        *kinds.FIGURES,
        *planned.FIGURES,
        *reporting.INPUTS,
    ]


def counted(facts: Facts) -> list[Value]:
    """All figures counted."""
    return [figure.of(facts) for figure in figures_of(facts)]
