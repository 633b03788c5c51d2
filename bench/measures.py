"""测量清单: every measure, in the order of the capabilities."""

from . import pages, running
from .figure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure("L7", pages.speed_and_weight),
    Measure("L9", running.memory),
    Measure("L9", running.from_a_clean_clone, is_long=True),
)
