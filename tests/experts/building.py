"""造专家: nominations, letters and experts as they stand, for the tests of every page that shows them."""

from datetime import date

from tests import make
from tizhi.base.kit.actor import Actor
from tizhi.pipeline.directory.models import Person
from tizhi.pipeline.experts import actions
from tizhi.pipeline.experts.models import Nomination, ServiceCertificate
from tizhi.pipeline.scheme.models import Area, Body, Seat

BEGINS, ENDS = date(2026, 11, 23), date(2029, 11, 22)


def committee() -> Body:
    """The 专家委员会 of the real work plan."""
    make.bnu()
    return Body.objects.get(declared="expert-committee")


def seat(post: str = "委员") -> Seat:
    """A seat of the committee."""
    return Seat.objects.get(body=committee(), post=post)


def nominator(name: str = "陆宁", unit: str = "北京师范大学") -> Actor:
    """Who enters work for the unit whose department nominates."""
    known = Person.objects.filter(name=name).first()
    return make.actor((known or make.person(name, unit, post="liaison")).user)


def candidate(name: str = "田野", unit: str = "四川师范大学", **given: object) -> Person:
    """Somebody on a unit's list without a post."""
    make.bnu()
    return Person.objects.create(name=name, unit=make.unit(unit), **given)


def nomination(person: Person | None = None, post: str = "委员", **given: object) -> Nomination:
    """A nomination that waits for confirmation."""
    columns = {
        "title": "教授", "speciality": "教师教育", "reason": "长期从事教师教育研究。",
        "areas": [Area.objects.filter(cluster=make.bnu()).first().pk],
    }  # fmt: skip
    person = person or candidate()
    return actions.nominate(nominator(), committee(), seat=seat(post), person=person, **{**columns, **given})


def confirmed(person: Person | None = None, post: str = "委员") -> Nomination:
    """One that waits for the letter."""
    return actions.confirm_nomination(make.actor("secretariat"), nomination(person, post))


def appointed(
    person: Person | None = None, post: str = "委员", number: str = "〔2026〕第1号", **given: object
) -> Nomination:
    """Somebody appointed by letter for three years from today."""
    columns = {"begins": BEGINS, "ends": ENDS, "issued_on": BEGINS, "number": number}
    return actions.appoint_expert(make.actor("secretariat"), confirmed(person, post), **{**columns, **given})


def certificate(person: Person) -> ServiceCertificate:
    """One that is not asked for yet."""
    return ServiceCertificate(cluster=make.bnu(), person=person)
