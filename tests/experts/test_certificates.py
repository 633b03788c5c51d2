"""A certificate tells what was done in a year, and nothing that is not concluded."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import make
from tizhi.base.documents.document import Document
from tizhi.base.documents.plain import write_plain
from tizhi.base.kit.errors import Denied, RuleBroken
from tizhi.base.kit.memory import remembered
from tizhi.pipeline.consultations.models import Consultant, Consultation
from tizhi.pipeline.experts import actions
from tizhi.pipeline.experts.models import ServiceCertificate
from tizhi.pipeline.plans.models import Plan, PlanVersion
from tizhi.pipeline.reports.actions import issue_certificate
from tizhi.pipeline.reports.certificates import certificate_of, service_of
from tizhi.pipeline.reviews.models import Assignment, Review
from tizhi.pipeline.scheme.models import Area
from tizhi.pipeline.studies.models import Study, StudyMember

from .building import appointed

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def person():
    """An expert of 四川师范大学 since March."""
    made = appointed(make.person("田野", "四川师范大学"), begins=date(2026, 3, 1), ends=date(2029, 2, 28))
    return made.person


def at(*day):
    return timezone.make_aware(datetime(*day, 10))


def reviewed(person, school="阜阳师范大学", on=(2026, 6, 10), state="submitted", concluded=True, reading=1):
    cluster, unit = make.bnu(), make.unit(school)
    plan = Plan.objects.create(
        cluster=cluster, unit=unit, declared="five-year", first_year=2026 + Plan.objects.count(), last_year=2030,
        opened_at=at(2026, 3, 1), writer=make.liaison_of(unit, cluster),
    )  # fmt: skip
    version = PlanVersion.objects.create(
        plan=plan,
        number=1,
        step="final",
        content=[],
        sha256="0" * 64,
        person=plan.writer,
        words="程璐",
        at=at(2026, 5, 1),
    )
    review = Review.objects.create(
        cluster=cluster, plan=plan, version_read=version, step="review", reading=reading, state="closed",
        due=date(2026, 6, 1), closes=date(2026, 6, 10), opened_at=at(2026, 5, 2), opened_words="秘书",
        concluded_at=at(2026, 6, 12) if concluded else None,
    )  # fmt: skip
    return Assignment.objects.create(
        review=review, person=person, number=1, state=state, invited_at=at(2026, 5, 3), invited_words="秘书",
        submitted_at=at(*on) if on else None,
    )  # fmt: skip


def advised(person, on=(2026, 9, 1), answered=True):
    unit = make.unit("阜阳师范大学")
    asked = Consultation.objects.create(
        cluster=make.bnu(), unit=unit, title="学校的难处", state="decided", writer=make.liaison_of(unit, make.bnu()),
        created_at=at(2026, 8, 1), area=Area.objects.first(), answered_at=at(2026, 9, 5) if answered else None,
    )  # fmt: skip
    return Consultant.objects.create(
        consultation=asked, person=person, state="accepted", invited_at=at(2026, 8, 5), invited_words="秘书",
        advised_at=at(*on),
    )  # fmt: skip


def went(person, on=date(2026, 4, 24), is_expert=True, recorded=True):
    unit = make.unit("安徽师范大学")
    study = Study.objects.create(
        cluster=make.bnu(), unit=unit, school=make.unit("阜阳师范大学"), round="second", title="第二轮调研",
        first_day=on, last_day=on, writer=make.liaison_of(unit, make.bnu()), created_at=at(2026, 4, 20),
        recorded_at=at(2026, 4, 25) if recorded else None,
    )  # fmt: skip
    StudyMember.objects.create(study=study, person=person, name=person.name, is_expert=is_expert)


def text(person, year=2026, **given):
    return write_plain(certificate_of(make.bnu(), person, year, **given))


def test_what_was_done_stands_in_the_order_of_its_days(person):
    reviewed(person), advised(person), went(person)
    service = service_of(make.bnu(), person, 2026)
    assert [(one.on, one.kind) for one in service.deeds] == [
        (date(2026, 4, 24), "实地调研"), (date(2026, 6, 10), "计划审核"), (date(2026, 9, 1), "问诊会诊"),
    ]  # fmt: skip
    said = text(person)
    for words in (
        "田野",
        "审核提质计划1次",
        "参加问诊会诊1次",
        "以专家身份参加实地调研1次",
        "审核《阜阳师范大学",
        "阜阳师范大学第二轮调研",
    ):
        assert words in said, words


def test_what_ails_a_school_is_not_told(person):
    advised(person)
    assert "学校的难处" not in text(person) and "人才队伍建设" in text(person)


def test_a_plan_not_concluded_is_counted_and_not_named(person):
    reviewed(person, concluded=False)
    said = text(person)
    assert "阜阳" not in said and "另提交审核意见1份" in said


@pytest.mark.parametrize(
    "deed",
    [
        lambda one: reviewed(one, state="accepted", on=None),
        lambda one: reviewed(one, state="released"),
        lambda one: reviewed(one, on=(2025, 12, 31)),
        lambda one: advised(one, answered=False),
        lambda one: advised(one, on=(2027, 1, 1)),
        lambda one: went(one, is_expert=False),
        lambda one: went(one, recorded=False),
        lambda one: went(one, on=date(2025, 12, 31)),
    ],
)
def test_what_was_not_done_in_the_year_as_an_expert_is_not_told(person, deed):
    deed(person)
    service = service_of(make.bnu(), person, 2026)
    assert (service.deeds, service.unnamed) == ([], 0)
    assert "没有已完成的计划审核、问诊会诊和实地调研" in text(person)


def test_somebody_elses_deeds_are_not_told(person):
    reviewed(make.person("乙", "四川师范大学"))
    assert service_of(make.bnu(), person, 2026).deeds == []


def test_the_year_is_told_up_to_the_day_it_is_issued(person):
    assert "2026年度（截至2026年11月23日）" in text(person, issued_on=DAY)
    assert "截至" not in text(person, issued_on=date(2027, 1, 5))


def test_a_plan_he_must_not_judge_is_counted_and_not_named(person):
    """A review of his own school's plan is hidden from him everywhere."""
    reviewed(person, "四川师范大学")
    service = service_of(make.bnu(), person, 2026)
    assert (service.deeds, service.unnamed) == ([], 1)


