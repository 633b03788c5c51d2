"""审核的通知: whose turn it is. What is told names the plan and the day, never an expert and never an opinion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tizhi.base.kit import clock, words
from tizhi.base.notices.telling import Message, Recipient, tell
from tizhi.pipeline.directory.models import Appointment
from tizhi.pipeline.directory.queries import in_office
from tizhi.pipeline.scheme.standing import standing

from . import secrecy
from .models import Assignment, Review, Verdict
from .queries import KIND, REPLY_KIND


def key_of(review: Review, *occasion: object) -> str:
    """What the key of a notice about a review is: review|17|invited|…."""
    return "|".join(str(part) for part in (KIND, review.pk, *occasion))


def tell_invited(assignment: Assignment) -> None:
    """The expert: a plan waits for an answer."""
    review = assignment.review
    again = clock.now().isoformat(timespec="seconds")
    _tell_expert(
        assignment, ("invited", again), f"邀请你审核{review.plan}",
        f"请于{words.day(review.due)}前完成。请先答复是否参加；不能参加的，可以谢绝。",
    )  # fmt: skip


def tell_second_reading(assignment: Assignment) -> None:
    """The expert of the first reading: the authors have replied."""
    review = assignment.review
    _tell_expert(
        assignment, ("again",), f"{review.plan}{review.called}：请复核逐条答复",
        f"编制单位已逐条答复并修改文本。已为你登记参加，请于{words.day(review.due)}前复核；不能参加的，可以谢绝。",
    )  # fmt: skip


def tell_all_in(review: Review) -> None:
    """The chair: every opinion is in."""
    chair = next((one for one in review.assignments.all() if one.person_id == review.chair_id and one.is_live), None)
    if chair:
        _tell_expert(chair, ("all-in",), f"{review.plan}：专家意见已收齐，请作结论", "各位专家都已提交意见。")


def tell_assigners(review: Review, occasion: Iterable[object], title: str, text: str) -> None:
    """Who assigns experts, as far as nothing ties them to the plan."""
    message = _message(key_of(review, *occasion), KIND, title, text, review)
    _told(review, message, holders(review, "assign-experts"))


def tell_authors(review: Review) -> None:
    """The pair office that wrote the plan, and the school: what was concluded."""
    verdict = Verdict(review.verdict).label
    text = {
        Verdict.PASSED: "计划进入下一步。",
        Verdict.CONDITIONAL: f"请修改文本，并于{_day(review)}前逐条答复专家意见。",
        Verdict.FAILED: "计划退回修改，请按专家意见修改后重新提交。",
    }[Verdict(review.verdict)]
    message = _message(
        f"{REPLY_KIND}|{review.pk}|concluded", REPLY_KIND, f"{review.plan}专家审核结论：{verdict}", text, review
    )
    tell((message, recipient_of(one)) for one in authors_and_school(review))


def authors_and_school(review: Review) -> Iterator[Appointment]:
    """Who holds the pair office of the school's partners, and who enters for the school."""
    school = review.plan.unit_id
    partners = {partner for partner, of in standing(review.cluster_id).pairs_on(clock.today()) if of == school}
    for held in _holding_today(review.cluster_id):
        body = held.seat.body if held.seat else None
        writes = body is not None and body.unit_id in partners and "pair" in held.powers
        if writes or (held.unit_id == school and {"report-unit", "people-unit"} <= set(held.powers)):
            yield held


def holders(review: Review, power: str) -> list[Appointment]:
    """Who holds a power of the committee today and is not tied to the plan of `review`."""
    held = [one for one in _holding_today(review.cluster_id) if power in one.powers]
    barred = secrecy.conflicts_on(review.plan, review.step, {one.person_id for one in held})
    return [one for one in held if one.person_id not in barred]


def recipient_of(held: Appointment) -> Recipient:
    """Somebody told in a post of his."""
    person = held.person
    user = person.user_id if person.is_open else None
    return Recipient(person.pk, person.name, user, person.email, f"{held.place}{held.post_name}")


def _tell_expert(assignment: Assignment, occasion: tuple[object, ...], title: str, text: str) -> None:
    review = assignment.review
    message = _message(key_of(review, *occasion), KIND, title, text, review)
    _told(review, message, [one for one in holders(review, "expert") if one.person_id == assignment.person_id])


def _told(review: Review, message: Message, held: Iterable[Appointment]) -> None:
    tell((message, recipient_of(one)) for one in held)


def _message(key: str, kind: str, title: str, text: str, review: Review) -> Message:
    return Message(key, kind, title, text, "reviews:show", (review.pk,), review.cluster_id)


def _holding_today(cluster: int) -> list[Appointment]:
    return [one for one in in_office(cluster) if one.holds_on(clock.today()) and one.person.is_open]


def _day(review: Review) -> str:
    return words.day(review.reply_due) if review.reply_due else "规定日期"
