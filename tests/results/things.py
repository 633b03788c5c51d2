"""链条的东西: what the table of doors finds of the chain."""

from tests import make
from tests.consultations.building import SCHOOL

from .building import measure, plan


def things() -> dict[str, object]:
    """A plan of a far year with a measure, and its school."""
    made = plan(year=2031)
    measure(made)
    return {"chain-plan": made.pk, "chain-school": make.unit(SCHOOL).pk}