def asked(person):
    blank = ServiceCertificate(cluster=make.bnu(), person=person)
    return actions.ask_certificate(make.actor(person.user), blank, year=2026, purpose="年度考核")


def test_what_was_issued_is_frozen(person):
    reviewed(person)
    made = issue_certificate(make.actor("secretariat"), asked(person), number="〔2026〕第1号", issued_on=DAY)
    reviewed(person, "阿坝师范学院")
    kept = Document.from_json(ServiceCertificate.objects.get().document)
    assert kept.digest() == made.sha256
    assert "阿坝师范学院" not in write_plain(kept) and "供年度考核使用" in write_plain(kept)


def test_a_certificate_is_issued_once_under_a_number_of_its_own(person):
    office = make.actor("secretariat")
    made = issue_certificate(office, asked(person), number="〔2026〕第1号", issued_on=DAY)
    with pytest.raises(RuleBroken, match="已出具"):
        issue_certificate(office, made, number="〔2026〕第2号", issued_on=DAY)
    again = asked(person)
    with pytest.raises(RuleBroken) as error:
        issue_certificate(office, again, number="〔2026〕第1号", issued_on=None)
    assert set(error.value.fields) == {"number", "issued_on"}


@pytest.mark.parametrize("persona", sorted(set(make.ALL_PERSONAS) - {"secretariat"}))
def test_nobody_but_the_office_issues(person, persona):
    with pytest.raises(Denied):
        issue_certificate(make.actor(persona), asked(person), number="1", issued_on=DAY)


def test_the_queries_do_not_grow_with_the_deeds(person):
    def cost():
        with remembered(), CaptureQueriesContext(connection) as seen:
            service_of(make.bnu(), person, 2026)
        return len(seen)

    reviewed(person), advised(person), went(person)
    before = cost()
    for _ in range(20):
        reviewed(person), advised(person), went(person)
    assert cost() == before <= 11
