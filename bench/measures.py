"""测量清单: every measure, in the order of the capabilities."""

from . import doors, drawn, inside, ledger, pages, papers, running, surveys, wordings
from .figure import Measure

MEASURES: tuple[Measure, ...] = (
    Measure("A6", drawn.both_figures),
    Measure("C5", wordings.of_two_plans),
    Measure("C6", doors.of_a_secret_review, is_long=True),
    Measure("C7", papers.in_and_out),
    Measure("E1", inside.usual_brief),
    Measure("E3", inside.queries_of_pages),
    Measure("F2", inside.quarter_to_word),
    Measure("H4", surveys.summarised),
    Measure("I1", ledger.of_a_cluster),
    Measure("L1", ledger.desk),
    Measure("L7", pages.speed_and_weight),
    Measure("L9", running.memory),
    Measure("L9", running.from_a_clean_clone, is_long=True),
)
