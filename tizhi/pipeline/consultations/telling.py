"""轮到你: whose turn it is in a case, told to those who can take it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tizhi.base.kit import clock, words
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.directory.models import Appointment, Person
from tizhi.pipeline.directory.queries import in_office

from .deadlines import Deadlines
from .models import Consultant, Consultation

KIND = "turn"
Test = Callable[[Appointment], bool]


def _unit_of(held: Appointment) -> int | None:
    if held.seat_id and held.seat:
        return held.seat.body.unit_id or held.seat.unit_id
    return held.unit_id


def of_school(unit: int) -> Test:
    """Who enters for the school in a post of its own."""
    return lambda held: bool(held.post_id) and held.unit_id == unit and "report-unit" in held.powers


def pair_office_of(unit: int | None) -> Test:
    """Who sits in the pair office of a unit."""
    return lambda held: unit is not None and "pair" in held.powers and _unit_of(held) == unit


def cluster_office(held: Appointment) -> bool:
    """Who sits in the cluster's office."""
    return "secretariat" in held.powers


def tell_turn(
    one: Consultation, occasion: str, title: str, text: str, tests: Iterable[Test], url_name: str = "consultations:show"
) -> None:
    """Tell everybody who passes one of `tests` that the case now waits for them; each once for an occasion."""
    tests, today = list(tests), clock.today()
    people: dict[int, Recipient] = {}
    for held in in_office(one.cluster_id):
        if held.holds_on(today) and held.person.is_open and any(test(held) for test in tests):
            people.setdefault(held.person_id, _recipient(held.person, f"{held.place}{held.post_name}"))
    _tell(one, occasion, title, text, people.values(), url_name)


def tell_expert(consultant: Consultant) -> None:
    """Ask an expert for advice."""
    one = consultant.consultation
    person = consultant.person
    _tell(one, f"invited-{consultant.pk}", "请您参加问诊", _due_words(one), [_recipient(person, "会诊专家")])


def _due_words(one: Consultation) -> str:
    due = Deadlines(one.cluster_id).day(one.asked_at)
    return f"请接受或谢绝。答复期限{words.day(due)}。" if due else "请接受或谢绝。"


def _recipient(person: Person, post_words: str) -> Recipient:
    user = person.user_id if person.is_open else None
    return Recipient(person.pk, person.name, user, person.email, post_words)


def _tell(
    one: Consultation, occasion: str, title: str, text: str, people: Iterable[Recipient],
    url_name: str = "consultations:show",
) -> None:  # fmt: skip
    message = Message(
        f"consultation|{one.pk}|{occasion}", KIND, f"{title}：{one.title}", text, url_name, (one.pk,), one.cluster_id
    )
    tell((message, person) for person in people)
