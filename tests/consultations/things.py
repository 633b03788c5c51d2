"""问诊的东西: what the table of doors finds of consultations; the school of the persona has some of its own."""

from datetime import date

from tests import make
from tests.results.building import finding, need, study
from tizhi.base.kit import clock

from .building import asked, case

OWN = "青海师范大学"


def things() -> dict[str, object]:
    """A case in each state that a door leads to; an expert was asked to one and has accepted another."""
    expert = make.persona("expert")
    triaged, accepted = case("triaged"), case("triaged")
    written = {"case_title": "实训", "case_text": "分散", "case_advice": "集中", "case_prepared_at": clock.now()}
    return {
        "case-draft": case("draft", school=OWN).pk,
        "case-asked": case("asked", school=OWN).pk,
        "case-answered": case("answered", school=OWN).pk,
        "case-decided": case("decided", school=OWN, on=date(2026, 7, 1)).pk,
        "case": triaged.pk,
        "case-accepted": accepted.pk,
        "case-closed": case("closed", **written).pk,
        "case-shared": case("closed", shared_at=clock.now(), **written).pk,
        "invitation": asked(triaged, expert).pk,
        "taken-on": asked(accepted, expert, "accepted").pk,
        "own-finding": finding(study(OWN)).pk,
        "own-need": need(school=OWN).pk,
    }
