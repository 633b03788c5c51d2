"""专家的东西: what the table of doors finds of experts."""

from datetime import date

from tests import make
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.experts import actions
from tizhi.pipeline.experts.models import Absence, ServiceCertificate
from tizhi.pipeline.reports.actions import issue_certificate

from .building import appointed, candidate, committee, confirmed, nomination


def things() -> dict[str, object]:
    """Nominations in each state, the expert persona with an absence, a certificate asked for and one issued."""
    cluster, expert, office = make.bnu(), make.actor("expert"), make.actor("secretariat")
    person = Person.objects.get(pk=expert.person_id)
    absence = Absence.objects.create(
        cluster=cluster, person=person, begins=date(2026, 12, 1), ends=date(2026, 12, 5), reason="访学"
    )
    issued, asked = (
        actions.ask_certificate(expert, ServiceCertificate(cluster=cluster, person=person), year=year)
        for year in (2025, 2026)
    )
    issue_certificate(office, issued, number="〔2026〕第1号", issued_on=date(2026, 11, 23))
    letter = appointed(candidate("受聘人"))
    # Nobody but the expert persona acts as an expert here.
    Appointment.objects.filter(pk=letter.appointment_id).update(ends=date(2026, 11, 30))
    return {
        "committee": committee().pk,
        "nomination": nomination(candidate("被提名人")).pk,
        "confirmed": confirmed(candidate("待聘任人")).pk,
        "letter": letter.pk,
        "expert": person.pk,
        "absence": absence.pk,
        "certificate": issued.pk,
        "asked": asked.pk,
    }
