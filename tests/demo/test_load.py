"""示例载入: a whole installation to try, made through the same doors that people use."""

import pytest

from tests import make
from tizhi.base.accounts.models import User
from tizhi.base.audit.models import Entry
from tizhi.base.kit import clock
from tizhi.base.kit.errors import RuleBroken
from tizhi.base.kit.periods import parse
from tizhi.demo.load import load
from tizhi.pipeline.activities.models import Activity
from tizhi.pipeline.agenda import queries as agenda
from tizhi.pipeline.consultations.models import Consultation
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.filings.models import UnitInput, Waiver
from tizhi.pipeline.obligations.queries import of_year
from tizhi.pipeline.obligations.rules import State
from tizhi.pipeline.reports.models import Report
from tizhi.pipeline.scheme.models import Cluster, Seat

from .conftest import TODAY

pytestmark = pytest.mark.django_db


def test_the_sample_is_a_cluster_at_work(sample):
    states = set(Activity.objects.values_list("state", flat=True))
    assert {"draft", "returned", "submitted", "published"} <= states
    reports = dict(Report.objects.values_list("period", "state"))
    assert reports["2026Q4"] == "drafting"
    assert {state for period, state in reports.items() if period != "2026Q4"} == {"issued"}
    assert UnitInput.objects.filter(is_nil=True).exists()
    assert all(name.startswith("示例·") for name in Person.objects.values_list("name", flat=True))
    assert all(name.startswith("示例·") for name in User.objects.values_list("name", flat=True))
    filled = set(Appointment.objects.filter(seat__isnull=False).values_list("seat", flat=True))
    assert not [str(seat) for seat in Seat.objects.exclude(pk__in=filled)]
    assert Entry.objects.exclude(principal_words="").exists(), "nothing was entered by a secretary"
    assert sample.activities == Activity.objects.count()
    assert Entry.objects.filter(code="agenda.move_item").exists()
    cases = set(Consultation.objects.values_list("state", flat=True))
    assert cases == {"closed", "decided", "answered", "triaged", "asked"}
    planned = {"2026Q3": {"done", "moved", "cancelled"}, "2026Q4": {"done", "ahead", "silent"}}
    for period, results in planned.items():
        assert results <= {one.result for one in agenda.in_period(Cluster.objects.get(), parse(period))}


def test_the_ledger_of_the_sample_is_believable(sample):
    with clock.at(TODAY):
        ledgers = [of_year(sample.cast.cluster, year) for year in (2025, 2026)]
    late = [line for ledger in ledgers for line in ledger.in_state(State.LATE)]
    assert 0 < len(late) <= 12 and min(line.due for line in late).year == 2025, "what is older was excused"
    excused = {line.rule.id for ledger in ledgers for line in ledger.in_state(State.WAIVED)}
    assert excused == {"contact-list", "second-study", "plan-in-force", "year-plan"}
    assert all(one.reason and one.words for one in Waiver.objects.all())


def test_the_sample_never_mixes_with_real_data():
    make.bnu()
    with pytest.raises(RuleBroken, match="空库"):
        load(TODAY)
